import { addDays, type Day } from '../days.ts';
import { sumOf } from '../money.ts';
import type { CadenceStep } from './cadence.ts';
import { daysApart } from './day-counts.ts';
import { takeRung, type LadderAnswer } from './ladder.ts';
import type { PlanCustomer, PlanItem, PlannedMessage, Silence, WhyPlanned } from './plan-facts.ts';
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
import { contactsOf, type Contacts } from './plan-history.ts';
import type { PlanIndex } from './plan-index.ts';
import { customerStop, mostTelling, stop, type Stop } from './plan-stops.ts';
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

/** For a customer whom nothing stops as a whole. */
export function planBills(now: CustomerNow, bills: readonly BillNow[]): CustomerPlan {
  const { at } = now;
  const messages: PlannedMessage[] = [];
  const kept: { readonly bills: readonly BillNow[]; readonly stop: Stop }[] = [];
  for (const isLate of [true, false]) {
    const group = bills.filter(({ item }) => item.dueDay < at.day === isLate);
    // A bill in parts that the message about what is late has named has had its message for today.
    const named = new Set(messages.flatMap((one) => one.items.map(({ billId }) => billId)));
    const due = group.filter(isDue).filter(({ item }) => !named.has(item.billId));
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
    const named = new Set(found.messages.flatMap((one) => one.items.map(({ billId }) => billId)));
    const own = firstKept.bills.map(({ item }) => item).filter(({ billId }) => !named.has(billId));
    return own.length === 0 ? null : silenceOf(now, own, firstKept.stop);
  }
  if (found.messages.length > 0) return null;
  return silenceOf(now, now.items, mostTelling(bills.flatMap(({ silent }) => silent ?? [])));
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
  const lead = leadOf(group.due);
  if (lead === undefined) return stop('nothing-due');
  const { step } = lead.due;
  // Of what is late the message names all that may be named; of what falls due only what has its day.
  const named = group.isLate ? group.group.filter((bill) => bill.stop === null) : group.due;
  const items = named
    .map(({ item }) => item)
    .toSorted((a, b) => compare(a.dueDay, b.dueDay) || a.billId - b.billId);
  const tried = lead.past.failed.filter((one) => one.day >= lead.due.day).map(({ channel }) => channel);
  const answer = rungFor(now, { step, items, tried });
  if (answer.stop !== undefined) return answer.stop;
  const capped = capStop(now, answer.taken.channel, group.made);
  return capped ?? planned(now, { lead, items, tried, isLate: group.isLate, taken: answer.taken });
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
    needsPerson: step.needsPerson || step.tone === 'final',
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
  const billIds = [...new Set(of.items.map(({ billId }) => billId))].toSorted((a, b) => a - b);
  return [of.customerId, of.channel, of.about, billIds.join(','), of.day].join('|');
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
  if (due.repeat > 0) return { code: 'repeat', values: { ...values, repeat: due.repeat } };
  return { code: due.day < day ? 'step-late' : 'step-due', values };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
