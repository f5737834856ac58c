import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { day } from '#domain/days.ts';
import type { SheetGrid } from '#domain/imports/cells.ts';
import { readDocuments, type ReadRows } from '#domain/imports/documents.ts';
import type { ImportMap, Understood } from '#domain/imports/map.ts';
import { understandSheet } from '#domain/imports/understand.ts';
import { readCsv } from '#engine/adapters/csv/csv.ts';
import { readWorkbook } from '#engine/adapters/excel/workbook.ts';
import { describe, expect, it } from 'vitest';
import { dataFile, HAS_DATA } from './data.ts';

const TODAY = day('2026-11-22');

async function sheetsOf(path: string): Promise<readonly SheetGrid[]> {
  const read = await (path.endsWith('.csv') ? readCsv(path) : readWorkbook(path));
  if (!read.ok) throw new Error(read.failure.sentence);
  return read.value.sheets;
}

type Answer = { readonly answer: Understood; readonly read: ReadRows; readonly grid: SheetGrid };

async function readAll(path: string, change: Partial<ImportMap> = {}, baseCurrency = 'INR'): Promise<Answer> {
  const sheets = await sheetsOf(path);
  const answer = understandSheet(sheets, { sheet: null, headerRow: null, baseCurrency });
  const grid = sheets[answer.sheet] ?? { name: '', rows: [] };
  return {
    answer,
    grid,
    read: readDocuments(grid, { ...answer.map, ...change }, { baseCurrency, today: TODAY }),
  };
}

/** "8734.71" → 873471n, by nothing but its digits. */
function minorOf(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(2, '0').slice(0, 2));
}

describe.skipIf(!HAS_DATA)('real files (skipped where ../shared/data is absent)', () => {
  it('of 9,700 open bills in two currencies are taken to the cent', async () => {
    const path = dataFile('ar/dev/highradius_open_9700.csv');
    const lines = readFileSync(path, 'utf8')
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(','));
    const head = lines[0] ?? [];
    const at = (name: string): number => head.indexOf(name);
    const sums = new Map<string, bigint>();
    for (const line of lines.slice(1)) {
      const currency = line[at('invoice_currency')] ?? '';
      sums.set(currency, (sums.get(currency) ?? 0n) + minorOf(line[at('total_open_amount')] ?? ''));
    }
    const { answer, read } = await readAll(path, { rates: { USD: '1', CAD: '0.75' } });
    expect(answer.layout).toBe('highradius');
    expect(answer.doubts.map(({ values }) => values?.['currency'])).toEqual(['CAD', 'USD']);
    expect(read).toMatchObject({ fileRowCount: 9700, notes: [], doubts: [] });
    expect(read.documents).toHaveLength(9700);
    expect(
      new Map(read.currencies.map(({ currency, takenMinor }) => [currency, BigInt(takenMinor)])),
    ).toEqual(sums);
    expect(read.currencies.every(({ fileMinor, takenMinor }) => fileMinor === takenMinor)).toBe(true);
    expect(read.documents[0]).toMatchObject({
      customerKey: 'code:0200706844',
      number: '1930571429',
      day: '2020-02-27',
      dueDay: '2020-03-13',
      foreignMinor: 873471,
    });
  });

  it('of the same bills without rates refuse all, asking once for each currency', async () => {
    const { read } = await readAll(dataFile('ar/dev/highradius_open_9700.csv'));
    expect(read.documents).toEqual([]);
    expect(read.notes).toHaveLength(9700);
    expect(read.doubts.map(({ code, values }) => [code, values?.['currency'], values?.['rowCount']])).toEqual(
      [
        ['rate-missing', 'USD', 8953],
        ['rate-missing', 'CAD', 747],
      ],
    );
  });

  it('of Zoho are all drafts; sent out, their lines make three bills', async () => {
    const path = dataFile('csv-exports/invoiceninja/zoho_invoices.csv');
    const { answer, grid, read } = await readAll(path, {}, 'USD');
    expect(answer.layout).toBe('zoho-invoices');
    expect(new Set(read.notes.map(({ reason }) => reason?.code))).toEqual(new Set(['draft']));
    const sent: SheetGrid = {
      ...grid,
      rows: grid.rows.map((row) => row.map((cell) => (cell === 'Draft' ? 'Overdue' : cell))),
    };
    const taken = readDocuments(sent, answer.map, { baseCurrency: 'USD', today: TODAY });
    const facts = taken.documents.map(({ number, amountPaise, dueDay, paid }) => [
      number,
      amountPaise,
      dueDay,
      paid,
    ]);
    expect(facts.slice(0, 3)).toEqual([
      ['INV-000001', 48975, '2021-01-28', null],
      ['INV-000002', 46000, '2021-01-28', null],
      ['INV-000003', 39000, '2021-02-27', null],
    ]);
    expect(taken.documents.length + taken.notes.length).toBe(taken.fileRowCount);
    // In a rupee book the file's rate of 1.00 is none.
    expect(readDocuments(sent, answer.map, { baseCurrency: 'INR', today: TODAY }).documents).toEqual([]);
  });

  it('of Frappe Books are read below their two header rows, in the base currency', async () => {
    const { answer, read } = await readAll(dataFile('csv-exports/frappe-books/sales_invoices.csv'));
    expect(answer).toMatchObject({ layout: 'frappe-sales-invoices', headerRow: 0, dataRowCount: 28 });
    expect(
      read.documents.map(({ number, amountPaise, paid }) => [number, amountPaise, paid?.amountPaise ?? 0]),
    ).toEqual([
      ['1019', 25960, 0],
      ['1018', 30000, 0],
      ['1014', 67980, 0],
      ['1011', 147120, 137120],
      ['1012', 235360, 235360],
      ['1008', 67200, 50000],
      ['1007', 22400, 22400],
      ['1004', 201600, 201600],
      ['1001', 11200, 6600],
    ]);
  });

  it('of a real Tally day book give every voucher as a bill', async () => {
    const path = dataFile('tally-excel/tally_daybook_titlerows_pseudonymised.xlsx');
    const { answer, grid, read } = await readAll(path);
    expect(answer).toMatchObject({ layout: 'tally-day-book', headerRow: 5, dataRowCount: 28, doubts: [] });
    expect(read.documents).toHaveLength(28);
    expect(read.documents[0]).toMatchObject({
      row: 8,
      kind: 'invoice',
      number: '114',
      day: '2023-12-04',
      amountPaise: 42258177,
      customer: { name: 'Pavaaru Motors., Sampleabad' },
    });
    expect(read.documents[6]).toMatchObject({ number: '120', amountPaise: 32331053 });
    const sum = grid.rows
      .slice(7)
      .reduce((total, row) => total + BigInt(Math.round(Number(row[4]) * 100)), 0n);
    expect(BigInt(read.currencies[0]?.takenMinor ?? 0)).toBe(sum);
  });

  it('with American dates are decided by the whole column', async () => {
    const { answer, read } = await readAll(dataFile('ar/dev/WA_Fn-UseC_-Accounts-Receivable.csv'));
    expect(answer.map.dateOrder).toBe('month-first');
    expect(read).toMatchObject({ fileRowCount: 2466, notes: [] });
    expect(read.documents[0]).toMatchObject({
      day: '2013-01-02',
      dueDay: '2013-02-01',
      paid: { day: '2013-01-15' },
    });
  });

  it('of both epochs give the same days', async () => {
    const daysIn = async (name: string): Promise<unknown> =>
      (await sheetsOf(dataFile(`sheets/calamine/${name}`)))[0]?.rows.slice(0, 2).map((row) => row[0]);
    const expected = [{ day: '2021-01-01' }, { day: '2021-01-02' }];
    expect(await daysIn('date.xlsx')).toEqual(expected);
    expect(await daysIn('date_1904.xlsx')).toEqual(expected);
    // Dates stored as ISO text stay text, which reads as the same day.
    expect(await daysIn('date_iso.xlsx')).toMatchObject([
      '2021-01-01',
      expect.stringMatching(/^2021-01-01T/),
    ]);
    // The third column holds each day as the spreadsheet itself writes it.
    for (const name of ['sheetjs/1904/1900.xlsx', 'sheetjs/1904/1904.xlsx']) {
      const [sheet] = await sheetsOf(dataFile(`sheets/${name}`));
      const days = sheet?.rows.map((row) => row[1]);
      expect(days).toEqual(sheet?.rows.map((row) => ({ day: row[2] })));
      expect(days).toHaveLength(5);
    }
  });

  it('with merged cells do not repeat what stands once', async () => {
    const [sheet] = await sheetsOf(dataFile('sheets/calamine/merge_cells.xlsx'));
    expect(sheet?.rows).toEqual([
      ['Row Merge', null, 'Not Merged'],
      ['Column Merge', 'Chunk Merged'],
    ]);
  });

  const workbooks = HAS_DATA
    ? ['sheets/calamine', 'sheets/sheetjs', 'sheets/sheetjs/1904'].flatMap((folder) =>
        readdirSync(dataFile(folder))
          .filter((name) => /\.(?:xlsx|xlsm|csv)$/.test(name))
          .map((name) => join(folder, name)),
      )
    : [];
  it.each(workbooks)(
    '%s is read and understood or answered with a sentence, without a hang',
    async (name) => {
      const started = performance.now();
      const path = dataFile(name);
      const read = await (name.endsWith('.csv') ? readCsv(path) : readWorkbook(path));
      if (read.ok) {
        const answer = understandSheet(read.value.sheets, {
          sheet: null,
          headerRow: null,
          baseCurrency: 'INR',
        });
        const grid = read.value.sheets[answer.sheet] ?? { name: '', rows: [] };
        const rows = readDocuments(grid, answer.map, { baseCurrency: 'INR', today: TODAY });
        expect(rows.documents.length + rows.notes.length).toBe(rows.fileRowCount);
      } else {
        expect(read.failure.sentence).toMatch(/\.$/);
      }
      expect(performance.now() - started).toBeLessThan(30_000);
    },
  );

  const hostile = HAS_DATA
    ? ['adversarial/defusedxml', 'adversarial/payloads', 'sheets/sheetjs', 'sheets/calamine'].flatMap(
        (folder) =>
          readdirSync(dataFile(folder))
            .map((name) => join(folder, name))
            .filter((name) => statSync(dataFile(name)).isFile() && !/\.xls[xm]$/.test(name)),
      )
    : [];
  it('that are anything else make neither reader throw', async () => {
    for (const name of hostile) {
      for (const read of [await readWorkbook(dataFile(name)), await readCsv(dataFile(name))]) {
        if (!read.ok) expect(read.failure.sentence, basename(name)).toMatch(/[.?]$/);
      }
    }
    expect(hostile.length).toBeGreaterThan(50);
  });
});
