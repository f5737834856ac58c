// Builds into out/ when a source is newer than what stands there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { projectNode, repo, toolEnv, toolScript } from './project-node.mjs';

const SOURCES = [
  'src-domain',
  'src-contract',
  'src-engine',
  'src-main',
  'src-preload',
  'src-renderer',
  'src-cli',
];
const FILES = ['package.json', 'package-lock.json', 'electron.vite.config.ts'];
const stampFile = path.join(repo, 'out', '.built-from');
const results = [
  'main/index.js',
  'main/engine.js',
  'main/reader.js',
  'main/cli.js',
  'preload/index.cjs',
  'renderer/index.html',
];

/** Names, sizes and times of all sources in one short text: it changes when any of them does, or goes. */
function fingerprint() {
  const hash = createHash('sha256');
  const take = (file) => {
    const { size, mtimeMs } = fs.statSync(path.join(repo, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  };
  for (const folder of SOURCES) {
    const entries = fs.readdirSync(path.join(repo, folder), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    for (const file of files
      .map((entry) => path.relative(repo, path.join(entry.parentPath, entry.name)))
      .sort())
      take(file);
  }
  FILES.forEach(take);
  return hash.digest('hex');
}

function isFresh(print) {
  if (!results.every((file) => fs.existsSync(path.join(repo, 'out', file)))) return false;
  return fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === print;
}

export function build() {
  const print = fingerprint();
  // What the bundler says is of interest only when it fails.
  const options = { cwd: repo, encoding: 'utf8', env: toolEnv() };
  const { status, stdout, stderr } = spawnSync(
    projectNode(),
    [toolScript('electron-vite'), 'build'],
    options,
  );
  if (status !== 0) throw new Error(`The build failed:\n${stdout}${stderr}`);
  fs.writeFileSync(stampFile, print);
}

export function buildIfStale({ say = (line) => console.log(line) } = {}) {
  if (isFresh(fingerprint())) return say('build: up to date');
  build();
  return say('build: made anew');
}
