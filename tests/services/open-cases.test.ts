import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { addDays, day, type Day } from '#domain/days.ts';
import { describe, expect, it } from 'vitest';
import { aBill, aCustomer, fileOf, moneyIn, rupees } from '../builders/facts.ts';
import { importLines } from '../builders/imports.ts';
import { tempBook, type TempEngine } from '../builders/temp-engine.ts';

// The cases peers were caught by, replayed through the contract. Amounts are rupees, whole days are offsets from D.

type Event = {
  readonly t: 'inv' | 'rcp' | 'cn';
  readonly id: string;
  readonly amt: number;
  readonly date: number | string;
  readonly due?: number | string;
  readonly terms?: readonly (readonly [number, number])[];
  readonly alloc?: Readonly<Record<string, number>>;
  readonly alloc_on?: number | string;
  readonly void?: boolean;
};
type Case = {
  readonly id: string;
  readonly base?: string;
  readonly as_of: number | string;
  readonly events?: readonly Event[];
  readonly expect: {
    readonly rows?: readonly (readonly [string, number])[];
    readonly total?: number;
    readonly buckets?: Readonly<Record<string, number>>;
  };
};

const FILE = path.resolve(import.meta.dirname, '../../../shared/cases/open_cases.json');
// C3 and C12 stand only in prose (OPEN_CASES.md); they are written out in aging.test.ts.
const NAMED = ['A1', 'A2', 'A5', 'A11', 'A12', 'C1', 'C2', 'C4', 'C5', 'C13'];
const BUCKETS = ['nd', 'b1_30', 'b31_60', 'b61_90', 'b91_120', 'b120p'];

const known = existsSync(FILE);
const cases: readonly Case[] = known ? JSON.parse(readFileSync(FILE, 'utf8')).cases : [];
const replayable = cases.filter((one) => one.events !== undefined && one.as_of !== undefined);

function dayOfCase(one: Case, at: number | string): Day {
  return typeof at === 'string' ? day(at) : addDays(day(one.base ?? '2026-06-15'), at);
}

async function replay(one: Case) {
  const engine = await tempBook();
  const at = (when: number | string): string => dayOfCase(one, when);
  const idOfKey = new Map<string, string>();
  fileOf(engine).write((tx) => {
    const customerId = aCustomer(tx);
    const billIds = new Map<string, number>();
    for (const event of one.events ?? []) {
      if (event.t !== 'inv') continue;
      const terms = event.terms?.map(([due, amount]) => [at(due), amount] as const);
      const wish = { amount: event.amt, billDay: at(event.date), dueDay: at(event.due ?? event.date) };
      const billId = aBill(tx, customerId, { ...wish, ...(terms && { terms }) });
      billIds.set(event.id, billId);
      idOfKey.set(`bill:${billId}`, event.id);
    }
    const counts = { receipt: 0, credit: 0 };
    for (const event of one.events ?? []) {
      if (event.t === 'inv') continue;
      const side = event.t === 'rcp' ? 'receipt' : 'credit';
      counts[side] += 1;
      idOfKey.set(`${side}:${counts[side]}`, event.id);
      const allocated = new Map(
        Object.entries(event.alloc ?? {}).map(([id, amount]) => [billIds.get(id) ?? -1, amount]),
      );
      moneyIn(tx, customerId, {
        amount: event.amt,
        day: at(event.date),
        allocated,
        isVoid: event.void ?? false,
        kind: event.t === 'rcp' ? 'receipt' : 'credit-note',
        ...(event.alloc_on !== undefined && { allocationDay: at(event.alloc_on) }),
      });
    }
  });
  const asOf = dayOfCase(one, one.as_of);
  const table = await engine.client.aging.table({ asOf });
  const open = await engine.client.bills.listOpen({ asOf });
  const rows = open.rows.map(
    (row) => [idOfKey.get(row.key.split(':').slice(0, 2).join(':')), row.openPaise] as const,
  );
  expect(engine.bugs).toEqual([]);
  return { table, open, rows };
}

describe.skipIf(!known)('open cases of peers (skipped where ../shared/cases is absent)', () => {
  it('finds every case the issue names among those that can be replayed', () => {
    expect(replayable.map((one) => one.id)).toEqual(expect.arrayContaining(NAMED));
  });

  it.each(replayable.map((one) => [one.id, one] as const))(
    '%s comes out as its peer expects',
    async (_id, one) => {
      const { table, open, rows } = await replay(one);
      const inBuckets = table.totals.buckets.reduce((sum, amount) => sum + amount, 0);
      expect(inBuckets).toBe(table.totals.outstandingPaise);
      expect(open.openPaise).toBe(table.totals.outstandingPaise);
      let asserted = 0;
      if (one.expect.rows) {
        const wanted = one.expect.rows.map(([id, amount]) => [id, rupees(amount)]);
        const sorted = (list: readonly unknown[]): readonly string[] =>
          list.map((row) => JSON.stringify(row)).toSorted();
        expect(sorted(rows)).toEqual(sorted(wanted));
        asserted += 1;
      }
      if (one.expect.total !== undefined) {
        expect(table.totals.outstandingPaise).toBe(rupees(one.expect.total));
        asserted += 1;
      }
      if (one.expect.buckets) {
        const { buckets } = one.expect;
        expect(BUCKETS).toEqual(expect.arrayContaining(Object.keys(buckets)));
        const wanted = BUCKETS.map((key) => rupees(buckets[key] ?? 0));
        expect(table.totals.buckets).toEqual(wanted);
        asserted += 1;
      }
      expect(asserted).toBeGreaterThan(0);
    },
  );
});

// What the numbers of a case alone do not show, by calls only: no fact is written past the door.
describe('cases of peers that more than one row is told of', () => {
  const BILLED = day('2026-10-01');

  async function withCustomers(
    ...names: readonly string[]
  ): Promise<readonly [TempEngine, readonly number[]]> {
    const engine = await tempBook();
    const ids: number[] = [];
    for (const name of names) {
      ids.push((await engine.client.customers.save({ name, salesperson: `${name}’s man` })).customerId);
    }
    return [engine, ids];
  }

  it('A18: a dollar bill valued anew from 80 to 85 is 500 more in base and 100 dollars still', async () => {
    const [{ client }, [customerId = 0]] = await withCustomers('Carter');
    const dollars = (rate: string) => ({ currency: 'USD', foreignMinor: 100_00, rate });
    const { id } = await client.bills.save({ customerId, billDay: BILLED, foreign: dollars('80') });
    expect((await client.aging.table({})).totals.outstandingPaise).toBe(rupees(8000));
    const bill = await client.bills.get({ billId: id });
    await client.bills.save({ ...bill, amountPaise: undefined, foreign: dollars('85') });
    expect((await client.aging.table({})).totals.outstandingPaise).toBe(rupees(8500));
    const { currencies } = await client.aging.byCurrency({});
    expect(currencies).toMatchObject([{ currency: 'USD', openMinor: 100_00, basePaise: rupees(8500) }]);
    expect(currencies).toHaveLength(1);
  });

  it('C10: a bill of EUR 100 at 1.5 is 150 in base, not 100', async () => {
    const [{ client }, [customerId = 0]] = await withCustomers('Dunn');
    const foreign = { currency: 'EUR', foreignMinor: 100_00, rate: '1.5' };
    await client.bills.save({ customerId, billDay: BILLED, foreign });
    expect((await client.aging.table({})).totals.outstandingPaise).toBe(rupees(150));
  });

  it('A20: customers who paid all are absent, and the rows add up to what was billed less what came in', async () => {
    const [{ client }, [owing = 0, paid = 0]] = await withCustomers('Owing', 'Paid');
    for (const [customerId, received] of [
      [owing, 150],
      [paid, 200],
    ] as const) {
      await client.bills.save({ customerId, billDay: BILLED, amountPaise: rupees(200) });
      const receipt = { customerId, receiptDay: BILLED, amountPaise: rupees(received) };
      await client.receipts.save({ ...receipt, allocate: 'oldest-first' });
    }
    const { rows, totals } = await client.aging.table({});
    expect(rows.map((row) => [row.name, row.outstandingPaise])).toEqual([['Owing', rupees(50)]]);
    expect(totals.outstandingPaise).toBe(rupees(200 + 200 - 150 - 200));
  });

  it('A22: one number in two receivable ledgers of a file is two bills, 150 and 200', async () => {
    const engine = await tempBook();
    const lines = ['Ledger One,INV/1,2026-10-01,150', 'Ledger Two,INV/1,2026-10-01,200'];
    await importLines(engine, ['Party Name,Bill No,Bill Date,Amount', ...lines]);
    const { rows } = await engine.client.bills.listOpen({});
    expect(rows.map((row) => [row.customerName, row.number, row.openPaise / 100])).toEqual([
      ['Ledger One', 'INV/1', 150],
      ['Ledger Two', 'INV/1', 200],
    ]);
  });

  it('A24: a bill of 200 less a credit note of 100 is 100 of the salesman’s', async () => {
    const [{ client }, [customerId = 0]] = await withCustomers('X');
    await client.bills.save({ customerId, billDay: BILLED, amountPaise: rupees(200) });
    const note = { customerId, creditDay: BILLED, amountPaise: rupees(100) };
    await client.credits.save({ ...note, allocate: 'oldest-first' });
    const { rows } = await client.aging.groups({ groupBy: 'salesperson' });
    expect(rows.map((row) => [row.name, row.outstandingPaise / 100])).toEqual([['X’s man', 100]]);
  });

  it('A26: asked for one customer, the list and its total are his alone', async () => {
    const [{ client }, [his = 0, other = 0]] = await withCustomers('X', 'Y');
    await client.bills.save({ customerId: his, billDay: BILLED, amountPaise: rupees(70) });
    await client.bills.save({ customerId: other, billDay: BILLED, amountPaise: rupees(900) });
    const list = await client.bills.listOpen({ customerId: his });
    expect(list.rows.map((row) => row.customerName)).toEqual(['X']);
    expect(list.openPaise).toBe(rupees(70));
    expect((await client.customers.get({ customerId: his })).figures.outstandingPaise).toBe(rupees(70));
    expect((await client.aging.explain({ customerId: his })).totalPaise).toBe(rupees(70));
  });
});
