import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMemory } from '#main/memory.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-memory-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('remembers the place and the theme from one run to the next', () => {
  const bounds = { x: 10, y: -20, width: 900, height: 700 };
  openMemory(folder).keep({ bounds });
  openMemory(folder).keep({ theme: 'dark' });
  expect(openMemory(folder).get()).toEqual({
    theme: 'dark',
    bounds,
    isMaximized: false,
    looksForUpdates: false,
    notifies: false,
  });
});

it.each([
  ['is cut off', '{"theme":"da'],
  ['holds no object', '[]'],
  ['holds a theme that is none', '{"theme":"pink"}'],
  ['holds bounds without a side', '{"bounds":{"x":1,"y":2,"width":3}}'],
  ['holds bounds that are no whole numbers', '{"bounds":{"x":1,"y":2,"width":3,"height":"4"}}'],
])('starts afresh when the file %s', (_what, text) => {
  writeFileSync(path.join(folder, 'window.json'), text);
  expect(openMemory(folder).get()).toEqual({
    theme: 'system',
    bounds: null,
    isMaximized: false,
    looksForUpdates: false,
    notifies: false,
  });
});
