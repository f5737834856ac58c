import { addDays, formatDay, type Day } from '../days.ts';
import { ok, refuse, type Result } from '../result.ts';
import { plainAddress } from './ladder.ts';
import { customerNow, type At } from './plan-bills.ts';
import { planCustomer, silenceOf } from './plan-customer.ts';
import type { Plan, PlanFacts, PlannedMessage, PlanSent, Silence } from './plan-facts.ts';
import { isContact } from './plan-history.ts';
import { indexFacts, type PlanIndex } from './plan-index.ts';
import { stop } from './plan-stops.ts';
import type { Channel, Tone } from './words.ts';

/**
 * Exactly what would leave on a day and who owes and gets nothing, with the reason that tells most. Every customer who
 * owes is in a message or in a silence; in both only where his second message of the day had to wait (E17).
 */
export function planReminders(facts: PlanFacts): Plan {
  return planOn(indexFacts(facts), { day: facts.day, minute: facts.minute });
}

/** The same plan, yielded at the end; null before it, so that whoever asks can let others have their turn. */
export function* planInSteps(facts: PlanFacts): Generator<Plan | null, void> {
  const index = indexFacts(facts);
  yield null;
  yield yield* stepsOn(index, { day: facts.day, minute: facts.minute });
}

function planOn(index: PlanIndex, at: At): Plan {
  const steps = stepsOn(index, at);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** So many customers are looked at before others get their turn. */
const CUSTOMERS_A_TURN = 10;

function* stepsOn(index: PlanIndex, at: At): Generator<null, Plan> {
  const silences: Silence[] = [];
  const drafts: PlannedMessage[] = [];
  for (const [place, customer] of index.facts.customers.entries()) {
    if (place % CUSTOMERS_A_TURN === 0) yield null;
    const made = planCustomer(index, customer, at);
    drafts.push(...made.messages);
    if (made.silence !== null) silences.push(made.silence);
  }
  const { messages, losers } = oneToAnAddress(drafts, contactsOn(index, at.day));
  const silent = new Set(silences.map(({ customerId }) => customerId));
  for (const { message, winnerId } of losers) {
    const customer = index.customers.get(message.customerId);
    if (customer === undefined || silent.has(message.customerId)) continue;
    silent.add(message.customerId);
    const winner = index.customers.get(winnerId)?.name ?? '';
    const why = stop('same-address', addDays(at.day, 1), { customer: winner });
    silences.push(silenceOf(customerNow(index, customer, at), message.items, why));
  }
  return { day: at.day, messages, silences };
}

type Loser = { readonly message: PlannedMessage; readonly winnerId: number };

/** Customers who share a phone or a mailbox get one message a day between them: the one with the most overdue. */
export function oneToAnAddress(
  drafts: readonly PlannedMessage[],
  before: readonly PlanSent[],
): { readonly messages: readonly PlannedMessage[]; readonly losers: readonly Loser[] } {
  const owners = new Map(before.map((one) => [plainAddress(one.address), one.customerId]));
  const losers: Loser[] = [];
  const lost = new Set<PlannedMessage>();
  for (const message of contested(drafts, owners).toSorted(
    (a, b) => b.overduePaise - a.overduePaise || a.customerId - b.customerId,
  )) {
    const address = plainAddress(message.address);
    const winnerId = owners.get(address);
    if (winnerId === undefined) owners.set(address, message.customerId);
    else if (winnerId !== message.customerId) {
      losers.push({ message, winnerId });
      lost.add(message);
    }
  }
  return { messages: drafts.filter((one) => !lost.has(one)), losers };
}

/** Those whose address is another customer's as well: next to none. */
function contested(
  drafts: readonly PlannedMessage[],
  owners: ReadonlyMap<string, number>,
): readonly PlannedMessage[] {
  const seen = new Map<string, number>(owners);
  const shared = new Set<string>();
  const addresses = drafts.map((message) => {
    const address = plainAddress(message.address);
    const other = seen.get(address);
    if (other === undefined) seen.set(address, message.customerId);
    else if (other !== message.customerId) shared.add(address);
    return address;
  });
  return shared.size === 0 ? [] : drafts.filter((_, at) => shared.has(addresses[at] ?? ''));
}

/** Messages that are there for a day already. */
function contactsOn(index: PlanIndex, day: Day): readonly PlanSent[] {
  const found: PlanSent[] = [];
  for (const own of index.sent.values())
    for (const one of own) if (one.day === day && isContact(one)) found.push(one);
  return found;
}

/** The message as the history will know it once it is delivered. */
export function sentOf(message: PlannedMessage): PlanSent {
  const { customerId, items, purpose, channel, address, cadenceId, step, day } = message;
  const billIds = [...new Set(items.map(({ billId }) => billId))];
  const state = 'delivered';
  return {
    customerId,
    billIds,
    purpose,
    channel,
    address,
    cadenceId,
    stepId: step.stepId,
    isAutomatic: true,
    day,
    state,
    changedAt: 0,
  };
}

/**
 * The plans of the days `from` … `to`, as if nothing were paid and each day's messages were sent. The days before `from`
 * are played, too. The first day is the plan of that day itself: what the screen shows for tomorrow is what will run.
 */
export function planDays(facts: PlanFacts, from: Day, to: Day): readonly Plan[] {
  const index = indexFacts(facts);
  const plans: Plan[] = [];
  for (let day = facts.day; day <= to; day = addDays(day, 1)) {
    const plan = planOn(index, { day, minute: day === facts.day ? facts.minute : 0 });
    for (const message of plan.messages) {
      const own = index.sent.get(message.customerId);
      if (own === undefined) index.sent.set(message.customerId, [sentOf(message)]);
      else own.push(sentOf(message));
    }
    if (day >= from) plans.push(plan);
  }
  return plans;
}

export type NextStep = {
  readonly day: Day;
  readonly channel: Channel;
  readonly cadenceId: number;
  readonly stepId: string;
  readonly stepNumber: number;
  readonly tone: Tone;
  readonly billIds: readonly number[];
};

/** What comes for one customer in the days after today, today included, and why today brings nothing. */
export function nextSteps(
  facts: PlanFacts,
  customerId: number,
  daysMost: number,
): { readonly steps: readonly NextStep[]; readonly silence: Silence | null } {
  const own: PlanFacts = {
    ...facts,
    customers: facts.customers.filter((one) => one.customerId === customerId),
    items: facts.items.filter((one) => one.customerId === customerId),
    // Other customers' messages of today may hold an address that is his as well.
    sent: facts.sent.filter((one) => one.customerId === customerId || one.day === facts.day),
  };
  const plans = planDays(own, facts.day, addDays(facts.day, Math.max(0, daysMost - 1)));
  const steps = plans.flatMap(({ messages }) => messages.map(nextStep));
  return { steps, silence: plans[0]?.silences[0] ?? null };
}

function nextStep(message: PlannedMessage): NextStep {
  const { day, channel, cadenceId, step, stepNumber, items } = message;
  const billIds = [...new Set(items.map(({ billId }) => billId))];
  return { day, channel, cadenceId, stepId: step.stepId, stepNumber, tone: step.tone, billIds };
}

/** A run is for today or a day to come; one for a day before the last run would remind by a past state (case E11). */
export function checkRunDay(day: Day, lastRunDay: Day | null): Result<Day> {
  if (lastRunDay === null || day >= lastRunDay) return ok(day);
  const values = { day: formatDay(day), last: formatDay(lastRunDay) };
  const sentence = `A run for ${values.day} cannot be made: there was one for ${values.last} already.`;
  return refuse('run-day-past', sentence, { field: 'day', values });
}
