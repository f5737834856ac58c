import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cell } from '#domain/imports/cells.ts';
import { readApart } from '#engine/adapters/reading/process.ts';
import { write } from '@e965/xlsx';
import { afterAll, describe, expect, it } from 'vitest';
import { dataFile, HAS_DATA } from './data.ts';
import { bookParts, madeZip } from './made-zip.ts';

const TIME_MOST_MS = 10_000;
const MEMORY_MOST_BYTES = 1_000_000_000;
const folder = mkdtempSync(join(tmpdir(), 'baaki-hostile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;

/** Reads bytes as the app does, in the reading process, and holds every file to the same limits. */
async function readBytes(
  bytes: string | Uint8Array,
  name = 'list.xlsx',
): Promise<readonly (readonly Cell[])[] | string> {
  count += 1;
  const path = join(folder, `${count}-${name}`);
  writeFileSync(path, bytes);
  const before = readdirSync(folder);
  const started = performance.now();
  const start = process.memoryUsage.rss();
  let highest = start;
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss());
  }, 50);
  try {
    const read = await readApart(path);
    expect(performance.now() - started).toBeLessThan(TIME_MOST_MS);
    expect(highest - start).toBeLessThan(MEMORY_MOST_BYTES);
    expect(readdirSync(folder)).toEqual(before);
    if (read.ok) return read.value.sheets[0]?.rows ?? [];
    expect(read.failure.sentence).toMatch(/^[A-Z].{20,}\.$/s);
    return read.failure.code;
  } finally {
    clearInterval(watch);
    rmSync(path);
  }
}

const sheetOf = (rows: string, head = ''): string =>
  `<worksheet>${head}<sheetData>${rows}</sheetData></worksheet>`;
const ROW = '<row r="1"><c r="A1" t="str"><v>x</v></c></row>';

describe('a zip made to harm', () => {
  it('unpacks a thousandfold: it is refused before it is unpacked', async () => {
    const bomb = Buffer.alloc(700_000_000, ' ');
    const packed = madeZip([
      ...bookParts(sheetOf(ROW)).slice(0, 2),
      ['xl/worksheets/sheet1.xml', Buffer.concat([Buffer.from('<worksheet><sheetData>'), bomb])],
    ]);
    expect(packed.length).toBeLessThan(bomb.length / 900);
    expect(await readBytes(packed)).toBe('too-large');
  }, 60_000);

  it('unpacks to twenty million rows that hold nothing: it is read through, and its row is taken', async () => {
    const blanks = '<row/>'.repeat(20_000_000);
    expect(await readBytes(madeZip(bookParts(sheetOf(`${ROW}${blanks}`))))).toEqual('unreadable');
    const numbered = `<row r="2"/>`.repeat(10_000_000);
    expect(await readBytes(madeZip(bookParts(sheetOf(`${ROW}${numbered}`))))).toEqual([['x']]);
  }, 60_000);

  it('names a part to be written elsewhere: nothing is written, the rest is read', async () => {
    const parts = bookParts(sheetOf(ROW), [
      ['../../../../tmp/baaki-evil.txt', 'evil'],
      ['/etc/evil', 'evil'],
    ]);
    expect(await readBytes(madeZip(parts))).toEqual([['x']]);
  });

  it('has relations that lead in a circle', async () => {
    const rels =
      '<Relationships><Relationship Id="rId1" Type="x/officeDocument" Target="_rels/.rels"/></Relationships>';
    expect(await readBytes(madeZip([['_rels/.rels', rels], ...bookParts(sheetOf(ROW))]))).toBe('unreadable');
    const self =
      '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="workbook.xml"/></Relationships>';
    const parts = bookParts(sheetOf(ROW)).filter(([name]) => !name.includes('_rels'));
    expect(await readBytes(madeZip([...parts, ['xl/_rels/workbook.xml.rels', self]]))).toBe('unreadable');
  });

  it('is locked', async () => {
    expect(await readBytes(madeZip(bookParts(sheetOf(ROW)), { isLocked: true }))).toBe('password');
  });

  it('is packed in a way of its own', async () => {
    expect(await readBytes(madeZip(bookParts(sheetOf(ROW)), { method: 14 }))).toBe('reads-as-empty');
  });

  it('is cut off, or has a byte turned', async () => {
    const whole = madeZip(bookParts(sheetOf(ROW.repeat(1))));
    for (const part of [0.3, 0.6, 0.9]) {
      expect(await readBytes(whole.subarray(0, whole.length * part))).toBe('truncated');
    }
    const turned = Buffer.from(whole);
    const at = turned.indexOf('sheet1.xml') + 20;
    turned[at] = (turned[at] ?? 0) ^ 0xff;
    expect(await readBytes(turned)).toBe('unreadable');
  });
});

describe('a zip that is only unusual', () => {
  it.each([
    ['zip64', { isWide: true }],
    ['streamed', { isStreamed: true }],
    ['not packed', { isPacked: false }],
  ])('is read: %s', async (_name, wish) => {
    expect(await readBytes(madeZip(bookParts(sheetOf(ROW)), wish))).toEqual([['x']]);
  });
});

describe('a sheet made to harm', () => {
  it('declares entities that grow without end, or fetch files', async () => {
    const laughs = Array.from(
      { length: 12 },
      (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`,
    ).join('');
    const trick = (declared: string, text: string): Buffer =>
      madeZip(
        bookParts(
          `<?xml version="1.0"?><!DOCTYPE x [${declared}]>${sheetOf(`<row><c t="str"><v>${text}</v></c></row>`)}`,
        ),
      );
    expect(await readBytes(trick(`<!ENTITY l0 "ha">${laughs}`, '&l12;'))).toBe('unreadable');
    expect(await readBytes(trick('<!ENTITY f SYSTEM "file:///etc/passwd">', '&f;'))).toBe('unreadable');
    expect(await readBytes(madeZip(bookParts(sheetOf('<row><c t="str"><v>&xxe;</v></c></row>'))))).toEqual([
      ['&xxe;'],
    ]);
  });

  it('holds a cell of forty million letters', async () => {
    const long = 'a'.repeat(40_000_000);
    const cell = sheetOf(`<row><c t="inlineStr"><is><t>${long}</t></is></c></row>`);
    expect(await readBytes(madeZip(bookParts(cell)))).toBe('cell-too-long');
    const strings = `<sst><si><t>${long}</t></si></sst>`;
    const parts = bookParts(sheetOf('<row><c t="s"><v>0</v></c></row>'), [['xl/sharedStrings.xml', strings]]);
    expect(await readBytes(madeZip(parts))).toBe('cell-too-long');
    expect(await readBytes(madeZip(bookParts(`<worksheet a="${long}"/>`)))).toBe('cell-too-long');
  }, 60_000);

  it('holds formulas: their text is never run, and their results are plain text', async () => {
    const payload = '=cmd|&apos;/C calc&apos;!A0';
    const rows = `<row><c t="str"><f>HYPERLINK("http://evil","x")</f><v>${payload}</v></c><c t="str"><v>@SUM(1)</v></c></row>`;
    expect(await readBytes(madeZip(bookParts(sheetOf(rows))))).toEqual([["=cmd|'/C calc'!A0", '@SUM(1)']]);
    expect(await readBytes('a,b\n=1+1,"=cmd|\' /C calc\'!A0"\n', 'list.csv')).toEqual([
      ['a', 'b'],
      ['=1+1', "=cmd|' /C calc'!A0"],
    ]);
  });

  it('calls its columns by names of object parts', async () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const cells = names.map((name) => `<c t="str"><v>${name}</v></c>`).join('');
    expect(await readBytes(madeZip(bookParts(sheetOf(`<row>${cells}</row>`))))).toEqual([names]);
    expect(await readBytes(`${names.join(',')}\n1,2,3\n`, 'list.csv')).toEqual([names, ['1', '2', '3']]);
    expect(Object.hasOwn(Object.prototype, '1')).toBe(false);
  });

  it('merges every cell with every other', async () => {
    const rows = '<row><c t="str"><v>x</v></c></row>'.repeat(1000);
    const merges = '<mergeCell ref="A1:XFD1048576"/>'.repeat(20_000);
    const sheet = sheetOf(rows).replace('</worksheet>', `<mergeCells>${merges}</mergeCells></worksheet>`);
    expect(await readBytes(madeZip(bookParts(sheet)))).toBe('too-large');
  });

  it('puts one cell into the last corner of each of many rows', async () => {
    const rows = Array.from({ length: 3000 }, (_, at) => `<row><c r="XFD${at + 1}"><v>1</v></c></row>`);
    expect(await readBytes(madeZip(bookParts(sheetOf(rows.join('')))))).toBe('too-large');
  });
});

describe('a sheet that is only large or lies about its size', () => {
  it('of a million formatted rows that hold nothing gives the rows that hold something', async () => {
    const blank = Array.from(
      { length: 1_000_000 },
      (_, at) => `<row r="${at + 2}" s="1"><c r="A${at + 2}" s="1"/></row>`,
    ).join('');
    expect(await readBytes(madeZip(bookParts(sheetOf(`${ROW}${blank}`))))).toEqual([['x']]);
  }, 60_000);

  it('whose dimension is the whole grid is read, and one whose dimension is too small loses no row', async () => {
    const rows = Array.from({ length: 5000 }, (_, at) => `<row r="${at + 1}"><c><v>${at}</v></c></row>`);
    const whole = sheetOf(rows.slice(0, 3).join(''), '<dimension ref="A1:XFD1048576"/>');
    expect(await readBytes(madeZip(bookParts(whole)))).toEqual([[0], [1], [2]]);
    const small = await readBytes(madeZip(bookParts(sheetOf(rows.join(''), '<dimension ref="A1:B2"/>'))));
    expect(small).toHaveLength(5000);
    expect(small.at(-1)).toEqual([4999]);
  });

  it('with a row that holds no cell this reader knows is not believed', async () => {
    expect(await readBytes(madeZip(bookParts(sheetOf(`${ROW}<row r="2"><cell><v>5</v></cell></row>`))))).toBe(
      'reads-as-empty',
    );
  });
});

describe('a file of another kind than its name says', () => {
  const bookOf = (bookType: 'biff8' | 'xlsb' | 'ods' | 'html'): Uint8Array =>
    write(
      {
        SheetNames: ['S'],
        Sheets: { S: { '!ref': 'A1:B2', A1: { t: 's', v: 'Party' }, B2: { t: 'n', v: 5 } } },
      },
      { type: 'buffer', bookType },
    );

  it.each([
    ['an old workbook called .xlsx', 'biff8', 'list.xlsx'],
    ['a binary workbook called .csv', 'xlsb', 'list.csv'],
    ['an OpenDocument called .xls', 'ods', 'list.xls'],
  ] as const)('is read as what it is: %s', async (_name, type, name) => {
    expect(await readBytes(bookOf(type), name)).toEqual([['Party'], [null, 5]]);
  });

  it('is read as what it is: a page and a list called .xls', async () => {
    expect(await readBytes(bookOf('html'), 'list.xls')).toEqual([['Party'], [null, '5']]);
    expect(await readBytes('Party\tAmount\nAsha\t5\n', 'list.xls')).toEqual([
      ['Party', 'Amount'],
      ['Asha', '5'],
    ]);
  });

  it.each([
    ['no bytes at all', '', 'empty'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), 'not-a-workbook'],
    ['a program', Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0]), 'not-a-workbook'],
    ['a page without a table', '<html><body>Hello, this is not a table.</body></html>', 'not-a-workbook'],
    ['XML of another program', '<?xml version="1.0"?><ENVELOPE><A/></ENVELOPE>', 'not-a-workbook'],
    ['a zip of something else', madeZip([['readme.txt', 'hi']]), 'unreadable'],
  ])('is refused with a sentence: %s', async (_name, bytes, code) => {
    expect(await readBytes(bytes)).toBe(code);
  });

  it('an old workbook and a page whose end is missing', async () => {
    const old = Buffer.from(bookOf('biff8'));
    expect(await readBytes(old.subarray(0, old.length / 2), 'list.xls')).toBe('truncated');
    const page = Buffer.from(bookOf('html'));
    expect(await readBytes(page.subarray(0, page.length - 40), 'list.xls')).toBe('truncated');
    expect(await readBytes('Party,Amount\n"Asha,5\nBina', 'list.csv')).toEqual([
      ['Party', 'Amount'],
      ['Asha,5\nBina'],
    ]);
  });

  it.skipIf(!HAS_DATA)('one locked with a password (skipped where ../shared/data is absent)', async () => {
    const names = readdirSync(dataFile('sheets/sheetjs')).filter((name) => name.startsWith('password_'));
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) {
      const read = await readApart(dataFile(join('sheets/sheetjs', name)));
      expect(read).toMatchObject({ ok: false, failure: { code: 'password' } });
    }
  });

  it('a folder and a file that is not there', async () => {
    for (const path of [folder, join(folder, 'nowhere.xlsx')]) {
      expect(await readApart(path)).toMatchObject({ ok: false, failure: { code: 'not-found' } });
    }
  });

  it.skipIf(process.platform === 'win32')('a pipe that never answers is given up', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const limits = { quietMs: 2000, overallMs: 5000, heapMb: 200, growthBytes: 500_000_000 };
    const answer = await readApart(path, {}, limits);
    expect(answer).toMatchObject({ ok: false, failure: { code: 'too-slow', retryable: true } });
    // Lets go of the thread that still waits for someone to write.
    closeSync(openSync(path, 'r+'));
  });
});
