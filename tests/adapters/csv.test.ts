import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cell } from '#domain/imports/cells.ts';
import { canRead, readCsv, readPasted } from '#engine/adapters/csv/csv.ts';
import fc from 'fast-check';
import Papa from 'papaparse';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'baaki-csv-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
function fileOf(bytes: string | Uint8Array): string {
  count += 1;
  const path = join(folder, `list-${count}.csv`);
  writeFileSync(path, bytes);
  return path;
}

async function rowsOf(bytes: string | Uint8Array): Promise<readonly (readonly Cell[])[] | string> {
  const read = await readCsv(fileOf(bytes));
  return read.ok ? (read.value.sheets[0]?.rows ?? []) : read.failure.code;
}

function utf16(text: string, isBig: boolean): Uint8Array {
  const bytes = Buffer.from(text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
}

const EXPECTED = [
  ['Party', 'Town'],
  ['Bølèn', '₹ 5'],
];

describe('a list of text is read', () => {
  it.each([
    ['UTF-8', 'Party,Town\nBølèn,₹ 5\n'],
    ['UTF-8 with its mark', '\uFEFFParty,Town\r\nBølèn,₹ 5\r\n'],
    ['UTF-16 little-endian', utf16('\uFEFFParty\tTown\r\nBølèn\t₹ 5\r\n', false)],
    ['UTF-16 big-endian', utf16('\uFEFFParty,Town\nBølèn,₹ 5', true)],
    ['UTF-16 without its mark', utf16('Party,Town\nBølèn,₹ 5', false)],
    ['semicolons', 'Party;Town\nBølèn;₹ 5'],
    ['bars', 'Party|Town\nBølèn|₹ 5'],
    ['the lines of an old Mac', 'Party,Town\rBølèn,₹ 5\r'],
    ['quotes before the ends of Windows lines', '"Party","Town"\r\n"Bølèn","₹ 5"\r\n'],
    ['a stated delimiter', 'sep=;\nParty;Town\nBølèn;₹ 5'],
  ])('in %s', async (_name, bytes) => {
    expect(await rowsOf(bytes)).toEqual(EXPECTED);
  });

  it('in the letters of Windows, even where the first of them stands far down', async () => {
    const head = 'Party,Town\n' + 'Asha,Nashik\n'.repeat(10_000);
    const rows = await rowsOf(
      Buffer.concat([Buffer.from(head), Buffer.from([0x42, 0xf8, 0x2c, 0xe9, 0x0a])]),
    );
    expect(rows.at(-1)).toEqual(['Bø', 'é']);
  });

  it('with quoted commas and lines, and with its blank rows kept so that row numbers hold', async () => {
    expect(await rowsOf('a,"b, c"\n\n"two\nlines",""\n,,\n  x  ,y\n\n')).toEqual([
      ['a', 'b, c'],
      [],
      ['two\nlines'],
      [],
      ['x', 'y'],
    ]);
  });

  it('as text throughout: leading zeros and long numbers live', async () => {
    expect(await rowsOf('0007,1930571429.0,12345678901234567890')).toEqual([
      ['0007', '1930571429.0', '12345678901234567890'],
    ]);
  });

  it('with its size and its fingerprint', async () => {
    const text = 'a,b\n1,2\n';
    const path = fileOf(text);
    expect(await readCsv(path)).toMatchObject({
      ok: true,
      value: {
        byteCount: 8,
        fileName: path.split('/').at(-1),
        sha256: createHash('sha256').update(text).digest('hex'),
      },
    });
  });

  it('the same in pieces as in one: rows that lie across the pieces are whole', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '₹', ' ', ',', '"', '\n', '0'), maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 3, maxLength: 8 }), async (some) => {
        // Enough copies to fill several pieces of a megabyte.
        const rows = Array.from({ length: 60_000 }, (_, at) => [
          'row',
          String(at),
          ...(some[at % some.length] ?? []),
        ]);
        const text = Papa.unparse(rows, { newline: '\r\n' });
        const trimmed = rows.map((row) => {
          const cells = row.map((of) => of.trim() || null);
          while (cells.at(-1) === null) cells.pop();
          return cells;
        });
        expect(await rowsOf(text)).toEqual(trimmed);
      }),
      { numRuns: 3 },
    );
  });
});

describe('the rows that are scanned are those of the parser', () => {
  const parsed = (text: string, newline: '\n' | '\r'): readonly (readonly Cell[])[] => {
    const { data } = Papa.parse<string[]>(text, { delimiter: '\t', newline, header: false });
    const rows = data.map((row) => {
      const cells = row.map((cell) => cell.trim() || null);
      while (cells.at(-1) === null) cells.pop();
      return cells;
    });
    while (rows.at(-1)?.length === 0) rows.pop();
    return rows;
  };

  it.each([
    ['the lines of Unix and Windows', '\n', ['\n', '\n', '\r\n', '\r']],
    ['the lines of an old Mac', '\r', ['\r', '\r']],
  ] as const)('whatever quotation marks, blanks and %s do', (_name, newline, ends) => {
    const marks = ['"', '"', '""', '"a"', '\t"b"\t', '"c\t'];
    const letters = ['a', '7', 'é', '₹', ' ', '\u00A0', '\u0007', '\t', '\t', '\t'];
    const piece = fc.constantFrom(...letters, ...marks, ...ends);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = `x\ty${newline}${pieces.join('')}`;
        const read = readPasted(text);
        expect(read.ok && read.value.sheets[0]?.rows).toEqual(parsed(text, newline));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('what is no list is answered with a sentence', () => {
  it.each([
    ['an empty file', '', 'empty'],
    ['blanks only', '\n\n  \n', 'empty'],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), 'not-a-workbook'],
  ])('%s', async (_name, bytes, code) => {
    expect(await rowsOf(bytes)).toBe(code);
  });

  it('a quotation mark that is never closed, instead of one cell with the rest of the file', async () => {
    const path = fileOf(`Party,Amount\n"Asha,5\n${'Bina,6\n'.repeat(50_000)}`);
    const read = await readCsv(path);
    expect(read).toMatchObject({ ok: false, failure: { code: 'unreadable' } });
    if (!read.ok) expect(read.failure.sentence).toContain('quotation mark');
  });

  it('a file that is not there and a folder', async () => {
    expect(await readCsv(join(folder, 'nowhere.csv'))).toMatchObject({
      ok: false,
      failure: { code: 'not-found', retryable: true },
    });
    expect(await readCsv(folder)).toMatchObject({ ok: false, failure: { code: 'not-found' } });
  });

  it('and random bytes never make it throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
        const read = await readCsv(fileOf(bytes));
        if (!read.ok) expect(read.failure.sentence).toMatch(/\.$|\?$/);
      }),
    );
  });

  it('and leaves archives to another reader', () => {
    expect(canRead(Buffer.from('a,b\n'))).toBe(true);
    expect(canRead(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]))).toBe(false);
    expect(canRead(new Uint8Array())).toBe(false);
  });
});

it('stops when it is told to', async () => {
  const path = fileOf('a,b\n'.repeat(1000));
  await expect(readCsv(path, { signal: AbortSignal.abort() })).rejects.toThrow();
});
