import { addDays, type Day } from '../days.ts';
import { subtract, sumOf, type Paise } from '../money.ts';
import type { Cadence } from './cadence.ts';
import { daysApart } from './day-counts.ts';
import type { PlanCustomer, PlanItem, PlanPause, Silence } from './plan-facts.ts';
import type { BillPast } from './plan-history.ts';
import type { SendingPolicy } from './policy.ts';
import type { PauseKind, SilenceReason } from './words.ts';

// What keeps a customer or a bill from being reminded, whatever its step. The planner and the check at the last moment
// ask the same functions, so that they cannot disagree.

export type Stop = Pick<Silence, 'reason' | 'values' | 'until'>;

export function stop(reason: SilenceReason, until: Day | null = null, values: Silence['values'] = {}): Stop {
  return { reason, values, until };
}

const pauseReasons: Readonly<Record<PauseKind, SilenceReason>> = {
  dispute: 'disputed',
  plan: 'on-plan',
  promise: 'promised',
  reply: 'open-reply',
  person: 'paused',
};

/** The pause to tell of: the gravest kind, and of one kind the longest. */
const pauseOrder: readonly PauseKind[] = ['dispute', 'plan', 'promise', 'reply', 'person'];

export function pauseStop(pauses: readonly PlanPause[], day: Day): Stop | null {
  const acting = pauses.filter(({ until }) => until === null || until >= day);
  for (const kind of pauseOrder) {
    const own = acting.filter((pause) => pause.kind === kind);
    if (own.length === 0) continue;
    const isOpen = own.some(({ until }) => until === null);
    const last = own.reduce<Day>((most, { until }) => (until !== null && until > most ? until : most), day);
    return stop(pauseReasons[kind], isOpen ? null : addDays(last, 1));
  }
  return null;
}

/** Open parts less what the customer has with us. Foreign bills are in it at their value in the book. */
export function balanceOf(customer: PlanCustomer, items: readonly PlanItem[]): Paise {
  return subtract(
    sumOf(items, (item) => item.openPaise),
    customer.unallocatedPaise,
  );
}

/**
 * Why nothing at all goes to a customer, in this order: he owes nothing (8.6), his account does not agree with Tally's,
 * he is not to be chased, his case rests (RM15) or he waits for an answer (RP5), he has just paid, money of his is on no
 * bill yet (RM12).
 */
export function customerStop(
  customer: PlanCustomer,
  balancePaise: Paise,
  { policy, day }: { readonly policy: SendingPolicy; readonly day: Day },
): Stop | null {
  if (balancePaise < 0) return stop('in-credit', null, { creditPaise: 0 - balancePaise });
  if (balancePaise === 0) return stop('paid');
  if (customer.tiesOut === false) return stop('not-tied-out');
  if (customer.doNotChaseReason !== null)
    return stop('do-not-chase', null, { why: customer.doNotChaseReason });
  const own = customer.pauses.filter(({ billId }) => billId === null);
  const paused = pauseStop(own, day);
  if (paused !== null) return paused;
  if (customer.hasOpenReply) return stop('open-reply');
  const paid = recentReceipt(customer, policy, day);
  if (paid !== null) return paid;
  if (customer.unallocatedPaise > 0 && policy.onUnmatchedMoney === 'hold')
    return stop('unmatched-money', null, { amountPaise: customer.unallocatedPaise });
  return null;
}

/** The day of the money and as many whole days after it: 24 hours must pass, and a receipt is known by its day only. */
function recentReceipt({ lastMoneyDay }: PlanCustomer, policy: SendingPolicy, day: Day): Stop | null {
  const quietDays = policy.quietDaysAfterReceipt;
  if (lastMoneyDay === null || quietDays === 0) return null;
  const ago = daysApart(lastMoneyDay, day);
  if (ago < 0 || ago > quietDays) return null;
  return stop('recent-receipt', addDays(lastMoneyDay, quietDays + 1), { moneyDay: lastMoneyDay });
}

export type BillFacts = {
  readonly item: PlanItem;
  readonly past: BillPast;
  readonly cadence: Cadence;
  readonly customer: PlanCustomer;
  readonly balancePaise: Paise;
  readonly policy: SendingPolicy;
  readonly day: Day;
};

/** Why a bill is not reminded of, whatever its step and whichever day it is. */
export function billRests(facts: BillFacts): Stop | null {
  const { item, past, cadence, customer, balancePaise, day } = facts;
  if (item.doNotChaseReason !== null) return stop('bill-do-not-chase', null, { why: item.doNotChaseReason });
  const own = customer.pauses.filter(({ billId }) => billId === item.billId);
  const paused = own.length === 0 ? null : pauseStop(own, day);
  if (paused !== null) return paused;
  if (!cadence.isOn) return stop('cadence-off', null, { cadence: cadence.name });
  if (balancePaise < cadence.minimumPaise)
    return stop('below-minimum', null, { minimumPaise: cadence.minimumPaise, balancePaise });
  const { stopAfterDays } = cadence;
  if (stopAfterDays !== null && daysApart(item.dueDay, day) > stopAfterDays)
    return stop('cadence-ended', null, { daysLate: daysApart(item.dueDay, day), stopAfterDays });
  const count = past.reminded.length + past.unheard.length;
  if (cadence.mostPerBill !== null && count >= cadence.mostPerBill)
    return stop('cadence-ended', null, { count, mostPerBill: cadence.mostPerBill });
  return null;
}

/**
 * Why a bill is not named today although nothing keeps it from being chased: what was done today, grace, the gap. `due` is
 * the step that has come: what was written for it and never heard of may be tried on the next channel, whatever the gap.
 */
export function billWaits(
  { item, past, cadence, policy, day }: BillFacts,
  due: { readonly day: Day } | null,
): Stop | null {
  const last = past.reminded.at(-1);
  // A message of the same day is no gap but the very message.
  if (last !== undefined && last >= day) return stop('duplicate', addDays(last, 1));
  if (past.setAside !== null) return stop(past.setAside, addDays(day, 1));
  // The ladder climbs one rung a day.
  if (past.failed.some((one) => one.day >= day)) return stop('cap-day', addDays(day, 1));
  const { graceDays } = cadence;
  if (graceDays > 0 && item.dueDay < day && daysApart(item.dueDay, day) <= graceDays)
    return stop('within-grace', addDays(item.dueDay, graceDays + 1), { graceDays });
  const gapDays = Math.max(cadence.gapDays, policy.gapDaysLeast);
  const unheard = past.unheard.findLast((one) => due === null || one < due.day);
  const lastDay = last === undefined || (unheard !== undefined && unheard > last) ? unheard : last;
  if (lastDay === undefined || daysApart(lastDay, day) >= gapDays) return null;
  return stop('gap', addDays(lastDay, gapDays), { ago: daysApart(lastDay, day), gapDays, lastDay });
}

/**
 * Of several bills' reasons the one that tells most: what was done today, then what kept back a step that had come, then
 * what rests, then what is still to come, then what never comes.
 */
const tellingOrder: readonly SilenceReason[] = [
  'duplicate',
  'by-person',
  'withdrawn',
  'same-address',
  'cap-day',
  'cap-week',
  'outside-hours',
  'text-refused',
  'no-payment-details',
  'no-business-phone',
  'template-paused',
  'no-template',
  'gateway-paused',
  'no-gateway',
  'no-consent',
  'suppressed',
  'opted-out',
  'no-address',
  'gap',
  'below-minimum',
  'disputed',
  'on-plan',
  'promised',
  'open-reply',
  'paused',
  'within-grace',
  'not-yet',
  'bill-do-not-chase',
  'cadence-ended',
  'cadence-off',
  'nothing-due',
];

/** The most telling of several; of the same reason the one that ends first. */
export function mostTelling(stops: readonly Stop[]): Stop {
  const rank = ({ reason }: Stop): number => tellingOrder.indexOf(reason);
  const [first = stop('nothing-due'), ...rest] = stops;
  return rest.reduce((best, one) => {
    if (rank(one) !== rank(best)) return rank(one) < rank(best) ? one : best;
    return one.until !== null && (best.until === null || one.until < best.until) ? one : best;
  }, first);
}
