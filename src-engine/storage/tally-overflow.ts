import { mayPay, peakFrom, type AppliedSpan, type BillSide, type MoneySide } from '#domain/allocation.ts';
import type { Day } from '#domain/days.ts';
import type { Paise } from '#domain/money.ts';
import { billSides, moneySides } from './allocation-sides.ts';
import type { WriteTx } from './database.ts';
import type { StoredApplication } from './tally-allocations.ts';

/** How an application of a person's is taken back, and how a taking back is dated earlier. */
export type TakeBack = {
  readonly undo: (row: StoredApplication, day: Day) => void;
  readonly moveUndo: (undoId: number, day: Day) => void;
};

/**
 * Takes back, newest first, the applications that are more than a document holds on some day, from that day on; so as of
 * the days before nothing changes. Answers how many were taken back that were not before.
 */
export function takeBackWhatNoLongerFits(
  tx: WriteTx,
  rows: readonly StoredApplication[],
  { undo, moveUndo }: TakeBack,
): number {
  const sides = sidesOf(tx, rows);
  let undone = 0;
  for (const row of rows.toSorted((a, b) => b.id - a.id)) {
    const bill = sides.bills.get(row.billId);
    const money = moneyOf(sides, row);
    // With a void document it counts on no day, and comes back with it; what it held before it was taken back stays.
    if (row.undoId === null && (!bill || !money)) continue;
    const isHis = !bill || !money || mayPay(money, bill);
    const day = isHis ? earlier(firstDayOver(bill, row), firstDayOver(money, row)) : row.day;
    if (day === null) continue;
    if (row.undoId === null) {
      undo(row, day);
      undone += 1;
    } else moveUndo(row.undoId, day);
    const ended = (span: AppliedSpan): AppliedSpan =>
      span.allocationId === row.id ? { ...span, untilDay: day } : span;
    if (bill) sides.bills.set(row.billId, { ...bill, spans: bill.spans.map(ended) });
    if (money) sides.money.set(moneyKey(row), { ...money, spans: money.spans.map(ended) });
  }
  return undone;
}

type Sides = { readonly bills: Map<number, BillSide>; readonly money: Map<string, MoneySide> };

function sidesOf(tx: WriteTx, rows: readonly StoredApplication[]): Sides {
  const ids = (of: (row: StoredApplication) => number | null): number[] => [
    ...new Set(rows.flatMap((row) => of(row) ?? [])),
  ];
  const money = new Map<string, MoneySide>();
  for (const kind of ['receipt', 'credit'] as const) {
    const found = moneySides(tx, kind, { ids: ids((row) => row[`${kind}Id`]) });
    for (const [id, side] of found) money.set(`${kind}:${id}`, side);
  }
  return { bills: new Map(billSides(tx, { ids: ids((row) => row.billId) })), money };
}

function moneyKey({ receiptId, creditId }: StoredApplication): string {
  return receiptId === null ? `credit:${creditId}` : `receipt:${receiptId}`;
}

function moneyOf(sides: Sides, row: StoredApplication): MoneySide | undefined {
  return sides.money.get(moneyKey(row));
}

function earlier(a: Day | null, b: Day | null): Day | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** The first day of those on which an application counts, on which more is applied than the document holds. */
function firstDayOver(
  of: { readonly amountPaise: Paise; readonly spans: readonly AppliedSpan[] } | undefined,
  { id, day, undoDay }: StoredApplication,
): Day | null {
  if (!of?.spans.some((span) => span.allocationId === id)) return null;
  if (peakFrom(of.spans, day) <= of.amountPaise) return null;
  const days = new Set(of.spans.map((span) => span.fromDay).filter((from) => from > day));
  const first = [day, ...[...days].toSorted()].find((on) => appliedOn(of.spans, on) > of.amountPaise);
  return first === undefined || (undoDay !== null && first >= undoDay) ? null : first;
}

function appliedOn(spans: readonly AppliedSpan[], day: Day): number {
  return spans
    .filter(({ fromDay, untilDay }) => fromDay <= day && (untilDay === null || untilDay > day))
    .reduce((sum, span) => sum + span.amountPaise, 0);
}
