// AG11: the ledgers of the documents, summed by SQL, beside the aging that is reckoned bill by bill.
import { addDays, day } from '#domain/days.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyLedger, D } from '../builders/any-ledger.ts';
import { aBill, aCustomer, fileOf, moneyIn, rupees } from '../builders/facts.ts';
import { tempBook } from '../builders/temp-engine.ts';
import { writeLedger } from '../builders/write-ledger.ts';

it('says what was billed, received and credited, and that the aging comes to the same', async () => {
  const engine = await tempBook();
  fileOf(engine).write((tx) => {
    const customerId = aCustomer(tx);
    const billId = aBill(tx, customerId, { amount: 1000, billDay: '2026-10-01', dueDay: '2026-10-31' });
    aBill(tx, customerId, { amount: 70.5, billDay: '2026-12-01' });
    moneyIn(tx, customerId, { amount: 600, day: '2026-11-01', allocated: new Map([[billId, 400]]) });
    moneyIn(tx, customerId, { amount: 50, day: '2026-11-02', kind: 'credit-note' });
    moneyIn(tx, customerId, { amount: 90, day: '2026-11-02', chequeDay: '2026-12-15' });
    moneyIn(tx, customerId, { amount: 5, day: '2026-11-03', isVoid: true });
  });
  expect(await engine.client.aging.tieOut({})).toMatchObject({
    billedPaise: rupees(1000),
    receivedPaise: rupees(600),
    creditedPaise: rupees(50),
    ledgerPaise: rupees(350),
    agingPaise: rupees(350),
    differingCount: 0,
    rows: [],
  });
});

it('follows money of a payer to the bills of those he pays for', async () => {
  const engine = await tempBook();
  const { client } = engine;
  const { customerId: office } = await client.customers.save({ name: 'Head Office' });
  const { customerId: branch } = await client.customers.save({ name: 'Branch', parentId: office });
  const bill = await client.bills.save({
    customerId: branch,
    billDay: day('2026-10-01'),
    amountPaise: rupees(800),
  });
  const receipt = await client.receipts.save({
    customerId: office,
    receiptDay: day('2026-10-05'),
    amountPaise: rupees(500),
  });
  await client.allocations.apply({
    money: { kind: 'receipt', id: receipt.id },
    parts: [{ billId: bill.id, amountPaise: rupees(500) }],
    day: day('2026-10-06'),
  });
  for (const asOf of ['2026-10-05', '2026-10-06', '2026-11-22'].map(day)) {
    expect(await client.aging.tieOut({ asOf })).toMatchObject({
      ledgerPaise: rupees(300),
      agingPaise: rupees(300),
      differingCount: 0,
    });
  }
});

it('agrees on every day of any book', async () => {
  await fc.assert(
    fc.asyncProperty(anyLedger, fc.integer({ min: -520, max: 320 }), async (ledger, offset) => {
      const engine = await tempBook();
      fileOf(engine).write((tx) => writeLedger(tx, ledger));
      const made = await engine.client.aging.tieOut({ asOf: addDays(D, offset) });
      expect(made.rows).toEqual([]);
      expect(made.ledgerPaise).toBe(made.agingPaise);
      await engine.close();
    }),
    { numRuns: 40 },
  );
});

it('names the customer and the difference when a file was tampered with', async () => {
  const engine = await tempBook();
  const { client } = engine;
  fileOf(engine).write((tx) => aBill(tx, aCustomer(tx), { amount: 100, billDay: '2026-10-01' }));
  await client.aging.tieOut({});
  // Behind the engine's back and without the traces by which it notices: the columns in memory are now wrong.
  fileOf(engine).read(({ sqlite }) => {
    const triggers = sqlite
      .prepare<[], string>(`select name from temp.sqlite_schema where type = 'trigger'`)
      .pluck()
      .all();
    for (const name of triggers) sqlite.exec(`drop trigger temp."${name}"`);
    sqlite.exec('update bills set amount_paise = amount_paise + 1');
  });
  const { differingCount, rows } = await client.aging.tieOut({});
  expect(differingCount).toBe(1);
  expect(rows).toMatchObject([{ name: 'Asha Stores', differencePaise: 1 }]);
});
