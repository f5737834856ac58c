import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { day } from '#domain/days.ts';
import type { Cell } from '#domain/imports/cells.ts';
import { readApart } from '#engine/adapters/reading/process.ts';
import { kindOf } from '#engine/adapters/sheets/kinds.ts';
import { readSheets } from '#engine/adapters/sheets/workbook.ts';
import { write, type BookType, type WorkBook } from '@e965/xlsx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataFile, HAS_DATA } from './data.ts';

// A day must come out the same wherever the machine stands.
const zone = process.env['TZ'];
beforeEach(() => {
  process.env['TZ'] = 'Asia/Kolkata';
});
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

const book = (is1904: boolean): WorkBook => ({
  SheetNames: ['Bills'],
  Workbook: { WBProps: { date1904: is1904 } },
  Sheets: {
    Bills: {
      '!ref': 'A1:D3',
      A1: { t: 's', v: '  Party ' },
      B1: { t: 's', v: 'On' },
      C1: { t: 's', v: 'Amount' },
      A2: { t: 's', v: 'श्री Traders' },
      B2: { t: 'n', v: is1904 ? 46_113 - 1462 : 46_113, z: 'dd-mmm-yyyy' },
      C2: { t: 'n', v: 1200.5, z: '#,##0.00' },
      D2: { t: 'b', v: true },
      C3: { t: 'n', v: 8734.71, z: '0.00" Cr"' },
    },
  },
});

function rowsOf(bytes: Buffer, kind: Parameters<typeof readSheets>[0]['kind']): unknown {
  const read = readSheets({ bytes, fileName: 'list', kind });
  return read.ok ? read.value.sheets[0]?.rows : read.failure.code;
}

const made = (type: BookType, is1904 = false): Buffer =>
  write(book(is1904), { type: 'buffer', bookType: type });

const EXPECTED: readonly (readonly Cell[])[] = [
  ['Party', 'On', 'Amount'],
  ['श्री Traders', { day: day('2026-04-01') }, 1200.5, 'TRUE'],
  [null, null, '8734.71 Cr'],
];

describe('a workbook of another format gives the same cells', () => {
  it.each([
    ['.xls', 'biff8', 'ole'],
    ['the XML of Excel 2003', 'xlml', 'xml-2003'],
    ['.xlsb', 'xlsb', 'zip'],
  ] as const)('of both epochs, in India as anywhere: %s', (_name, type, kind) => {
    for (const is1904 of [false, true]) {
      const bytes = made(type, is1904);
      if (kind !== 'zip') expect(kindOf(bytes)).toBe(kind);
      expect(rowsOf(bytes, kind)).toEqual(EXPECTED);
    }
  });

  it.each([
    ['.ods', 'ods', 'zip'],
    ['.fods', 'fods', 'flat-opendocument'],
  ] as const)('%s', (_name, type, kind) => {
    const bytes = made(type);
    if (kind !== 'zip') expect(kindOf(bytes)).toBe(kind);
    const rows = rowsOf(bytes, kind);
    expect(Array.isArray(rows) ? rows.slice(0, 2) : rows).toEqual(EXPECTED.slice(0, 2));
  });

  it('a table of a page as text, for nobody knows which of its numbers were days', () => {
    const page = `<html><meta charset="windows-1252"><body><table><tr><th>Party</th><th>On</th></tr>
      <tr><td>Caf\u00e9 &amp; Co</td><td>1/2/2013</td></tr><tr><td>B</td><td>1,20,000.00</td></tr></table></body></html>`;
    const bytes = Buffer.from(page, 'latin1');
    expect(kindOf(bytes)).toBe('html');
    expect(rowsOf(bytes, 'html')).toEqual([
      ['Party', 'On'],
      ['Café & Co', '1/2/2013'],
      ['B', '1,20,000.00'],
    ]);
  });

  it('entity tricks in XML are refused, and what holds no rows is not called an empty list', () => {
    const xml = made('xlml').toString().replace('<Workbook', '<!DOCTYPE x [<!ENTITY a "b">]><Workbook');
    expect(rowsOf(Buffer.from(xml), 'xml-2003')).toBe('unreadable');
    const empty: WorkBook = { SheetNames: ['S'], Sheets: { S: {} } };
    expect(rowsOf(write(empty, { type: 'buffer', bookType: 'biff8' }), 'ole')).toBe('reads-as-empty');
  });
});

describe.skipIf(!HAS_DATA)('real files (skipped where ../shared/data is absent)', () => {
  it('of both epochs hold each day beside its own text', async () => {
    const names = readdirSync(dataFile('sheets/sheetjs/1904')).filter((name) =>
      /\.(?:biff5|ods|xls|xlsb|xml)$/.test(name),
    );
    expect(names).toHaveLength(10);
    for (const name of names) {
      const read = await readApart(dataFile(join('sheets/sheetjs/1904', name)));
      const rows = read.ok ? (read.value.sheets[0]?.rows ?? []) : [];
      expect(rows, name).toHaveLength(5);
      expect(rows.map((row) => row[1])).toEqual(rows.map((row) => ({ day: row[2] })));
    }
  }, 60_000);

  it('of every format are read or answered with a sentence, and say the same as their twin in .xlsx', async () => {
    const files = ['merge_cells', 'rich_text_stress', 'RkNumber', 'phonetic_text'];
    for (const name of files) {
      const [first, ...others] = await Promise.all(
        ['xlsx', 'xls', 'xlsb'].map((type) => readApart(dataFile(`sheets/sheetjs/${name}.${type}`))),
      );
      if (first?.ok !== true) throw new Error(`${name}.xlsx was not read.`);
      for (const other of others) {
        if (!other.ok) throw new Error(other.failure.sentence);
        expect(other.value.sheets.map(({ rows }) => rows)).toEqual(
          first.value.sheets.map(({ rows }) => rows),
        );
      }
    }
  }, 60_000);

  it('that are cut anywhere are never half a list', () => {
    const bytes = readFileSync(dataFile('sheets/sheetjs/AutoFilter.xls'));
    for (let part = 0.1; part < 0.99; part += 0.11) {
      expect(rowsOf(bytes.subarray(0, bytes.length * part), 'ole')).toBe('truncated');
    }
  });
});
