import { DEFAULT_BOUNDS, appliedFrom, type AgingView } from '#domain/aging.ts';
import { sumsByRow } from '#domain/aging-columns.ts';
import { addDays, dayNumber } from '#domain/days.ts';
import { diceOf } from '#domain/demo-dice.ts';
import type { Ledger, LedgerAllocation, LedgerBill, LedgerMoneyIn } from '#domain/ledger.ts';
import { columnsOf } from '#domain/ledger-columns.ts';
import { factsOf } from '#domain/ledger-facts.ts';
import { paise } from '#domain/money.ts';
import { expect, it } from 'vitest';
import { D } from '../builders/any-ledger.ts';

// Ten thousand books would be ten thousand columns; as ten thousand customers of one book they are one pass a day.
const BOOKS = 10_000;
const DAYS = 400;
const foreign = { currency: null, foreignMinor: null };

type Dice = ReturnType<typeof diceOf>;
type Growing = { bills: LedgerBill[]; moneyIn: LedgerMoneyIn[]; allocations: LedgerAllocation[] };

function addBook(into: Growing, customerId: number, dice: Dice): void {
  const left: number[] = [];
  const firstBill = into.bills.length;
  for (let count = dice.between(1, 4); count > 0; count -= 1) {
    const billId = into.bills.length + 1;
    const billDay = addDays(D, dice.between(-300, 300));
    const amount = dice.between(4, 1_000_000);
    const dueDay = addDays(billDay, dice.between(0, 60));
    const parts = dice.between(1, 5) === 1 ? dice.between(2, 4) : 1;
    const part = Math.floor(amount / parts);
    const instalments = Array.from({ length: parts }, (_, at) => ({
      instalmentId: billId * 4 + at,
      position: at + 1,
      dueDay: addDays(dueDay, at * 30),
      amountPaise: paise(at === parts - 1 ? amount - part * (parts - 1) : part),
    }));
    const days = {
      billDay,
      dueDay,
      amountPaise: paise(amount),
      instalments: parts === 1 ? null : instalments,
    };
    into.bills.push({ ...foreign, ...days, billId, customerId, kind: 'invoice', number: null });
    left.push(amount);
  }
  for (let count = dice.between(0, 3); count > 0; count -= 1) {
    const moneyIn = into.moneyIn.length;
    const day = addDays(D, dice.between(-300, 300));
    const effectiveDay = addDays(day, dice.between(1, 4) === 1 ? dice.between(1, 60) : 0);
    const amount = dice.between(1, 1_000_000);
    const fixed = { documentId: moneyIn + 1, customerId, number: null, day, effectiveDay } as const;
    into.moneyIn.push({ ...foreign, ...fixed, kind: 'receipt', amountPaise: paise(amount) });
    const at = dice.between(0, left.length - 1);
    const applied = Math.min(amount, left[at] ?? 0, dice.between(1, 1_000_000));
    if (applied === 0) continue;
    left[at] = (left[at] ?? 0) - applied;
    into.allocations.push({
      allocationId: into.allocations.length + 1,
      bill: firstBill + at,
      moneyIn,
      instalmentId: null,
      allocationDay: addDays(effectiveDay, dice.between(-30, 30)),
      amountPaise: paise(applied),
      foreignMinor: null,
    });
  }
}

function tenThousandBooks(): Ledger {
  const dice = diceOf(11);
  const made: Growing = { bills: [], moneyIn: [], allocations: [] };
  for (let book = 1; book <= BOOKS; book += 1) addBook(made, book, dice);
  return made;
}

/** Day number → what happens to each customer's outstanding on it, by no rule but plus and minus. */
function movements(ledger: Ledger, credits: AgingView['credits']): ReadonlyMap<number, [number, number][]> {
  const byDay = new Map<number, [number, number][]>();
  const add = (day: number, customerId: number, amount: number): void => {
    const own = byDay.get(day);
    if (own) own.push([customerId, amount]);
    else byDay.set(day, [[customerId, amount]]);
  };
  for (const bill of ledger.bills) add(dayNumber(bill.billDay), bill.customerId, bill.amountPaise);
  if (credits === 'net')
    for (const money of ledger.moneyIn)
      add(dayNumber(money.effectiveDay), money.customerId, 0 - money.amountPaise);
  else
    for (const one of ledger.allocations) {
      const { bill, fromDay } = appliedFrom(ledger, one);
      add(dayNumber(fromDay), bill.customerId, 0 - one.amountPaise);
    }
  return byDay;
}

const ledger = tenThousandBooks();
const columns = columnsOf(factsOf(ledger), D);

const bothMoves = { net: movements(ledger, 'net'), gross: movements(ledger, 'gross') };

it.each(['dueDays', 'billDays'] as const)(
  'adds up to the outstanding in 10,000 books on every day from −400 to +400, net and gross: %s (16,020,000 sums)',
  (ages) => {
    const expected = { net: new Float64Array(BOOKS + 1), gross: new Float64Array(BOOKS + 1) };
    const upTo = (day: number): void => {
      for (const half of ['net', 'gross'] as const)
        for (const [customerId, amount] of bothMoves[half].get(day) ?? [])
          expected[half][customerId] = (expected[half][customerId] ?? 0) + amount;
    };
    let [sums, wrong, notNothing] = [0, 0, 0];
    const first = dayNumber(D) - DAYS;
    for (let day = first - DAYS; day < first; day += 1) upTo(day);
    for (let today = first; today <= first + 2 * DAYS; today += 1) {
      upTo(today);
      const made = sumsByRow(columns, { today, ages, cuts: DEFAULT_BOUNDS });
      for (let place = 0; place < made.count; place += 1) {
        let [credits, bills] = [0, 0];
        for (let at = place; at < made.sums.length; at += 2 * made.count) {
          credits += made.sums[at] ?? 0;
          bills += made.sums[at + made.count] ?? 0;
        }
        const customerId = columns.customers.ids[place] ?? 0;
        sums += 2;
        if (bills !== 0) notNothing += 1;
        if (bills !== expected.gross[customerId]) wrong += 1;
        if (bills + credits !== expected.net[customerId]) wrong += 1;
      }
    }
    expect({ sums, wrong }).toEqual({ sums: 2 * BOOKS * (2 * DAYS + 1), wrong: 0 });
    // Most of them have something to add up.
    expect(notNothing).toBeGreaterThan(sums / 6);
  },
);
