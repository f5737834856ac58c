import type { Day } from '../days.ts';
import type { Paise } from '../money.ts';
import { daysApart } from './day-counts.ts';
import type { PlanCustomer, PlanItem, PlanSent } from './plan-facts.ts';
import { FAILED_DAYS_MOST, pastsFrom, setAsideBy, type BillPast } from './plan-history.ts';
import { rulingsOf, type NoRuling, type PlanIndex, type Ruling } from './plan-index.ts';
import { balanceOf, billRests, billWaits, stop, type Stop } from './plan-stops.ts';
import { fixedPlaces, openSteps, stepsAt, type OpenSteps, type StepDay } from './step-days.ts';
import { isGentle, type Said } from './tone-order.ts';
import { tones } from './words.ts';

// Where each open part of a customer's bills stands on a day: which step has come, and what keeps it back.

export type At = { readonly day: Day; readonly minute: number };

export type CustomerNow = {
  readonly index: PlanIndex;
  readonly customer: PlanCustomer;
  readonly at: At;
  readonly items: readonly PlanItem[];
  readonly balancePaise: Paise;
  readonly sent: readonly PlanSent[];
};

export function customerNow(index: PlanIndex, customer: PlanCustomer, at: At): CustomerNow {
  const items = index.items.get(customer.customerId) ?? [];
  const balancePaise = balanceOf(customer, items);
  return { index, customer, at, items, balancePaise, sent: index.sent.get(customer.customerId) ?? [] };
}

export type BillNow = {
  readonly item: PlanItem;
  readonly past: BillPast;
  readonly ruling: Ruling | null;
  readonly due: StepDay | null;
  /** Why it is not named in a message today; null for one that may be. */
  readonly stop: Stop | null;
  /** Why no step of it is due, or why the due one has to wait; null when one is due and may go. */
  readonly silent: Stop | null;
};
export type BillDue = BillNow & { readonly ruling: Ruling; readonly due: StepDay };

export function isDue(bill: BillNow): bill is BillDue {
  return bill.silent === null && bill.due !== null && bill.ruling !== null;
}

export function billsNow(now: CustomerNow): readonly BillNow[] {
  const { index, customer, sent } = now;
  const { nextChannelHours } = index.facts.policy;
  const moment = { day: now.at.day, nextChannelHours };
  const pastOf = pastsFrom(index.pasts, { customerId: customer.customerId, sent }, moment);
  const rulingOf = rulingsOf(index, customer, now.at.day);
  return now.items.map((item) => billNow(now, { item, past: pastOf(item.billId), found: rulingOf(item) }));
}

type BillKnown = { readonly item: PlanItem; readonly past: BillPast; readonly found: Ruling | NoRuling };

function billNow(now: CustomerNow, { item, past, found }: BillKnown): BillNow {
  const { index, customer, balancePaise } = now;
  const { day } = now.at;
  if (found.cadence === null) {
    const off = stop('cadence-off', found.until);
    return { item, past, ruling: null, due: null, stop: off, silent: off };
  }
  const { policy } = index.facts;
  const facts = { item, past, cadence: found.cadence, customer, balancePaise, policy, day };
  const rests = billRests(facts);
  if (rests !== null) return { item, past, ruling: found, due: null, stop: rests, silent: rests };
  const steps = stepsAt(openStepsOf(index, { item, past, found }, day), day);
  const waits = billWaits(facts, steps.due);
  const isToday = waits?.reason === 'duplicate';
  const silent = steps.due === null && !isToday ? noStep(steps.next, item, day) : waits;
  return { item, past, ruling: found, due: steps.due, stop: waits, silent };
}

function openStepsOf(
  index: PlanIndex,
  { item, past, found }: BillKnown & { readonly found: Ruling },
  day: Day,
): OpenSteps {
  const { cadence, activeFrom } = found;
  const isLate = item.dueDay < day;
  const known = index.steps.get(item);
  const isSame = known?.past === past && known.cadence === cadence && known.activeFrom === activeFrom;
  if (isSame && known.isLate === isLate) return known.open;
  const bill = { steps: cadence.steps, billDay: item.billDay, dueDay: item.dueDay };
  const places = known?.cadence === cadence ? known.places : fixedPlaces(bill);
  const done = doneDays(past, day);
  const doneSteps = stepsBefore(past, activeFrom);
  const isPlain = cadence.steps.every(({ tone }) => isGentle(tone));
  const said = isPlain ? [] : saidOf(index, past, done);
  const facts = { ...bill, activeFrom, doneDays: done, doneSteps, said, places };
  const open = openSteps(facts, day);
  // A step that failed counts as done some days later.
  if (past.failed.length === 0) index.steps.set(item, { past, cadence, activeFrom, isLate, places, open });
  return open;
}

function noStep(next: StepDay | null, item: PlanItem, day: Day): Stop {
  if (next !== null) return stop('not-yet', next.day, { stepNumber: next.stepNumber, day: next.day });
  return stop(item.dueDay < day ? 'cadence-ended' : 'nothing-due');
}

function doneDays(past: BillPast, day: Day): readonly Day[] {
  const given = past.failed.filter((one) => daysApart(one.day, day) >= FAILED_DAYS_MOST);
  return given.length === 0 ? past.done : [...past.done, ...given.map((one) => one.day)].toSorted();
}

/** What a person wrote, and what a cadence that is no more said, counts as gentle. */
function saidOf({ cadences }: PlanIndex, past: BillPast, done: readonly Day[]): readonly Said[] {
  const said: Said[] = [];
  for (const one of past.planned) {
    if (setAsideBy(one) || !done.includes(one.day)) continue;
    const steps = one.cadenceId === null ? [] : (cadences.get(one.cadenceId)?.steps ?? []);
    const step = steps.find(({ stepId }) => stepId === one.stepId);
    said.push({ day: one.day, tone: step?.tone ?? 'plain' });
  }
  for (const day of past.reminded) if (!past.done.includes(day)) said.push({ day, tone: 'plain' });
  return said.toSorted((a, b) => daysApart(b.day, a.day));
}

const NO_STEPS: ReadonlySet<string> = new Set();

function stepsBefore({ planned, done }: BillPast, activeFrom: Day): ReadonlySet<string> {
  if (done[0] === undefined || done[0] >= activeFrom) return NO_STEPS;
  const before = planned.filter((one) => one.day < activeFrom && done.includes(one.day));
  return new Set(before.flatMap(({ stepId }) => stepId ?? []));
}

/** The firmest step speaks for all: by tone, then by how far the cadence is, then by how late the bill is. */
export function leadOf(due: readonly BillDue[]): BillDue | undefined {
  return due.reduce<BillDue | undefined>(
    (lead, bill) => (lead === undefined || compareLead(bill, lead) < 0 ? bill : lead),
    undefined,
  );
}

/** Below 0: the first speaks. */
function compareLead(a: BillDue, b: BillDue): number {
  return (
    tones.indexOf(b.due.step.tone) - tones.indexOf(a.due.step.tone) ||
    b.due.stepNumber - a.due.stepNumber ||
    daysApart(b.item.dueDay, a.item.dueDay) ||
    a.item.billId - b.item.billId
  );
}
