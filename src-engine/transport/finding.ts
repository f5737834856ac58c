import type { MessageState } from '#domain/reminders/words.ts';
import type { Pulled, SentMark } from '../adapters/message-ports.ts';
import { isSameText } from './news.ts';
import { isSameIndianNumber } from './phones.ts';

// After a lost answer: is the message in the vendor's log? A wrong "no" sends it twice, so "no" is said only where
// nothing else fits, and everything in between goes to a person.

/** One line of a vendor's log of sent messages. */
export type LogRow = {
  readonly providerId: string | null;
  readonly to: string;
  /** UTC milliseconds; null = the row has no time of day. */
  readonly at: number | null;
  /** Null = the log does not tell texts. */
  readonly text: string | null;
  readonly state: MessageState;
};

export type Found = Pulled<{ readonly providerId: string | null; readonly state: MessageState } | null>;

/** A log may lag: younger than this, a missing row proves nothing. */
const SETTLED_MS = 15 * 60_000;
const BEFORE_MS = 5 * 60_000;
const AFTER_MS = 30 * 60_000;
/** Another row to the same number this near may be ours under a wrong clock. */
const NEAR_MS = 12 * 3_600_000;
const DAY_MS = 86_400_000;

export function findIn(
  rows: readonly LogRow[],
  mark: SentMark & { readonly text: string },
  world: { readonly now: number; readonly lookBackDays: number; readonly isWhole: boolean },
): Found {
  // A log whose numbers are hidden or under a name we do not know proves nothing.
  if (rows.some(({ to }) => to.replaceAll(/\D/g, '').length < 10))
    return doubt('NOT-CLEAR', 'The log does not tell the numbers.');
  const near = rows.filter(
    (row) =>
      isSameIndianNumber(row.to, mark.to) &&
      (row.text === null || isSameText(row.text, mark.text)) &&
      (row.at === null || Math.abs(row.at - mark.sentAt) <= NEAR_MS),
  );
  const fits = near.filter(
    ({ at, text }) =>
      at !== null && (text !== null || (at >= mark.sentAt - BEFORE_MS && at <= mark.sentAt + AFTER_MS)),
  );
  const [only] = fits;
  if (only && fits.length === 1)
    return { ok: true, value: { providerId: only.providerId, state: only.state } };
  if (near.length > 0)
    return doubt('NOT-CLEAR', 'The log has a message to this number, but not clearly this one.');
  if (!world.isWhole) return doubt('NOT-CLEAR', 'The log is too long to be read whole.');
  const age = world.now - mark.sentAt;
  if (age < SETTLED_MS)
    return doubt('TOO-EARLY', 'The log does not have it yet; it may come a few minutes later.');
  if (age > world.lookBackDays * DAY_MS) return doubt('TOO-LATE', 'The log does not reach back so far.');
  return { ok: true, value: null };
}

function doubt(code: string, detail: string): Found {
  return { ok: false, errorClass: 'unknown', code, detail };
}
