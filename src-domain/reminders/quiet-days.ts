import type { Day } from '../days.ts';
import { dayCount } from './day-counts.ts';
import { billsNow, customerNow, isDue, type At, type BillNow, type CustomerNow } from './plan-bills.ts';
import type { PlanCustomer, PlannedMessage } from './plan-facts.ts';
import { contactsOf, FAILED_DAYS_MOST, setAsideBy, weightOf } from './plan-history.ts';
import { actingOn, type PlanIndex } from './plan-index.ts';
import { customerStop } from './plan-stops.ts';

// On most days most customers get nothing, and it is known until when. Whoever plays many days forward asks first.

/** What can be said of a customer on a day before anything is put into words. */
export type Look = {
  /**
   * The first day, from today on, on which he may get a message if none is sent to him before: today where something may
   * leave today. As a count; Infinity = never. It may be too early and is never too late.
   */
  readonly wakes: number;
  readonly now: CustomerNow;
  readonly bills: readonly BillNow[];
};

export function lookAt(index: PlanIndex, customer: PlanCustomer, at: At): Look {
  const now = customerNow(index, customer, at);
  if (now.items.length === 0) return { now, bills: [], wakes: Infinity };
  const { policy } = index.facts;
  const whole = customerStop(customer, now.balancePaise, { policy, day: at.day });
  // What stops a customer as a whole depends on nothing but the day, and says when it ends.
  if (whole !== null)
    return { now, bills: [], wakes: whole.until === null ? Infinity : dayCount(whole.until) };
  const bills = billsNow(now);
  const today = dayCount(at.day);
  if (bills.some(isDue)) return { now, bills, wakes: Math.max(today, capEnds(now)) };
  const first = bills.reduce((least, bill) => Math.min(least, billWakes(bill, today)), Infinity);
  const wakes = Math.min(first, nextRule(now), unrest(now));
  return { now, bills, wakes };
}

/** The same once messages that name some of his bills have left today: none is named again before its gap is over. */
export function wakesAfter({ now, bills }: Look, messages: readonly Pick<PlannedMessage, 'items'>[]): number {
  const { index, at } = now;
  const today = dayCount(at.day);
  const isNamed = ({ item }: BillNow): boolean =>
    messages.some(({ items }) => items.some(({ billId }) => billId === item.billId));
  let first = Math.min(nextRule(now), unrest(now));
  for (const bill of bills) {
    const gapDays = Math.max(bill.ruling?.cadence.gapDays ?? 0, index.facts.policy.gapDaysLeast, 1);
    const wakes = isNamed(bill) ? today + gapDays : isDue(bill) ? today + 1 : billWakes(bill, today);
    if (wakes < first) first = wakes;
  }
  return first;
}

/** The day on which the owner's caps over all channels let another message through. */
function capEnds({ sent, at, index }: CustomerNow): number {
  const { perDayMost, perWeekMost } = index.facts.policy;
  const had = contactsOf(sent, at.day);
  if (had.week >= perWeekMost) return dayCount(had.weekFirst) + 7;
  return had.today >= perDayMost ? dayCount(at.day) + 1 : 0;
}

function billWakes({ item, silent }: BillNow, today: number): number {
  const until = silent?.until ?? null;
  const due = dayCount(item.dueDay);
  // Once it is late, steps that lay before its due day are over, and what counts from them is known.
  const isLate = today > due ? Infinity : due + 1;
  return Math.min(isLate, until === null ? Infinity : dayCount(until));
}

/** A rule that begins to act may turn over everything. */
function nextRule({ index, at }: CustomerNow): number {
  const { until } = actingOn(index, at.day);
  return until === null ? Infinity : dayCount(until);
}

/** What did not arrive, is still waited for or was set aside counts otherwise from day to day: for some days nothing is passed over. */
function unrest({ index, customer, sent, at }: CustomerNow): number {
  const known = index.pasts.get(customer.customerId);
  if (known?.count === sent.length && known.allCount) return Infinity;
  const { policy } = index.facts;
  const moment = { day: '9999-12-31' as Day, nextChannelHours: policy.nextChannelHours };
  const longest = Math.max(FAILED_DAYS_MOST, Math.ceil(policy.nextChannelHours / 24)) + 1;
  const today = dayCount(at.day);
  const isRestless = sent.some((one) => {
    const weight = weightOf(one, moment);
    const isSettled = weight === 'counts' || (weight === 'nothing' && !setAsideBy(one));
    return !isSettled && dayCount(one.day) + longest >= today;
  });
  return isRestless ? today + 1 : Infinity;
}
