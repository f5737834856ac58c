import { addDays, type Day } from '../days.ts';
import { ok, type Result } from '../result.ts';
import { dayCount, daysApart } from './day-counts.ts';
import { windowFrom } from './hours.ts';
import { oneToAnAddress, sentOf } from './plan.ts';
import { planBills } from './plan-customer.ts';
import type { PlanFacts, PlanGateway, PlanItem, PlannedMessage, PlanSent } from './plan-facts.ts';
import { isContact } from './plan-history.ts';
import { indexFacts, type PlanIndex } from './plan-index.ts';
import { writeText, type TextWish, type Written } from './plan-text.ts';
import { lookAt, wakesAfter } from './quiet-days.ts';
import type { MessageTemplate } from './template-facts.ts';
import { channels } from './words.ts';

/** A message of a day to come without its text: what it counts, costs and comes to is exact. */
export type MessageAhead = Omit<PlannedMessage, 'subject' | 'text' | 'values'>;
export type DayAhead = { readonly day: Day; readonly messages: readonly MessageAhead[] };

/** So many customers are looked at before others get their turn. */
const CUSTOMERS_A_TURN = 100;

/**
 * The same messages as planDays gives, without texts and silences, for many days over a whole book. It yields a day when
 * the day is done, and null in between, so that whoever asks can let others have their turn or give up.
 */
export function* planAhead(facts: PlanFacts, to: Day): Generator<DayAhead | null, void> {
  const index: PlanIndex = { ...indexFacts(facts), write: briefWriter() };
  const contacts = Map.groupBy([...index.sent.values()].flat().filter(isContact), (one) => one.day);
  const wakes = new Float64Array(facts.customers.length);
  const places = new Map(facts.customers.map(({ customerId }, place) => [customerId, place]));
  for (let day = facts.day; day <= to; day = addDays(day, 1)) {
    const at = { day, minute: day === facts.day ? facts.minute : 0 };
    const today = dayCount(day);
    const drafts: PlannedMessage[] = [];
    if (channels.every((channel) => windowFrom(facts.policy, channel, at) === null)) {
      yield { day, messages: [] };
      continue;
    }
    let looked = 0;
    for (const [place, customer] of facts.customers.entries()) {
      if ((wakes[place] ?? 0) > today) continue;
      looked += 1;
      if (looked % CUSTOMERS_A_TURN === 0) yield null;
      const look = lookAt(index, customer, at);
      wakes[place] = Math.max(look.wakes, today + 1);
      if (look.wakes > today) continue;
      const own = planBills(look.now, look.bills).messages;
      if (own.length > 0) wakes[place] = Math.max(wakesAfter(look, own), today + 1);
      drafts.push(...own);
    }
    const { messages, losers } = oneToAnAddress(drafts, contacts.get(day) ?? []);
    for (const { message } of losers) wakes[places.get(message.customerId) ?? 0] = today + 1;
    remember(index, messages);
    yield { day, messages };
  }
}

function remember(index: PlanIndex, messages: readonly PlannedMessage[]): void {
  for (const message of messages) {
    const sent: PlanSent = sentOf(message);
    const own = index.sent.get(message.customerId);
    if (own === undefined) index.sent.set(message.customerId, [sent]);
    else own.push(sent);
  }
}

type Brief = {
  readonly template: MessageTemplate;
  readonly gateway: PlanGateway | null;
  readonly items: readonly PlanItem[];
  readonly late: readonly number[];
  readonly written: Result<Written>;
};

/**
 * Whether a text can be made, its parts and its price depend on the words of a day only by how many digits the days have
 * that a bill is late: the same bills of the same customer need not be put into words again.
 */
function briefWriter(): (wish: TextWish) => Result<Written> {
  const last = new Map<number, Brief>();
  return (wish) => {
    const { customer, items, template, gateway, day } = wish;
    const late = items.map(({ dueDay }) => lateness(daysApart(dueDay, day)));
    const before = last.get(customer.customerId);
    if (before?.template === template && before.gateway === gateway && isSame(before, items, late))
      return before.written;
    const made = writeText(wish);
    const written = made.ok ? ok({ ...made.value, subject: null, text: '', values: [] }) : made;
    last.set(customer.customerId, { template, gateway, items, late, written });
    return written;
  };
}

function isSame(before: Brief, items: readonly PlanItem[], late: readonly number[]): boolean {
  if (before.items.length !== items.length) return false;
  return items.every((item, at) => before.items[at] === item && before.late[at] === late[at]);
}

/** One day late has a word of its own. */
function lateness(daysLate: number): number {
  return daysLate <= 1 ? Math.max(0, daysLate) : 1 + String(daysLate).length;
}
