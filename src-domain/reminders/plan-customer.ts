import { addDays, type Day } from '../days.ts';
import { sumOf } from '../money.ts';
import type { CadenceStep } from './cadence.ts';
import { daysApart } from './day-counts.ts';
import { inOrder } from './in-order.ts';
import { takeRung, type LadderAnswer } from './ladder.ts';
import type { PlanCustomer, PlanItem, PlannedMessage, PlanSent, Silence, WhyPlanned } from './plan-facts.ts';
import {
  billsNow,
  customerNow,
  isDue,
  leadOf,
  type At,
  type BillDue,
  type BillNow,
  type CustomerNow,
} from './plan-bills.ts';
import { contactsOf, isUnheard, type Contacts } from './plan-history.ts';
import type { PlanIndex } from './plan-index.ts';
import { customerStop, mostTelling, stop, type Stop } from './plan-stops.ts';
import { tellsCredit } from './plan-text.ts';
import type { Channel } from './words.ts';

// What one customer gets on a day: at most a message about what is late and one about what falls due (E17).

export type CustomerPlan = {
  readonly messages: readonly PlannedMessage[];
  /** Null where a message says it all, or nothing is owed. */
  readonly silence: Silence | null;
};

export function planCustomer(index: PlanIndex, customer: PlanCustomer, at: At): CustomerPlan {
  const now = customerNow(index, customer, at);
  const { items, balancePaise } = now;
  if (items.length === 0) return { messages: [], silence: null };
  const whole = customerStop(customer, balancePaise, { policy: index.facts.policy, day: at.day });
  if (whole !== null) return { messages: [], silence: silenceOf(now, items, whole) };
  return planBills(now, billsNow(now));
}

const LATE_FIRST: readonly boolean[] = [true, false];

function isNamed(messages: readonly PlannedMessage[], { billId }: PlanItem): boolean {
  return messages.some(({ items }) => items.some((item) => item.billId === billId));
}

/** For a customer whom nothing stops as a whole. */
export function planBills(now: CustomerNow, bills: readonly BillNow[]): CustomerPlan {
  const { at } = now;
  const messages: PlannedMessage[] = [];
  const kept: { readonly bills: readonly BillNow[]; readonly stop: Stop }[] = [];
  for (const isLate of LATE_FIRST) {
    const group = bills.filter(({ item }) => item.dueDay < at.day === isLate);
    // A bill in parts that the message about what is late has named has had its message for today.
    const due = group.filter(isDue).filter(({ item }) => !isNamed(messages, item));
    if (due.length === 0) continue;
    const made = messageOf(now, { due, group, isLate, made: messages });
    if ('reason' in made) kept.push({ bills: due, stop: made });
    else messages.push(made);
  }
  return { messages, silence: silenceAfter(now, bills, { messages, kept }) };
}

function silenceAfter(
  now: CustomerNow,
  bills: readonly BillNow[],
  found: {
    readonly messages: readonly PlannedMessage[];
    readonly kept: readonly { readonly bills: readonly BillNow[]; readonly stop: Stop }[];
  },
): Silence | null {
  const [firstKept] = found.kept;
  if (firstKept !== undefined) {
    if (found.messages.length === 0) return silenceOf(now, now.items, firstKept.stop);
    const own = firstKept.bills.map(({ item }) => item).filter((item) => !isNamed(found.messages, item));
    return own.length === 0 ? null : silenceOf(now, own, firstKept.stop);
  }
  if (found.messages.length > 0) return silenceOfWaiting(now, bills, found.messages);
  return silenceOf(now, now.items, mostTelling(bills.flatMap(({ silent }) => silent ?? [])));
}

/** Late bills that a message of today leaves out because a person has to look at their own step first. */
function silenceOfWaiting(
  now: CustomerNow,
  bills: readonly BillNow[],
  messages: readonly PlannedMessage[],
): Silence | null {
  const waiting = bills
    .filter(isDue)
    .filter((bill) => !leavesByItself(bill) && !isNamed(messages, bill.item));
  const lead = leadOf(waiting);
  if (lead === undefined) return null;
  const values = { stepNumber: lead.due.stepNumber };
  const why = stop('needs-approval', addDays(now.at.day, 1), values);
  return silenceOf(
    now,
    waiting.map(({ item }) => item),
    why,
  );
}

export function silenceOf(now: CustomerNow, items: readonly PlanItem[], why: Stop): Silence {
  const { reason, values, until } = why;
  const billIds = [...new Set(items.map(({ billId }) => billId))];
  return {
    customerId: now.customer.customerId,
    billIds,
    balancePaise: now.balancePaise,
    reason,
    values,
    until,
  };
}

type Group = {
  readonly due: readonly BillDue[];
  readonly group: readonly BillNow[];
  readonly isLate: boolean;
  readonly made: readonly PlannedMessage[];
};

function messageOf(now: CustomerNow, group: Group): PlannedMessage | Stop {
  // What leaves by itself does not wait for a bill that a person has to look at: that one has its day after.
  const byItself = group.due.filter(leavesByItself);
  const lead = leadOf(byItself.length > 0 ? byItself : group.due);
  if (lead === undefined) return stop('nothing-due');
  const { step } = lead.due;
  // Of what is late the message names all that may be named; of what falls due only what has its day.
  const named = (group.isLate ? group.group : group.due).filter((bill) => isNamedWith(lead, bill));
  const tried = failedForStep(lead).map(({ channel }) => channel);
  const all = rungFor(now, { step, items: itemsOf(named), tried });
  const channel = all.taken?.channel;
  const told = named.filter((bill) => bill === lead || !mayHaveArrived(bill, channel));
  const items = itemsOf(told);
  const answer = told.length === named.length ? all : rungFor(now, { step, items, tried });
  if (answer.stop !== undefined) return answer.stop;
  const capped = capStop(now, answer.taken.channel, group.made);
  return capped ?? planned(now, { lead, items, tried, isLate: group.isLate, taken: answer.taken });
}

function itemsOf(bills: readonly BillNow[]): readonly PlanItem[] {
  return inOrder(
    bills.map(({ item }) => item),
    (a, b) => compare(a.dueDay, b.dueDay) || a.billId - b.billId,
  );
}

/** What was written of a bill for this very step and never heard of may be said again on another channel, and not on its own. */
function mayHaveArrived(bill: BillNow, channel: Channel | undefined): boolean {
  if (!isDue(bill)) return false;
  return failedForStep(bill).some((one) => one.channel === channel && isUnheard(one));
}

/** What was written for the step that has come and did not arrive, for all that is known. */
function failedForStep({ past, due }: BillDue): readonly PlanSent[] {
  return past.failed.filter((one) => one.day >= due.day);
}

/** No person has to look at the step of a bill before it leaves. */
function leavesByItself({ ruling, due: { step } }: BillDue): boolean {
  return ruling.cadence.isAutomatic && !isForPerson(step);
}

function isForPerson({ needsPerson, tone }: CadenceStep): boolean {
  return needsPerson || tone === 'final';
}

/**
 * A bill with a cadence of its own is named with others only when its step has come, and none in a message that leaves by
 * itself where its own would wait for a person.
 */
function isNamedWith(lead: BillDue, bill: BillNow): boolean {
  if (bill.stop !== null) return false;
  if (isDue(bill)) return leavesByItself(bill) || !leavesByItself(lead);
  return bill.ruling?.cadence === lead.ruling.cadence;
}

function rungFor(
  now: CustomerNow,
  wish: {
    readonly step: CadenceStep;
    readonly items: readonly PlanItem[];
    readonly tried: readonly Channel[];
  },
): LadderAnswer {
  const { index, customer, at, balancePaise } = now;
  return takeRung(index, {
    customer,
    purpose: 'reminder',
    templateKey: wish.step.templateKey,
    channels: wish.step.channels,
    tried: wish.tried,
    at,
    write: ({ template, gateway }) =>
      index.write({
        facts: index.facts,
        customer,
        items: wish.items,
        balancePaise,
        template,
        gateway,
        day: at.day,
      }),
  });
}

/** The owner's caps: on a channel in a day, in a day, in seven days. What is planned for today counts with them. */
export function capStop(
  { index, at, sent }: Pick<CustomerNow, 'index' | 'at' | 'sent'>,
  channel: Channel,
  made: readonly { readonly channel: Channel }[],
): Stop | null {
  const { perChannelDayMost, perDayMost, perWeekMost } = index.facts.policy;
  const had: Contacts = contactsOf(sent, at.day);
  const onChannel = had.todayBy(channel) + made.filter((one) => one.channel === channel).length;
  if (onChannel >= perChannelDayMost || had.today + made.length >= perDayMost)
    return stop('cap-day', addDays(at.day, 1), { count: had.today + made.length });
  if (had.week + made.length >= perWeekMost)
    return stop('cap-week', addDays(had.weekFirst, 7), { count: had.week + made.length, perWeekMost });
  return null;
}

type Taken = {
  readonly lead: BillDue;
  readonly items: readonly PlanItem[];
  readonly tried: readonly Channel[];
  readonly isLate: boolean;
  readonly taken: NonNullable<LadderAnswer['taken']>;
};

function planned(now: CustomerNow, { lead, items, tried, isLate, taken }: Taken): PlannedMessage {
  const { customer, at } = now;
  const { step, stepNumber } = lead.due;
  const { channel, template, gateway, window, written, warnings } = taken;
  const hasCredit = customer.unallocatedPaise > 0;
  return {
    dedupeKey: keyOf({ customerId: customer.customerId, channel, about: step.stepId, items, day: at.day }),
    customerId: customer.customerId,
    purpose: 'reminder',
    cadenceId: lead.ruling.cadence.cadenceId,
    step,
    stepNumber,
    channel,
    gatewayId: gateway?.gatewayId ?? null,
    address: taken.address.address,
    toName: taken.address.toName,
    template,
    language: template.language,
    items,
    balancePaise: now.balancePaise,
    overduePaise: sumOf(isLate ? items : [], (item) => item.openPaise),
    creditPaise: customer.unallocatedPaise,
    ...written,
    day: at.day,
    ...window,
    why: whyOf(lead, tried, at.day),
    warnings: hasCredit ? [...warnings, 'unmatched-money'] : warnings,
    // An owner who only wants to be warned of money that is on no bill yet sees those that cannot say so themselves.
    needsPerson: isForPerson(step) || (hasCredit && !tellsCredit(template)),
  };
}

/** Readable and stable: the outbox hashes it and takes it once (docs/gateways.md 8.7). */
export function keyOf(of: {
  readonly customerId: number;
  readonly channel: Channel;
  readonly about: string;
  readonly items: readonly Pick<PlanItem, 'billId'>[];
  readonly day: Day;
}): string {
  const billIds = inOrder(
    of.items.map(({ billId }) => billId),
    (a, b) => a - b,
  );
  const once = billIds.filter((billId, at) => billId !== billIds[at - 1]);
  return `${of.customerId}|${of.channel}|${of.about}|${once.join()}|${of.day}`;
}

function whyOf({ due, ruling, item }: BillDue, tried: readonly Channel[], day: Day): WhyPlanned {
  const values = {
    cadence: ruling.cadence.name,
    stepNumber: due.stepNumber,
    stepDay: due.day,
    bill: item.number ?? item.billDay,
    billId: item.billId,
    dueDay: item.dueDay,
    daysLate: daysApart(item.dueDay, day),
  };
  if (tried.length > 0) return { code: 'next-channel', values: { ...values, tried: tried.join(',') } };
  if (due.before !== undefined) return { code: 'gentler-first', values: { ...values, before: due.before } };
  if (due.repeat > 0) return { code: 'repeat', values: { ...values, repeat: due.repeat } };
  return { code: due.day < day ? 'step-late' : 'step-due', values };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
