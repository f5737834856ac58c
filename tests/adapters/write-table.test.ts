// What is written is read back twice: by exceljs, and by the project's own reader.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ExportTable } from '#domain/exports.ts';
import { readCsv } from '#engine/adapters/csv/csv.ts';
import { writeCsv } from '#engine/adapters/csv/write-table.ts';
import { isWithin, writeWhole } from '#engine/adapters/disk/write-whole.ts';
import { readWorkbook } from '#engine/adapters/excel/workbook.ts';
import { writeWorkbook } from '#engine/adapters/excel/write-table.ts';
import { read as readWithSheetJs, type CellObject } from '@e965/xlsx';
import exceljs from 'exceljs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-export-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const table: ExportTable = {
  title: 'Aging: all customers',
  lines: ['शर्मा ट्रेडर्स', 'As of 22 Nov 2026'],
  columns: [
    { label: 'Customer', kind: 'text' },
    { label: 'Phone', kind: 'text' },
    { label: 'Due day', kind: 'day' },
    { label: 'Open', kind: 'money', currency: 'INR' },
    { label: 'Bills', kind: 'count' },
    { label: 'Days late', kind: 'tenths' },
    { label: 'Share', kind: 'percent' },
  ],
  rows: [
    ['=HYPERLINK("http://x","y")', '+919820012345', '2026-11-22', 12_34_567_89, 3, 125, 1234],
    ['00123', '-5', '1900-03-01', -1_23_45_678_90, 0, -5, 0],
    ['राव & Sons <1>', null, null, null, null, null, null],
    ['Last', '98200', '2024-02-29', 1, 1, 0, 10_000],
  ],
  totals: ['Total', null, null, -1_11_11_111_00, 4, null, null],
};

function written(name: string, one: ExportTable = table): Promise<string> {
  const target = path.join(folder, name);
  const writeTable = name.endsWith('.csv') ? writeCsv : writeWorkbook;
  return writeWhole(target, (sink) => writeTable(one, sink)).then((file) => {
    expect(file).toMatchObject({ ok: true });
    return target;
  });
}

describe.each(['Asia/Kolkata', 'America/Los_Angeles'])('a workbook written in %s', (timeZone) => {
  const before = process.env['TZ'];
  beforeEach(() => {
    process.env['TZ'] = timeZone;
  });
  afterEach(() => {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });

  it('is read by our own reader to the paisa and to the day', async () => {
    const read = await readWorkbook(await written('aging.xlsx'));
    if (!read.ok) throw new Error(read.failure.sentence);
    const [sheet] = read.value.sheets;
    expect(sheet?.name).toBe('Aging  all customers');
    expect(sheet?.rows).toEqual([
      ['Aging: all customers'],
      ['शर्मा ट्रेडर्स'],
      ['As of 22 Nov 2026'],
      [],
      ['Customer', 'Phone', 'Due day', 'Open', 'Bills', 'Days late', 'Share'],
      ['=HYPERLINK("http://x","y")', '+919820012345', { day: '2026-11-22' }, 1234567.89, 3, 12.5, 0.1234],
      ['00123', '-5', { day: '1900-03-01' }, -12345678.9, 0, -0.5, 0],
      ['राव & Sons <1>'],
      ['Last', '98200', { day: '2024-02-29' }, 0.01, 1, 0, 1],
      ['Total', null, null, -11111111, 4],
    ]);
  });

  it('has real dates at midnight UTC of their day', async () => {
    const book = new exceljs.Workbook();
    await book.xlsx.readFile(await written('aging.xlsx'));
    expect(book.worksheets[0]?.getCell('C6').value).toEqual(new Date(Date.UTC(2026, 10, 22)));
    expect(book.worksheets[0]?.getCell('C6').numFmt).toBe('dd-mm-yyyy');
  });
});

describe('a workbook', () => {
  async function readBack(
    one: ExportTable = table,
  ): Promise<{ book: exceljs.Workbook; sheet: exceljs.Worksheet }> {
    const book = new exceljs.Workbook();
    await book.xlsx.readFile(await written('back.xlsx', one));
    const [sheet] = book.worksheets;
    if (sheet === undefined) throw new Error('There is no sheet.');
    return { book, sheet };
  }

  it('has a frozen header, filters over the rows without the totals, and bold totals', async () => {
    const { sheet } = await readBack();
    expect(sheet.views).toMatchObject([{ state: 'frozen', ySplit: 5 }]);
    expect(sheet.autoFilter).toBe('A5:G9');
    expect(sheet.getCell('A5').font).toMatchObject({ bold: true });
    expect(sheet.getCell('D10')).toMatchObject({ value: -11111111, font: { bold: true } });
    expect(sheet.getCell('D9').font).not.toMatchObject({ bold: true });
    expect(sheet.getColumn(1).width).toBeGreaterThan(20);
    expect(sheet.pageSetup).toMatchObject({ paperSize: 9, fitToWidth: 1, orientation: 'landscape' });
  });

  it('is drawn with lakh groups by another program, negative amounts too', async () => {
    // exceljs drops the backslashes of a format when it reads one.
    const { Sheets } = readWithSheetJs(readFileSync(await written('drawn.xlsx')), { cellText: true });
    const sheet = Sheets['Aging  all customers'];
    const shown = (address: string): unknown => (sheet?.[address] as CellObject | undefined)?.w;
    expect(['D6', 'D7', 'D9', 'D10'].map(shown)).toEqual([
      '12,34,567.89',
      '-1,23,45,678.90',
      '0.01',
      '-1,11,11,111.00',
    ]);
    expect(['C6', 'E6', 'F6', 'G6'].map(shown)).toEqual(['22-11-2026', '3', '12.5', '12.34%']);
  });

  it('has no formula whatever a customer is called', async () => {
    const { sheet } = await readBack();
    sheet.eachRow((row) => row.eachCell((cell) => expect(cell.formula).toBeUndefined()));
    expect(sheet.getCell('A6').type).toBe(exceljs.ValueType.String);
    expect(sheet.getCell('B7')).toMatchObject({ value: '-5', type: exceljs.ValueType.String });
  });

  it('names nobody in its properties', async () => {
    const { book } = await readBack();
    expect(book).toMatchObject({ creator: 'Baaki', lastModifiedBy: 'Baaki', company: '' });
    expect([book.title, book.subject, book.manager, book.keywords].filter(Boolean)).toEqual([]);
  });

  it('starts with its header when it has no title, and may be without rows', async () => {
    const { sheet } = await readBack({ title: '', lines: [], columns: table.columns, rows: [] });
    expect(sheet.getCell('A1').value).toBe('Customer');
    expect(sheet.autoFilter).toBe('A1:G1');
    expect(sheet.views).toMatchObject([{ ySplit: 1 }]);
  });
});

describe('a CSV file', () => {
  it('is UTF-8 with its mark, ends lines as Windows does, and has plain numbers and ISO days', async () => {
    const bytes = readFileSync(await written('aging.csv'));
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString('utf8').slice(1).split('\r\n')).toEqual([
      'Customer,Phone,Due day,Open,Bills,Days late,Share',
      `"'=HYPERLINK(""http://x"",""y"")",'+919820012345,2026-11-22,1234567.89,3,12.5,12.34`,
      '00123,-5,1900-03-01,-12345678.90,0,-0.5,0.00',
      'राव & Sons <1>,,,,,,',
      'Last,98200,2024-02-29,0.01,1,0.0,100.00',
      'Total,,,-11111111.00,4,,',
      '',
    ]);
  });

  it('is read by our own reader', async () => {
    const read = await readCsv(await written('aging.csv'));
    if (!read.ok) throw new Error(read.failure.sentence);
    expect(read.value.sheets[0]?.rows[4]?.slice(0, 4)).toEqual(['Last', '98200', '2024-02-29', '0.01']);
  });
});

const ROWS_LARGE = 50_000;
const large: ExportTable = {
  title: 'Large',
  lines: [],
  columns: [
    { label: 'Customer', kind: 'text' },
    { label: 'Day', kind: 'day' },
    ...Array.from(
      { length: 10 },
      (_, at) => ({ label: `Money ${at}`, kind: 'money', currency: 'INR' }) as const,
    ),
  ],
  rows: Array.from({ length: ROWS_LARGE }, (_, at) => [
    `Customer ${at} & Sons`,
    '2026-11-22',
    ...Array.from({ length: 10 }, (_one, column) => (at * 7919 * (column + 1)) % 1_000_000_007),
  ]),
};

describe('fifty thousand rows of twelve columns', () => {
  it('take seconds as a workbook, and less than 300 MB', async () => {
    let most = 0;
    const before = process.memoryUsage().rss;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 20);
    const target = await written('large.xlsx', large);
    clearInterval(watch);
    expect(most - before).toBeLessThan(300_000_000);
    expect(readFileSync(target).length).toBeGreaterThan(1_000_000);
  }, 20_000);

  it('leave nothing behind when they are aborted, and the old file as it was', async () => {
    for (const [name, writeTable] of [
      ['old.xlsx', writeWorkbook],
      ['old.csv', writeCsv],
    ] as const) {
      writeFileSync(path.join(folder, name), 'old');
      const abort = new AbortController();
      const writing = writeWhole(path.join(folder, name), (sink) => writeTable(large, sink), abort.signal);
      await expect.poll(() => readdirSync(folder).some((one) => one.includes('.partial-'))).toBe(true);
      abort.abort();
      await expect(writing).rejects.toThrow(/abort/i);
      expect(readFileSync(path.join(folder, name), 'utf8')).toBe('old');
    }
    expect(readdirSync(folder).toSorted()).toEqual(['old.csv', 'old.xlsx']);
  });
});

describe('a file that cannot be written', () => {
  const fill = (sink: NodeJS.WritableStream): Promise<void> =>
    new Promise((resolve) => {
      sink.end('x', resolve);
    });

  it('is told when its folder is gone', async () => {
    const outcome = await writeWhole(path.join(folder, 'gone', 'a.csv'), fill);
    expect(outcome).toEqual({
      ok: false,
      failure: {
        code: 'export-folder-gone',
        sentence: 'The folder for “a.csv” is not there any more. Choose another one.',
        retryable: false,
      },
    });
  });

  it('is told when something else stands in its place, and nothing is left beside it', async () => {
    mkdirSync(path.join(folder, 'a.csv'));
    const outcome = await writeWhole(path.join(folder, 'a.csv'), fill);
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'export-not-written', retryable: true } });
    expect(readdirSync(folder)).toEqual(['a.csv']);
  });

  it('is told when the disk is full in the middle of it', async () => {
    const outcome = await writeWhole(path.join(folder, 'a.csv'), (sink) => {
      sink.write('half');
      sink.destroy(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' }));
      return Promise.resolve();
    });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'export-disk-full', retryable: true } });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('lets a bug of ours through as it is, and leaves nothing behind', async () => {
    const half: ExportTable = { ...table, rows: [['a', 'b', null, 0.5, 1, 1, 1]] };
    for (const writeTable of [writeCsv, writeWorkbook]) {
      const writing = writeWhole(path.join(folder, 'half'), (sink) => writeTable(half, sink));
      await expect(writing).rejects.toThrow('Not a whole number');
    }
    expect(readdirSync(folder)).toEqual([]);
  });
});

it('stands as it was when the process is killed in the middle of writing', async () => {
  const target = path.join(folder, 'old.csv');
  writeFileSync(target, 'old');
  const module = new URL('../../src-engine/adapters/disk/write-whole.ts', import.meta.url).href;
  const script = `
    import { writeWhole } from ${JSON.stringify(module)};
    await writeWhole(${JSON.stringify(target)}, async (sink) => {
      sink.write('half of the new file');
      process.stdout.write('writing');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  expect(readFileSync(target, 'utf8')).toBe('old');
  await written('old.csv');
  expect(readFileSync(target, 'utf8')).toContain('Customer,Phone');
});

it('knows whether a file lies within a folder, through links and folders that are not there yet', async () => {
  const books = path.join(folder, 'books');
  mkdirSync(books);
  symlinkSync(books, path.join(folder, 'link'), 'junction');
  const within = (...parts: readonly string[]): Promise<boolean> =>
    isWithin(path.join(folder, ...parts), books);
  expect(await within('books', 'a.xlsx')).toBe(true);
  expect(await within('books', 'new', 'a.xlsx')).toBe(true);
  expect(await within('link', 'a.xlsx')).toBe(true);
  expect(await isWithin(`${folder}/elsewhere/../books/a.xlsx`, books)).toBe(true);
  expect(await within('a.xlsx')).toBe(false);
  expect(await within('books-old', 'a.xlsx')).toBe(false);
  expect(await within('..books', 'a.xlsx')).toBe(false);
});
