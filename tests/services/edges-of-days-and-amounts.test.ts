import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { expect, it } from 'vitest';
import { refusalOf, rupees } from '../builders/facts.ts';
import { importLines } from '../builders/imports.ts';
import { tempBook } from '../builders/temp-engine.ts';

/** 2027-04-01, 00:30 in India: still 31 March, and another financial year, in UTC. */
const AFTER_MIDNIGHT = Date.UTC(2027, 2, 31, 19, 0);

it('lives on the company’s day between midnight and half past five, in figures, imports and undoing alike', async () => {
  const { client, ...engine } = await tempBook(() => AFTER_MIDNIGHT);
  const list = [
    'Party Name,Bill No,Bill Date,Due Date,Amount,Balance',
    'Asha,A/1,2027-03-01,2027-03-31,100,60',
  ];
  await importLines({ client, ...engine }, list);
  const table = await client.aging.table({});
  expect(table.asOf).toBe('2027-04-01');
  expect(table.totals).toMatchObject({ overduePaise: rupees(60), oldestDays: 1 });
  const { bills } = await client.customers.get({ customerId: 1 });
  const [settlement] = bills[0]?.settlements ?? [];
  expect(settlement?.allocationDay).toBe('2027-04-01');
  await client.allocations.undo({ allocationIds: [settlement?.allocationId ?? 0] });
  const before = await client.aging.table({ asOf: day('2027-03-31') });
  expect(before.totals).toMatchObject({ outstandingPaise: rupees(100), overduePaise: 0 });
  expect((await client.books.current())?.today).toBe('2027-04-01');
});

it('counts the 29th of February as a day like any other, and month-ends by their own length', async () => {
  const { client } = await tempBook();
  const { customerId } = await client.customers.save({ name: 'Asha', creditDays: 30 });
  await client.bills.save({ customerId, billDay: day('2024-01-30'), amountPaise: rupees(100) });
  const on = async (asOf: string) => (await client.aging.table({ asOf: day(asOf) })).totals;
  expect(await on('2024-02-29')).toMatchObject({ overduePaise: 0, oldestDays: 0 });
  expect(await on('2024-03-01')).toMatchObject({ overduePaise: rupees(100), oldestDays: 1 });
  expect(await on('2025-02-28')).toMatchObject({ oldestDays: 365 });
  expect(await on('2025-03-01')).toMatchObject({ oldestDays: 366 });
  const { months } = await client.aging.trend({ asOf: day('2024-03-31'), months: 3 });
  expect(months.map((month) => month.day)).toEqual(['2024-01-31', '2024-02-29', '2024-03-31']);
  const { previousDay } = await client.aging.summary({ asOf: day('2024-03-31') });
  expect(previousDay).toBe('2024-02-29');
  const invalid = client.aging.table({ asOf: '2026-02-29' as never });
  await expect(invalid).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

it('knows nothing before the first day, everything after the last, and a bill due in 2099 as not due', async () => {
  const { client } = await tempBook();
  const { customerId } = await client.customers.save({ name: 'Asha' });
  const wish = { customerId, billDay: day('2026-12-31'), dueDay: day('2099-12-31') };
  await client.bills.save({ ...wish, amountPaise: rupees(10) });
  const on = async (asOf: string) => (await client.aging.table({ asOf: day(asOf) })).totals;
  expect(await on('2026-12-30')).toMatchObject({ outstandingPaise: 0, openBillCount: 0 });
  expect(await on('2026-12-31')).toMatchObject({ outstandingPaise: rupees(10), overduePaise: 0 });
  expect((await on('2099-12-31')).buckets).toEqual([rupees(10), 0, 0, 0, 0, 0]);
  expect((await on('2100-01-01')).buckets).toEqual([0, rupees(10), 0, 0, 0, 0]);
  expect(await client.aging.span()).toEqual({ firstDay: '2026-12-31', lastDay: '2099-12-31' });
});

it('adds one paisa to nine thousand crore without losing it, and says what is too large', async () => {
  const { client } = await tempBook();
  const { customerId } = await client.customers.save({ name: 'Asha' });
  const wish = { customerId, billDay: day('2026-10-01') };
  await client.bills.save({ ...wish, amountPaise: paise(1) });
  await client.bills.save({ ...wish, amountPaise: paise(9_000_000_000_000) });
  const { totals } = await client.aging.table({});
  expect(totals).toMatchObject({
    outstandingPaise: 9_000_000_000_001,
    overduePaise: 9_000_000_000_001,
  });
  const refused = await refusalOf(client.bills.save({ ...wish, amountPaise: paise(9e15) }));
  expect(refused).toMatchObject({ code: 'amount-too-large', field: 'amountPaise' });
  const nothing = await refusalOf(client.bills.save({ ...wish, amountPaise: paise(0) }));
  expect(nothing.code).toBe('amount-not-positive');
});
