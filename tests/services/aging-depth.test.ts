import { day } from '#domain/days.ts';
import { insertCustomer, updateCustomer } from '#engine/storage/customers.ts';
import type { WriteTx } from '#engine/storage/database.ts';
import { expect, it } from 'vitest';
import { aBill, aCustomer, fileOf, moneyIn, rupees } from '../builders/facts.ts';
import { tempBook, type TempEngine } from '../builders/temp-engine.ts';

const TODAY = day('2026-11-22');

async function bookWith(fill: (tx: WriteTx) => void): Promise<TempEngine> {
  const engine = await tempBook();
  fileOf(engine).write(fill);
  return engine;
}

it('calls a bill overdue only beyond the grace, and leaves it open and in its bucket (F2, AG17)', async () => {
  const { client } = await bookWith((tx) => {
    aBill(tx, aCustomer(tx), { amount: 100, billDay: '2026-11-01', dueDay: '2026-11-20' });
  });
  const strict = (await client.aging.table({ graceDays: 0 })).totals;
  expect(strict).toMatchObject({ overduePaise: rupees(100), overdueBillCount: 1, oldestDays: 2 });
  const lenient = (await client.aging.table({ graceDays: 3 })).totals;
  expect(lenient).toMatchObject({ overduePaise: 0, overdueBillCount: 0, oldestDays: 0, openBillCount: 1 });
  expect(lenient.outstandingPaise).toBe(rupees(100));
  expect(lenient.buckets).toEqual(strict.buckets);
  expect((await client.bills.listOpen({ part: 'overdue', graceDays: 3 })).rows).toEqual([]);
  expect((await client.bills.listOpen({ part: 'overdue', graceDays: 1 })).rows.length).toBe(1);
});

it('ages by the bill day when asked, in the table and in the list alike (AG2)', async () => {
  const { client } = await bookWith((tx) => {
    aBill(tx, aCustomer(tx), { amount: 100, billDay: '2026-09-01', dueDay: '2026-11-10' });
  });
  expect((await client.aging.table({ by: 'bill' })).totals.buckets).toEqual([0, 0, 0, rupees(100), 0, 0]);
  const { rows } = await client.bills.listOpen({ by: 'bill', bucket: 3 });
  expect(rows).toMatchObject([{ bucket: 3, daysLate: 12 }]);
  expect((await client.bills.listOpen({ by: 'due', bucket: 3 })).rows).toEqual([]);
});

it('shows gross without, and net with, credits that are not applied (AG8, C9)', async () => {
  const { client } = await bookWith((tx) => {
    const customerId = aCustomer(tx);
    aBill(tx, customerId, { amount: 20_000, billDay: '2026-11-12' });
    moneyIn(tx, customerId, { amount: 5000, day: '2026-10-13', kind: 'advance' });
  });
  const net = (await client.aging.table({ credits: 'net' })).totals;
  expect(net.buckets).toEqual([0, rupees(20_000), rupees(-5000), 0, 0, 0]);
  const gross = (await client.aging.table({ credits: 'gross' })).totals;
  expect(gross.buckets).toEqual([0, rupees(20_000), 0, 0, 0, 0]);
  expect([net.outstandingPaise, gross.outstandingPaise]).toEqual([rupees(15_000), rupees(20_000)]);
  expect([net.unallocatedPaise, gross.unallocatedPaise]).toEqual([rupees(-5000), rupees(-5000)]);
  expect((await client.bills.listOpen({ credits: 'gross' })).openPaise).toBe(rupees(20_000));
  const trend = await client.aging.trend({ credits: 'gross', months: 2 });
  expect(trend.months.at(-1)?.buckets).toEqual(gross.buckets);
});

it('keeps future money in a column of its own, and knows none of it from a past day (AG9, A14)', async () => {
  const { client } = await bookWith((tx) => {
    const customerId = aCustomer(tx);
    const billId = aBill(tx, customerId, { amount: 100, billDay: '2026-11-01' });
    moneyIn(tx, customerId, { amount: 60, day: '2026-11-23', allocated: new Map([[billId, 60]]) });
    moneyIn(tx, customerId, { amount: 40, day: '2026-11-10', chequeDay: '2026-12-24' });
  });
  const on = async (asOf: string) => (await client.aging.table({ asOf: day(asOf) })).totals;
  expect(await on(TODAY)).toMatchObject({ outstandingPaise: rupees(100), postDatedPaise: rupees(100) });
  expect(await on('2026-11-15')).toMatchObject({ outstandingPaise: rupees(100), postDatedPaise: rupees(40) });
  expect(await on('2026-11-05')).toMatchObject({ outstandingPaise: rupees(100), postDatedPaise: 0 });
  expect(await on('2026-11-23')).toMatchObject({ outstandingPaise: rupees(40), postDatedPaise: rupees(40) });
  expect(await on('2026-12-24')).toMatchObject({ outstandingPaise: 0, postDatedPaise: 0 });
  const { rows } = await client.customers.list({});
  expect(rows).toMatchObject([{ postDatedPaise: rupees(100) }]);
});

it('counts a bill in instalments once, each instalment in its own bucket (AG7, C8)', async () => {
  const { client } = await bookWith((tx) => {
    aBill(tx, aCustomer(tx), {
      amount: 90_000,
      billDay: '2026-10-20',
      terms: [
        ['2026-11-20', 27_000],
        ['2026-12-20', 27_000],
        ['2027-01-19', 36_000],
      ],
    });
  });
  const summary = await client.aging.summary({});
  expect(summary.totals.buckets).toEqual([rupees(63_000), rupees(27_000), 0, 0, 0, 0]);
  expect(summary.totals).toMatchObject({ openBillCount: 1, overdueBillCount: 1, oldestDays: 2 });
  expect(summary.bucketBillCounts).toEqual([2, 1, 0, 0, 0, 0]);
  expect(summary.dueSoonPaise).toBe(rupees(27_000));
});

type Facts = Partial<Parameters<typeof insertCustomer>[1]>;

function known(tx: WriteTx, name: string, facts: Facts, amount: number): number {
  const customerId = aCustomer(tx, name);
  updateCustomer(tx, customerId, facts);
  aBill(tx, customerId, { amount, billDay: '2026-10-01' });
  return customerId;
}

it('groups by payer, salesperson, territory, account group and tag, and opens the bills of a group (AG13)', async () => {
  const { client } = await bookWith((tx) => {
    const head = known(tx, 'Head Office', { salesperson: 'Ravi', territory: 'North' }, 100);
    const branch = known(
      tx,
      'Branch',
      { parentId: head, salesperson: 'Ravi', groupPath: 'Debtors/North' },
      20,
    );
    known(tx, 'Lone Shop', { salesperson: 'Sita' }, 3);
    const tag = tx.sqlite.prepare('insert into customer_tags (customer_id, tag) values (?, ?)');
    for (const name of ['key', 'slow']) tag.run(branch, name);
    tag.run(head, 'key');
  });
  const groupsBy = async (groupBy: 'parent' | 'salesperson' | 'territory' | 'group' | 'tag') => {
    const { rows, totals } = await client.aging.groups({ groupBy });
    expect(totals.outstandingPaise).toBe(rupees(123));
    for (const { key, outstandingPaise } of rows) {
      const open = await client.bills.listOpen({ group: { by: groupBy, key } });
      expect(open.openPaise).toBe(outstandingPaise);
    }
    return rows.map((row) => [row.name, row.customerCount, row.outstandingPaise / 100]);
  };
  expect(await groupsBy('parent')).toEqual([
    ['Head Office', 2, 120],
    ['', 1, 3],
  ]);
  expect(await groupsBy('salesperson')).toEqual([
    ['Ravi', 2, 120],
    ['Sita', 1, 3],
  ]);
  expect(await groupsBy('territory')).toEqual([
    ['North', 1, 100],
    ['', 2, 23],
  ]);
  expect(await groupsBy('group')).toEqual([
    ['', 2, 103],
    ['Debtors/North', 1, 20],
  ]);
  // Who bears two tags stands in both rows, and once in the totals.
  expect(await groupsBy('tag')).toEqual([
    ['key', 2, 120],
    ['slow', 1, 20],
    ['', 1, 3],
  ]);
  const { rows } = await client.customers.list({});
  expect(rows.map((row) => [row.name, row.parentName, row.tags])).toEqual([
    ['Branch', 'Head Office', ['key', 'slow']],
    ['Head Office', null, ['key']],
    ['Lone Shop', null, []],
  ]);
});

function inDollars(tx: WriteTx, table: 'bills' | 'receipts', id: number, minor: number): void {
  tx.sqlite
    .prepare(`update ${table} set currency = 'USD', foreign_minor = ?, rate_e6 = 80000000 where id = ?`)
    .run(minor, id);
}

it('shows what is owed in the currency of the party and never adds currencies together (AG10, A18, C10)', async () => {
  const { client } = await bookWith((tx) => {
    const customerId = aCustomer(tx);
    inDollars(tx, 'bills', aBill(tx, customerId, { amount: 8000, billDay: '2026-10-01' }), 100_00);
    aBill(tx, customerId, { amount: 500, billDay: '2026-10-01' });
    moneyIn(tx, customerId, { amount: 2000, day: '2026-10-10', allocated: new Map([[1, 2000]]) });
  });
  const { currencies } = await client.aging.byCurrency({});
  expect(currencies).toMatchObject([
    { currency: 'INR', openMinor: rupees(500), basePaise: rupees(500) },
    { currency: 'USD', openMinor: 75_00, basePaise: rupees(6000), bucketMinors: [0, 0, 75_00, 0, 0, 0] },
  ]);
  const { totals } = await client.aging.table({});
  expect(currencies.reduce((sum, one) => sum + one.basePaise, 0)).toBe(totals.outstandingPaise);
});

it('leaves nothing of a foreign bill when shares that had to be rounded close it', async () => {
  const engine = await bookWith((tx) => {
    const customerId = aCustomer(tx);
    inDollars(tx, 'bills', aBill(tx, customerId, { amount: 100, billDay: '2026-10-01' }), 1_25);
    for (const [on, amount] of [
      ['2026-10-02', 33.33],
      ['2026-10-03', 33.33],
      ['2026-10-04', 33.34],
    ] as const)
      moneyIn(tx, customerId, { amount, day: on, allocated: new Map([[1, amount]]) });
  });
  const openOn = async (asOf: string) =>
    (await engine.client.aging.byCurrency({ asOf: day(asOf) })).currencies.map((one) => one.openMinor);
  expect(await openOn('2026-10-02')).toEqual([83]);
  expect(await openOn('2026-10-03')).toEqual([41]);
  expect(await openOn('2026-10-04')).toEqual([]);
});

it('explains a figure by documents that add up to it, with what was applied to each (AG12)', async () => {
  const { client } = await bookWith((tx) => {
    const customerId = aCustomer(tx);
    const billId = aBill(tx, customerId, {
      amount: 100,
      billDay: '2026-09-01',
      terms: [
        ['2026-09-30', 30],
        ['2026-10-30', 70],
      ],
    });
    moneyIn(tx, customerId, { amount: 50, day: '2026-10-05', allocated: new Map([[billId, 40]]) });
    aBill(tx, customerId, { amount: 7, billDay: '2026-11-01' });
  });
  const whole = await client.aging.explain({});
  expect(whole.documents.map((one) => [one.kind, one.amountPaise / 100, one.openPaise / 100])).toEqual([
    ['invoice', 70, 60],
    ['receipt', -50, -10],
    ['invoice', 7, 7],
  ]);
  for (const one of whole.documents) {
    const applied = one.applied.reduce((sum, part) => sum + part.amountPaise, 0);
    expect(one.amountPaise - applied).toBe(one.openPaise);
  }
  expect(whole).toMatchObject({ totalPaise: rupees(57), restCount: 0, restPaise: 0, roundingPaise: 0 });
  const cut = await client.aging.explain({ most: 1 });
  expect(cut).toMatchObject({ totalPaise: rupees(57), restCount: 2, restPaise: rupees(-3) });
  const one = await client.aging.explain({ billId: 2 });
  expect(one).toMatchObject({ totalPaise: rupees(7), documents: [{ key: 'bill:2:1' }] });
  const bucket = await client.aging.explain({ bucket: 1 });
  expect(bucket.totalPaise).toBe((await client.aging.table({})).totals.buckets[1]);
});

it('works out its key figures as their definitions say (AG14, AG16)', async () => {
  const { client } = await bookWith((tx) => {
    const one = aCustomer(tx, 'One');
    const two = aCustomer(tx, 'Two');
    // Open at the start of the 90 days, and 113 days late at their end.
    aBill(tx, one, { amount: 1000, billDay: '2026-07-02', dueDay: '2026-08-01' });
    const paidLate = aBill(tx, one, { amount: 600, billDay: '2026-09-01', dueDay: '2026-10-01' });
    moneyIn(tx, one, { amount: 600, day: '2026-10-11', allocated: new Map([[paidLate, 600]]) });
    const paidEarly = aBill(tx, two, { amount: 300, billDay: '2026-09-01', dueDay: '2026-10-01' });
    moneyIn(tx, two, { amount: 300, day: '2026-09-26', allocated: new Map([[paidEarly, 300]]) });
    aBill(tx, two, { amount: 500, billDay: '2026-11-10', dueDay: '2026-12-10' });
  });
  const figures = await client.aging.keyFigures({});
  expect(figures.dso).toEqual({
    tenths: Math.round((1500 / 1400) * 900),
    receivablesPaise: rupees(1500),
    salesPaise: rupees(1400),
  });
  // 600 ten days late and 300 five days early: 4500 rupee-days over 900 rupees.
  expect(figures.averageDaysLate).toEqual({ tenths: 50, settledPaise: rupees(900) });
  // (1000 + 1400 − 1500) of (1000 + 1400 − 500).
  expect(figures.collectionEffectiveness).toEqual({
    bps: Math.round((900 / 1900) * 10_000),
    partPaise: rupees(900),
    wholePaise: rupees(1900),
  });
  expect(figures.ninetyPlus).toEqual({ bps: 6667, partPaise: rupees(1000), wholePaise: rupees(1500) });
  expect(figures.topTen).toMatchObject({ bps: 10_000 });
  const { rows } = await client.customers.list({});
  expect(rows.map((row) => [row.name, row.averageDaysLateTenths])).toEqual([
    ['One', 100],
    ['Two', -50],
  ]);
});

it('has no figure where there is nothing to divide by, and no days in an empty book', async () => {
  const { client } = await tempBook();
  const figures = await client.aging.keyFigures({});
  expect(figures).toMatchObject({
    dso: { tenths: null },
    averageDaysLate: { tenths: null },
    topTen: { bps: null },
  });
  expect(await client.aging.span()).toBeNull();
  expect((await client.aging.summary({})).topDebtors).toEqual([]);
});

it('spans from the first document to the last due day, also when it was written after the first question', async () => {
  const engine = await bookWith((tx) => void aBill(tx, aCustomer(tx), { amount: 1, billDay: '2026-05-05' }));
  expect(await engine.client.aging.span()).toEqual({ firstDay: '2026-05-05', lastDay: '2026-05-05' });
  fileOf(engine).write((tx) => void aBill(tx, 1, { amount: 1, billDay: '2026-06-05', dueDay: '2027-01-31' }));
  expect(await engine.client.aging.span()).toEqual({ firstDay: '2026-05-05', lastDay: '2027-01-31' });
});

it('gives the same figures of a summary as of a table on each of many days', async () => {
  const { client } = await bookWith((tx) => {
    for (let at = 1; at <= 15; at += 1) {
      const customerId = aCustomer(tx, `Customer ${at}`);
      const billId = aBill(tx, customerId, { amount: 10 * at, billDay: `2026-0${(at % 9) + 1}-15` });
      if (at % 2 === 0)
        moneyIn(tx, customerId, { amount: 15 * at, day: '2026-10-01', allocated: new Map([[billId, at]]) });
    }
  });
  for (const asOf of ['2026-01-31', '2026-06-30', '2026-09-30', '2026-10-01', '2026-11-22'].map(day)) {
    const [table, summary] = [await client.aging.table({ asOf }), await client.aging.summary({ asOf })];
    expect(summary.totals).toEqual(table.totals);
    expect(summary.topDebtors).toEqual(table.rows.slice(0, 10));
    const before = await client.aging.table({ asOf: summary.previousDay });
    expect(summary.previous).toEqual(before.totals);
  }
});

it('shows what a receipt of tomorrow overpays once, and its parts on each bill once (A15, A16)', async () => {
  const { client } = await bookWith((tx) => {
    const one = aCustomer(tx, 'One');
    const over = aBill(tx, one, { amount: 100, billDay: TODAY });
    moneyIn(tx, one, { amount: 110, day: '2026-11-23', allocated: new Map([[over, 100]]) });
    const two = aCustomer(tx, 'Two');
    const ids = [1, 2].map(() => aBill(tx, two, { amount: 100, billDay: TODAY }));
    const allocated = new Map(ids.map((id) => [id, 50]));
    moneyIn(tx, two, { amount: 100, day: '2026-11-23', allocated });
  });
  const { totals } = await client.aging.table({});
  expect(totals).toMatchObject({ outstandingPaise: rupees(300), postDatedPaise: rupees(210) });
  const { rows } = await client.bills.listOpen({ asOf: day('2026-11-23') });
  expect(rows.map((row) => row.openPaise / 100).toSorted((a, b) => a - b)).toEqual([-10, 50, 50]);
});

it('keeps two bills of one number apart, and a bill of before the period in (A22, C11)', async () => {
  const { client } = await bookWith((tx) => {
    const customerId = aCustomer(tx);
    for (const amount of [150, 200]) aBill(tx, customerId, { amount, billDay: '2026-04-02' });
    tx.sqlite.exec("update bills set number = 'INV/1'");
    aBill(tx, customerId, { amount: 40, billDay: '2026-02-10' });
  });
  const { rows } = await client.bills.listOpen({ asOf: day('2026-04-02') });
  expect(rows.map((row) => [row.number, row.openPaise / 100])).toEqual([
    [null, 40],
    ['INV/1', 150],
    ['INV/1', 200],
  ]);
});
