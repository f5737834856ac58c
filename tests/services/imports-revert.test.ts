import { nouns } from '#contract/engine/changes.ts';
import type { ImportBatch } from '#contract/engine/imports.ts';
import { day } from '#domain/days.ts';
import { allocationWriter } from '#engine/storage/allocations.ts';
import { updateCustomer } from '#engine/storage/customers.ts';
import { receiptWriter } from '#engine/storage/receipts.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aBill, fileOf, moneyIn, rupees } from '../builders/facts.ts';
import { importLines } from '../builders/imports.ts';
import { NOON, tempBook, tempEngine, type TempEngine } from '../builders/temp-engine.ts';

const HEAD = 'Party Name,Bill No,Bill Date,Due Date,Bill Amount,Pending Amount';
const SEPTEMBER = [
  HEAD,
  'Bina Stores,A/1,2026-08-05,2026-09-04,118000,118000',
  'Chandra Traders,A/2,2026-09-21,2026-10-21,45500.50,20000.50',
];
const OCTOBER = [
  HEAD,
  'Bina Stores,B/1,2026-10-15,2026-11-14,9000,4000',
  'Deepa Mart,B/2,2026-10-20,,500.25,500.25',
  'Deepa Mart,B/3,31-02-2026,,500,500',
];
const DAY_BOOK = [
  'Date,Particulars,Vch Type,Vch No.,Debit Amount,Credit Amount',
  '2026-10-05,Bina Stores,Sales,S/1,7000,',
  '2026-10-09,Bina Stores,Receipt,R/1,,3000',
  '2026-10-11,Esha Sons,Credit Note,C/1,,250.75',
];

const revert = (engine: TempEngine, { batchId }: ImportBatch): Promise<ImportBatch> =>
  engine.client.imports.revert({ batchId });

const FACTS = ['customers', 'bills', 'instalments', 'receipts', 'credits', 'allocations'] as const;

/** Every row of every fact, whole: what must come out the same. */
function rowsOf(engine: TempEngine): object {
  return fileOf(engine).read(({ sqlite }) =>
    Object.fromEntries(
      FACTS.map((table) => [table, sqlite.prepare(`select * from ${table} order by id`).all()]),
    ),
  );
}

const DAYS = ['2026-08-01', '2026-10-09', '2026-10-31', '2026-11-22', '2027-02-01'];

/** What the user sees of the book, on several days. */
async function seenOf(engine: TempEngine): Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  for (const asOf of DAYS.map(day)) {
    seen.push(await engine.client.aging.table({ asOf }), await engine.client.bills.listOpen({ asOf }));
  }
  return seen;
}

async function outstanding(engine: TempEngine): Promise<number> {
  return (await engine.client.aging.table({})).totals.outstandingPaise;
}

async function expectRefused(engine: TempEngine, batch: ImportBatch, data: object): Promise<void> {
  const [rows, seen, list] = [rowsOf(engine), await seenOf(engine), await engine.client.imports.list()];
  await expect(revert(engine, batch)).rejects.toMatchObject({ code: 'REFUSED', data });
  expect([rowsOf(engine), await seenOf(engine), await engine.client.imports.list()]).toEqual([
    rows,
    seen,
    list,
  ]);
}

describe('an import that nothing has touched', () => {
  it('is taken back whole, paid parts and all: every row and every figure is as before', async () => {
    const engine = await tempBook();
    await importLines(engine, SEPTEMBER, { balancesDay: day('2026-10-31') });
    const [rows, seen] = [rowsOf(engine), await seenOf(engine)];
    const batch = await importLines(engine, OCTOBER, { balancesDay: day('2026-10-31') });
    expect(await outstanding(engine)).toBe(rupees(118_000 + 20_000.5 + 4000 + 500.25));
    await revert(engine, batch);
    expect(rowsOf(engine)).toEqual(rows);
    expect(await seenOf(engine)).toEqual(seen);
  });

  it('is taken back with receipts and credits of its own', async () => {
    const engine = await tempBook();
    await importLines(engine, SEPTEMBER);
    const [rows, seen] = [rowsOf(engine), await seenOf(engine)];
    const batch = await importLines(engine, DAY_BOOK);
    expect(batch).toMatchObject({ receiptPaise: rupees(3000), creditPaise: rupees(250.75) });
    expect(rowsOf(engine)).not.toEqual(rows);
    await revert(engine, batch);
    expect(rowsOf(engine)).toEqual(rows);
    expect(await seenOf(engine)).toEqual(seen);
  });

  it('may be the earlier one; a customer whom a later import bills too stays', async () => {
    const engine = await tempBook();
    const earlier = await importLines(engine, SEPTEMBER);
    await importLines(engine, OCTOBER);
    await revert(engine, earlier);
    const { rows } = await engine.client.customers.list({});
    expect(rows.map(({ name }) => name).toSorted()).toEqual(['Bina Stores', 'Deepa Mart']);
    expect(await outstanding(engine)).toBe(rupees(4000 + 500.25));
  });

  it('stays in the list with its notes and says when it was reverted', async () => {
    const engine = await tempBook();
    const batch = await importLines(engine, OCTOBER);
    expect(batch.revertedAt).toBeNull();
    const notes = await engine.client.imports.notes({ batchId: batch.batchId });
    expect(notes).toHaveLength(1);
    const reverted = await revert(engine, batch);
    expect(reverted).toEqual({ ...batch, revertedAt: NOON });
    expect(await engine.client.imports.list()).toEqual([reverted]);
    expect(await engine.client.imports.notes({ batchId: batch.batchId })).toEqual(notes);
  });

  it('tells every panel of the window', async () => {
    const engine = await tempBook();
    const batch = await importLines(engine, OCTOBER);
    const watched = new AbortController();
    const changes = await engine.client.changes.watch(undefined, { signal: watched.signal });
    const told = changes.next();
    await revert(engine, batch);
    expect((await told).value).toEqual({ nouns: [...nouns] });
    watched.abort();
  });

  it('keeps a customer about whom something was entered by hand', async () => {
    const engine = await tempBook();
    const batch = await importLines(engine, OCTOBER);
    const { rows } = await engine.client.customers.list({ search: 'deepa' });
    const customerId = rows[0]?.customerId ?? 0;
    fileOf(engine).write((tx) => updateCustomer(tx, customerId, { creditLimitPaise: 100 }));
    await revert(engine, batch);
    expect(rowsOf(engine)).toMatchObject({ customers: [{ id: customerId, name: 'Deepa Mart' }], bills: [] });
  });
});

describe('importing again after a revert', () => {
  it('makes the same book as the first time', async () => {
    const engine = await tempBook();
    await importLines(engine, SEPTEMBER);
    const first = await importLines(engine, OCTOBER);
    const seen = await seenOf(engine);
    await revert(engine, first);
    const second = await importLines(engine, OCTOBER);
    expect(await seenOf(engine)).toEqual(seen);
    expect(second).toEqual({ ...first, batchId: first.batchId + 1, importedAt: second.importedAt });
    // And the second one is as good as the first: it can be taken back too.
    await revert(engine, second);
    expect(await outstanding(engine)).toBe(rupees(118_000 + 20_000.5));
  });

  it('adds nothing where nothing was taken back', async () => {
    const engine = await tempBook();
    await importLines(engine, OCTOBER);
    const seen = await seenOf(engine);
    const copy = await importLines(engine, OCTOBER);
    await revert(engine, copy);
    expect(await seenOf(engine)).toEqual(seen);
  });
});

describe('an import is refused to be taken back', () => {
  it('when it changed bills of an earlier one, and the earlier one when a later changed its bills', async () => {
    const engine = await tempBook();
    const earlier = await importLines(engine, SEPTEMBER);
    const edited = SEPTEMBER.map((line) => line.replace('118000,118000', '119000,119000'));
    const later = await importLines(engine, [...edited, 'Esha Sons,A/9,2026-10-01,,10,10']);
    await expectRefused(engine, later, { code: 'revert-changed', values: { count: 1 } });
    await expectRefused(engine, earlier, { code: 'revert-changed-later', values: { count: 1 } });
  });

  it('when it only said that more was paid on an earlier bill', async () => {
    const engine = await tempBook();
    const earlier = await importLines(engine, SEPTEMBER);
    const paid = SEPTEMBER.map((line) => line.replace('45500.50,20000.50', '45500.50,5000.50'));
    const later = await importLines(engine, paid);
    const third = await importLines(
      engine,
      SEPTEMBER.map((line) => line.replace('45500.50,20000.50', '45500.50,0.50')),
    );
    await expectRefused(engine, earlier, { code: 'revert-changed-later' });
    await expectRefused(engine, later, { code: 'revert-changed', values: { count: 1 } });
    await expectRefused(engine, third, { code: 'revert-changed', values: { count: 1 } });
  });

  it('when a receipt of an earlier one was changed by it', async () => {
    const engine = await tempBook();
    const earlier = await importLines(engine, DAY_BOOK);
    const edited = DAY_BOOK.map((line) => line.replace(',,3000', ',,3500').replace(',,250.75', ',,260'));
    const later = await importLines(engine, edited);
    expect(later.changedBillCount).toBe(0);
    await expectRefused(engine, later, { code: 'revert-changed', values: { count: 2 } });
    await expectRefused(engine, earlier, { code: 'revert-changed-later', values: { count: 2 } });
  });

  it('when a later file has its documents again, until that import is reverted', async () => {
    const engine = await tempBook();
    const first = await importLines(engine, SEPTEMBER);
    const both = await importLines(engine, [...SEPTEMBER, ...OCTOBER.slice(1)]);
    await expectRefused(engine, first, { code: 'revert-repeated' });
    await revert(engine, both);
    await revert(engine, first);
    expect(await outstanding(engine)).toBe(0);
  });

  it('when money from elsewhere is settled against its bills', async () => {
    const engine = await tempBook();
    const batch = await importLines(engine, SEPTEMBER);
    fileOf(engine).write((tx) =>
      moneyIn(tx, 1, { amount: 900, day: '2026-11-01', allocated: new Map([[1, 900]]) }),
    );
    await expectRefused(engine, batch, { code: 'revert-settled', values: { count: 1 } });
  });

  it('when its receipts settle bills of other work', async () => {
    const engine = await tempBook();
    const batch = await importLines(engine, DAY_BOOK);
    fileOf(engine).write((tx) => {
      allocationWriter(tx).insert({
        billId: aBill(tx, 1, { amount: 100, billDay: '2026-10-01' }),
        instalmentId: null,
        receiptId: 1,
        creditId: null,
        allocationDay: day('2026-11-01'),
        amountPaise: rupees(100),
        foreignMinor: null,
        reversesId: null,
        createdAt: NOON,
        source: 'manual',
        sourceKey: '1',
        importBatchId: null,
      });
    });
    await expectRefused(engine, batch, { code: 'revert-spent', values: { count: 1 } });
  });

  it('when one of its documents was voided since', async () => {
    const engine = await tempBook();
    const batch = await importLines(engine, DAY_BOOK);
    fileOf(engine).write((tx) => receiptWriter(tx).void(1, NOON, 'The cheque bounced.'));
    await expectRefused(engine, batch, { code: 'revert-voided', values: { count: 1 } });
  });

  it('a second time, and when there is no such import', async () => {
    const engine = await tempBook();
    const batch = await importLines(engine, OCTOBER);
    await revert(engine, batch);
    await expectRefused(engine, batch, { code: 'already-reverted' });
    await expectRefused(engine, { ...batch, batchId: 77 }, { code: 'no-batch', values: { batchId: 77 } });
  });
});

it('leaves everything as it was when it breaks on the way', async () => {
  const engine = await tempBook();
  await importLines(engine, SEPTEMBER);
  const batch = await importLines(engine, OCTOBER);
  const [rows, list] = [rowsOf(engine), await engine.client.imports.list()];
  // The last thing that a revert writes fails: everything before it is undone with it.
  const { sqlite } = fileOf(engine).read((tx) => tx);
  sqlite.exec(`create temp trigger broken before update of reverted_at on import_batches
               begin select raise(abort, 'The disk is full.'); end`);
  await expect(revert(engine, batch)).rejects.toMatchObject({ code: 'INTERNAL' });
  expect(rowsOf(engine)).toEqual(rows);
  expect(await engine.client.imports.list()).toEqual(list);
  sqlite.exec('drop trigger broken');
  await revert(engine, batch);
  expect(rowsOf(engine)).not.toEqual(rows);
});

const anyLine = fc.record({
  customer: fc.constantFrom('Asha Stores', 'Bina Stores', 'Chandra & Sons'),
  daysAgo: fc.integer({ min: 0, max: 27 }),
  amount: fc.integer({ min: 1, max: 5_000_000 }),
  paidShare: fc.integer({ min: 0, max: 99 }),
});

type Line = typeof anyLine extends fc.Arbitrary<infer T> ? T : never;

function linesOf(prefix: string, lines: readonly Line[]): readonly string[] {
  const rows = lines.map(({ customer, daysAgo, amount, paidShare }, at) => {
    const open = amount - Math.floor((amount * paidShare) / 100);
    const on = `2026-10-${String(28 - daysAgo).padStart(2, '0')}`;
    return `${customer},${prefix}/${at},${on},,${amount / 100},${open / 100}`;
  });
  return [HEAD, ...rows];
}

it('gives back the book after A, whatever A and B are, when B is imported and reverted', async () => {
  const engine = await tempEngine();
  const anyFile = fc.array(anyLine, { minLength: 1, maxLength: 8 });
  let book = 0;
  await fc.assert(
    fc.asyncProperty(anyFile, anyFile, async (a, b) => {
      await engine.client.books.create({ name: `Book ${(book += 1)}` });
      await importLines(engine, linesOf('A', a));
      const [rows, seen] = [rowsOf(engine), await seenOf(engine)];
      const batch = await importLines(engine, linesOf('B', b));
      const after = await seenOf(engine);
      await revert(engine, batch);
      expect([rowsOf(engine), await seenOf(engine)]).toEqual([rows, seen]);
      await importLines(engine, linesOf('B', b));
      expect(await seenOf(engine)).toEqual(after);
    }),
    { numRuns: 20 },
  );
});
