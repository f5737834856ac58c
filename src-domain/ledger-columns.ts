import { dayFromNumber, dayNumber, type Day } from './days.ts';
import {
  eventsOfLength,
  joinedEvents,
  joinedSpans,
  standingSpans,
  NEVER,
  sortedEvents,
  spansOfLength,
  type Events,
  type Spans,
} from './ledger-events.ts';
import type { LedgerFacts } from './ledger-facts.ts';
import { snapshotsOf, type Amounts, type Snapshot } from './ledger-snapshots.ts';
import { gather, placeOfCustomer, type CustomerPlaces, type Wanted } from './ledger-gather.ts';

/** A receipt that does not count yet on some day one may ask about: post-dated, or of a day to come. */
export type Held = {
  readonly document: number;
  readonly customer: number;
  readonly day: number;
  readonly effectiveDay: number;
  readonly paise: number;
};

/**
 * The ledger in memory as columns (ledger-events.ts). The many stand in order of day; what changed since stands behind
 * them in no order until there is enough of it to be put in order too.
 */
export type LedgerColumns = {
  readonly events: Events;
  readonly laterEvents: Events;
  /** Of the events in order; oldest first. */
  readonly snapshots: readonly Snapshot[];
  readonly spans: Spans;
  readonly laterSpans: Spans;
  readonly held: readonly Held[];
  readonly customers: CustomerPlaces;
  /** First and last day that anything is aged from. */
  readonly ages: { readonly first: number; readonly last: number };
  readonly madeOn: Day;
};

/**
 * Throws where an allocation points at nothing. `today`: receipts dated later are remembered as not yet counting.
 * `between`: events from one snapshot to the next, for tests on small books.
 */
export function columnsOf(facts: LedgerFacts, today: Day, between?: number): LedgerColumns {
  const customers: CustomerPlaces = { ids: [], at: new Map() };
  const { events, spans } = gather(facts, customers);
  const sorted = sortedEvents(events);
  const made = {
    events: sorted,
    snapshots: snapshotsOf(sorted, between),
    laterEvents: eventsOfLength(0),
    spans: joinedSpans(spansOfLength(spans.length), [spans]),
    laterSpans: spansOfLength(0),
    held: heldOf(facts, customers, dayNumber(today)),
    customers,
    madeOn: today,
  };
  return { ...made, ages: agesOf([made.events]) };
}

function heldOf({ moneyIn }: LedgerFacts, customers: CustomerPlaces, today: number): readonly Held[] {
  const held: Held[] = [];
  for (let at = 0; at < moneyIn.ids.length; at += 1) {
    const document = moneyIn.ids[at] ?? 0;
    const [day, effectiveDay] = [moneyIn.days[at] ?? 0, moneyIn.effectiveDays[at] ?? 0];
    if (document < 0 || (effectiveDay === day && effectiveDay <= today)) continue;
    const customer = placeOfCustomer(customers, moneyIn.customerIds[at] ?? 0);
    held.push({ document, customer, day, effectiveDay, paise: moneyIn.paise[at] ?? 0 });
  }
  return held;
}

function agesOf(parts: readonly Events[]): { readonly first: number; readonly last: number } {
  let [first, last] = [NEVER, -NEVER];
  for (const { dueDays, billDays } of parts) {
    for (const ages of [dueDays, billDays]) {
      for (const age of ages) {
        if (age < first) first = age;
        if (age > last) last = age;
      }
    }
  }
  return first > last ? { first: 0, last: 0 } : { first, last };
}

const LATER_LEAST = 4096;

/**
 * The same columns after some documents changed. What stood for them is struck out in place, and what the facts (of these
 * documents and of those they touch) say now is written behind: no rebuild for a bill.
 */
export function withChanges(before: LedgerColumns, facts: LedgerFacts, changed: Wanted): LedgerColumns {
  const snapshots = before.snapshots.map((one) => one.open);
  for (const amounts of [before.events, before.laterEvents, ...snapshots]) strikeAmounts(amounts, changed);
  for (const spans of [before.spans, before.laterSpans]) strikeSpans(spans, changed);
  const { customers } = before;
  const fresh = gather(facts, customers, changed);
  const laterEvents = joined(before.laterEvents, fresh.events);
  const { laterSpans } = before;
  const spans = joinedSpans(spansOfLength(laterSpans.length + fresh.spans.length), [laterSpans, fresh.spans]);
  const held = [
    ...before.held.filter((one) => !changed.moneyIn.has(one.document)),
    ...heldOf(facts, customers, dayNumber(before.madeOn)).filter((one) => changed.moneyIn.has(one.document)),
  ];
  const found = agesOf([fresh.events]);
  const ages =
    fresh.events.length === 0
      ? before.ages
      : before.events.length + before.laterEvents.length === 0
        ? found
        : { first: Math.min(before.ages.first, found.first), last: Math.max(before.ages.last, found.last) };
  return inOrder({ ...before, laterEvents, laterSpans: spans, held, ages });
}

function joined(first: Events, second: Events): Events {
  return joinedEvents(eventsOfLength(first.length + second.length), [first, second]);
}

function inOrder(columns: LedgerColumns): LedgerColumns {
  const { events, laterEvents, spans, laterSpans } = columns;
  if (laterEvents.length <= Math.max(LATER_LEAST, events.length >> 5)) return columns;
  const sorted = sortedEvents(joined(events, laterEvents));
  return {
    ...columns,
    events: sorted,
    snapshots: snapshotsOf(sorted),
    laterEvents: eventsOfLength(0),
    spans: standingSpans([spans, laterSpans]),
    laterSpans: spansOfLength(0),
  };
}

const SIEVE_MASK = 0xffff;

/** Numbers that may be among the changed: one look into 64 KB spares millions of looks into a set. */
function sieveOf({ bills, moneyIn }: Wanted): Uint8Array {
  const sieve = new Uint8Array(SIEVE_MASK + 1);
  for (const number of bills) sieve[number & SIEVE_MASK] = 1;
  for (const number of moneyIn) sieve[number & SIEVE_MASK] = 1;
  return sieve;
}

function strikeAmounts({ length, documents, rows, paise }: Amounts, changed: Wanted): void {
  const { bills, moneyIn } = changed;
  const sieve = sieveOf(changed);
  for (let at = 0; at < length; at += 1) {
    if (sieve[(documents[at] ?? 0) & SIEVE_MASK] === 0) continue;
    const numbers = ((rows[at] ?? 0) & 1) === 1 ? bills : moneyIn;
    if (numbers.has(documents[at] ?? 0)) paise[at] = 0;
  }
}

function strikeSpans({ length, documents, from, until }: Spans, changed: Wanted): void {
  const { bills } = changed;
  const sieve = sieveOf(changed);
  for (let at = 0; at < length; at += 1) {
    if (sieve[(documents[at] ?? 0) & SIEVE_MASK] === 0) continue;
    if (!bills.has(documents[at] ?? 0)) continue;
    from[at] = NEVER;
    until[at] = NEVER;
  }
}

/** How many events are of a day or earlier: the days ascend. */
export function eventsUpTo(days: Int32Array, day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] ?? 0) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first day on which anything happened and the last on which anything happens or falls due; null without any. */
export function spanOfBook({ events, laterEvents }: LedgerColumns): {
  readonly firstDay: Day;
  readonly lastDay: Day;
} | null {
  let [first, last] = [NEVER, -NEVER];
  for (const { length, days, dueDays, paise } of [events, laterEvents]) {
    for (let at = 0; at < length; at += 1) {
      if (paise[at] === 0) continue;
      first = Math.min(first, days[at] ?? 0);
      last = Math.max(last, days[at] ?? 0, dueDays[at] ?? 0);
    }
  }
  return first > last ? null : { firstDay: dayFromNumber(first), lastDay: dayFromNumber(last) };
}

/** Bytes that the columns take. */
export function bytesOf({ events, laterEvents, snapshots, spans, laterSpans }: LedgerColumns): number {
  const EVENT_BYTES = 6 * 4 + 8;
  const AMOUNT_BYTES = 4 * 4 + 8;
  const SPAN_BYTES = 6 * 4 + 1;
  const amountCount = snapshots.reduce((sum, one) => sum + one.open.length, 0);
  const eventCount = events.length + laterEvents.length;
  const spanCount = spans.length + laterSpans.length;
  return EVENT_BYTES * eventCount + AMOUNT_BYTES * amountCount + SPAN_BYTES * spanCount;
}
