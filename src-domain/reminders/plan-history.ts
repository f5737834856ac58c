import type { Day } from '../days.ts';
import { daysAfter, daysApart } from './day-counts.ts';
import type { PlanSent } from './plan-facts.ts';
import type { Channel, MessageState, SilenceReason } from './words.ts';

// What the messages that exist already mean for the next one.

/**
 * 'counts': it left, may have left or is about to. 'failed': it left and did not arrive, so the next channel may be
 * tried. 'nothing': nothing left and nothing will.
 */
export type Weight = 'counts' | 'failed' | 'nothing';

const weights: Readonly<Record<MessageState, Weight>> = {
  'awaiting-approval': 'counts',
  scheduled: 'counts',
  claimed: 'counts',
  sending: 'counts',
  'retry-wait': 'counts',
  held: 'counts',
  unknown: 'counts',
  'needs-person': 'counts',
  accepted: 'counts',
  sent: 'counts',
  delivered: 'counts',
  read: 'counts',
  undelivered: 'failed',
  bounced: 'failed',
  rejected: 'failed',
  skipped: 'nothing',
  declined: 'nothing',
  cancelled: 'nothing',
  'not-sent': 'nothing',
  'no-report': 'counts',
  'handed-to-user': 'counts',
  'user-confirmed': 'counts',
  'user-cancelled': 'nothing',
};

/**
 * What ended without leaving is not planned again on the same day. What was cancelled by anything but a person (an approval
 * taken back, a gateway removed) is not handed in, and so comes back into the plan.
 */
const setAside: Readonly<Partial<Record<MessageState, SilenceReason>>> = {
  declined: 'by-person',
  cancelled: 'by-person',
  'user-cancelled': 'by-person',
  skipped: 'withdrawn',
  'not-sent': 'withdrawn',
};

/** So long a step that failed may be tried on other channels; then the cadence goes on as if it had been done. */
export const FAILED_DAYS_MOST = 7;

/** Whether it ended without leaving in a way that keeps its day from being planned again. */
export function setAsideBy({ state }: PlanSent): boolean {
  return setAside[state] !== undefined;
}

/** The day that is planned, and how long a missing report is waited for. */
export type Moment = { readonly day: Day; readonly nextChannelHours: number };

/**
 * Nothing was heard of it. What was only accepted belongs to them once its gateway was asked; a gateway that cannot be
 * asked is waited for until there is no more hope of a report. A mail that did not bounce has arrived: few mail servers
 * report more than failures.
 */
export function isUnheard({ state, channel, wasAsked }: PlanSent): boolean {
  if (channel === 'email') return false;
  return state === 'no-report' || (state === 'accepted' && wasAsked === true);
}

/**
 * What never had a report counts as failed after some hours, by whole days: a ladder climbs one rung a day
 * (docs/gateways.md 8.10).
 */
export function weightOf(sent: PlanSent, { day, nextChannelHours }: Moment): Weight {
  if (!isUnheard(sent)) return weights[sent.state];
  return daysApart(sent.day, day) * 24 >= nextChannelHours ? 'failed' : 'counts';
}

/** The history of one bill. */
export type BillPast = {
  /** Days of reminders that count, by plan or by hand, oldest first: what the gap is measured from. */
  readonly reminded: readonly Day[];
  /** Days of planned reminders that count, oldest first: what makes a step done. */
  readonly done: readonly Day[];
  /** Days of planned reminders of which nothing was ever heard, oldest first: they may have arrived, and may be tried again. */
  readonly unheard: readonly Day[];
  /** Planned reminders that did not arrive. */
  readonly failed: readonly PlanSent[];
  readonly planned: readonly PlanSent[];
  /** Why it was set aside on the planned day itself. */
  readonly setAside: SilenceReason | null;
};

/** Histories that were put together before, by customer: they are good until another message is sent. */
export type KnownPasts = Map<number, KnownPast>;
type KnownPast = {
  /** Of messages that they were put together from. */
  readonly count: number;
  readonly of: Map<number, BillPast>;
  /** Every message counts, on every day. */
  readonly allCount: boolean;
};

/** Whether what a message means is the same on every day: most that were sent long ago. */
function isSettled(sent: PlanSent): boolean {
  return sent.state !== 'no-report' && !isUnheard(sent) && setAside[sent.state] === undefined;
}

function alwaysCounts(sent: PlanSent): boolean {
  return isSettled(sent) && weights[sent.state] === 'counts';
}

/** The histories of one customer's bills, from those that are known while they hold. */
export function pastsFrom(
  known: KnownPasts,
  { customerId, sent }: { readonly customerId: number; readonly sent: readonly PlanSent[] },
  moment: Moment,
): (billId: number) => BillPast {
  const before = known.get(customerId);
  const own = before?.count === sent.length ? before.of : new Map<number, BillPast>();
  if (own !== before?.of && sent.every(isSettled))
    known.set(customerId, { count: sent.length, of: own, allCount: sent.every(alwaysCounts) });
  let find: ((billId: number) => BillPast) | null = null;
  return (billId) => {
    const past = own.get(billId) ?? (find ??= pastsOf(sent, moment))(billId);
    own.set(billId, past);
    return past;
  };
}

/** Adds a message that is sent to a customer to his histories that are known; to be called before it is among `sent`. */
export function withSent(known: KnownPasts, sent: readonly PlanSent[], one: PlanSent): void {
  const before = known.get(one.customerId);
  if (before?.count !== sent.length || !isSettled(one)) return;
  const isPlain = alwaysCounts(one) && one.cadenceId !== null;
  for (const billId of one.purpose === 'reminder' ? one.billIds : []) {
    const past = before.of.get(billId);
    if (past === undefined) continue;
    const isNewest = (past.reminded.at(-1) ?? one.day) <= one.day;
    if (isPlain && isNewest) before.of.set(billId, withReminder(past, one));
    else before.of.delete(billId);
  }
  const allCount = before.allCount && alwaysCounts(one);
  known.set(one.customerId, { count: sent.length + 1, of: before.of, allCount });
}

function withReminder(past: BillPast, one: PlanSent): BillPast {
  const reminded = [...past.reminded, one.day];
  // Of as many days they are the same: what is done was reminded of.
  const done = past.done.length === past.reminded.length ? reminded : [...past.done, one.day];
  return { ...past, reminded, done, planned: [...past.planned, one] };
}

const NO_PAST: BillPast = { reminded: [], done: [], unheard: [], failed: [], planned: [], setAside: null };

/** The histories of a customer's bills. */
function pastsOf(sent: readonly PlanSent[], moment: Moment): (billId: number) => BillPast {
  if (sent.length === 0) return () => NO_PAST;
  const pasts = new Map<number, PlanSent[]>();
  for (const one of sent) {
    if (one.purpose !== 'reminder') continue;
    for (const billId of one.billIds) {
      const own = pasts.get(billId);
      if (own === undefined) pasts.set(billId, [one]);
      else own.push(one);
    }
  }
  return (billId) => pastOf(pasts.get(billId) ?? [], moment);
}

function pastOf(sent: readonly PlanSent[], moment: Moment): BillPast {
  if (sent.length === 0) return NO_PAST;
  const days = (of: readonly PlanSent[]): readonly Day[] => of.map((one) => one.day).toSorted();
  const counting = sent.filter((one) => weightOf(one, moment) === 'counts');
  const unheard = sent.filter((one) => isUnheard(one) && weightOf(one, moment) === 'failed');
  const planned = sent.filter((one) => one.cadenceId !== null);
  const today = sent.find((one) => one.day === moment.day && setAside[one.state] !== undefined);
  return {
    // What a person wrote is not tried again on another channel.
    reminded: days([...counting, ...unheard.filter((one) => one.cadenceId === null)]),
    unheard: days(unheard.filter((one) => one.cadenceId !== null)),
    done: days(counting.filter((one) => one.cadenceId !== null)),
    failed: planned.filter((one) => weightOf(one, moment) === 'failed'),
    planned,
    setAside: today === undefined ? null : (setAside[today.state] ?? null),
  };
}

/** Messages to one customer that count towards his caps: everything but answers to him and tests. */
export type Contacts = {
  readonly today: number;
  readonly todayBy: (channel: Channel) => number;
  readonly week: number;
  /** The day of the oldest of the week's messages, which is the first that no longer counts. */
  readonly weekFirst: Day;
};

export function contactsOf(sent: readonly PlanSent[], day: Day): Contacts {
  const before = daysAfter(day, -7);
  const today: PlanSent[] = [];
  let [week, weekFirst] = [0, day];
  for (const one of sent) {
    if (one.day > day || one.day <= before || !isContact(one)) continue;
    week += 1;
    if (one.day < weekFirst) weekFirst = one.day;
    if (one.day === day) today.push(one);
  }
  return {
    today: today.length,
    todayBy: (channel) => today.filter((one) => one.channel === channel).length,
    week,
    weekFirst,
  };
}

/** What did not arrive was a contact all the same: the customer's phone may have rung. */
export function isContact({ purpose, state }: PlanSent): boolean {
  return purpose !== 'reply' && purpose !== 'test' && state !== 'rejected' && weights[state] !== 'nothing';
}
