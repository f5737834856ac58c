import { day, dayFromNumber, daysBetween, type Day } from '#domain/days.ts';
import { debtOf, isVoid, receivedBy, type Debt } from './debts.ts';
import type { Mirror, Row } from './mirror.ts';

// What the book says about a message in the very transaction in which it is claimed: what is owed, and what speaks against
// it, read from the rows alone.

export const INDIA_MS = 5.5 * 3_600_000;
export const DAY_MS = 86_400_000;

export function dayOf(instant: number): Day {
  return dayFromNumber(Math.floor((instant + INDIA_MS) / DAY_MS));
}

export function minuteOf(instant: number): number {
  return Math.floor((((instant + INDIA_MS) % DAY_MS) + DAY_MS) / 60_000) % 1440;
}

/** What was true of a customer when a message to him was claimed. */
export type AtClaim = {
  readonly seq: number;
  readonly at: number;
  readonly debt: Debt | null;
  /** What speaks against any reminder to him, and what speaks against this one. */
  readonly against: readonly string[];
  readonly policy: Policy;
  /** What came of everything that was sent to him before. */
  readonly statesBefore: ReadonlyMap<string, string>;
  /** Amounts of his receipts that count, whole paise. */
  readonly received: readonly number[];
};

type Hours = {
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly weekdays: readonly boolean[];
};
export type Policy = {
  readonly hours: Readonly<Record<string, Hours>>;
  readonly holidays: readonly { readonly day: string }[];
  readonly perChannelDayMost: number;
  readonly perDayMost: number;
  readonly perWeekMost: number;
  readonly gapDaysLeast: number;
  readonly quietDaysAfterReceipt: number;
  readonly needsConsent: readonly string[];
};

export const text = (row: Row, name: string): string => String(row[name] ?? '');
export const isSet = (row: Row, name: string): boolean => row[name] !== null && row[name] !== undefined;

/** The book in the transaction in which a message was claimed. */
export function atClaim(mirror: Mirror, messageId: number, at: number, seq: number): AtClaim {
  const message = mirror.one('messages', messageId);
  const policy = mirror.setting('reminders-policy') as Policy;
  const on = dayOf(at);
  const customerId = isSet(message, 'customer_id') ? Number(message['customer_id']) : null;
  const debt = customerId === null ? null : debtOf(mirror, customerId, on);
  const own = customerId === null ? [] : mirror.by('messages', 'customer_id', customerId);
  return {
    seq,
    at,
    debt,
    policy,
    against:
      customerId === null || debt === null ? [] : reasons(mirror, { message, customerId, debt, on, policy }),
    received: customerId === null ? [] : receivedBy(mirror, customerId, on),
    statesBefore: new Map(own.map((one) => [text(one, 'uid'), text(one, 'state')])),
  };
}

type Asked = {
  readonly message: Row;
  readonly customerId: number;
  readonly debt: Debt;
  readonly on: Day;
  readonly policy: Policy;
};

function reasons(mirror: Mirror, asked: Asked): readonly string[] {
  const { message, debt } = asked;
  const found = stopsOfChannel(mirror, asked);
  if (mirror.setting('reminders-killed') === true) found.push('killed');
  if (mirror.setting('reminders-dry-run') === true) found.push('dry-run');
  const gateway = mirror.one('gateways', Number(message['gateway_id']));
  if (isSet(gateway, 'paused_at')) found.push('gateway-paused');
  if (message['purpose'] !== 'reminder') return found;
  if (debt.balance <= 0) found.push('paid');
  if (debt.unallocated > 0) found.push('unmatched-money');
  return [...found, ...stopsOfCustomer(mirror, asked)];
}

function stopsOfChannel(mirror: Mirror, { message, customerId, policy }: Asked): string[] {
  const channel = text(message, 'channel');
  const word = mirror
    .by('consents', 'customer_id', customerId)
    .filter((one) => one['channel'] === channel && one['purpose'] === 'reminder')
    .toSorted((a, b) => (text(a, 'day') < text(b, 'day') ? -1 : text(a, 'day') > text(b, 'day') ? 1 : 0))
    .at(-1);
  const isSuppressed = [...mirror.rows('suppressions').values()].some(
    (one) => !isSet(one, 'removed_at') && one['channel'] === channel && one['address'] === message['address'],
  );
  const found: string[] = isHis(mirror, message) ? [] : ['not-his-address'];
  if (word !== undefined && word['is_granted'] === 0) found.push('opted-out');
  const isReply = message['purpose'] === 'reply';
  if (!isReply && policy.needsConsent.includes(channel) && word?.['is_granted'] !== 1)
    found.push('no-consent');
  if (isSuppressed) found.push('suppressed');
  return found;
}

/** The customers of the month have no contacts beside their own numbers and mailbox. */
function isHis(mirror: Mirror, message: Row): boolean {
  const customer = mirror.one('customers', Number(message['customer_id']));
  const address = text(message, 'address');
  if (address.includes('@')) return text(customer, 'email').toLowerCase() === address;
  return text(customer, 'phone').replaceAll(/\D/gu, '').includes(address.slice(-10));
}

function stopsOfCustomer(mirror: Mirror, { customerId, on, policy }: Asked): readonly string[] {
  const found: string[] = [];
  if (isSet(mirror.one('customers', customerId), 'do_not_chase_reason')) found.push('do-not-chase');
  const pauses = mirror
    .by('reminder_pauses', 'customer_id', customerId)
    .filter((one) => !isSet(one, 'ended_at') && (!isSet(one, 'until_day') || text(one, 'until_day') >= on));
  if (pauses.some((one) => !isSet(one, 'bill_id'))) found.push('paused');
  for (const one of pauses) if (isSet(one, 'bill_id')) found.push(`bill:${text(one, 'bill_id')}`);
  const isOpenReply = mirror
    .by('replies', 'customer_id', customerId)
    .some((one) => one['kind'] === 'reply' && !isSet(one, 'answered_at'));
  if (isOpenReply) found.push('open-reply');
  for (const bill of mirror.by('bills', 'customer_id', customerId))
    if (isSet(bill, 'do_not_chase_reason')) found.push(`bill:${text(bill, 'id')}`);
  const isJustPaid = moneyDaysOf(mirror, customerId).some((moneyDay) => {
    const ago = daysBetween(moneyDay, on);
    return ago >= 0 && ago <= policy.quietDaysAfterReceipt;
  });
  if (isJustPaid) found.push('recent-receipt');
  return found;
}

/**
 * Days from which the receipts of his let him be left in peace: the later of the receipt's own day and the day of its
 * entry, where these are a week apart at most. The month's books begin with what a file brought.
 */
function moneyDaysOf(mirror: Mirror, customerId: number): readonly Day[] {
  return mirror
    .by('receipts', 'customer_id', customerId)
    .filter((one) => !isVoid(one))
    .map((one) => {
      const own = day(text(one, 'receipt_day'));
      const entered = dayOf(Number(one['created_at']));
      const late = daysBetween(own, entered);
      const isNews = text(one, 'source') === 'manual' && late > 0 && late <= 7;
      return isNews ? entered : own;
    });
}
