import {
  DEFAULT_BOUNDS,
  DEFAULT_VIEW,
  figuresByCustomer,
  openItemsAsOf,
  type AgingFigures,
  type AgingView,
} from '#domain/aging.ts';
import { figuresAt, hasOpen, sumsByCustomer } from '#domain/aging-columns.ts';
import { addDays, day, type Day } from '#domain/days.ts';
import { columnsOf, type LedgerColumns } from '#domain/ledger-columns.ts';
import { ZERO } from '#domain/money.ts';
import type { BookFile, WriteTx } from '#engine/storage/database.ts';
import { ledgerOf } from '#engine/storage/ledger.ts';
import { factsOfBook } from '#engine/storage/ledger-facts.ts';
import { columnsNow } from '#engine/services/ledger.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyLedger, D } from '../builders/any-ledger.ts';
import { agingBySql } from '../builders/aging-by-sql.ts';
import { writeLedger } from '../builders/write-ledger.ts';
import { aBill, aCustomer, fileOf, moneyIn } from '../builders/facts.ts';
import { tempBook } from '../builders/temp-engine.ts';

function figuresFrom(
  columns: LedgerColumns,
  asOf: Day,
  view: AgingView = DEFAULT_VIEW,
): Map<number, AgingFigures> {
  const sums = sumsByCustomer(columns, { asOf, today: D, view });
  const found = new Map<number, AgingFigures>();
  columns.customers.ids.forEach((customerId, place) => {
    if (hasOpen(sums, place)) found.set(customerId, { ...figuresAt(sums, place), postDatedPaise: ZERO });
  });
  return found;
}

const byId = (figures: Iterable<readonly [number, unknown]>): readonly (readonly [number, unknown])[] =>
  [...figures].toSorted(([a], [b]) => a - b);

it('finds the same by one SQL statement, by columns and by the rule, on random books in a real file', async () => {
  const db = fileOf(await tempBook());
  const anyView = fc.record({
    by: fc.constantFrom('due', 'bill'),
    bounds: fc.constantFrom(DEFAULT_BOUNDS, [0, 45], [0, 7, 200]),
    graceDays: fc.constantFrom(0, 10),
    credits: fc.constantFrom('net', 'gross'),
  }) satisfies fc.Arbitrary<AgingView>;
  fc.assert(
    fc.property(anyLedger, fc.integer({ min: -400, max: 300 }), anyView, (ledger, offset, view) => {
      const asOf = addDays(D, offset);
      db.write((tx) => writeLedger(tx, ledger));
      const rule = byId(
        figuresByCustomer(
          openItemsAsOf(
            db.read((tx) => ledgerOf(tx)),
            asOf,
          ),
          view,
        ),
      );
      const columns = columnsOf(db.read(factsOfBook), D);
      const open = figuresFrom(columns, asOf, view);
      for (const [id, { openBillCount, unallocatedPaise }] of open)
        if (openBillCount === 0 && unallocatedPaise === 0) open.delete(id);
      expect(byId(open)).toEqual(rule);
      expect(byId(db.read((tx) => agingBySql(tx, asOf, view)))).toEqual(rule);
    }),
    { numRuns: 150 },
  );
});

type Step = { readonly what: number; readonly at: number; readonly amount: number; readonly days: number };
const anySteps = fc.array(
  fc.record({
    what: fc.nat(11),
    at: fc.nat(30),
    amount: fc.integer({ min: 1, max: 5000 }),
    days: fc.integer({ min: 0, max: 300 }),
  }),
  { minLength: 1, maxLength: 14 },
);

const FIRST = day('2026-01-01');

function idAt(
  tx: WriteTx,
  table: 'bills' | 'receipts' | 'credits' | 'allocations' | 'customers',
  at: number,
): number {
  const ids = tx.sqlite.prepare<[], number>(`select id from ${table} order by id`).pluck().all();
  return ids[at % Math.max(1, ids.length)] ?? 0;
}

/** One write of any kind that the product makes, to whatever stands at a place. */
function write(tx: WriteTx, { what, at, amount, days }: Step): void {
  const on = addDays(FIRST, days);
  const run = (sql: string, ...values: (string | number)[]): void =>
    void tx.sqlite.prepare(sql).run(...values);
  const customerId = idAt(tx, 'customers', at);
  const billId = idAt(tx, 'bills', at);
  switch (what) {
    case 0:
      return void aCustomer(tx, `Customer ${at}`);
    case 1:
      return void aBill(tx, customerId, { amount, billDay: on, dueDay: addDays(on, at) });
    case 2:
      return void aBill(tx, customerId, {
        amount: 2 * amount,
        billDay: on,
        terms: [
          [addDays(on, at), amount],
          [addDays(on, at + 30), amount],
        ],
      });
    case 3: {
      const left = tx.sqlite
        .prepare<[number], number>(
          `select amount_paise - coalesce((select sum(amount_paise) from allocations where bill_id = bills.id), 0)
             from bills where id = ?`,
        )
        .pluck()
        .get(billId);
      const applied = Math.min((left ?? 0) / 100, amount);
      const allocated = applied > 0 ? { allocated: new Map([[billId, applied]]) } : {};
      return moneyIn(tx, customerId, { amount, day: on, ...allocated });
    }
    case 4:
      return moneyIn(tx, customerId, { amount, day: on, chequeDay: addDays(on, at), kind: 'receipt' });
    case 5:
      return moneyIn(tx, customerId, { amount, day: on, kind: 'credit-note' });
    case 6:
      return run('update bills set due_day = ?, amount_paise = amount_paise + 100 where id = ?', on, billId);
    case 7:
      return run(
        'update bills set voided_at = case when voided_at is null then 1 end, bill_day = ? where id = ?',
        on,
        billId,
      );
    case 8:
      return run(
        'update receipts set voided_at = case when voided_at is null then 1 end where id = ?',
        idAt(tx, 'receipts', at),
      );
    case 9:
      return run('delete from allocations where id = ?', idAt(tx, 'allocations', at));
    case 10:
      return run(
        'update receipts set customer_id = ?, receipt_day = ? where id = ?',
        customerId,
        on,
        idAt(tx, 'receipts', at),
      );
    case 11:
      run('delete from allocations where bill_id = ?', billId);
      run('delete from instalments where bill_id = ?', billId);
      return run('delete from bills where id = ?', billId);
    default:
      throw new Error(`No such step: ${what}`);
  }
}

function expectUpkeep(db: BookFile): void {
  const kept = columnsNow(db, D);
  const anew = columnsOf(db.read(factsOfBook), D);
  for (const asOf of [FIRST, addDays(FIRST, 90), addDays(FIRST, 200), addDays(FIRST, 500)])
    expect(byId(figuresFrom(kept, asOf))).toEqual(byId(figuresFrom(anew, asOf)));
}

it('is after any sequence of writes what it would be when read anew, and is not read anew for it', async () => {
  const db = fileOf(await tempBook());
  db.write((tx) => {
    for (let at = 0; at < 5; at += 1)
      aBill(tx, aCustomer(tx, `First ${at}`), { amount: 100, billDay: FIRST });
  });
  const { events } = columnsNow(db, D);
  fc.assert(
    fc.property(anySteps, (steps) => {
      for (const step of steps) {
        db.write((tx) => write(tx, step));
        expectUpkeep(db);
      }
    }),
    { numRuns: 25 },
  );
  expect(columnsNow(db, D).events).toBe(events);
});

it('forgets what a write that failed had touched', async () => {
  const db = fileOf(await tempBook());
  db.write((tx) => void aBill(tx, aCustomer(tx), { amount: 100, billDay: FIRST }));
  const before = figuresFrom(columnsNow(db, D), D);
  expect(() =>
    db.write((tx) => {
      tx.sqlite.prepare('update bills set amount_paise = 1').run();
      throw new Error('No.');
    }),
  ).toThrow('No.');
  expect(figuresFrom(columnsNow(db, D), D)).toEqual(before);
});

it('reads all anew when much was written at once, and goes on with single writes after that', async () => {
  const db = fileOf(await tempBook());
  const customerId = db.write((tx) => aCustomer(tx));
  const { events } = columnsNow(db, D);
  db.write((tx) => {
    for (let at = 0; at < 700; at += 1) aBill(tx, customerId, { amount: 1, billDay: FIRST });
  });
  const after = columnsNow(db, D);
  expect(after.events).not.toBe(events);
  expect(after.laterEvents.length).toBe(0);
  db.write((tx) => void aBill(tx, customerId, { amount: 1, billDay: FIRST }));
  expect(columnsNow(db, D).events).toBe(after.events);
  expectUpkeep(db);
});
