import type { Day } from '../days.ts';
import { daysApart } from './day-counts.ts';

// From which day on a customer rests because money came from him (docs/gateways.md 8.6).

/**
 * A receipt older than this when it is entered is history being caught up with, and nobody's news: it rests from its own
 * day. Whoever enters his receipts once a week is within it.
 */
export const NEWS_DAYS_MOST = 7;
/** What a file or Tally brings in the first so many milliseconds is the ledger as it stood. */
const BEGINNING_MS = 24 * 3_600_000;

export type KnownReceipt = {
  /** Its own day. */
  readonly receiptDay: Day;
  /** When it was entered here: the instant (UTC milliseconds) and the company's day of it. */
  readonly enteredAt: number;
  readonly enteredDay: Day;
  /** When its source brought its first receipt, UTC milliseconds; null = entered by hand. */
  readonly sourceSince: number | null;
};

/**
 * The later of the two days, for whoever has just learnt of money must not dun the next minute; but the first import or
 * sync of an old ledger, and old receipts that are entered late, rest from their own day, so that they silence nobody.
 */
export function restsFromDay({ receiptDay, enteredAt, enteredDay, sourceSince }: KnownReceipt): Day {
  if (enteredDay <= receiptDay) return receiptDay;
  if (sourceSince !== null && enteredAt - sourceSince < BEGINNING_MS) return receiptDay;
  return daysApart(receiptDay, enteredDay) <= NEWS_DAYS_MOST ? enteredDay : receiptDay;
}
