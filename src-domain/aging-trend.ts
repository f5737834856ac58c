import { bucketOf, DEFAULT_BOUNDS } from './aging.ts';
import { dayNumber, laterDay, type Day } from './days.ts';
import type { Ledger, LedgerBill } from './ledger.ts';
import { paise, type Paise } from './money.ts';

// The same figures as figuresOf(openItemsAsOf(…)), for many days in one pass and without a list of items per day.
// aging-trend.test.ts holds the two against each other on random books.

/** Money that counts against a document from a day on. */
type Applied = { readonly fromDay: Day; readonly amountPaise: number; readonly instalmentId: number | null };

/** Bucket totals on each of the days, in their order. */
export function bucketTotalsOn(
  ledger: Ledger,
  days: readonly Day[],
  bounds: readonly number[] = DEFAULT_BOUNDS,
): readonly (readonly Paise[])[] {
  const totals = days.map(() => Array.from({ length: bounds.length + 1 }, () => 0));
  const { toBills, ofMoneyIn } = appliedByDocument(ledger);
  const numbers = days.map(dayNumber);
  const put = (at: number, dueDay: Day, openPaise: number): void => {
    const row = totals[at];
    const bucket = bucketOf((numbers[at] ?? 0) - dayNumber(dueDay), bounds);
    if (row) row[bucket] = (row[bucket] ?? 0) + openPaise;
  };
  ledger.bills.forEach((bill, at) => addBill(bill, toBills[at] ?? [], days, put));
  ledger.moneyIn.forEach((money, at) => {
    days.forEach((asOf, on) => {
      if (money.effectiveDay > asOf) return;
      const open = money.amountPaise - sumBy(ofMoneyIn[at] ?? [], asOf);
      if (open !== 0) put(on, money.effectiveDay, -open);
    });
  });
  return totals.map((row) => row.map(paise));
}

type Put = (at: number, dueDay: Day, openPaise: number) => void;

function addBill(bill: LedgerBill, applied: readonly Applied[], days: readonly Day[], put: Put): void {
  days.forEach((asOf, on) => {
    if (bill.billDay > asOf) return;
    const settled = sumBy(applied, asOf);
    if (settled === bill.amountPaise) return;
    if (!bill.instalments) return put(on, bill.dueDay, bill.amountPaise - settled);
    const named = bill.instalments.map((part) => {
      const own = applied.filter((one) => one.instalmentId === part.instalmentId);
      return Math.min(part.amountPaise, sumBy(own, asOf));
    });
    let rest = settled - named.reduce((sum, amount) => sum + amount, 0);
    bill.instalments.forEach((part, position) => {
      const left = part.amountPaise - (named[position] ?? 0);
      const filled = Math.min(left, rest);
      rest -= filled;
      if (left > filled) put(on, part.dueDay, left - filled);
    });
  });
}

/** An allocation counts from the day on which it and both of its documents count. */
function appliedByDocument(ledger: Ledger): {
  readonly toBills: readonly Applied[][];
  readonly ofMoneyIn: readonly Applied[][];
} {
  const toBills: Applied[][] = ledger.bills.map(() => []);
  const ofMoneyIn: Applied[][] = ledger.moneyIn.map(() => []);
  for (const { bill, moneyIn, allocationDay, amountPaise, instalmentId } of ledger.allocations) {
    const [owed, money] = [ledger.bills[bill], ledger.moneyIn[moneyIn]];
    if (!owed || !money) throw new Error('An allocation points at no bill or no receipt.');
    const fromDay = laterDay(allocationDay, laterDay(owed.billDay, money.effectiveDay));
    const applied = { fromDay, amountPaise, instalmentId };
    toBills[bill]?.push(applied);
    ofMoneyIn[moneyIn]?.push(applied);
  }
  return { toBills, ofMoneyIn };
}

function sumBy(applied: readonly Applied[], asOf: Day): number {
  let sum = 0;
  for (const one of applied) if (one.fromDay <= asOf) sum += one.amountPaise;
  return sum;
}
