import { daysBetween } from '#domain/days.ts';
import { DAY_MS, dayOf, INDIA_MS, isSet, minuteOf, text, type AtClaim } from './at-claim.ts';
import type { Debt } from './debts.ts';
import type { Row } from './mirror.ts';
import { amountsIn, type Stated } from './text-amounts.ts';

// Judges every message that reached a phone or a mailbox, by the documents of the book as they were in the transaction of
// its claim. Nothing of the planner or the outbox is asked.

export type Wrong = { readonly what: string; readonly uid: string; readonly detail: string };

const EIGHT = 480;
const SEVEN_IN_THE_EVENING = 1140;

/** A message as it stood in the book when it reached the other side, with the bills that it names. */
export type Arrived = {
  readonly uid: string;
  readonly to: string;
  readonly text: string;
  readonly at: number;
  readonly message: Row;
  readonly bills: readonly Row[];
  readonly claim: AtClaim | null;
  /** When a person chose it by hand: a bill that he named then is his decision. */
  readonly chosen: AtClaim | null;
};

export type Oracle = {
  readonly wrongs: Wrong[];
  readonly arrived: Arrived[];
  readonly judge: (one: Arrived) => void;
};

export function oracle(): Oracle {
  const wrongs: Wrong[] = [];
  const arrived: Arrived[] = [];
  return {
    wrongs,
    arrived,
    judge: (one) => {
      const found = [
        ...onceOnly(one, arrived),
        ...inTime(one),
        ...allowed(one),
        ...amounts(one),
        ...notTooOften(one, arrived),
      ];
      const { id, purpose, channel, cadence_id: cadenceId } = one.message;
      const whose = [id, purpose, channel, cadenceId === null ? 'by hand' : 'by rule', dayOf(one.at)].join(
        ' ',
      );
      wrongs.push(...found.map(([what, detail]) => ({ what, uid: one.uid, detail: `${detail} (${whose})` })));
      arrived.push(one);
    },
  };
}

type Found = readonly (readonly [what: string, detail: string])[];

function onceOnly(one: Arrived, before: readonly Arrived[]): Found {
  if (before.some(({ uid }) => uid === one.uid)) return [['sent-twice', one.to]];
  const key = one.message['dedupe_key'];
  return before.some(({ message }) => message['dedupe_key'] === key) ? [['same-key', String(key)]] : [];
}

function isReply(one: Arrived): boolean {
  return one.message['purpose'] === 'reply';
}

function inTime({ at, message, claim, ...one }: Arrived): Found {
  if (claim === null) return [['never-claimed', '']];
  if (isReply({ at, message, claim, ...one })) return [];
  const [on, minute] = [dayOf(at), minuteOf(at)];
  const hours = claim.policy.hours[text(message, 'channel')];
  const found: [string, string][] = [];
  const detail = `${on} minute ${minute} ${text(message, 'channel')}`;
  // 1970-01-01 was a Thursday, and Monday stands first.
  const weekday = (Math.floor((at + INDIA_MS) / DAY_MS) + 3) % 7;
  if (hours === undefined || minute < hours.fromMinute || minute >= hours.toMinute)
    found.push(['hours', detail]);
  if (minute < EIGHT || minute >= SEVEN_IN_THE_EVENING) found.push(['outer-hours', detail]);
  if (hours?.weekdays[weekday] !== true) found.push(['weekday', detail]);
  if (claim.policy.holidays.some(({ day }) => day === on)) found.push(['holiday', detail]);
  if (message['for_day'] !== on) {
    const claimed = `claimed ${dayOf(claim.at)} minute ${minuteOf(claim.at)}`;
    found.push(['other-day', `${detail}, for ${text(message, 'for_day')}, ${claimed}`]);
  }
  return found;
}

function allowed({ claim, chosen, bills }: Arrived): Found {
  const named = new Set(bills.map((bill) => `bill:${text(bill, 'bill_id')}`));
  return (claim?.against ?? [])
    .filter((reason) => !reason.startsWith('bill:') || chosen === null || chosen.against.includes(reason))
    .filter((reason) => !reason.startsWith('bill:') || named.has(reason))
    .map((reason) => [reason, ''] as const);
}

function amounts(one: Arrived): Found {
  const { claim, bills, message } = one;
  if (message['purpose'] === 'thanks') return thanked(one);
  if (claim?.debt === undefined || claim.debt === null || message['purpose'] !== 'reminder') return [];
  const { debt } = claim;
  const found: [string, string][] = [];
  for (const bill of bills) {
    const key = `${text(bill, 'bill_id')}|${text(bill, 'due_day')}`;
    const open = debt.parts.get(key) ?? 0;
    const stated = Number(bill['open_paise']);
    if (open === 0) found.push(['paid-bill', `${key}: ${stated} is asked for`]);
    else if (open !== stated) found.push(['wrong-bill-amount', `${key}: ${stated} instead of ${open}`]);
  }
  if (bills.length === 0) found.push(['names-nothing', '']);
  if (Number(message['balance_paise']) !== debt.balance)
    found.push(['wrong-balance', `${text(message, 'balance_paise')} instead of ${debt.balance}`]);
  if (Number(message['credit_paise']) !== debt.unallocated)
    found.push(['wrong-credit', `${text(message, 'credit_paise')} instead of ${debt.unallocated}`]);
  return [...found, ...statedWell(one, debt)];
}

/** A thank-you names money that is really there. */
function thanked({ claim, text: said }: Arrived): Found {
  const received = claim?.received ?? [];
  const strange = amountsIn(said).filter(
    ({ currency, minor }) => currency !== 'INR' || !received.includes(minor),
  );
  return strange.map((one) => [`thanks-for-nothing`, `${statedText(one)} in “${said}”`]);
}

/** The total of what is named stands in the text, each currency apart; no other amount than of its bills stands there. */
function statedWell({ bills, text: said, message, claim }: Arrived, debt: Debt): Found {
  const own = bills.filter((bill) => !isSet(bill, 'currency'));
  const foreign = bills.filter((bill) => isSet(bill, 'currency'));
  const total = own.reduce((all, bill) => all + partOf(debt, bill), 0);
  const late = own
    .filter((bill) => text(bill, 'due_day') < dayOf(claim?.at ?? 0))
    .reduce((all, bill) => all + partOf(debt, bill), 0);
  const foreignTotals = [...Map.groupBy(foreign, (bill) => text(bill, 'currency'))].map(
    ([currency, all]) => ({
      currency,
      minor: all.reduce((sum, bill) => sum + Number(bill['foreign_minor'] ?? 0), 0),
    }),
  );
  const must: readonly Stated[] = [
    ...(total > 0 ? [{ currency: 'INR', minor: total }] : []),
    ...foreignTotals.filter(({ minor }) => minor > 0),
  ];
  const may = [
    ...must,
    ...own.map((bill) => ({ currency: 'INR', minor: partOf(debt, bill) })),
    ...foreign.map((bill) => ({
      currency: text(bill, 'currency'),
      minor: Number(bill['foreign_minor'] ?? 0),
    })),
  ].map(statedText);
  const texts = [said, text(message, 'subject')];
  const stated = texts.flatMap(amountsIn).map(statedText);
  const found: [string, string][] = [];
  for (const one of must.map(statedText))
    if (!stated.includes(one)) found.push(['amount-missing', `${one} in “${said}”`]);
  for (const one of stated) if (!may.includes(one)) found.push(['amount-strange', `${one} in “${said}”`]);
  const overdue = Number(message['overdue_paise']);
  const allLate = bills
    .filter((bill) => text(bill, 'due_day') < dayOf(claim?.at ?? 0))
    .reduce((all, bill) => all + partOf(debt, bill), 0);
  if (overdue !== late && overdue !== allLate)
    found.push(['wrong-overdue', `${overdue} instead of ${allLate}`]);
  return found;
}

function partOf(debt: Debt, bill: Row): number {
  return debt.parts.get(`${text(bill, 'bill_id')}|${text(bill, 'due_day')}`) ?? 0;
}

function statedText({ currency, minor }: Stated): string {
  return `${currency} ${minor}`;
}

/** Answers and tests are no contacts; everything else that reached him is. */
function isContact({ message }: Arrived): boolean {
  return message['purpose'] !== 'reply' && message['purpose'] !== 'test';
}

const FAILED = new Set(['undelivered', 'bounced', 'rejected', 'no-report']);

function notTooOften(one: Arrived, before: readonly Arrived[]): Found {
  const { claim, message, at } = one;
  if (claim === null || !isContact(one)) return [];
  const { policy } = claim;
  const on = dayOf(at);
  const contacts = before.filter(isContact);
  const own = contacts.filter((other) => other.message['customer_id'] === message['customer_id']);
  const today = own.filter((other) => dayOf(other.at) === on);
  const week = own.filter((other) => daysBetween(dayOf(other.at), on) < 7);
  const found: [string, string][] = [];
  const onChannel = today.filter((other) => other.message['channel'] === message['channel']).length + 1;
  if (onChannel > policy.perChannelDayMost) found.push(['cap-channel', `${onChannel} on ${on}`]);
  if (today.length + 1 > policy.perDayMost) found.push(['cap-day', `${today.length + 1} on ${on}`]);
  if (week.length + 1 > policy.perWeekMost) found.push(['cap-week', `${week.length + 1} by ${on}`]);
  if (message['cadence_id'] === null) return found;
  const shared = contacts.find(
    (other) =>
      dayOf(other.at) === on &&
      other.to === one.to &&
      other.message['customer_id'] !== message['customer_id'],
  );
  if (shared) found.push(['shared-address', `${one.to} on ${on}`]);
  return [...found, ...tooSoon(one, own)];
}

/** A day after one that was taken and never heard of, the same may be said on another channel; a mail has arrived. */
function isNextRung(
  { claim, message, at }: Pick<Arrived, 'claim' | 'message' | 'at'>,
  other: Arrived,
): boolean {
  const { channel } = other.message;
  const isUnheard = channel !== 'email' && claim?.statesBefore.get(other.uid) === 'accepted';
  return isUnheard && channel !== message['channel'] && dayOf(other.at) < dayOf(at);
}

/** Days between two reminders of one bill; what did not arrive may be said again on another channel. */
function tooSoon({ claim, bills, at, message }: Arrived, own: readonly Arrived[]): Found {
  const least = claim?.policy.gapDaysLeast ?? 0;
  const named = new Set(bills.map((bill) => bill['bill_id']));
  return own
    .filter((other) => other.message['cadence_id'] !== null && other.message['purpose'] === 'reminder')
    .filter((other) => !FAILED.has(claim?.statesBefore.get(other.uid) ?? ''))
    .filter((other) => !isNextRung({ claim, message, at }, other))
    .filter((other) => other.bills.some((bill) => named.has(bill['bill_id'])))
    .map((other) => daysBetween(dayOf(other.at), dayOf(at)))
    .filter((days) => days < least)
    .map((days) => ['gap', `${days} days`] as const);
}
