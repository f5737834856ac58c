import { existsSync } from 'node:fs';
import path from 'node:path';
import { day } from '#domain/days.ts';
import { describe, expect, it } from 'vitest';
import { aBill, fileOf, moneyIn, rupees } from '../builders/facts.ts';
import { dryRun, fileIn as listIn, importFile, readDraft } from '../builders/imports.ts';
import { tempBook, tempEngine, type TempEngine } from '../builders/temp-engine.ts';

const LIST = [
  'Asha Wholesale,,,,,',
  'Outstanding bills as on 31-10-2026,,,,,',
  ',,,,,',
  'Party Name,Bill No,Bill Date,Due Date,Bill Amount,Pending Amount',
  'Bina Stores,B/101,05-08-2026,04-09-2026,"1,18,000.00","1,18,000.00"',
  'Chandra Traders,B/102,21-09-2026,21-10-2026,"45,500.50","20,000.50"',
  '"BINA  STORES",B/103,15-10-2026,14-11-2026,"9,000","9,000"',
  'Deepa Mart,B/104,31-02-2026,,500,500',
  'Total,,,,"1,73,000.50","1,47,500.50"',
];

const fileIn = (engine: TempEngine, lines: readonly string[], name = 'outstanding.csv'): string =>
  listIn(engine, lines, name);

async function outstandingOn(engine: TempEngine, asOf: string): Promise<number> {
  return (await engine.client.aging.table({ asOf: day(asOf) })).totals.outstandingPaise;
}

it('understands a list with titles above and a total below, and says what it will do before doing it', async () => {
  const engine = await tempBook();
  const { draft, preview } = await dryRun(engine, fileIn(engine, LIST));
  expect(draft.understood).toMatchObject({ headerRow: 3, doubts: [] });
  expect(preview).toMatchObject({
    rowCounts: { taken: 3, refused: 1, leftOut: 1 },
    customers: { added: 2, changed: 0, same: 0 },
    bills: { added: 3, changed: 0, same: 0 },
    billPaise: rupees(118_000 + 45_500.5 + 9000),
    receiptPaise: rupees(25_500),
    openPaise: rupees(147_000.5),
  });
  expect(preview.notes.map((note) => [note.row, note.outcome])).toEqual([
    [8, 'refused'],
    [9, 'left-out'],
  ]);
  for (const sum of preview.currencies) {
    expect(sum.takenMinor + sum.refusedMinor + sum.leftOutMinor).toBe(sum.fileMinor);
  }
  expect(await engine.client.customers.list({})).toMatchObject({ rows: [] });
});

it('takes the whole file in one go, keeps the refused rows, and ages it to the paisa', async () => {
  const engine = await tempBook();
  const batch = await importFile(engine, fileIn(engine, LIST), { balancesDay: day('2026-10-31') });
  expect(batch).toMatchObject({
    takenRowCount: 3,
    refusedRowCount: 1,
    leftOutRowCount: 1,
    addedBillCount: 3,
  });
  const notes = await engine.client.imports.notes({ batchId: batch.batchId });
  expect(notes.map((note) => note.row)).toEqual([8, 9]);
  expect(notes[0]?.reason?.sentence).toContain('31-02-2026');
  const table = await engine.client.aging.table({ asOf: day('2026-10-31') });
  expect(table.totals.buckets).toEqual([rupees(9000), rupees(20_000.5), rupees(118_000), 0, 0, 0]);
  expect(table.rows.map((row) => row.name)).toEqual(['Bina Stores', 'Chandra Traders']);
  expect(await outstandingOn(engine, '2026-10-30')).toBe(rupees(118_000 + 45_500.5 + 9000));
  expect(await engine.client.imports.list()).toMatchObject([
    { batchId: batch.batchId, fileName: 'outstanding.csv' },
  ]);
});

it('finds nothing new in the same file, whatever it is called', async () => {
  const engine = await tempBook();
  await importFile(engine, fileIn(engine, LIST));
  const before = await engine.client.aging.table({});
  const { preview } = await dryRun(engine, fileIn(engine, LIST, 'copy of outstanding (2).csv'));
  expect(preview).toMatchObject({
    customers: { added: 0, changed: 0, same: 2 },
    bills: { added: 0, changed: 0, same: 3 },
    receipts: { added: 0, changed: 0, same: 0 },
  });
  await importFile(engine, fileIn(engine, LIST, 'copy of outstanding (2).csv'));
  expect(await engine.client.aging.table({})).toEqual(before);
});

it('takes a later file as a further payment and still knows what was open before', async () => {
  const engine = await tempBook();
  await importFile(engine, fileIn(engine, LIST), { balancesDay: day('2026-10-31') });
  const later = LIST.map((line) => line.replace('"45,500.50","20,000.50"', '"45,500.50","5,000.50"'));
  const { preview } = await dryRun(engine, fileIn(engine, later), { balancesDay: day('2026-11-20') });
  expect(preview).toMatchObject({ bills: { added: 0, changed: 1, same: 2 }, receipts: { added: 1 } });
  await importFile(engine, fileIn(engine, later), { balancesDay: day('2026-11-20') });
  expect(await outstandingOn(engine, '2026-11-19')).toBe(rupees(147_000.5));
  expect(await outstandingOn(engine, '2026-11-20')).toBe(rupees(132_000.5));
});

it('takes back what an earlier file had wrongly called paid', async () => {
  const engine = await tempBook();
  await importFile(engine, fileIn(engine, LIST), { balancesDay: day('2026-10-31') });
  const corrected = LIST.map((line) => line.replace('"45,500.50","20,000.50"', '"45,500.50","40,000.50"'));
  await importFile(engine, fileIn(engine, corrected), { balancesDay: day('2026-11-20') });
  expect(await outstandingOn(engine, '2026-11-20')).toBe(rupees(167_000.5));
  const again = await dryRun(engine, fileIn(engine, corrected), { balancesDay: day('2026-11-20') });
  expect(again.preview.bills).toEqual({ added: 0, changed: 0, same: 3 });
});

it('changes a bill whose amount was edited, and refuses to shrink it below what is settled', async () => {
  const engine = await tempBook();
  await importFile(engine, fileIn(engine, LIST));
  const edited = LIST.map((line) => line.replace('"9,000","9,000"', '"9,900","9,900"'));
  await importFile(engine, fileIn(engine, edited));
  expect(await outstandingOn(engine, '2026-11-22')).toBe(rupees(147_900.5));

  const billId = 3;
  fileOf(engine).write((tx) => {
    moneyIn(tx, 1, { amount: 9000, day: '2026-11-21', allocated: new Map([[billId, 9000]]) });
  });
  const { preview } = await dryRun(
    engine,
    fileIn(
      engine,
      LIST.map((line) => line.replace('"9,000","9,000"', '"8,000","8,000"')),
    ),
  );
  const refusal = preview.notes.find((note) => note.reason?.code === 'below-allocated');
  expect(refusal?.reason?.sentence).toContain('9,000.00');
  for (const sum of preview.currencies) {
    expect(sum.takenMinor + sum.refusedMinor + sum.leftOutMinor).toBe(sum.fileMinor);
  }
});

it('adds to a customer what was missing and never overwrites what is known', async () => {
  const engine = await tempBook();
  const head = 'Party Name,Phone,Bill No,Bill Date,Amount';
  await importFile(engine, fileIn(engine, [head, 'Bina Stores,,B/1,2026-08-05,100']));
  await importFile(engine, fileIn(engine, [head, 'Bina Stores,98200 12345,B/2,2026-08-06,100']));
  await importFile(engine, fileIn(engine, [head, 'Bina Stores,98200 99999,B/3,2026-08-07,100']));
  const { rows } = await engine.client.customers.list({});
  expect(rows).toMatchObject([{ name: 'Bina Stores', phone: '+91 98200 12345', openBillCount: 3 }]);
});

it('asks for a rate, refuses the rows without one, and keeps both currencies apart', async () => {
  const engine = await tempBook();
  const file = fileIn(engine, [
    'Customer,Invoice No,Invoice Date,Currency,Amount',
    'Bina Stores,B/1,2026-08-05,INR,1000',
    'Carter Inc,B/2,2026-08-05,USD,100.25',
  ]);
  const without = await dryRun(engine, file);
  expect(without.preview.rowCounts).toEqual({ taken: 1, refused: 1, leftOut: 0 });
  expect(without.preview.notes).toMatchObject([{ row: 3, reason: { code: 'rate-missing' } }]);
  expect(without.preview.doubts.map((doubt) => doubt.code)).toContain('rate-missing');

  await importFile(engine, file, { rates: { USD: '83.25' } });
  const { rows } = await engine.client.bills.listOpen({});
  expect(rows.map(({ openPaise, currency, foreignMinor }) => [openPaise, currency, foreignMinor])).toEqual([
    [rupees(1000), null, null],
    [rupees(8345.81), 'USD', 100_25],
  ]);
});

it('refuses a file none of whose rows can be taken, and writes nothing', async () => {
  const engine = await tempBook();
  const file = fileIn(engine, ['Party Name,Bill Date,Amount', 'Bina Stores,not a day,100']);
  await expect(importFile(engine, file)).rejects.toMatchObject({
    code: 'REFUSED',
    data: { code: 'nothing-to-take' },
  });
  expect(await engine.client.imports.list()).toEqual([]);
});

it('never lets a file that was opened for one book land in another', async () => {
  const engine = await tempEngine();
  await engine.client.books.create({ name: 'One' });
  const { draft, map } = await dryRun(engine, fileIn(engine, LIST));
  await engine.client.books.create({ name: 'Two' });
  await expect(engine.client.imports.preview({ draftId: draft.draftId, map })).rejects.toMatchObject({
    data: { code: 'draft-other-book' },
  });
});

it('says what is wrong with a file that is not there and with a draft put away', async () => {
  const engine = await tempBook();
  await expect(readDraft(engine, { path: '/no/such/file.xlsx' })).rejects.toMatchObject({
    code: 'FAILED',
    defined: true,
    data: { code: 'not-found' },
  });
  const { draft, map } = await dryRun(engine, fileIn(engine, LIST));
  await engine.client.imports.discard({ draftId: draft.draftId });
  await expect(engine.client.imports.preview({ draftId: draft.draftId, map })).rejects.toMatchObject({
    data: { code: 'draft-gone' },
  });
});

it('matches a customer entered under the same name by other means, and puts no second one beside him', async () => {
  const engine = await tempBook();
  const { insertCustomer } = await import('#engine/storage/customers.ts');
  fileOf(engine).write((tx) => {
    const facts = {
      name: 'Bina Stores',
      nameKey: 'binastores',
      createdAt: 0,
      source: 'manual',
      sourceKey: '1',
    };
    aBill(tx, insertCustomer(tx, facts), { amount: 10, billDay: '2026-11-01' });
  });
  await importFile(engine, fileIn(engine, LIST));
  const { rows } = await engine.client.customers.list({ search: 'bina' });
  expect(rows).toMatchObject([{ outstandingPaise: rupees(118_000 + 9000 + 10) }]);
});

const DATA = path.resolve(import.meta.dirname, '../../../shared/data');

describe.skipIf(!existsSync(DATA))('real files (skipped where ../shared/data is absent)', () => {
  it('imports the 9,700 open bills in two currencies and ages them to the cent', async () => {
    const engine = await tempBook();
    const file = path.join(DATA, 'ar/dev/highradius_open_9700.csv');
    const batch = await importFile(engine, file, { rates: { USD: '1', CAD: '0.75' } });
    expect(batch.takenRowCount + batch.refusedRowCount + batch.leftOutRowCount).toBe(9700);
    const { totals } = await engine.client.aging.table({});
    expect(totals.outstandingPaise).toBe(batch.openPaise);
    const again = await dryRun(engine, file, { rates: { USD: '1', CAD: '0.75' } });
    expect(again.preview.bills).toMatchObject({ added: 0, changed: 0 });
  });

  it('imports the Day Book of a real Tally', async () => {
    const engine = await tempBook();
    const batch = await importFile(
      engine,
      path.join(DATA, 'tally-excel/tally_daybook_titlerows_pseudonymised.xlsx'),
    );
    expect(batch).toMatchObject({ takenRowCount: 28, refusedRowCount: 0, layout: 'tally-day-book' });
    expect((await engine.client.aging.table({})).totals.outstandingPaise).toBe(batch.billPaise);
  });
});
