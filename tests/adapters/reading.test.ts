import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, day } from '#domain/days.ts';
import type { Cell } from '#domain/imports/cells.ts';
import { readPasted } from '#engine/adapters/csv/csv.ts';
import { keepRows } from '#engine/adapters/csv/list-rows.ts';
import { scanRows } from '#engine/adapters/csv/scan.ts';
import { openPacking, unpackSheets } from '#engine/adapters/reading/packing.ts';
import { readApart, READING_LIMITS } from '#engine/adapters/reading/process.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'baaki-reading-'));
const large = join(folder, 'large.csv');
const LARGE_ROWS = 400_000;
beforeAll(() => {
  const rows = Array.from({ length: LARGE_ROWS }, (_, at) => `Asha ${at},B/${at},${at}.50,"a, b ${at}"`);
  writeFileSync(large, rows.join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the reading process', () => {
  it('gives the rows, the size and the fingerprint, and tells how far it is', async () => {
    const path = join(folder, 'small.csv');
    writeFileSync(path, 'a,b\n1,2\n\n3,4\n');
    const told: (readonly [number, number])[] = [];
    const read = await readApart(path, { onProgress: (done, of) => told.push([done, of]) });
    expect(read).toEqual({
      ok: true,
      value: {
        sheets: [{ name: 'small.csv', rows: [['a', 'b'], ['1', '2'], [], ['3', '4']] }],
        fileName: 'small.csv',
        byteCount: 13,
        sha256: createHash('sha256').update('a,b\n1,2\n\n3,4\n').digest('hex'),
      },
    });
    expect(told.at(-1)).toEqual([13, 13]);
  });

  it('is killed when it is called off, in the midst of a file', async () => {
    const calling = new AbortController();
    const reading = readApart(large, { signal: calling.signal, onProgress: () => calling.abort() });
    await expect(reading).rejects.toThrow(/abort/i);
    await expect(readApart(large, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });

  it.each([
    ['that takes too long', { overallMs: 1 }, 'too-slow'],
    ['that falls silent', { quietMs: -1 }, 'too-slow'],
    ['whose cells need too much memory', { heapMb: 5 }, 'too-much-memory'],
    ['whose bytes need too much memory', { growthBytes: 1 }, 'too-much-memory'],
  ])('is killed at a file %s, and the next file is read', async (_name, limit, code) => {
    const read = await readApart(large, {}, { ...READING_LIMITS, ...limit });
    expect(read).toMatchObject({ ok: false, failure: { code } });
    const path = join(folder, 'next.csv');
    writeFileSync(path, 'a,b\n');
    expect(await readApart(path)).toMatchObject({ ok: true });
  });

  it('hands a large list over whole', async () => {
    const read = await readApart(large);
    const rows = read.ok ? (read.value.sheets[0]?.rows ?? []) : [];
    expect(rows).toHaveLength(LARGE_ROWS);
    expect(rows.at(-1)).toEqual(['Asha 399999', 'B/399999', '399999.50', 'a, b 399999']);
  });
});

describe('a grid that is packed and unpacked', () => {
  const cell = fc.oneof(
    fc.constant(null),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
    fc.double({ noNaN: true }),
    fc.nat(40_000).map((days): Cell => ({ day: addDays(day('1950-01-01'), days) })),
    fc.constantFrom<Cell>('2026-04-01', { day: day('2026-04-01') }),
  );

  it('is the same grid, whatever its cells are and however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 20 })), (sheets) => {
        const packing = openPacking();
        const unpacking = unpackSheets();
        for (const [at, rows] of sheets.entries()) {
          for (const half of [rows.slice(0, rows.length / 2), rows.slice(rows.length / 2)]) {
            for (const packed of packing.pack(at, half)) unpacking.take(structuredClone(packed));
          }
        }
        const names = sheets.map((_, at) => String(at));
        expect(unpacking.sheets(names)).toEqual(sheets.map((rows, at) => ({ name: String(at), rows })));
      }),
    );
  });

  it('of a column whose texts hardly come again is the same too', () => {
    const rows = Array.from({ length: 12_000 }, (_, at): Cell[] => [`B/${at}`, `Asha ${at % 7}`, at]);
    const packing = openPacking();
    const unpacking = unpackSheets();
    for (const packed of packing.pack(0, rows)) unpacking.take(packed);
    expect(unpacking.sheets(['S'])[0]?.rows).toEqual(rows);
  });
});

describe('the rows of a list that cross as places in its text', () => {
  function crossed(rows: readonly (readonly string[])[]): void {
    const packing = openPacking();
    const unpacking = unpackSheets();
    const kept: (readonly Cell[])[] = [];
    for (const half of [rows.slice(0, rows.length / 2), rows.slice(rows.length / 2)]) {
      const text = half.map((row) => `${row.join(',')}\n`).join('');
      const scan = scanRows(text, { delimiter: ',', newline: '\n' });
      expect(scan).toMatchObject({ end: text.length, isOdd: false });
      keepRows(kept).scanned(scan.rows);
      unpacking.take(structuredClone(packing.packScanned(0, scan.rows)));
    }
    expect(kept).toHaveLength(rows.length);
    expect(unpacking.sheets(['S'])[0]?.rows).toEqual(kept);
  }

  it('are the same rows, whichever texts come again', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '₹', ' '), maxLength: 3 });
    const row = fc.array(cell, { minLength: 1, maxLength: 5 });
    fc.assert(fc.property(fc.array(row, { maxLength: 60 }), crossed));
  });

  it('and where a column has more texts than are remembered, or hardly one that comes again', () => {
    crossed(
      Array.from({ length: 160_000 }, (_, at) => [
        at % 2 === 0 ? 'Asha' : `Asha ${(at >>> 1) % 36_000}`,
        `B/${at}`,
        String(at % 7),
      ]),
    );
  });
});

describe('what is pasted', () => {
  it('comes in columns by tabs, with quoted cells that hold lines, tabs and quotation marks', () => {
    const text = 'Party\tNote\tAmount\r\nAsha, Nashik\t"two\nlines"\t1,200\r\n\r\nBina\t"a ""b""\tc"\t5\r\n';
    expect(readPasted(text)).toEqual({
      ok: true,
      value: {
        fileName: 'pasted',
        byteCount: text.length,
        sha256: createHash('sha256').update(text).digest('hex'),
        sheets: [
          {
            name: 'pasted',
            rows: [
              ['Party', 'Note', 'Amount'],
              ['Asha, Nashik', 'two\nlines', '1,200'],
              [],
              ['Bina', 'a "b"\tc', '5'],
            ],
          },
        ],
      },
    });
  });

  it('without tabs is cut by what cuts it best, and blanks alone are no list', () => {
    expect(readPasted('a;b\n1;2')).toMatchObject({
      value: {
        sheets: [
          {
            rows: [
              ['a', 'b'],
              ['1', '2'],
            ],
          },
        ],
      },
    });
    expect(readPasted(' \n\t\n')).toMatchObject({ ok: false, failure: { code: 'empty' } });
  });
});
