import type { ReceiptWish } from '#contract/engine/receipts.ts';
import { day, type Day } from '#domain/days.ts';
import { editsOfCustomer } from '#engine/storage/edits.ts';
import { expect, it } from 'vitest';
import { aBill, aCustomer, fileOf, refusalOf, rupees } from '../builders/facts.ts';
import { tempBook, type TempEngine } from '../builders/temp-engine.ts';

const D = (text: string): Day => day(text);
const TODAY = D('2026-11-22');

type Book = TempEngine & { readonly customerId: number; readonly billIds: readonly number[] };

/** One customer with bills of 100, 200 and 300, due in that order. */
async function bookWithBills(): Promise<Book> {
  const engine = await tempBook();
  const made = fileOf(engine).write((tx) => {
    const customerId = aCustomer(tx);
    const billIds = [
      aBill(tx, customerId, { amount: 100, billDay: '2026-09-01', dueDay: '2026-10-01' }),
      aBill(tx, customerId, { amount: 200, billDay: '2026-09-10', dueDay: '2026-10-10' }),
      aBill(tx, customerId, { amount: 300, billDay: '2026-09-05', dueDay: '2026-12-01' }),
    ];
    return { customerId, billIds };
  });
  return { ...engine, ...made };
}

const wishOf = (book: Book, more: Partial<ReceiptWish> = {}): ReceiptWish => ({
  customerId: book.customerId,
  receiptDay: D('2026-11-10'),
  amountPaise: rupees(250),
  ...more,
});

async function openOf({ client }: Book, asOf: Day = TODAY): Promise<readonly (readonly [string, number])[]> {
  const { rows } = await client.bills.listOpen({ asOf });
  return rows.map(({ key, openPaise }) => [key, openPaise / 100] as const);
}

it('leaves money on account until it is applied, and gives the receipt back as it was entered', async () => {
  const book = await bookWithBills();
  const wish = wishOf(book, { mode: 'upi', reference: 'UTR 77', number: 'R-1' });
  const { id } = await book.client.receipts.save(wish);
  expect(await book.client.receipts.get({ receiptId: id })).toMatchObject({ ...wish, source: 'manual' });
  expect((await book.client.aging.table({})).totals).toMatchObject({
    unallocatedPaise: rupees(-250),
    outstandingPaise: rupees(350),
  });
});

it('fills bills oldest due day first on entry, as of the receipt’s own day', async () => {
  const book = await bookWithBills();
  await book.client.receipts.save(wishOf(book, { allocate: 'oldest-first' }));
  expect(await openOf(book)).toEqual([
    ['bill:2:1', 50],
    ['bill:3:1', 300],
  ]);
  expect(await openOf(book, D('2026-11-09'))).toEqual([
    ['bill:1:1', 100],
    ['bill:2:1', 200],
    ['bill:3:1', 300],
  ]);
  expect(await openOf(book, D('2026-11-10'))).toEqual(await openOf(book));
});

it('pays the bills that were chosen, and refuses the whole receipt when one part is too much', async () => {
  const book = await bookWithBills();
  const part = (at: number, amount: number) => ({
    billId: book.billIds[at] ?? 0,
    amountPaise: rupees(amount),
  });
  await book.client.receipts.save(wishOf(book, { allocate: [part(2, 150), part(0, 40)] }));
  expect(await openOf(book)).toEqual([
    ['bill:1:1', 60],
    ['bill:2:1', 200],
    ['receipt:1', -60],
    ['bill:3:1', 150],
  ]);
  const refused = await refusalOf(
    book.client.receipts.save(wishOf(book, { allocate: [part(1, 50), part(0, 60.01)] })),
  );
  expect(refused).toMatchObject({ code: 'over-bill', values: { amount: '₹60.01', open: '₹60.00' } });
  expect((await openOf(book)).length).toBe(4);
  expect(
    await refusalOf(book.client.receipts.save(wishOf(book, { allocate: [part(1, 200), part(2, 60)] }))),
  ).toMatchObject({ code: 'over-money', values: { amount: '₹260.00', open: '₹250.00' } });
});

it('warns of a reference that was entered before, with the day and amount of then', async () => {
  const book = await bookWithBills();
  await book.client.receipts.save(wishOf(book, { reference: 'CHQ 00123' }));
  const { warnings } = await book.client.receipts.save(wishOf(book, { reference: 'chq00123' }));
  expect(warnings).toMatchObject([
    { code: 'reference-used', values: { number: 'CHQ 00123', day: '10 Nov 2026', amount: '₹250.00' } },
  ]);
});

it('keeps old values of a change, and refuses one below what is applied', async () => {
  const book = await bookWithBills();
  const { client, customerId } = book;
  const { id } = await client.receipts.save(wishOf(book, { allocate: 'oldest-first' }));
  const change = (more: Partial<ReceiptWish>) =>
    client.receipts.save(wishOf(book, { receiptId: id, ...more }));
  expect(await refusalOf(change({ amountPaise: rupees(249) }))).toMatchObject({
    code: 'below-applied',
    values: { applied: '₹250.00' },
  });
  expect(await refusalOf(change({ allocate: 'oldest-first' }))).toMatchObject({ code: 'allocate-only-new' });
  await change({ amountPaise: rupees(300), receiptDay: D('2026-11-12'), mode: 'cash' });
  const edits = fileOf(book).read((tx) => editsOfCustomer(tx, customerId, 10));
  expect(Object.fromEntries(edits.map(({ field, before, after }) => [field, [before, after]]))).toEqual({
    amountPaise: ['25000', '30000'],
    mode: [null, 'cash'],
    receiptDay: ['2026-11-10', '2026-11-12'],
  });
});

it('tells both customers of a receipt that went from one to the other', async () => {
  const book = await bookWithBills();
  const { client, customerId } = book;
  const other = fileOf(book).write((tx) => aCustomer(tx, 'Bina Stores'));
  const { id } = await client.receipts.save(wishOf(book));
  await client.receipts.save(wishOf(book, { receiptId: id, customerId: other, mode: 'cash' }));
  const fieldsOf = (of: number) =>
    fileOf(book).read((tx) => editsOfCustomer(tx, of, 10).map(({ field }) => field));
  expect(new Set(fieldsOf(customerId))).toEqual(new Set(['customerId', 'mode']));
  expect(fieldsOf(other)).toEqual(['customerId']);
  const applied = await client.receipts.save(wishOf(book, { allocate: 'oldest-first' }));
  const change = client.receipts.save(wishOf(book, { receiptId: applied.id, customerId: other }));
  expect(await refusalOf(change)).toMatchObject({ code: 'customer-applied', values: { applied: '₹250.00' } });
});

it('counts a post-dated cheque, applied beforehand, only from its own day on', async () => {
  const book = await bookWithBills();
  await book.client.receipts.save(
    wishOf(book, { chequeDay: D('2026-12-05'), amountPaise: rupees(100), allocate: 'oldest-first' }),
  );
  expect((await openOf(book, D('2026-12-04')))[0]).toEqual(['bill:1:1', 100]);
  expect((await openOf(book, D('2026-12-05')))[0]).toEqual(['bill:2:1', 200]);
});

it('lists cheques still to come and those whose day came in the 30 days before', async () => {
  const book = await bookWithBills();
  const cheque = (receiptDay: string, chequeDay: string | null, amount: number) =>
    book.client.receipts.save(
      wishOf(book, {
        receiptDay: D(receiptDay),
        chequeDay: chequeDay === null ? null : D(chequeDay),
        amountPaise: rupees(amount),
      }),
    );
  await cheque('2026-10-01', '2026-10-22', 1);
  await cheque('2026-10-01', '2026-10-23', 2);
  await cheque('2026-11-01', '2026-11-22', 4);
  await cheque('2026-11-01', '2026-11-23', 8);
  const gone = await cheque('2026-11-01', '2026-12-30', 16);
  // Neither a cheque of its receipt's day nor one of an earlier day is post-dated; the last is taken only tomorrow.
  await cheque('2026-11-01', '2026-11-01', 32);
  await cheque('2026-11-01', '2026-10-31', 64);
  await cheque('2026-11-23', '2026-12-31', 128);
  await cheque('2026-11-01', null, 256);
  await book.client.receipts.void({ receiptId: gone.id, reason: 'Handed back' });
  const register = await book.client.receipts.cheques({});
  expect(register.rows.map(({ amountPaise, daysToGo }) => [amountPaise / 100, daysToGo])).toEqual([
    [2, -30],
    [4, 0],
    [8, 1],
  ]);
  expect(register.toComePaise).toBe(rupees(8));
  const later = await book.client.receipts.cheques({ asOf: D('2026-12-23'), customerId: book.customerId });
  expect(later.rows.map(({ amountPaise }) => amountPaise / 100)).toEqual([8, 128]);
  expect((await book.client.receipts.cheques({ customerId: 99 })).rows).toEqual([]);
});

it('voids a receipt so that its bills are open again from their original due day, and restores it', async () => {
  const book = await bookWithBills();
  const { id } = await book.client.receipts.save(wishOf(book, { allocate: 'oldest-first' }));
  const before = await openOf(book);
  await book.client.receipts.void({ receiptId: id, reason: 'Cheque returned' });
  const { rows } = await book.client.bills.listOpen({});
  expect(rows.map(({ dueDay, openPaise, daysLate }) => [dueDay, openPaise / 100, daysLate])).toEqual([
    ['2026-10-01', 100, 52],
    ['2026-10-10', 200, 43],
    ['2026-12-01', 300, -9],
  ]);
  await book.client.receipts.restore({ receiptId: id });
  expect(await openOf(book)).toEqual(before);
});

it('applies a receipt of a day on which the bill was paid by another one from today on instead', async () => {
  const book = await bookWithBills();
  const [billId = 0] = book.billIds;
  const first = await book.client.receipts.save(
    wishOf(book, { receiptDay: D('2026-11-01'), amountPaise: rupees(100), allocate: 'oldest-first' }),
  );
  const { settlements } = (await book.client.customers.get({ customerId: book.customerId })).bills.find(
    (one) => one.billId === billId,
  ) ?? { settlements: [] };
  await book.client.allocations.undo({ allocationIds: settlements.map((one) => one.allocationId) });
  await book.client.receipts.void({ receiptId: first.id, reason: 'Cheque returned' });
  await book.client.receipts.save(wishOf(book, { amountPaise: rupees(100), allocate: 'oldest-first' }));
  expect(await openOf(book)).toEqual([
    ['bill:2:1', 200],
    ['bill:3:1', 300],
  ]);
  await book.client.receipts.restore({ receiptId: first.id });
  for (const asOf of ['2026-11-05', '2026-11-15', '2026-11-22']) {
    const { totals } = await book.client.aging.table({ asOf: D(asOf) });
    expect(totals.outstandingPaise).toBe(asOf === '2026-11-05' ? rupees(500) : rupees(400));
  }
});
