import { day, type Day } from '#domain/days.ts';
import { updateCustomer } from '#engine/storage/customers.ts';
import { expect, it } from 'vitest';
import { aBill, aCustomer, fileOf, refusalOf, rupees } from '../builders/facts.ts';
import { tempBook, type TempEngine } from '../builders/temp-engine.ts';

const D = (text: string): Day => day(text);
const TODAY = D('2026-11-22');

async function openOf({ client }: TempEngine, asOf: Day = TODAY): Promise<Readonly<Record<string, number>>> {
  const { rows } = await client.bills.listOpen({ asOf });
  return Object.fromEntries(rows.map(({ key, openPaise }) => [key, openPaise / 100]));
}

async function bookWith(bills: readonly (readonly [amount: number, billDay: string, dueDay: string])[]) {
  const engine = await tempBook();
  const made = fileOf(engine).write((tx) => {
    const customerId = aCustomer(tx);
    return {
      customerId,
      billIds: bills.map(([amount, billDay, dueDay]) => aBill(tx, customerId, { amount, billDay, dueDay })),
    };
  });
  const receipt = async (amount: number, receiptDay = '2026-11-10', chequeDay: string | null = null) => {
    const { id } = await engine.client.receipts.save({
      customerId: made.customerId,
      receiptDay: D(receiptDay),
      chequeDay: chequeDay === null ? null : D(chequeDay),
      amountPaise: rupees(amount),
    });
    return { kind: 'receipt' as const, id };
  };
  return { ...engine, ...made, receipt };
}

it('applies part by part, undoes it by further rows, and can apply the same money anew', async () => {
  const book = await bookWith([[200, '2026-10-01', '2026-10-31']]);
  const [billId = 0] = book.billIds;
  const [one, two] = [await book.receipt(55), await book.receipt(35)];
  const apply = (money: typeof one, amount: number) =>
    book.client.allocations.apply({ money, parts: [{ billId, amountPaise: rupees(amount) }] });
  const first = await apply(one, 55);
  await apply(two, 35);
  expect(await openOf(book)).toEqual({ 'bill:1:1': 110 });
  // Case B1: 110 left, then the 55 is taken back and 165 are.
  const undone = await book.client.allocations.undo(first);
  expect(undone.allocationIds).toHaveLength(1);
  expect(await openOf(book)).toEqual({ 'bill:1:1': 165, 'receipt:1': -55 });
  await apply(one, 50);
  expect(await openOf(book)).toEqual({ 'bill:1:1': 115, 'receipt:1': -5 });
  expect(await refusalOf(book.client.allocations.undo(first))).toMatchObject({
    code: 'already-undone',
    values: { count: 1 },
  });
  expect(await refusalOf(book.client.allocations.undo(undone))).toMatchObject({ code: 'already-undone' });
  expect(await refusalOf(book.client.allocations.undo({ allocationIds: [999] }))).toMatchObject({
    code: 'document-gone',
  });
  const rows = fileOf(book).read((tx) =>
    tx.sqlite.prepare('select amount_paise, reverses_id from allocations order by id').raw().all(),
  );
  expect(rows).toEqual([
    [5500, null],
    [3500, null],
    [-5500, 1],
    [5000, null],
  ]);
});

it('refuses more than is open of the bill, or left of the money, with the numbers, and writes nothing', async () => {
  const book = await bookWith([
    [100, '2026-10-01', '2026-10-31'],
    [100, '2026-10-02', '2026-10-31'],
  ]);
  const [billId = 0, other = 0] = book.billIds;
  const money = await book.receipt(150);
  const apply = (parts: readonly (readonly [number, number])[]) =>
    book.client.allocations.apply({
      money,
      parts: parts.map(([id, amount]) => ({ billId: id, amountPaise: rupees(amount) })),
    });
  expect(await refusalOf(apply([[billId, 100.01]]))).toMatchObject({
    code: 'over-bill',
    values: { amount: '₹100.01', open: '₹100.00', day: '22 Nov 2026' },
  });
  // The same bill twice in one go counts twice.
  expect(
    await refusalOf(
      apply([
        [billId, 60],
        [billId, 60],
      ]),
    ),
  ).toMatchObject({ code: 'over-bill', values: { amount: '₹60.00', open: '₹40.00' } });
  expect(
    await refusalOf(
      apply([
        [billId, 100],
        [other, 50.01],
      ]),
    ),
  ).toMatchObject({ code: 'over-money', values: { amount: '₹150.01', open: '₹150.00' } });
  expect(await refusalOf(apply([[billId, 0]]))).toMatchObject({ code: 'amount-not-positive' });
  expect(await refusalOf(apply([[77, 1]]))).toMatchObject({ code: 'document-gone' });
  expect(await openOf(book)).toEqual({ 'bill:1:1': 100, 'bill:2:1': 100, 'receipt:1': -150 });
});

it('stores the allocation’s own day, so that the day before shows both sides as they were', async () => {
  const book = await bookWith([[100, '2026-10-01', '2026-10-31']]);
  const money = await book.receipt(100, '2026-11-01');
  const [billId = 0] = book.billIds;
  const parts = [{ billId, amountPaise: rupees(100) }];
  await book.client.allocations.apply({ money, parts, day: D('2026-11-20') });
  expect(await openOf(book, D('2026-11-19'))).toEqual({ 'bill:1:1': 100, 'receipt:1': -100 });
  expect(await openOf(book, D('2026-11-20'))).toEqual({});
});

it('never over-allocates a day gone by: what was applied and undone still counts for its own days', async () => {
  const book = await bookWith([[100, '2026-10-01', '2026-10-31']]);
  const [one, two] = [await book.receipt(100, '2026-10-05'), await book.receipt(100, '2026-10-05')];
  const [billId = 0] = book.billIds;
  const parts = [{ billId, amountPaise: rupees(100) }];
  const first = await book.client.allocations.apply({ money: one, parts, day: D('2026-10-10') });
  expect(await refusalOf(book.client.allocations.undo({ ...first, day: D('2026-10-09') }))).toMatchObject({
    code: 'undo-before',
    values: { day: '09 Oct 2026', applied: '10 Oct 2026' },
  });
  await book.client.allocations.undo({ ...first, day: D('2026-11-01') });
  expect(
    await refusalOf(book.client.allocations.apply({ money: two, parts, day: D('2026-10-31') })),
  ).toMatchObject({ code: 'over-bill', values: { open: '₹0.00', day: '31 Oct 2026' } });
  await book.client.allocations.apply({ money: two, parts, day: D('2026-11-01') });
  expect(await openOf(book, D('2026-10-31'))).toEqual({ 'receipt:2': -100 });
  expect(await openOf(book, D('2026-11-01'))).toEqual({ 'receipt:1': -100 });
});

it('takes an application of a void bill back from its own day, so that it counts on no day when the bill returns', async () => {
  const book = await bookWith([
    [100, '2026-10-01', '2026-10-31'],
    [100, '2026-10-01', '2026-10-31'],
  ]);
  const [one = 0, two = 0] = book.billIds;
  const money = await book.receipt(100, '2026-10-05');
  const apply = (billId: number) =>
    book.client.allocations.apply({
      money,
      parts: [{ billId, amountPaise: rupees(100) }],
      day: D('2026-10-05'),
    });
  const first = await apply(one);
  await book.client.bills.void({ billId: one, reason: 'Wrong' });
  await apply(two);
  await book.client.allocations.undo(first);
  expect(await book.client.bills.restore({ billId: one })).toEqual({ warnings: [] });
  for (const asOf of ['2026-10-05', '2026-11-22']) {
    expect(await openOf(book, D(asOf))).toEqual({ 'bill:1:1': 100 });
  }
});

it('gives each instalment its turn by due day, across bills', async () => {
  const engine = await tempBook();
  const customerId = fileOf(engine).write((tx) => {
    const id = aCustomer(tx);
    aBill(tx, id, {
      amount: 100,
      billDay: '2026-10-01',
      terms: [
        ['2026-10-10', 40],
        ['2026-12-10', 60],
      ],
    });
    aBill(tx, id, { amount: 50, billDay: '2026-09-01', dueDay: '2026-11-01' });
    return id;
  });
  const { id } = await engine.client.receipts.save({
    customerId,
    receiptDay: TODAY,
    amountPaise: rupees(100),
  });
  const proposal = await engine.client.allocations.propose({ money: { kind: 'receipt', id } });
  expect(proposal.parts.map((part) => [part.billId, part.dueDay, part.amountPaise / 100])).toEqual([
    [1, '2026-10-10', 50],
    [2, '2026-11-01', 50],
  ]);
  const done = await engine.client.allocations.oldestFirst({ customerId });
  expect(done).toMatchObject({ appliedPaise: rupees(100), billCount: 2 });
  expect(await openOf(engine)).toEqual({ 'bill:1:2': 50 });
  await engine.client.allocations.undo(done);
  expect(await openOf(engine)).toEqual({ 'bill:1:1': 40, 'bill:1:2': 60, 'bill:2:1': 50, 'receipt:1': -100 });
});

it('fills a named instalment and refuses more than is open of it', async () => {
  const engine = await tempBook();
  const billId = fileOf(engine).write((tx) =>
    aBill(tx, aCustomer(tx), {
      amount: 100,
      billDay: '2026-10-01',
      terms: [
        ['2026-10-10', 40],
        ['2026-12-10', 60],
      ],
    }),
  );
  const { id } = await engine.client.receipts.save({
    customerId: 1,
    receiptDay: TODAY,
    amountPaise: rupees(90),
  });
  const apply = (amount: number, instalmentId?: number) =>
    engine.client.allocations.apply({
      money: { kind: 'receipt', id },
      parts: [{ billId, instalmentId, amountPaise: rupees(amount) }],
    });
  await apply(50, 2);
  expect(await openOf(engine)).toEqual({ 'bill:1:1': 40, 'bill:1:2': 10, 'receipt:1': -40 });
  expect(await refusalOf(apply(10.01, 2))).toMatchObject({
    code: 'over-instalment',
    values: { amount: '₹10.01', open: '₹10.00', day: '10 Dec 2026' },
  });
  expect(await refusalOf(apply(1, 99))).toMatchObject({ code: 'no-instalment' });
  await apply(40);
  expect(await openOf(engine)).toEqual({ 'bill:1:2': 10 });
});

it('moves an advance onto a bill in two terms and then a receipt: 6,500 left and no negative row (A25)', async () => {
  const engine = await tempBook();
  fileOf(engine).write((tx) => {
    const id = aCustomer(tx);
    aBill(tx, id, {
      amount: 30_000,
      billDay: '2026-10-01',
      terms: [
        ['2026-10-31', 15_000],
        ['2026-11-30', 15_000],
      ],
    });
  });
  const { client } = engine;
  const advance = { customerId: 1, kind: 'advance' as const, creditDay: D('2026-09-01') };
  await client.credits.save({ ...advance, amountPaise: rupees(15_000), allocate: 'oldest-first' });
  await client.receipts.save({
    customerId: 1,
    receiptDay: D('2026-11-05'),
    amountPaise: rupees(8500),
    allocate: 'oldest-first',
  });
  expect(await openOf(engine)).toEqual({ 'bill:1:2': 6500 });
});

it('lets a payer pay for his customers, after their own money, and nobody else', async () => {
  const engine = await tempBook();
  const { client } = engine;
  const [payer = 0, child = 0, stranger = 0] = fileOf(engine).write((tx) => {
    const ids = ['Head Office', 'Branch', 'Stranger'].map((name) => aCustomer(tx, name));
    const [head = 0, branch = 0, third = 0] = ids;
    updateCustomer(tx, branch, { parentId: head });
    aBill(tx, branch, { amount: 100, billDay: '2026-10-01' });
    aBill(tx, head, { amount: 100, billDay: '2026-10-02' });
    aBill(tx, third, { amount: 100, billDay: '2026-10-03' });
    return ids;
  });
  const money = async (customerId: number, amount: number) => {
    const wish = { customerId, receiptDay: D('2026-11-01'), amountPaise: rupees(amount) };
    return { kind: 'receipt' as const, id: (await client.receipts.save(wish)).id };
  };
  const ofPayer = await money(payer, 120);
  const ofChild = await money(child, 30);
  const parts = (billId: number) => [{ billId, amountPaise: rupees(1) }];
  expect(await refusalOf(client.allocations.apply({ money: ofPayer, parts: parts(3) }))).toMatchObject({
    code: 'not-his-bill',
  });
  expect(await refusalOf(client.allocations.apply({ money: ofChild, parts: parts(2) }))).toMatchObject({
    code: 'not-his-bill',
  });
  expect((await client.allocations.propose({ money: ofPayer })).parts.map((part) => part.billId)).toEqual([
    1, 2,
  ]);
  expect((await client.allocations.propose({ money: ofChild })).parts.map((part) => part.billId)).toEqual([
    1,
  ]);
  const done = await client.allocations.oldestFirst({});
  expect(done).toMatchObject({ appliedPaise: rupees(150), billCount: 2 });
  expect(await openOf(engine)).toEqual({ 'bill:2:1': 50, 'bill:3:1': 100 });
  expect((await client.aging.table({})).rows.map((row) => [row.customerId, row.outstandingPaise])).toEqual([
    [stranger, rupees(100)],
    [payer, rupees(50)],
  ]);
});

it('applies only the same currency, and closes a foreign bill in its own currency to the last cent', async () => {
  const engine = await tempBook();
  const { client } = engine;
  const customerId = fileOf(engine).write((tx) => aCustomer(tx));
  const usd = (foreignMinor: number, rate: string) => ({ currency: 'USD', foreignMinor, rate });
  const bill = await client.bills.save({ customerId, billDay: D('2026-10-01'), foreign: usd(10_000, '80') });
  const base = await client.bills.save({ customerId, billDay: D('2026-10-01'), amountPaise: rupees(500) });
  const { id } = await client.receipts.save({ customerId, receiptDay: TODAY, foreign: usd(10_000, '85') });
  const money = { kind: 'receipt' as const, id };
  const apply = (billId: number, amountPaise: ReturnType<typeof rupees>) =>
    client.allocations.apply({ money, parts: [{ billId, amountPaise }] });
  expect(await refusalOf(apply(base.id, rupees(1)))).toMatchObject({
    code: 'other-currency',
    values: { ofBill: 'INR', ofMoney: 'USD' },
  });
  const third = rupees(2666.67);
  const first = await apply(bill.id, third);
  await apply(bill.id, third);
  await client.allocations.undo(first);
  await apply(bill.id, rupees(8000 - 2666.67));
  const rows = fileOf(engine).read((tx) =>
    tx.sqlite.prepare('select amount_paise, foreign_minor from allocations order by id').raw().all(),
  );
  expect(rows).toEqual([
    [266_667, 3333],
    [266_667, 3333],
    [-266_667, -3333],
    [533_333, 6667],
  ]);
  expect((await openOf(engine))[`bill:${bill.id}:1`]).toBeUndefined();
  // Oldest-first of USD money leaves the INR bill alone.
  expect(await client.allocations.oldestFirst({})).toMatchObject({ appliedPaise: 0, allocationIds: [] });
});

it('does not let oldest-first bind a cheque or a bill of a day to come', async () => {
  const book = await bookWith([
    [100, '2026-10-01', '2026-10-31'],
    [100, '2026-12-01', '2026-12-01'],
  ]);
  const cheque = await book.receipt(100, '2026-11-01', '2026-12-15');
  await book.receipt(150, '2026-11-10');
  expect(await book.client.allocations.oldestFirst({})).toMatchObject({ appliedPaise: rupees(100) });
  expect(await openOf(book)).toEqual({ 'receipt:2': -50 });
  // The same cheque is offered what is open on its own day, and can be applied beforehand by hand.
  const proposal = await book.client.allocations.propose({ money: cheque });
  expect(proposal.parts).toMatchObject([{ billId: 2, amountPaise: rupees(100) }]);
  await book.client.allocations.apply({ money: cheque, parts: proposal.parts });
  expect(await openOf(book, D('2026-12-14'))).toEqual({ 'bill:2:1': 100, 'receipt:2': -50 });
  expect(await openOf(book, D('2026-12-15'))).toEqual({ 'receipt:2': -50 });
});

it('fills a book of 10,000 bills oldest-first within a second, exactly, and undoes it whole', async () => {
  const engine = await tempBook();
  fileOf(engine).write((tx) => {
    for (let at = 0; at < 100; at += 1) aCustomer(tx, `Customer ${at}`);
    tx.sqlite.exec(
      `with recursive n(i) as (select 0 union all select i + 1 from n where i < 9999)
       insert into bills (customer_id, kind, number, bill_day, due_day, amount_paise, created_at, source, source_key)
       select 1 + i % 100, 'invoice', 'B' || i, date('2025-01-01', '+' || (i % 600) || ' days'),
              date('2025-01-31', '+' || (i % 600) || ' days'), 10000 + i % 977, 0, 'test', 'bench' || i from n;
       with recursive n(i) as (select 0 union all select i + 1 from n where i < 4999)
       insert into receipts (customer_id, receipt_day, amount_paise, created_at, source, source_key)
       select 1 + i % 100, date('2025-03-01', '+' || (i % 600) || ' days'), 15000 + i % 499, 0, 'test', 'bench' || i
         from n;`,
    );
  });
  const before = (await engine.client.aging.table({})).totals;
  const started = process.cpuUsage();
  const done = await engine.client.allocations.oldestFirst({});
  const { user, system } = process.cpuUsage(started);
  const after = (await engine.client.aging.table({})).totals;
  expect(done.appliedPaise).toBe(0 - before.unallocatedPaise);
  expect(after).toMatchObject({ unallocatedPaise: 0, outstandingPaise: before.outstandingPaise });
  // Time of the processor, because the machine may be busy with other things: 50,000 bills took 1.3 seconds of it.
  expect((user + system) / 1000).toBeLessThan(1000);
  await engine.client.allocations.undo({ allocationIds: done.allocationIds });
  expect((await engine.client.aging.table({})).totals).toEqual(before);
});
