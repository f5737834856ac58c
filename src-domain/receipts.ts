import { daysBetween, addDays, type Day } from './days.ts';
import { enterAmount, type EnteredAmount, type ForeignEntry } from './documents.ts';
import type { Paise } from './money.ts';
import { ok, refuse, type Result } from './result.ts';

export type ReceiptEntry = {
  readonly customerId: number;
  readonly number: string | null;
  readonly receiptDay: Day;
  readonly chequeDay: Day | null;
  readonly amountPaise?: Paise | undefined;
  readonly foreign: ForeignEntry | null;
  readonly mode: string | null;
  readonly reference: string | null;
  readonly narration: string | null;
};

export type EnteredReceipt = EnteredAmount & Omit<ReceiptEntry, 'amountPaise' | 'foreign'>;

/** A receipt as it will stand in the book. A cheque of a later day than the receipt's counts from its own day on. */
export function enterReceipt(entry: ReceiptEntry, baseCurrency: string): Result<EnteredReceipt> {
  const amount = enterAmount(entry, baseCurrency);
  if (!amount.ok) return amount;
  const { customerId, receiptDay, chequeDay } = entry;
  const number = entry.number === '' ? null : entry.number;
  const mode = entry.mode === '' ? null : entry.mode;
  const reference = entry.reference === '' ? null : entry.reference;
  const narration = entry.narration === '' ? null : entry.narration;
  return ok({ ...amount.value, customerId, receiptDay, chequeDay, number, mode, reference, narration });
}

/** What it pays is chosen as money is entered; later it is applied and taken back, so that history is kept. */
export function allocateOnlyNew(allocate: unknown): Result<null> {
  if (allocate === 'none') return ok(null);
  const sentence = 'What it pays is chosen when it is entered. Apply it, or take applications back, instead.';
  return refuse('allocate-only-new', sentence, { field: 'allocate' });
}

const CHEQUE_DAYS_SHOWN = 30;

/** The register of post-dated cheques shows those still to come, and those whose day came in the 30 days before. */
export function firstChequeDay(asOf: Day): Day {
  return addDays(asOf, -CHEQUE_DAYS_SHOWN);
}

/** Days until a cheque's own day: 0 = today, negative = it counts as a receipt since. */
export function daysToGo(chequeDay: Day, asOf: Day): number {
  return daysBetween(asOf, chequeDay);
}
