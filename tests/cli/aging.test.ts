import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import exceljs from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { agingCsv, agingText } from '#cli/aging-table.ts';
import { agingGroupsShape, agingTableShape, type AgingTable } from '#contract/engine/aging.ts';
import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { builtCli } from './run-cli.ts';

const tableShape = agingTableShape.extend({ book: z.strictObject({ bookId: z.string(), name: z.string() }) });

/** Each test reads the same demo company; none changes it. */
describe('the aging of the demo company', () => {
  const cli = builtCli('all tests');
  beforeAll(async () => {
    const made = await cli.run('demo', '--customers', '40', '--until', '2026-03-31', '--format', 'json');
    expect(made.stderr).toBe('');
    expect(JSON.parse(made.stdout)).toMatchObject({ book: { isDemo: true } });
  }, 60_000);

  async function readJson(): Promise<z.infer<typeof tableShape>> {
    const { stdout, stderr, code } = await cli.run('aging', '--as-of', '2026-03-31', '--format', 'json');
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    return tableShape.parse(JSON.parse(stdout));
  }

  it('is one JSON object of whole paise whose buckets add up', async () => {
    const table = await readJson();
    expect(table.rows.length).toBeGreaterThan(5);
    for (const figures of [...table.rows, table.totals]) {
      const sum = figures.buckets.reduce((total, amount) => total + amount, 0);
      expect(sum).toBe(figures.outstandingPaise);
    }
    const outstanding = table.rows.reduce((total, row) => total + row.outstandingPaise, 0);
    expect(outstanding).toBe(table.totals.outstandingPaise);
  });

  it('says the same in CSV, to the paisa', async () => {
    const table = await readJson();
    const { stdout, code } = await cli.run('aging', '--as-of', '2026-03-31', '--format', 'csv');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe(
      'customer,code,outstanding,overdue,unallocated,not-due,1-30,31-60,61-90,91-120,120+,open bills,overdue bills,oldest days,post-dated',
    );
    expect(lines).toHaveLength(table.rows.length + 2);
    const total = (lines.at(-1) ?? '').split(',');
    const paiseOf = (cell: string | undefined): bigint => BigInt((cell ?? '').replace('.', ''));
    expect(paiseOf(total[2])).toBe(BigInt(table.totals.outstandingPaise));
    expect(total.slice(5, 11).map(paiseOf)).toEqual(table.totals.buckets.map(BigInt));
  });

  it('is a table for a person: lakh grouping, right-aligned, totals under a rule', async () => {
    const table = await readJson();
    const { stdout, code } = await cli.run('aging', '--as-of', '2026-03-31');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toContain('aging as of 31 Mar 2026, in INR');
    expect(lines[2]).toMatch(/^Customer .*Outstanding .*Not due .*1–30 .*120\+ +Oldest, days +Post-dated$/);
    expect(lines.at(-2)).toMatch(/^─+/);
    expect(lines.at(-1)).toContain(`${table.rows.length} customers`);
    expect(lines.at(-1)).toMatch(/ \d{1,2},\d{2},\d{3}\.\d\d/);
    const ends = lines.slice(4, -2).map((line) => /[\d.]\d\d(?= {2,}\S)/.exec(line)?.index ?? -1);
    expect(new Set(ends).size).toBe(1);
  });

  it('looks from another day when told to', async () => {
    const early = await cli.run('aging', '--as-of', '2020-01-01');
    expect(early.stdout).toContain('Nothing is open.');
  });

  it('asks as it is told: from the bill’s day, in other buckets, gross, with grace', async () => {
    const words = ['aging', '--as-of', '2026-03-31', '--format', 'json', '--bounds', '0,45,90'];
    const ask = async (...more: readonly string[]): Promise<z.infer<typeof tableShape>> => {
      const { stdout, stderr, code } = await cli.run(...words, ...more);
      expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
      return tableShape.parse(JSON.parse(stdout));
    };
    const due = await ask();
    expect(due.buckets.map(({ key }) => key)).toEqual(['not-due', '1-45', '46-90', '90+']);
    const bill = await ask('--by', 'bill');
    expect(bill.totals.outstandingPaise).toBe(due.totals.outstandingPaise);
    expect(bill.totals.buckets[0]).toBeLessThan(due.totals.buckets[0] ?? 0);
    const gross = await ask('--credits', 'gross');
    expect(gross.totals.outstandingPaise).toBe(due.totals.outstandingPaise - due.totals.unallocatedPaise);
    const patient = await ask('--grace', '30');
    expect(patient.totals.buckets).toEqual(due.totals.buckets);
    expect(patient.totals.overdueBillCount).toBeLessThan(due.totals.overdueBillCount);
  });

  it('groups by salesperson, each row with its customers', async () => {
    const words = ['aging', '--as-of', '2026-03-31', '--group-by', 'salesperson'] as const;
    const asJson = await cli.run(...words, '--format', 'json');
    const groups = agingGroupsShape.parse(JSON.parse(asJson.stdout));
    const asCsv = await cli.run(...words, '--format', 'csv');
    const lines = asCsv.stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^salesperson,customers,outstanding,/);
    expect(lines).toHaveLength(groups.rows.length + 2);
    const asTable = await cli.run(...words);
    expect(asTable.stdout).toMatch(/^Salesperson +Customers +Bills +Outstanding/m);
    expect(asTable.code).toBe(0);
  });

  it('writes a workbook whose numbers are the paise of the call', async () => {
    const table = await readJson();
    const target = path.join(cli.folder, 'aging.xlsx');
    const day = '2026-03-31';
    const { stdout, stderr, code } = await cli.run(
      'aging',
      '--as-of',
      day,
      '--format',
      'xlsx',
      '--output',
      target,
    );
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 });
    expect(stderr).toContain(`Wrote ${table.rows.length} rows to ${target}.`);
    const book = new exceljs.Workbook();
    await book.xlsx.readFile(target);
    const [sheet] = book.worksheets;
    expect(sheet?.getCell('A1').value).toBe('Aging as of 31 Mar 2026');
    expect(sheet?.getCell('C5').value).toBe('Outstanding');
    const paise = table.rows.map((_, at) => Math.round(Number(sheet?.getCell(`C${at + 6}`).value) * 100));
    expect(paise).toEqual(table.rows.map((row) => row.outstandingPaise));
    const total = sheet?.getCell(`C${table.rows.length + 6}`).value;
    expect(Math.round(Number(total) * 100)).toBe(table.totals.outstandingPaise);
  });

  it('writes CSV for Excel to a file', async () => {
    const target = path.join(cli.folder, 'aging.csv');
    const { code } = await cli.run('aging', '--as-of', '2026-03-31', '--format', 'csv', '--output', target);
    expect(code).toBe(0);
    expect(readFileSync(target, 'utf8')).toMatch(/^\uFEFFcustomer,code,outstanding,.*\r\n/);
  });

  it.each([
    [['--format', 'xlsx'], 2, 'A workbook needs a file'],
    [['--output', 'a.xlsx'], 2, '--output goes with --format xlsx or csv.'],
    [['--by', 'day'], 2, '--by “day” is not one of: due, bill.'],
    [['--credits', 'both'], 2, '--credits “both” is not one of: net, gross.'],
    [
      ['--group-by', 'city'],
      2,
      '--group-by “city” is not one of: parent, salesperson, territory, group, tag.',
    ],
    [['--grace', '-1'], 2, ''],
    [['--grace', 'x'], 2, '--grace “x” is not a number of days'],
    [['--bounds', '30,60'], 2, '--bounds “30,60” are not days like 0,30,60,90,120'],
    [['--bounds', '0,60,30'], 2, '--bounds “0,60,30”'],
    [['--format', 'xlsx', '--output', '/no/such/folder/a.xlsx'], 3, 'The folder for “a.xlsx” is not there'],
    [['--format', 'xlsx', '--output', 'a.txt'], 1, 'must end in .xlsx, and “a.txt” does not'],
  ])('ends %j with code %d and a sentence', async (words, code, sentence) => {
    const ran = await cli.run('aging', ...words);
    expect(ran.stderr).toContain(sentence);
    expect({ stdout: ran.stdout, code: ran.code }).toEqual({ stdout: '', code });
    expect(existsSync('a.txt')).toBe(false);
  });
});

it.each([
  [0, false],
  [500_00, true],
])('shows the column of post-dated cheques of %d paise: %s', (postDated, isShown) => {
  const figures = {
    outstandingPaise: paise(100_00),
    overduePaise: paise(0),
    unallocatedPaise: paise(0),
    postDatedPaise: paise(postDated),
    buckets: [paise(100_00), paise(0)],
    openBillCount: 1,
    overdueBillCount: 0,
    oldestDays: 0,
  };
  const table: AgingTable = {
    asOf: day('2026-03-31'),
    baseCurrency: 'INR',
    buckets: [
      { key: 'not-due', fromDays: null, toDays: 0 },
      { key: '0+', fromDays: 1, toDays: null },
    ],
    rows: [{ ...figures, customerId: 1, name: '=Asha', code: null }],
    totals: figures,
  };
  const [heading, row] = agingCsv(table).split('\n');
  expect(heading?.endsWith(',oldest days,post-dated')).toBe(isShown);
  expect(row).toBe(`'=Asha,,100.00,0.00,0.00,100.00,0.00,1,0,0${isShown ? ',500.00' : ''}`);
  expect(agingText('Book', table).includes('Post-dated')).toBe(isShown);
});
