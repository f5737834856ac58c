import type { BillWish } from '#contract/engine/bills.ts';
import { day, type Day } from '#domain/days.ts';
import { billSearchSql } from '#engine/storage/bill-search.ts';
import { editsOfCustomer } from '#engine/storage/edits.ts';
import { updateCustomer } from '#engine/storage/customers.ts';
import { expect, it } from 'vitest';
import { aBill, aCustomer, fileOf, moneyIn, refusalOf, rupees } from '../builders/facts.ts';
import { tempBook, type TempEngine } from '../builders/temp-engine.ts';

const D = (text: string): Day => day(text);
const TODAY = D('2026-11-22');

type Terms = Parameters<typeof updateCustomer>[2];

async function bookWith(terms: Terms = {}): Promise<TempEngine & { customerId: number }> {
  const engine = await tempBook();
  const customerId = fileOf(engine).write((tx) => {
    const id = aCustomer(tx);
    if (Object.keys(terms).length > 0) updateCustomer(tx, id, terms);
    return id;
  });
  return { ...engine, customerId };
}

const wishOf = (customerId: number, more: Partial<BillWish> = {}): BillWish => ({
  customerId,
  number: 'INV/1',
  billDay: D('2026-11-01'),
  dueDay: D('2026-11-30'),
  amountPaise: rupees(1000),
  ...more,
});

it('takes a bill by hand and gives it back as it was entered', async () => {
  const { client, customerId } = await bookWith();
  const wish = wishOf(customerId, { salesperson: 'Ravi', narration: '40 bags' });
  const { id, warnings } = await client.bills.save(wish);
  expect(warnings).toEqual([]);
  expect(await client.bills.get({ billId: id })).toMatchObject({
    ...wish,
    kind: 'invoice',
    source: 'manual',
    voidReason: null,
  });
  expect((await client.aging.table({})).totals.outstandingPaise).toBe(rupees(1000));
});

it('works the due day out from the customer’s credit days when it is left out; without terms it is the bill day', async () => {
  const one = await bookWith({ creditDays: 45 });
  const { id } = await one.client.bills.save(wishOf(one.customerId, { dueDay: undefined }));
  expect((await one.client.bills.get({ billId: id })).dueDay).toBe('2026-12-16');
  const two = await bookWith();
  const other = await two.client.bills.save(wishOf(two.customerId, { dueDay: undefined }));
  expect((await two.client.bills.get({ billId: other.id })).dueDay).toBe('2026-11-01');
});

it.each([
  [{ amountPaise: rupees(0) }, 'amount-not-positive'],
  [{ amountPaise: rupees(-5) }, 'amount-not-positive'],
  [{ amountPaise: undefined }, 'amount-missing'],
  [{ amountPaise: rupees(1e12) }, 'amount-too-large'],
  [{ dueDay: D('2026-10-31') }, 'due-before-bill'],
  [{ customerId: 99 }, 'customer-gone'],
  [{ foreign: { currency: 'USD', foreignMinor: 100, rate: '83,25' } }, 'rate'],
  [{ foreign: { currency: 'INR', foreignMinor: 100, rate: '1' } }, 'foreign-is-base'],
  [{ foreign: { currency: 'USD', foreignMinor: 9e12, rate: '9999999' } }, 'amount-too-large'],
] as const)('refuses a bill with %j: %s, and writes nothing', async (more, code) => {
  const { client, customerId } = await bookWith();
  expect(await refusalOf(client.bills.save(wishOf(customerId, more)))).toMatchObject({ code });
  expect((await client.bills.listOpen({})).rows).toEqual([]);
});

it('takes instalments that add up, each due on its own day, and says by how much others do not', async () => {
  const { client, customerId } = await bookWith();
  const part = (dueDay: string, amount: number) => ({ dueDay: D(dueDay), amountPaise: rupees(amount) });
  const parts = [part('2027-01-10', 500), part('2026-11-10', 300), part('2026-12-10', 200)];
  const { id } = await client.bills.save(wishOf(customerId, { instalments: parts }));
  const bill = await client.bills.get({ billId: id });
  expect(bill.dueDay).toBe('2027-01-10');
  expect(bill.instalments.map(({ dueDay, amountPaise }) => [dueDay, amountPaise])).toEqual([
    ['2026-11-10', rupees(300)],
    ['2026-12-10', rupees(200)],
    ['2027-01-10', rupees(500)],
  ]);
  const short = wishOf(customerId, { instalments: parts.slice(0, 2) });
  expect(await refusalOf(client.bills.save(short))).toMatchObject({
    code: 'instalments-short',
    values: { sum: '₹800.00', difference: '₹200.00', amount: '₹1,000.00' },
  });
  const over = wishOf(customerId, { instalments: [...parts, part('2027-02-01', 0.01)] });
  expect(await refusalOf(client.bills.save(over))).toMatchObject({
    code: 'instalments-over',
    values: { difference: '₹0.01' },
  });
  const early = wishOf(customerId, { instalments: [part('2026-10-31', 400), part('2026-12-01', 600)] });
  expect(await refusalOf(client.bills.save(early))).toMatchObject({ code: 'instalment-before-bill' });
});

it('works the base amount of a foreign bill out from its rate, half a paisa upwards', async () => {
  const { client, customerId } = await bookWith();
  const foreign = { currency: 'USD', foreignMinor: 1001, rate: '83.125' };
  const { id } = await client.bills.save(wishOf(customerId, { amountPaise: undefined, foreign }));
  // 10.01 × 83.125 = 832.08125.
  expect(await client.bills.get({ billId: id })).toMatchObject({ amountPaise: 832_08, foreign });
});

it('warns of a number that the customer has already, in whatever case and spacing, and of a day to come', async () => {
  const { client, customerId } = await bookWith();
  await client.bills.save(wishOf(customerId));
  const again = await client.bills.save(wishOf(customerId, { number: 'inv / 1', billDay: D('2026-11-23') }));
  expect(again.warnings).toMatchObject([
    { code: 'number-used', values: { number: 'INV/1', day: '01 Nov 2026', amount: '₹1,000.00' } },
    { code: 'future-day', values: { day: '23 Nov 2026' } },
  ]);
});

it('uses own and insured limit together, 100 and 50 making 150, and warns only above them (F4)', async () => {
  const { client, customerId } = await bookWith({
    creditLimitPaise: rupees(100),
    insuredLimitPaise: rupees(50),
  });
  const bill = (amount: number, number: string) =>
    client.bills.save(wishOf(customerId, { amountPaise: rupees(amount), number }));
  expect((await bill(150, 'A')).warnings).toEqual([]);
  expect((await bill(1, 'B')).warnings).toMatchObject([
    { code: 'over-limit', values: { used: '₹151.00', usable: '₹150.00', over: '₹1.00' } },
  ]);
});

it('refuses a bill above the limit of a customer who is set to block, net of what he has paid by that day', async () => {
  const engine = await bookWith({ creditLimitPaise: rupees(100), onLimit: 'block' });
  const { client, customerId } = engine;
  const bill = (amount: number, billDay: string) =>
    client.bills.save(wishOf(customerId, { amountPaise: rupees(amount), billDay: D(billDay), number: null }));
  const { id } = await bill(100, '2026-11-01');
  expect(await refusalOf(bill(1, '2026-11-02'))).toMatchObject({
    code: 'limit-blocked',
    values: { used: '₹101.00', over: '₹1.00' },
  });
  fileOf(engine).write((tx) => {
    moneyIn(tx, customerId, { amount: 60, day: '2026-11-05', allocated: new Map([[id, 40]]) });
  });
  expect(await refusalOf(bill(1, '2026-11-04'))).toMatchObject({ code: 'limit-blocked' });
  await bill(60, '2026-11-05');
  expect(await refusalOf(bill(1, '2026-11-05'))).toMatchObject({ code: 'limit-blocked' });
  // Correcting the text of the first bill takes nothing more of the limit.
  await client.bills.save(wishOf(customerId, { billId: id, amountPaise: rupees(100), number: 'Z' }));
});

it('keeps what a changed bill said before, one line for each field', async () => {
  const engine = await bookWith();
  const { client, customerId } = engine;
  const { id } = await client.bills.save(wishOf(customerId));
  await client.bills.save(wishOf(customerId, { billId: id, number: 'INV/2', amountPaise: rupees(900) }));
  const edits = fileOf(engine).read((tx) => editsOfCustomer(tx, customerId, 10));
  expect(edits.map(({ noun, rowId }) => [noun, rowId])).toEqual([
    ['bill', id],
    ['bill', id],
  ]);
  expect(Object.fromEntries(edits.map(({ field, before, after }) => [field, [before, after]]))).toEqual({
    amountPaise: ['100000', '90000'],
    number: ['INV/1', 'INV/2'],
  });
  expect(await client.bills.get({ billId: id })).toMatchObject({ number: 'INV/2', amountPaise: rupees(900) });
});

it('refuses a change below what is applied, and another customer or currency while anything is', async () => {
  const engine = await bookWith();
  const { client, customerId } = engine;
  const { id } = await client.bills.save(wishOf(customerId));
  const other = fileOf(engine).write((tx) => {
    moneyIn(tx, customerId, { amount: 400, day: '2026-11-05', allocated: new Map([[id, 400]]) });
    return aCustomer(tx, 'Bina Stores');
  });
  const change = (more: Partial<BillWish>) => client.bills.save(wishOf(customerId, { billId: id, ...more }));
  expect(await refusalOf(change({ amountPaise: rupees(399.99) }))).toMatchObject({
    code: 'below-applied',
    values: { amount: '₹399.99', applied: '₹400.00' },
  });
  expect(await refusalOf(change({ customerId: other }))).toMatchObject({ code: 'customer-applied' });
  const foreign = { currency: 'USD', foreignMinor: 100_000, rate: '80' };
  expect(await refusalOf(change({ amountPaise: undefined, foreign }))).toMatchObject({
    code: 'currency-applied',
  });
  await change({ amountPaise: rupees(400) });
  expect((await client.aging.table({})).totals.outstandingPaise).toBe(0);
});

it('refuses a change below what was applied on a day gone by, though it was taken back since', async () => {
  const book = await bookWith();
  const { client, customerId } = book;
  const { id } = await client.bills.save(wishOf(customerId));
  const { id: receiptId } = await client.receipts.save({
    customerId,
    receiptDay: D('2026-11-05'),
    amountPaise: rupees(400),
  });
  const parts = [{ billId: id, amountPaise: rupees(400) }];
  const money = { kind: 'receipt' as const, id: receiptId };
  await client.allocations.undo(await client.allocations.apply({ money, parts, day: D('2026-11-05') }));
  const change = (amount: number) =>
    client.bills.save(wishOf(customerId, { billId: id, amountPaise: rupees(amount) }));
  expect(await refusalOf(change(399))).toMatchObject({
    code: 'below-applied',
    values: { amount: '₹399.00', applied: '₹400.00' },
  });
  await change(400);
  expect((await client.aging.table({ asOf: D('2026-11-10') })).totals.outstandingPaise).toBe(0);
});

it('keeps an instalment that money names, with its id, and lets the others come and go', async () => {
  const engine = await bookWith();
  const { client, customerId } = engine;
  const part = (dueDay: string, amount: number, instalmentId?: number) => ({
    dueDay: D(dueDay),
    amountPaise: rupees(amount),
    instalmentId,
  });
  const { id } = await client.bills.save(
    wishOf(customerId, { instalments: [part('2026-11-10', 400), part('2026-12-10', 600)] }),
  );
  const [first, second] = (await client.bills.get({ billId: id })).instalments;
  const receipt = await client.receipts.save({
    customerId,
    receiptDay: TODAY,
    amountPaise: rupees(500),
    allocate: [{ billId: id, instalmentId: second?.instalmentId, amountPaise: rupees(500) }],
  });
  expect(receipt.id).toBeGreaterThan(0);
  const change = (instalments: BillWish['instalments']) =>
    client.bills.save(wishOf(customerId, { billId: id, instalments }));
  expect(await refusalOf(change([]))).toMatchObject({
    code: 'instalment-applied',
    values: { applied: '₹500.00', day: '10 Dec 2026' },
  });
  expect(
    await refusalOf(change([part('2026-11-10', 501), part('2026-12-10', 499, second?.instalmentId)])),
  ).toMatchObject({ code: 'instalment-applied' });
  await change([
    part('2026-12-20', 550, second?.instalmentId),
    part('2026-11-15', 250),
    part('2027-01-01', 200),
  ]);
  const after = (await client.bills.get({ billId: id })).instalments;
  expect(after.map((one) => [one.dueDay, one.instalmentId === second?.instalmentId])).toEqual([
    ['2026-11-15', false],
    ['2026-12-20', true],
    ['2027-01-01', false],
  ]);
  expect(after.map((one) => one.instalmentId)).not.toContain(first?.instalmentId);
  const { rows } = await client.bills.listOpen({ customerId });
  expect(rows.map(({ dueDay, openPaise }) => [dueDay, openPaise])).toEqual([
    ['2026-11-15', rupees(250)],
    ['2026-12-20', rupees(50)],
    ['2027-01-01', rupees(200)],
  ]);
});

it('takes a voided bill out of every figure of every day, and brings it back with what was applied to it', async () => {
  const engine = await bookWith();
  const { client, customerId } = engine;
  const { id } = await client.bills.save(wishOf(customerId));
  fileOf(engine).write((tx) => {
    moneyIn(tx, customerId, { amount: 700, day: '2026-11-05', allocated: new Map([[id, 600]]) });
  });
  const days = ['2026-11-01', '2026-11-05', '2026-11-22', '2027-02-01'].map(D);
  const figures = () => Promise.all(days.map(async (asOf) => (await client.aging.table({ asOf })).totals));
  const before = await figures();
  await client.bills.void({ billId: id, reason: 'Entered twice' });
  expect((await figures()).map((one) => one.outstandingPaise)).toEqual([0, -700_00, -700_00, -700_00]);
  expect((await client.bills.get({ billId: id })).voidReason).toBe('Entered twice');
  expect(await refusalOf(client.bills.void({ billId: id, reason: 'Again' }))).toMatchObject({
    code: 'document-voided',
  });
  expect(await refusalOf(client.bills.save(wishOf(customerId, { billId: id })))).toMatchObject({
    code: 'document-voided',
  });
  expect(await client.bills.restore({ billId: id })).toEqual({ warnings: [] });
  expect(await figures()).toEqual(before);
  expect(await refusalOf(client.bills.restore({ billId: id }))).toMatchObject({
    code: 'document-not-voided',
  });
});

it('restores a bill without the money that went elsewhere meanwhile, and says how much that is', async () => {
  const engine = await bookWith();
  const { client, customerId } = engine;
  const { id } = await client.bills.save(wishOf(customerId));
  const receipt = await client.receipts.save({
    customerId,
    receiptDay: D('2026-11-05'),
    amountPaise: rupees(1000),
    allocate: 'oldest-first',
  });
  await client.bills.void({ billId: id, reason: 'Wrong' });
  const other = await client.bills.save(wishOf(customerId, { number: 'B', amountPaise: rupees(300) }));
  await client.allocations.apply({
    money: { kind: 'receipt', id: receipt.id },
    parts: [{ billId: other.id, amountPaise: rupees(300) }],
  });
  expect((await client.bills.restore({ billId: id })).warnings).toMatchObject([
    { code: 'not-applied-again', values: { amount: '₹1,000.00' } },
  ]);
  for (const asOf of [D('2026-11-10'), TODAY]) {
    expect((await client.aging.table({ asOf })).totals.outstandingPaise).toBe(rupees(300));
  }
});

it('flags a bill as not to be chased, with the reason kept, and takes the flag away', async () => {
  const { client, customerId } = await bookWith();
  const { id } = await client.bills.save(wishOf(customerId));
  await client.bills.doNotChase({ billId: id, reason: 'Goods returned' });
  expect((await client.bills.get({ billId: id })).doNotChaseReason).toBe('Goods returned');
  await client.bills.doNotChase({ billId: id, reason: null });
  expect((await client.bills.get({ billId: id })).doNotChaseReason).toBeNull();
});

it('finds bills by number: the same one first, then beginnings, then parts; never void ones', async () => {
  const { client, customerId } = await bookWith();
  const numbers = ['XX-INV-7', 'INV-70', 'INV-7', 'inv-700', '100%', 'A_1', 'AB1C', 'INV-71'];
  const ids = new Map<string, number>();
  for (const number of numbers) ids.set(number, (await client.bills.save(wishOf(customerId, { number }))).id);
  await client.bills.void({ billId: ids.get('INV-71') ?? 0, reason: 'x' });
  const search = async (text: string): Promise<string[]> =>
    (await client.bills.search({ text })).map(({ number }) => number);
  expect(await search('INV-7')).toEqual(['INV-7', 'INV-70', 'inv-700', 'XX-INV-7']);
  expect(await search('inv-7')).toEqual(['INV-7', 'INV-70', 'inv-700', 'XX-INV-7']);
  expect(await search('V-70')).toEqual(['INV-70', 'inv-700']);
  // Below three characters in a row only beginnings: neither sign is a pattern.
  expect(await search('A_1')).toEqual(['A_1']);
  expect(await search('0%')).toEqual([]);
  expect(await search('100%')).toEqual(['100%']);
  expect(await search('B1')).toEqual([]);
  expect(await search('  ')).toEqual([]);
  // A changed number is found at once; the old one is forgotten.
  await client.bills.save(wishOf(customerId, { billId: ids.get('AB1C'), number: 'QWERTY' }));
  expect(await search('WERT')).toEqual(['QWERTY']);
  expect(await search('AB1C')).toEqual([]);
});

it('searches through the indexes, not over the bills', async () => {
  const engine = await bookWith();
  const planOf = (sql: string): string =>
    fileOf(engine).read((tx) =>
      tx.sqlite
        .prepare<[object], { detail: string }>(`explain query plan ${sql}`)
        .all({ text: 'INV-7', end: 'INV-8', most: 50 })
        .map(({ detail }) => detail)
        .join('\n'),
    );
  expect(planOf(billSearchSql.exact)).toContain('SEARCH b USING INDEX bills_number (number=?)');
  expect(planOf(billSearchSql.prefix)).toContain('USING INDEX bills_number (number>? AND number<?)');
  // L = the pattern is answered by the trigram index.
  expect(planOf(billSearchSql.part)).toMatch(/SCAN f VIRTUAL TABLE INDEX 0:L0/);
  expect(planOf(billSearchSql.lastIndexed)).not.toContain('TEMP B-TREE');
  for (const sql of Object.values(billSearchSql)) expect(planOf(sql)).not.toMatch(/SCAN b\b|TEMP B-TREE/);
});

it('warns that an imported bill which was changed by hand may be changed back', async () => {
  const engine = await bookWith();
  const { client, customerId } = engine;
  const billId = fileOf(engine).write((tx) => aBill(tx, customerId, { amount: 100, billDay: '2026-11-01' }));
  const { warnings } = await client.bills.save(wishOf(customerId, { billId }));
  expect(warnings).toMatchObject([{ code: 'imported-changed' }]);
});
