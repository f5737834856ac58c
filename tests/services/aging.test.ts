import { addDays, day } from '#domain/days.ts';
import { expect, it } from 'vitest';
import { aBill, aCustomer, fileOf, moneyIn, rupees } from '../builders/facts.ts';
import { NOON, tempBook } from '../builders/temp-engine.ts';

const TODAY = '2026-11-22';

it('puts a bill exactly 30 days late into 1–30, in the table and in the list alike (C3)', async () => {
  const engine = await tempBook();
  fileOf(engine).write(
    (tx) => void aBill(tx, aCustomer(tx), { amount: 50, billDay: '2026-10-01', dueDay: '2026-10-23' }),
  );
  const table = await engine.client.aging.table({ asOf: day(TODAY) });
  expect(table.totals.buckets).toEqual([0, 50_00, 0, 0, 0, 0]);
  const { rows } = await engine.client.bills.listOpen({ asOf: day(TODAY), bucket: 1 });
  expect(rows).toMatchObject([{ daysLate: 30, bucket: 1 }]);
});

it('shows a bill due in five days as minus five days late and not as overdue (C12)', async () => {
  const engine = await tempBook();
  fileOf(engine).write(
    (tx) => void aBill(tx, aCustomer(tx), { amount: 50, billDay: '2026-11-01', dueDay: '2026-11-27' }),
  );
  const { rows } = await engine.client.bills.listOpen({});
  expect(rows).toMatchObject([{ daysLate: -5, bucket: 0 }]);
  expect((await engine.client.aging.table({})).totals).toMatchObject({ overduePaise: 0, oldestDays: 0 });
});

it('ages at the as-of day whatever the day the report is run on (C13)', async () => {
  for (const now of [NOON, NOON + 400 * 86_400_000]) {
    const engine = await tempBook(() => now);
    fileOf(engine).write(
      (tx) => void aBill(tx, aCustomer(tx), { amount: 1000, billDay: '2026-02-01', dueDay: '2026-03-01' }),
    );
    const { rows } = await engine.client.bills.listOpen({ asOf: day('2026-03-31') });
    expect(rows).toMatchObject([{ daysLate: 30, bucket: 1, openPaise: rupees(1000) }]);
  }
});

it('takes today from the calendar of the company, not from UTC', async () => {
  // 23:30 UTC on the 21st is five in the morning of the 22nd in India.
  const engine = await tempBook(() => Date.UTC(2026, 10, 21, 23, 30));
  expect((await engine.client.books.current())?.today).toBe(TODAY);
  expect((await engine.client.aging.table({})).asOf).toBe(TODAY);
});

it('does not count a post-dated cheque before its day', async () => {
  const engine = await tempBook();
  fileOf(engine).write((tx) => {
    const customerId = aCustomer(tx);
    const billId = aBill(tx, customerId, { amount: 100, billDay: '2026-10-01' });
    moneyIn(tx, customerId, {
      amount: 100,
      day: '2026-11-20',
      chequeDay: '2026-12-05',
      allocated: new Map([[billId, 100]]),
    });
  });
  const outstanding = async (asOf: string): Promise<number> =>
    (await engine.client.aging.table({ asOf: day(asOf) })).totals.outstandingPaise;
  expect(await outstanding('2026-12-04')).toBe(rupees(100));
  expect(await outstanding('2026-12-05')).toBe(0);
});

it('ignores a receipt that came after the as-of day, though it is paid today', async () => {
  const engine = await tempBook();
  fileOf(engine).write((tx) => {
    const customerId = aCustomer(tx);
    const billId = aBill(tx, customerId, { amount: 100, billDay: '2026-05-01' });
    moneyIn(tx, customerId, { amount: 100, day: '2026-06-10', allocated: new Map([[billId, 100]]) });
  });
  expect((await engine.client.aging.table({ asOf: day('2026-06-09') })).totals.buckets[2]).toBe(rupees(100));
  expect((await engine.client.aging.table({})).rows).toEqual([]);
});

it('gives the same figures in the table, the summary, the customer list and the customer page', async () => {
  const engine = await tempBook();
  fileOf(engine).write((tx) => {
    const one = aCustomer(tx, 'Asha Stores');
    const two = aCustomer(tx, 'Bina Stores');
    aBill(tx, one, { amount: 100.25, billDay: '2026-01-05', dueDay: '2026-02-04' });
    moneyIn(tx, one, { amount: 30, day: '2026-03-01', kind: 'on-account' });
    const billId = aBill(tx, two, { amount: 900, billDay: '2026-11-01', dueDay: '2026-12-01' });
    moneyIn(tx, two, { amount: 250.1, day: '2026-11-20', allocated: new Map([[billId, 250.1]]) });
  });
  const { client } = engine;
  const table = await client.aging.table({});
  const summary = await client.aging.summary({});
  const list = await client.customers.list({});
  const pages = await Promise.all(list.rows.map(({ customerId }) => client.customers.get({ customerId })));
  expect(table.totals.outstandingPaise).toBe(rupees(100.25 - 30 + 900 - 250.1));
  expect(summary.totals).toEqual(table.totals);
  expect(list.totals).toEqual(table.totals);
  for (const page of pages) {
    expect(page.figures).toEqual({
      ...table.rows.find((row) => row.customerId === page.customer.customerId),
      customerId: undefined,
      name: undefined,
      code: undefined,
    });
    const open = page.bills.reduce((sum, bill) => sum + bill.openPaise, 0);
    expect(open + page.figures.unallocatedPaise).toBe(page.figures.outstandingPaise);
  }
  expect(summary).toMatchObject({ ninetyPlusPaise: rupees(100.25), dueSoonPaise: rupees(649.9) });
});

it('shows under a bill the receipts that lowered it, and no later ones', async () => {
  const engine = await tempBook();
  const customerId = fileOf(engine).write((tx) => {
    const id = aCustomer(tx);
    const billId = aBill(tx, id, { amount: 500, billDay: '2026-09-01' });
    moneyIn(tx, id, { amount: 100, day: '2026-09-10', allocated: new Map([[billId, 100]]) });
    moneyIn(tx, id, { amount: 50, day: '2026-10-10', allocated: new Map([[billId, 50]]) });
    return id;
  });
  const page = await engine.client.customers.get({ customerId, asOf: day('2026-09-30') });
  expect(page.bills).toMatchObject([
    { openPaise: rupees(400), settlements: [{ allocationDay: '2026-09-10', amountPaise: rupees(100) }] },
  ]);
});

it('draws a trend whose last month is the as-of day and whose figures are those of the table', async () => {
  const engine = await tempBook();
  fileOf(engine).write(
    (tx) => void aBill(tx, aCustomer(tx), { amount: 70, billDay: '2026-08-20', dueDay: '2026-09-10' }),
  );
  const { months } = await engine.client.aging.trend({ months: 4 });
  expect(months.map((month) => month.day)).toEqual(['2026-08-31', '2026-09-30', '2026-10-31', TODAY]);
  for (const month of months) {
    const table = await engine.client.aging.table({ asOf: month.day });
    expect(month.buckets).toEqual(table.totals.buckets);
  }
  expect(months.map((month) => month.buckets.findIndex((amount) => amount > 0))).toEqual([0, 1, 2, 3]);
});

it('sees a bill that another process wrote into the same book', async () => {
  const engine = await tempBook();
  expect((await engine.client.aging.table({})).rows).toEqual([]);
  const { openDatabase } = await import('#engine/storage/database.ts');
  const other = openDatabase(fileOf(engine).file, engine.dataFolder);
  other.write((tx) => void aBill(tx, aCustomer(tx), { amount: 10, billDay: addDays(day(TODAY), -1) }));
  other.close();
  expect((await engine.client.aging.table({})).totals.outstandingPaise).toBe(rupees(10));
});
