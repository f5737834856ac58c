import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isSaveWish, safeFileName, savePlaces, saveWhole, withExtension } from '#main/save-places.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-save-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the name that is proposed', () => {
  it.each([
    ['Aging: 22/11/2026', 'Aging 22-11-2026.xlsx'],
    ['Aging.XLSX', 'Aging.xlsx'],
    ['../../etc/passwd', '-..-etc-passwd.xlsx'],
    ['C:\\Windows\\x', 'C -Windows-x.xlsx'],
    ['बकाया सूची', 'बकाया सूची.xlsx'],
    ['CON', 'Baaki CON.xlsx'],
    ['com1.txt', 'Baaki com1.txt.xlsx'],
    ['', 'Baaki.xlsx'],
    ['...', 'Baaki.xlsx'],
    ['a\u0000b\nc', 'a b c.xlsx'],
    ['report\u202excod', 'reportxcod.xlsx'],
    ['Rao | Sons "Ltd" <x>?*', 'Rao - Sons -Ltd- -x---.xlsx'],
    ['name. ', 'name.xlsx'],
  ])('of %j is %j', (name, file) => {
    expect(safeFileName({ name, kind: 'xlsx' })).toBe(file);
    expect(path.basename(file)).toBe(file);
  });

  it('is cut to a length that every system takes, and not within a letter', () => {
    expect(safeFileName({ name: '🙂'.repeat(200), kind: 'csv' })).toBe(`${'🙂'.repeat(80)}.csv`);
  });
});

describe('the extension', () => {
  it('is added where it was left out, in any case of it once', () => {
    expect(withExtension('/home/asha/aging', 'pdf')).toBe('/home/asha/aging.pdf');
    expect(withExtension('/home/asha/aging.PDF', 'pdf')).toBe('/home/asha/aging.PDF');
    expect(withExtension('/home/asha/aging.xlsx', 'pdf')).toBe('/home/asha/aging.xlsx.pdf');
  });

  it('never makes the name of a file that is there, which nobody was asked about', () => {
    const chosen = path.join(folder, 'aging');
    writeFileSync(`${chosen}.csv`, 'old');
    expect(withExtension(chosen, 'csv')).toBe(`${chosen} (2).csv`);
    writeFileSync(`${chosen} (2).csv`, 'old too');
    expect(withExtension(chosen, 'csv')).toBe(`${chosen} (3).csv`);
  });
});

it('knows only the places that were named, each for its own kind', () => {
  const places = savePlaces();
  places.add('/home/asha/aging.pdf');
  expect(places.has('/home/asha/aging.pdf', 'pdf')).toBe(true);
  expect(places.has('/home/asha/aging.pdf')).toBe(true);
  expect(places.has('/home/asha/aging.pdf', 'xlsx')).toBe(false);
  expect(places.has('/home/asha/../asha/aging.pdf', 'pdf')).toBe(false);
  expect(places.has('/home/asha/other.pdf', 'pdf')).toBe(false);
  expect(places.has(undefined)).toBe(false);
  expect(savePlaces().has('/home/asha/aging.pdf')).toBe(false);
});

it('takes a wish for a place and nothing else', () => {
  for (const kind of ['pdf', 'jpg', 'jpeg', 'png', 'webp', 'doc', 'docx', 'xls', 'txt', 'zip'])
    expect(isSaveWish({ name: 'a', kind })).toBe(true);
  for (const other of [
    null,
    'a.pdf',
    {},
    { name: 'a' },
    { name: 1, kind: 'pdf' },
    { name: 'a', kind: 'exe' },
    { name: 'a', kind: 'html' },
  ])
    expect(isSaveWish(other)).toBe(false);
});

describe('saving', () => {
  const bytes = new TextEncoder().encode('%PDF');

  it('puts the new file in the place of the old one', async () => {
    const place = path.join(folder, 'a.pdf');
    writeFileSync(place, 'old');
    expect(await saveWhole(place, bytes)).toBe('saved');
    expect(readFileSync(place, 'utf8')).toBe('%PDF');
    expect(readdirSync(folder)).toEqual(['a.pdf']);
  });

  it('tells that the folder is gone', async () => {
    expect(await saveWhole(path.join(folder, 'gone', 'a.pdf'), bytes)).toBe('folder-gone');
  });

  it('tells that something else stands in the place, and leaves nothing beside it', async () => {
    mkdirSync(path.join(folder, 'a.pdf'));
    expect(await saveWhole(path.join(folder, 'a.pdf'), bytes)).toBe('not-written');
    expect(readdirSync(folder)).toEqual(['a.pdf']);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'tells that a protected folder cannot be written (as root every folder can)',
    async () => {
      chmodSync(folder, 0o500);
      expect(await saveWhole(path.join(folder, 'a.pdf'), bytes)).toBe('not-written');
      chmodSync(folder, 0o700);
    },
  );
});
