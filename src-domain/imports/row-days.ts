import { addDays, dueAfter, laterDay, type Day } from '../days.ts';
import { ok, type Result } from '../result.ts';
import { readDay } from './dates.ts';
import type { ImportField } from './map.ts';
import { cellOf, textOf, type Reading, type Row } from './reading.ts';
import { reasons } from './reasons.ts';
import { creditDaysOf } from './row-customer.ts';

export type RowDays = {
  readonly day: Day;
  /** null where neither the row nor the map says when it falls due. */
  readonly dueDay: Day | null;
  readonly lastReceiptDay: Day | null;
};

/** A due day before the bill's own day is kept as the file has it. */
export function rowDays(reading: Reading, row: Row): Result<RowDays> {
  if (reading.isBalanceList) return ok(balanceDays(reading));
  const own = dayOfField(reading, row, 'billDay');
  if (!own.ok) return own;
  if (own.value === null) return { ok: false, refusal: reasons.noDay() };
  const due = dayOfField(reading, row, 'dueDay');
  if (!due.ok) return due;
  const receipt = dayOfField(reading, row, 'lastReceiptDay');
  if (!receipt.ok) return receipt;
  const creditDays = creditDaysOf(textOf(reading, row, 'creditDays')) ?? reading.map.creditDays;
  const fromTerms = creditDays === null ? null : dueAfter(own.value, creditDays);
  return ok({ day: own.value, dueDay: due.value ?? fromTerms, lastReceiptDay: receipt.value });
}

/** A balance stands on the day the list holds for; one from an aged column is as late as that column says at least. */
function balanceDays({ map, book, agedColumn }: Reading): RowDays {
  const on = map.balancesDay ?? book.today;
  const daysLate = agedColumn?.daysLate ?? null;
  if (daysLate === null) return { day: on, dueDay: null, lastReceiptDay: null };
  const dueDay = addDays(on, -daysLate);
  return { day: dueDay, dueDay, lastReceiptDay: null };
}

/** The day the paid part of a bill is booked on: never before the bill itself. */
export function paidDay(reading: Reading, days: RowDays): Day {
  return laterDay(days.lastReceiptDay ?? reading.map.balancesDay ?? reading.book.today, days.day);
}

function dayOfField(reading: Reading, row: Row, field: ImportField): Result<Day | null> {
  const read = readDay(cellOf(reading, row, field), reading.map.dateOrder);
  return read.ok ? read : { ok: false, refusal: { ...read.refusal, field } };
}
