import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cell } from '#domain/imports/cells.ts';
import { canRead, readWorkbook } from '#engine/adapters/excel/workbook.ts';
import { storedZip } from '#engine/adapters/excel/zip.ts';
import exceljs from 'exceljs';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'baaki-xlsx-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
function fileOf(bytes: Uint8Array): string {
  count += 1;
  const path = join(folder, `book-${count}.xlsx`);
  writeFileSync(path, bytes);
  return path;
}

async function gridsOf(bytes: Uint8Array): Promise<Record<string, readonly (readonly Cell[])[]> | string> {
  const read = await readWorkbook(fileOf(bytes));
  if (!read.ok) return `${read.failure.code}: ${read.failure.sentence}`;
  return Object.fromEntries(read.value.sheets.map(({ name, rows }) => [name, rows]));
}

async function made(fill: (book: exceljs.Workbook) => void): Promise<Uint8Array> {
  const book = new exceljs.Workbook();
  fill(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** A workbook of one sheet written by hand, for what no library writes but some programs do. */
function byHand(
  sheet: string,
  more: {
    readonly book?: string;
    readonly sheetPath?: string;
    readonly parts?: readonly [string, string][];
  } = {},
): Uint8Array {
  const path = more.sheetPath ?? 'worksheets/sheet1.xml';
  const parts: readonly (readonly [string, string])[] = [
    ['[Content_Types].xml', '<Types/>'],
    [
      'xl/workbook.xml',
      more.book ?? '<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships><Relationship Id="rId1" Target="${path}"/></Relationships>`,
    ],
    [`xl/${path}`, sheet],
    ...(more.parts ?? []),
  ];
  return storedZip(parts.map(([name, xml]) => [name, Buffer.from(xml)]));
}

describe('the cells of a workbook', () => {
  it('come as text, numbers and days, formulas by their results and errors by their names', async () => {
    const bytes = await made((book) => {
      const sheet = book.addWorksheet('Bills');
      sheet.addRow(['  Asha  ', 0.1, true, new Date(Date.UTC(2026, 10, 22)), null, 'end']);
      sheet.addRow([]);
      sheet.addRow([
        { formula: '1+1', result: 2 },
        { formula: 'NOW()', result: new Date(Date.UTC(2026, 3, 1)) },
        { richText: [{ text: 'Bi' }, { text: 'na' }] },
        { text: 'a@b.in', hyperlink: 'mailto:a@b.in' },
        { error: '#REF!' },
        { formula: '1/0', result: { error: '#DIV/0!' } },
      ]);
      sheet.getCell('B3').numFmt = 'dd-mm-yyyy';
    });
    expect(await gridsOf(bytes)).toEqual({
      Bills: [
        ['Asha', 0.1, 'TRUE', { day: '2026-11-22' }, null, 'end'],
        [],
        [2, { day: '2026-04-01' }, 'Bina', 'a@b.in', '#REF!', '#DIV/0!'],
      ],
    });
  });

  it('keep the side of an amount that stands only in its number format', async () => {
    const bytes = await made((book) => {
      const sheet = book.addWorksheet('S');
      sheet.addRow([1200.5, 1200.5, 1200.5]);
      sheet.getCell('A1').numFmt = '""0.00" Dr"';
      sheet.getCell('B1').numFmt = '#,##0.00" Cr";-#,##0.00" Cr"';
      sheet.getCell('C1').numFmt = '[$₹-4009] #,##,##0.00';
    });
    expect(await gridsOf(bytes)).toEqual({ S: [['1200.5 Dr', '1200.5 Cr', 1200.5]] });
  });

  it('come from hidden sheets too, and from those that hold nothing an empty grid', async () => {
    const bytes = await made((book) => {
      book.addWorksheet('Empty');
      book.addWorksheet('Hidden', { state: 'veryHidden' }).addRow(['x']);
    });
    expect(await gridsOf(bytes)).toEqual({ Empty: [], Hidden: [['x']] });
  });

  it('merged over rows give their name to each row, but an amount only once', async () => {
    const bytes = await made((book) => {
      const sheet = book.addWorksheet('S');
      sheet.addRow(['Asha', 'B/1', 100]);
      sheet.addRow([null, 'B/2', null]);
      sheet.mergeCells('A1:A2');
      sheet.mergeCells('C1:C2');
    });
    expect(await gridsOf(bytes)).toEqual({
      S: [
        ['Asha', 'B/1', 100],
        ['Asha', 'B/2'],
      ],
    });
  });
});

describe('workbooks of other programs', () => {
  const CELLS =
    '<sheetData><row r="1"><c r="A1"><v>44197</v></c><c r="B1" t="str"><v>x</v></c></row></sheetData>';

  it('with a dimension of the whole grid and rules over whole columns are read at once', async () => {
    const started = performance.now();
    const sheet = `<worksheet><dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384"/></cols>${CELLS}<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations></worksheet>`;
    expect(await gridsOf(byHand(sheet))).toEqual({ S: [[44197, 'x']] });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('with a dimension that lies small lose no row', async () => {
    const rows = Array.from(
      { length: 50 },
      (_, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>${at}</v></c></row>`,
    );
    const grids = await gridsOf(
      byHand(`<worksheet><dimension ref="A1"/><sheetData>${rows.join('')}</sheetData></worksheet>`),
    );
    expect(Object(grids).S).toHaveLength(50);
  });

  it('with prefixed tags, sheets under another name, and cells without addresses', async () => {
    const prefixed = `<x:worksheet xmlns:x="m">${CELLS.replace(/<(\/?)(\w)/g, '<$1x:$2')}</x:worksheet>`;
    expect(await gridsOf(byHand(prefixed))).toEqual({ S: [[44197, 'x']] });
    expect(
      await gridsOf(byHand(`<worksheet>${CELLS}</worksheet>`, { sheetPath: 'worksheets/Tabelle.xml' })),
    ).toEqual({ S: [[44197, 'x']] });
    const bare =
      '<worksheet><sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c t="str"><v>x</v></c></row></sheetData></worksheet>';
    expect(await gridsOf(byHand(bare))).toEqual({ S: [[1, 2], ['x']] });
  });

  it('with ISO dates in their cells and with the epoch of 1904 spelled “true”', async () => {
    const iso =
      '<worksheet><sheetData><row r="1"><c r="A1" t="d"><v>2026-04-01T00:00:00</v></c></row></sheetData></worksheet>';
    expect(await gridsOf(byHand(iso))).toEqual({ S: [['2026-04-01T00:00:00']] });
    const styles =
      '<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>';
    const dated =
      '<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>1</v></c></row></sheetData></worksheet>';
    const book =
      '<workbook><workbookPr date1904="true"/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>';
    const parts: [string, string][] = [['xl/styles.xml', styles]];
    expect(await gridsOf(byHand(dated, { book, parts }))).toEqual({ S: [[{ day: '1904-01-02' }]] });
    expect(await gridsOf(byHand(dated.replace('<v>1<', '<v>46113<'), { parts }))).toEqual({
      S: [[{ day: '2026-04-01' }]],
    });
  });

  it('with a sheet or cell named like an object part do no harm', async () => {
    const book = '<workbook><sheets><sheet name="__proto__" sheetId="1" r:id="rId1"/></sheets></workbook>';
    const read = await readWorkbook(
      fileOf(byHand(`<worksheet>${CELLS.replace('>x<', '>__proto__<')}</worksheet>`, { book })),
    );
    expect(read).toMatchObject({
      ok: true,
      value: { sheets: [{ name: '__proto__', rows: [[44197, '__proto__']] }] },
    });
  });
});

describe('what is no readable workbook is answered with a sentence', () => {
  it('a file whose rows read as none is an error, not an empty list', async () => {
    const sheet = '<worksheet><sheetData><row r="1"><q r="A1"><v>5</v></q></row></sheetData></worksheet>';
    expect(await gridsOf(byHand(sheet))).toMatch(/^reads-as-empty: The sheet “S” holds 1 rows/);
  });

  it('tags that never end, without a hang', async () => {
    const started = performance.now();
    for (const tags of ['<sheetData ', '<c', '<row ', '<mergeCell ', '<c t="d" ']) {
      expect(
        await gridsOf(byHand(`<worksheet><sheetData>${tags.repeat(300_000)}</sheetData></worksheet>`)),
      ).toMatch(/^unreadable/);
      await gridsOf(byHand(`<worksheet>${tags.repeat(300_000)}`));
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('an entity trick', async () => {
    const sheet = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet><sheetData/></worksheet>';
    expect(await gridsOf(byHand(sheet))).toMatch(/^unreadable/);
  });

  it('a bomb whose parts lie about their size or are honest about it', async () => {
    const bytes = await made((book) => {
      const sheet = book.addWorksheet('S');
      for (let at = 0; at < 3000; at += 1) sheet.addRow(['Asha Stores', at, 'Nashik']);
    });
    const lying = Buffer.from(bytes);
    const honest = Buffer.from(bytes);
    for (let at = lying.indexOf('PK\u0001\u0002'); at >= 0; at = lying.indexOf('PK\u0001\u0002', at + 1)) {
      lying.writeUInt32LE(10, at + 24);
      honest.writeUInt32LE(0x7fffffff, at + 24);
    }
    expect(await gridsOf(bytes)).toHaveProperty('S');
    expect(await gridsOf(lying)).toMatch(/^unreadable/);
    expect(await gridsOf(honest)).toMatch(/^too-large/);
  });

  it('every truncation of a workbook', async () => {
    const bytes = await made((book) => void book.addWorksheet('S').addRow(['x', 1]));
    for (let length = 1; length < bytes.length; length += 97) {
      expect(await gridsOf(bytes.slice(0, length)), String(length)).toMatch(
        /^(truncated|not-a-workbook): .+\.$/,
      );
    }
  });

  it('a workbook with any of its bytes turned never makes it throw', async () => {
    const bytes = await made((book) => void book.addWorksheet('S').addRow(['x', 1, new Date(0)]));
    for (let at = 0; at < bytes.length; at += 61) {
      const turned = bytes.slice();
      turned[at] = (turned[at] ?? 0) ^ 0xff;
      const grids = await gridsOf(turned);
      expect(typeof grids === 'string' ? grids : 'S').toMatch(/^S|: .+[.?]$/);
    }
  });

  it('a zip of something else, an empty file, and one that is not there', async () => {
    expect(await gridsOf(storedZip([['hello.txt', Buffer.from('hi')]]))).toMatch(/^unreadable/);
    expect(await gridsOf(new Uint8Array())).toMatch(/^empty/);
    expect(await gridsOf(Buffer.from('Party,Amount'))).toMatch(/^not-a-workbook/);
    expect(await readWorkbook(join(folder, 'nowhere.xlsx'))).toMatchObject({
      ok: false,
      failure: { code: 'not-found', retryable: true },
    });
  });

  it('and leaves the old format to another reader', async () => {
    const ole = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]);
    expect(canRead(ole)).toBe(false);
    expect(await gridsOf(ole)).toMatch(/^not-a-workbook: .*\.$/);
  });
});

describe('rows are counted as they come', () => {
  it('half a million rows that hold something are the most, blank ones do not count', async () => {
    const blank = '<row></row>'.repeat(300_001);
    expect(await gridsOf(byHand(`<worksheet><sheetData>${blank}</sheetData></worksheet>`))).toEqual({
      S: [],
    });
    const full = '<row><c><v>1</v></c></row>'.repeat(500_001);
    expect(await gridsOf(byHand(`<worksheet><sheetData>${full}</sheetData></worksheet>`))).toMatch(
      /^too-large: The sheet “S” has more than 500000 rows/,
    );
  });

  it('a row without a number takes it from its cells, and two rows of one number are damage', async () => {
    const sheet = (rows: string): Uint8Array =>
      byHand(`<worksheet><sheetData>${rows}</sheetData></worksheet>`);
    expect(await gridsOf(sheet('<row><c r="B3"><v>1</v></c></row><row><c><v>2</v></c></row>'))).toEqual({
      S: [[], [], [null, 1], [2]],
    });
    expect(await gridsOf(sheet('<row r="1"><c><v>1</v></c></row><row r="1"><c><v>2</v></c></row>'))).toMatch(
      /^unreadable: The sheet “S” is damaged/,
    );
  });

  it('text is read whole wherever the pieces of the file are cut', async () => {
    // Rows of every length, so that pieces end within tags, entities and letters of several bytes.
    const texts = Array.from({ length: 30_000 }, (_, at) => `₹é&<"${'x'.repeat(at % 61)}${at}`);
    const xml = texts.map(
      (text, at) =>
        `<row r="${at + 1}"><c r="A${at + 1}" t="inlineStr"><is><r><t>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</t></r><rPh><t>no</t></rPh></is></c><c t='str'><v><![CDATA[a&amp;b]]></v></c><c><!-- 7 --><f>1+1</f><v>-${at}.25</v></c></row>`,
    );
    const grids = await gridsOf(byHand(`<worksheet><sheetData>${xml.join('')}</sheetData></worksheet>`));
    expect(Object(grids).S).toEqual(texts.map((text, at) => [text, 'a&amp;b', 0 - at - 0.25]));
  });

  it('numbers come as the very floats that they are written as', async () => {
    const numbers = [
      '0.1',
      '1e3',
      '123456789012345',
      '1234567890123456.7',
      '-0.07',
      '8734.71',
      '4.35',
      '1E-7',
    ];
    const cells = numbers.map((number) => `<c><v>${number}</v></c>`).join('');
    expect(
      await gridsOf(byHand(`<worksheet><sheetData><row>${cells}</row></sheetData></worksheet>`)),
    ).toEqual({ S: [numbers.map(Number)] });
  });

  it('letters that XML cannot hold come as themselves, and no string is guessed', async () => {
    const strings = '<sst><si><t>a_x0004_b</t></si><si><t>_x005F_x0041_</t></si></sst>';
    const sheet = (cells: string): Uint8Array =>
      byHand(`<worksheet><sheetData><row>${cells}</row></sheetData></worksheet>`, {
        parts: [['xl/sharedStrings.xml', strings]],
      });
    expect(await gridsOf(sheet('<c t="s"><v>0</v></c><c t="s"><v>1</v></c>'))).toEqual({
      S: [['a\u0004b', '_x0041_']],
    });
    expect(await gridsOf(sheet('<c t="s"><v>2</v></c>'))).toMatch(/^unreadable/);
  });
});

it('stops when it is told to', async () => {
  const bytes = await made((book) => void book.addWorksheet('S').addRow(['x']));
  await expect(readWorkbook(fileOf(bytes), { signal: AbortSignal.abort() })).rejects.toThrow();
});
