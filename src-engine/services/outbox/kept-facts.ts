import type { Day } from '#domain/days.ts';
import type { PlanCustomer, PlanFacts, PlanItem } from '#domain/reminders/plan-facts.ts';
import { factsVersion } from '../../storage/facts-version.ts';
import type { MessageRow } from '../../storage/messages.ts';
import { waitingCustomers } from '../../storage/outbox-facts.ts';
import type { BookContext } from '../door.ts';
import { planFacts } from '../reminders/facts.ts';
import { minuteAt } from './clock.ts';
import type { Runner } from './runner.ts';

// Facts for the last check are read for the next few customers at once, and hold until something of theirs is written:
// reading them anew for each message would cost more than sending it, and reading all at once would keep everybody waiting.

export type KeptFacts = {
  /** Another one means that something was written of which they are made (messages are not). */
  readonly version: string;
  readonly day: Day;
  readonly facts: PlanFacts;
  readonly customers: ReadonlyMap<number, PlanCustomer>;
  readonly items: ReadonlyMap<number, readonly PlanItem[]>;
};

const CUSTOMERS_MOST = 25;

/** Of this very minute and of the one customer; null for what goes to the owner himself. */
export function factsFor(context: BookContext, runner: Runner, message: MessageRow): PlanFacts | null {
  const { customerId } = message;
  if (customerId === null) return null;
  const { db, now, book, dayAt } = context;
  const today = dayAt(now(), book.timeZone);
  const before = runner.facts;
  const isGood =
    before?.version === db.read(factsVersion) && before.day === today && before.customers.has(customerId);
  const kept = isGood && before !== null ? before : readAnew({ ...context, today }, customerId);
  runner.facts = kept;
  const customer = kept.customers.get(customerId);
  return {
    ...kept.facts,
    minute: minuteAt(now(), book.timeZone),
    customers: customer ? [customer] : [],
    items: kept.items.get(customerId) ?? [],
  };
}

function readAnew(context: BookContext, customerId: number): KeptFacts {
  const { db, today, now } = context;
  const waiting = db.read((tx) => waitingCustomers(tx, now(), CUSTOMERS_MOST));
  const customerIds = [...new Set([customerId, ...waiting])];
  const version = db.read(factsVersion);
  // The last check reads the messages itself, inside of its transaction.
  const facts = planFacts(context, { day: today, minute: 0, customerIds, omitsSent: true });
  return {
    version,
    day: today,
    facts,
    customers: new Map(facts.customers.map((customer) => [customer.customerId, customer])),
    items: Map.groupBy(facts.items, (item) => item.customerId),
  };
}
