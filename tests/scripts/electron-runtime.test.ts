// The look-up of an Electron, run as its own process with a cache of its own and a mirror on this machine.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fallbackFolder } from '../../scripts/make-fallback.mjs';

const repo = path.resolve(import.meta.dirname, '../..');
const isOfficialUnpacked = existsSync(path.join(repo, 'node_modules/electron/path.txt'));
const canFallback = process.platform === 'linux' && process.arch === 'x64';
const isHere = canFallback && !isOfficialUnpacked;
const DAY_MS = 24 * 60 * 60 * 1000;

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(path.join(os.tmpdir(), 'baaki-runtime-'));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

/** Lays a test runtime into the cache, as if it had been fetched before. */
function cacheFallback(): string {
  const folder = fallbackFolder(cache);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'electron'), '');
  writeFileSync(path.join(folder, 'version'), '33.2.1');
  return folder;
}

type Answer = { readonly source: string; readonly path: string; readonly version: string };

function resolve(more: Record<string, string>): Promise<Answer> {
  const { ELECTRON_OVERRIDE_DIST_PATH: _own, HTTPS_PROXY: _proxy, https_proxy: _other, ...env } = process.env;
  const script = path.join(repo, 'scripts/electron-runtime.mjs');
  return new Promise((done, fail) => {
    const options = { env: { ...env, ELECTRON_RUNTIME_CACHE: cache, ...more } };
    execFile(process.execPath, [script, '--json'], options, (error, stdout) =>
      error ? fail(error) : done(JSON.parse(stdout)),
    );
  });
}

/** A mirror that has nothing, and counts how often it was asked. */
async function emptyMirror(): Promise<{ address: string; asked: () => number; close: () => void }> {
  let count = 0;
  const server = createServer((_request, response) => {
    count++;
    response.writeHead(404).end();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, asked: () => count, close: () => server.close() };
}

const notes = (): readonly string[] => readdirSync(cache).filter((name) => name.startsWith('no-route'));

it("takes the folder that Electron's own variable names before all others", async () => {
  const folder = path.join(cache, 'mine');
  const executable = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[
    process.platform as string
  ];
  const file = path.join(folder, executable ?? 'electron');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '');
  writeFileSync(path.join(folder, 'version'), 'v45.0.0');
  const found = await resolve({ ELECTRON_OVERRIDE_DIST_PATH: folder });
  expect(found).toMatchObject({ source: 'override', path: file, version: '45.0.0' });
});

describe.runIf(isHere)('where the official Electron is not unpacked', () => {
  it('falls back to the cached test runtime and notes that the download failed', async () => {
    const folder = cacheFallback();
    const mirror = await emptyMirror();
    mirror.close();
    const found = await resolve({ ELECTRON_MIRROR: mirror.address });
    expect(found).toMatchObject({
      source: 'fallback',
      path: path.join(folder, 'electron'),
      version: '33.2.1',
    });
    expect(notes()).toEqual(['no-route-to-127.0.0.1']);
  });

  it('does not ask again within a day', async () => {
    cacheFallback();
    const mirror = await emptyMirror();
    writeFileSync(path.join(cache, 'no-route-to-127.0.0.1'), '');
    expect((await resolve({ ELECTRON_MIRROR: mirror.address })).source).toBe('fallback');
    expect(mirror.asked()).toBe(0);
    mirror.close();
  });

  it('asks again after a day, although a test runtime is cached', async () => {
    cacheFallback();
    const mirror = await emptyMirror();
    const note = path.join(cache, 'no-route-to-127.0.0.1');
    writeFileSync(note, '');
    const yesterday = new Date(Date.now() - DAY_MS - 60_000);
    utimesSync(note, yesterday, yesterday);
    expect((await resolve({ ELECTRON_MIRROR: mirror.address })).source).toBe('fallback');
    expect(mirror.asked()).toBeGreaterThan(0);
    mirror.close();
  });
});
