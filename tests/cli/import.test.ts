import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { agingTableShape } from '#contract/engine/aging.ts';
import { dryRunShape, importBatchShape, importMapShape } from '#contract/engine/imports.ts';
import { repository } from '#tests/architecture/read-tree.ts';
import { builtCli, type Ran } from './run-cli.ts';

const resultShape = z.strictObject({
  book: z.strictObject({ bookId: z.string(), name: z.string(), baseCurrency: z.string() }),
  understood: z.strictObject({
    layout: z.string(),
    isRemembered: z.boolean(),
    headers: z.array(z.string()),
    map: importMapShape,
  }),
  dryRun: dryRunShape.omit({ samples: true }),
  batch: importBatchShape.nullable(),
});
const errorShape = z.strictObject({ error: z.strictObject({ code: z.string(), sentence: z.string() }) });
const booksShape = z.strictObject({ books: z.array(z.looseObject({ name: z.string() })) });

const list = [
  'Customer,Bill No,Bill Date,Due Date,Balance',
  'Rao & Sons,B-1,2026-01-10,2026-02-09,"1,00,000.50"',
  'Iyer Traders,B-2,2026-02-01,2026-03-03,250.25',
  'Rao & Sons,B-3,2026-03-01,2026-04-15,10',
].join('\n');

const readResult = (ran: Ran): z.infer<typeof resultShape> => {
  expect(ran.code, ran.stderr).toBe(0);
  return resultShape.parse(JSON.parse(ran.stdout));
};

describe('importing from the command line', () => {
  const cli = builtCli('each test');

  const importList = (...words: readonly string[]): Promise<Ran> =>
    cli.run('import', cli.file('bills.csv', list), ...words);
  const bookNames = async (): Promise<readonly string[]> =>
    booksShape
      .parse(JSON.parse((await cli.run('books', '--format', 'json')).stdout))
      .books.map((book) => book.name);

  it('makes the book, imports, and the aging adds up to the file', async () => {
    const result = readResult(await importList('--book', 'Rao', '--yes', '--format', 'json'));
    expect(result.dryRun.rowCounts).toEqual({ taken: 3, refused: 0, leftOut: 0 });
    expect(result.batch).toMatchObject({ takenRowCount: 3, addedBillCount: 3, openPaise: 10_026_075 });
    const aging = await cli.run('aging', '--as-of', '2026-03-31', '--format', 'json');
    const { totals } = agingTableShape.parse(JSON.parse(aging.stdout));
    expect(totals.buckets).toEqual([1_000, 25_025, 10_000_050, 0, 0, 0]);
    expect(totals.outstandingPaise).toBe(10_026_075);
  });

  it('adds nothing when the same file comes again', async () => {
    await importList('--book', 'Rao', '--yes');
    const again = readResult(await importList('--yes', '--format', 'json'));
    expect(again.dryRun.bills).toEqual({ added: 0, changed: 0, same: 3 });
    expect(again.batch).toMatchObject({ addedBillCount: 0, changedBillCount: 0 });
  });

  it('tells a person what it understood, the counts and the sums', async () => {
    const { stdout, code } = await importList('--book', 'Rao', '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain('customerName ← Customer');
    expect(stdout).toContain('3 rows: 3 taken, 0 refused, 0 left out.');
    expect(stdout).toMatch(/INR +1,00,260\.75 +1,00,260\.75 +0\.00 +0\.00/);
    expect(stdout).toContain('Imported 3 rows: 3 new bills');
  });

  it('writes nothing in a dry run', async () => {
    await cli.run('call', 'books.create', '{"name":"Rao"}');
    const result = readResult(await importList('--dry-run', '--format', 'json'));
    expect(result.dryRun.openPaise).toBe(10_026_075);
    expect(result.batch).toBeNull();
    expect((await cli.run('aging')).stdout).toContain('Nothing is open.');
    expect((await cli.run('call', 'imports.list')).stdout).toBe('[]\n');
  });

  it('writes nothing when nobody is there to agree, and says how to go on', async () => {
    await cli.run('call', 'books.create', '{"name":"Rao"}');
    const { stdout, stderr, code } = await importList();
    expect(code).toBe(2);
    expect(stdout).toContain('3 rows: 3 taken');
    expect(stderr).toBe(
      'Nothing was written. Add --yes to import without being asked, or --dry-run to only look.\n',
    );
    expect((await cli.run('call', 'imports.list')).stdout).toBe('[]\n');
  });

  it('leaves no empty book behind when nothing of the file can be taken', async () => {
    const bad = cli.file('bad.csv', 'Customer,Bill No,Bill Date,Balance\n,B-1,2026-01-10,twelve\n');
    const { code } = await cli.run('import', bad, '--book', 'Rao', '--yes', '--format', 'json');
    expect(code).toBe(1);
    const { stdout } = await cli.run('books', '--format', 'json');
    expect(booksShape.parse(JSON.parse(stdout)).books).toEqual([]);
  });

  it('makes no book without --yes, nor for a file that is not there', async () => {
    const refused = await importList('--book', 'Rao', '--format', 'json');
    expect(refused.code).toBe(1);
    expect(errorShape.parse(JSON.parse(refused.stdout)).error.code).toBe('no-book');
    const gone = await cli.run('import', 'no-such.csv', '--book', 'Rao', '--yes', '--format', 'json');
    expect(gone.code).toBe(3);
    expect(errorShape.parse(JSON.parse(gone.stdout)).error.code).toBe('not-found');
    expect(await bookNames()).toEqual([]);
  });

  it('calls a file that is no workbook a failure of the world', async () => {
    await cli.run('call', 'books.create', '{"name":"Rao"}');
    const file = cli.file('picture.xlsx', 'PK\u0003\u0004 but no workbook');
    const { stdout, code } = await cli.run('import', file, '--yes', '--format', 'json');
    expect(code).toBe(3);
    expect(errorShape.parse(JSON.parse(stdout)).error.sentence).not.toBe('');
  });

  it('tells refused rows with their reason and takes the others', async () => {
    const file = cli.file(
      'bills.csv',
      `${list}\nMehta,B-4,2026-02-30,2026-03-03,5\nMehta,B-5,2026-03-01,2026-03-03,x`,
    );
    const { stdout, code } = await cli.run('import', file, '--book', 'Rao', '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain('5 rows: 3 taken, 2 refused, 0 left out.');
    expect(stdout).toMatch(/Refused:\n {2}row 5: .+\n {2}row 6: .+/);
  });

  it('refuses a file of which no row can be taken', async () => {
    const file = cli.file('bills.csv', 'Customer,Bill No,Bill Date,Due Date,Balance\nRao,B-1,never,never,x');
    const { stdout, code } = await cli.run('import', file, '--book', 'Rao', '--yes', '--format', 'json');
    expect(code).toBe(1);
    expect(errorShape.parse(JSON.parse(stdout)).error.code).toBe('nothing-to-import');
  });

  it('reads the columns that --map names, by header in any case or by number, from a file or inline', async () => {
    const text = 'Party,Ref,Raised,Falls due,Kept,Owed\nRao,B-1,2026-01-10,2026-02-09,7,100\n';
    const file = cli.file('odd.csv', text);
    const columns = {
      customerName: 'party',
      billNumber: 1,
      billDay: 'Raised',
      dueDay: 'Falls due',
      openAmount: 5,
      amount: null,
    };
    const inline = await cli.run(
      'import',
      file,
      '--book',
      'Rao',
      '--yes',
      '--format',
      'json',
      '--map',
      JSON.stringify({ columns }),
    );
    const result = readResult(inline);
    expect(result.understood.map.columns).toMatchObject({
      customerName: 0,
      billNumber: 1,
      billDay: 2,
      dueDay: 3,
      openAmount: 5,
    });
    expect(result.understood.map.columns).not.toHaveProperty('amount');
    expect(result.batch).toMatchObject({ openPaise: 10_000 });
    const saved = cli.file('map.json', JSON.stringify({ columns: { ...columns, openAmount: 'Kept' } }));
    const fromFile = readResult(
      await cli.run('import', file, '--dry-run', '--format', 'json', '--map', saved),
    );
    expect(fromFile.dryRun.openPaise).toBe(700);
  });

  it('names the headers when --map asks for a column that is not there', async () => {
    await cli.run('call', 'books.create', '{"name":"Rao"}');
    const { stderr, code } = await importList('--map', '{"columns":{"phone":"Mobile"}}', '--dry-run');
    expect(code).toBe(2);
    expect(stderr).toContain('There is no column “Mobile”. The headers are: “Customer”, “Bill No”');
  });

  it('settles with --complete-list what a later list lacks, and reads it as before', async () => {
    await importList('--book', 'Rao', '--yes');
    const shorter = cli.file('later.csv', list.split('\n').slice(0, 2).join('\n'));
    const looked = readResult(await cli.run('import', shorter, '--dry-run', '--format', 'json'));
    expect(looked.dryRun.vanished).toEqual({ billCount: 2, openPaise: 26_025 });
    expect(looked.understood.isRemembered).toBe(true);
    const told = await cli.run('import', shorter, '--dry-run');
    expect(told.stdout).toContain(
      '2 open bills of earlier lists of this kind are not in the file (260.25 INR)',
    );
    await cli.run('import', shorter, '--complete-list', '--yes');
    const aging = await cli.run('aging', '--format', 'json');
    expect(agingTableShape.parse(JSON.parse(aging.stdout)).totals.outstandingPaise).toBe(10_000_050);
  });

  it('turns foreign rows into the book’s currency at the rate that --rate gives', async () => {
    const file = cli.file(
      'usd.csv',
      'Customer,Bill No,Bill Date,Due Date,Currency,Balance\nAcme,B-1,2026-01-10,2026-02-09,USD,100.00\n',
    );
    const without = await cli.run('import', file, '--book', 'Rao', '--yes', '--format', 'json');
    expect(without.code).toBe(1);
    const result = readResult(
      await cli.run('import', file, '--book', 'Rao', '--yes', '--rate', 'USD=83.25', '--format', 'json'),
    );
    expect(result.batch).toMatchObject({ openPaise: 832_500 });
    expect(result.dryRun.currencies).toMatchObject([
      { currency: 'USD', fileMinor: 10_000, takenMinor: 10_000 },
    ]);
  });
});

// Real files, kept beside the repository and not in it: they are other people's.
const data = path.resolve(repository, '../shared/data');
const receivables = path.join(data, 'ar/dev/highradius_open_9700.csv');

describe.skipIf(!existsSync(receivables))(
  `importing the real files of ${data} (skipped where they are absent)`,
  () => {
    const cli = builtCli('all tests');

    it('takes all 9,700 open bills of two currencies, to the cent of an independent sum', async () => {
      const rates = ['--rate', 'USD=83.25', '--rate', 'CAD=61.5'];
      const ran = await cli.run(
        'import',
        receivables,
        '--book',
        'Dev',
        '--yes',
        '--format',
        'json',
        ...rates,
      );
      const { dryRun, batch } = readResult(ran);
      const sums = new Map<string, bigint>();
      // No cell of this file is quoted, so a split will do as the other reader.
      for (const line of readFileSync(receivables, 'utf8').trimEnd().split(/\r?\n/).slice(1)) {
        const cells = line.split(',');
        const [whole = '', fraction = ''] = (cells[11] ?? '').split('.');
        const cents = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
        sums.set(cells[8] ?? '', (sums.get(cells[8] ?? '') ?? 0n) + cents);
      }
      expect(dryRun.rowCounts).toEqual({ taken: 9700, refused: 0, leftOut: 0 });
      expect(new Map(dryRun.currencies.map((one) => [one.currency, BigInt(one.takenMinor)]))).toEqual(sums);
      expect(batch).toMatchObject({ addedBillCount: 9700 });
      const aging = agingTableShape.parse(JSON.parse((await cli.run('aging', '--format', 'json')).stdout));
      expect(aging.totals.outstandingPaise).toBe(batch?.openPaise);
      expect(aging.totals.openBillCount).toBe(9700);
    }, 60_000);

    it('takes the drafts of Zoho only when told to, at the totals that the window shows', async () => {
      const zoho = path.join(data, 'csv-exports/invoiceninja/zoho_invoices.csv');
      const words = ['import', zoho, '--book', 'Zoho', '--rate', 'USD=80', '--yes', '--format', 'json'];
      const left = await cli.run(...words);
      expect(left.code).toBe(1);
      expect(left.stderr).toContain('take drafts too');
      const { batch } = readResult(await cli.run(...words, '--take-drafts'));
      expect(batch).toMatchObject({ addedBillCount: 3, openPaise: 10_718_000 });
    });

    it('takes the Tally Day Book from under its title rows', async () => {
      const file = path.join(data, 'tally-excel/tally_daybook_titlerows_pseudonymised.xlsx');
      const ran = await cli.run('import', file, '--book', 'Tally', '--yes', '--format', 'json');
      const { dryRun, understood } = readResult(ran);
      expect(understood.layout).toBe('tally-day-book');
      expect(dryRun.rowCounts.refused).toBe(0);
      for (const { fileMinor, takenMinor, refusedMinor, leftOutMinor } of dryRun.currencies) {
        expect(takenMinor + refusedMinor + leftOutMinor).toBe(fileMinor);
      }
    });
  },
);
