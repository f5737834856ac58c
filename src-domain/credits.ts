import type { Day } from './days.ts';
import { enterAmount, type EnteredAmount, type ForeignEntry } from './documents.ts';
import type { CreditKind } from './ledger.ts';
import type { Paise } from './money.ts';
import { ok, type Result } from './result.ts';

export type CreditEntry = {
  readonly customerId: number;
  readonly kind: CreditKind;
  readonly number: string | null;
  readonly creditDay: Day;
  readonly amountPaise?: Paise | undefined;
  readonly foreign: ForeignEntry | null;
  readonly narration: string | null;
};

export type EnteredCredit = EnteredAmount & Omit<CreditEntry, 'amountPaise' | 'foreign'>;

/** A credit as it will stand in the book. What is not applied of it is kept for later bills. */
export function enterCredit(entry: CreditEntry, baseCurrency: string): Result<EnteredCredit> {
  const amount = enterAmount(entry, baseCurrency);
  if (!amount.ok) return amount;
  const { customerId, kind, creditDay } = entry;
  const number = entry.number === '' ? null : entry.number;
  const narration = entry.narration === '' ? null : entry.narration;
  return ok({ ...amount.value, customerId, kind, creditDay, number, narration });
}
