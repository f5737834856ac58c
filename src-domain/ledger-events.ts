// The columns that aging is answered from, and the writers that fill them. What is written into them: ledger-gather.ts.

/**
 * Amounts under an age day. A bill adds its amount on its bill day, an allocation takes it away on the day it counts from
 * and gives it back to its receipt; a receipt or credit takes its amount away under its own day. So whatever is open on a
 * day is the sum of the events up to that day.
 */
export type Events = {
  readonly length: number;
  /** Day numbers; ascending where sorted. */
  readonly days: Int32Array;
  readonly dueDays: Int32Array;
  /** The document's own day, for ages by bill day. */
  readonly billDays: Int32Array;
  /** Twice the customer's place, and one more for what belongs to a bill. */
  readonly rows: Int32Array;
  /** Whole paise; sums stay below 2^53 and are therefore exact. 0 where the document was changed since. */
  readonly paise: Float64Array;
  /** The day on which the money of an allocation came in; BILLED and NO_RECEIPT for what no receipt moved. */
  readonly paidDays: Int32Array;
  /** Bill id on rows of bills; receipt id, or credit id below zero, on the others. */
  readonly documents: Int32Array;
};

export const BILLED = -2_000_000;
export const NO_RECEIPT = -1_000_000;

/** Times during which a bill (LEAD) or one of its instalments (ITEM) is open: [from, until). */
export type Spans = {
  readonly length: number;
  readonly from: Int32Array;
  readonly until: Int32Array;
  readonly dueDays: Int32Array;
  readonly billDays: Int32Array;
  /** The customer's place. */
  readonly customers: Int32Array;
  readonly kinds: Uint8Array;
  readonly documents: Int32Array;
};

/** The oldest open instalment of a bill, which speaks for the bill when bills are counted. */
export const LEAD = 1;
/** Any open instalment. A bill due in one sum is both. */
export const ITEM = 2;
/** Later than any day. */
export const NEVER = 0x7fff_ffff;

export type Event = {
  readonly day: number;
  readonly dueDay: number;
  readonly billDay: number;
  readonly row: number;
  readonly paise: number;
  readonly paidDay: number;
  readonly document: number;
};

export type Span = {
  readonly from: number;
  readonly until: number;
  readonly dueDay: number;
  readonly billDay: number;
  readonly customer: number;
  readonly kind: number;
  readonly document: number;
};

export type Writer<One, Columns> = {
  readonly add: (one: One) => void;
  readonly written: () => Columns;
};

export function eventsOfLength(length: number): Events {
  return {
    length,
    days: new Int32Array(length),
    dueDays: new Int32Array(length),
    billDays: new Int32Array(length),
    rows: new Int32Array(length),
    paise: new Float64Array(length),
    paidDays: new Int32Array(length),
    documents: new Int32Array(length),
  };
}

export function spansOfLength(length: number): Spans {
  return {
    length,
    from: new Int32Array(length),
    until: new Int32Array(length),
    dueDays: new Int32Array(length),
    billDays: new Int32Array(length),
    customers: new Int32Array(length),
    kinds: new Uint8Array(length),
    documents: new Int32Array(length),
  };
}

/** Writes events one after another into columns that grow by half. Events of nothing are not kept. */
export function eventWriter(expected: number): Writer<Event, Events> {
  let columns = eventsOfLength(Math.max(16, expected));
  let count = 0;
  return {
    add: ({ day, dueDay, billDay, row, paise, paidDay, document }) => {
      if (paise === 0) return;
      if (count === columns.length) columns = joinedEvents(eventsOfLength(count + (count >> 1)), [columns]);
      columns.days[count] = day;
      columns.dueDays[count] = dueDay;
      columns.billDays[count] = billDay;
      columns.rows[count] = row;
      columns.paise[count] = paise;
      columns.paidDays[count] = paidDay;
      columns.documents[count] = document;
      count += 1;
    },
    written: () => firstEvents(columns, count),
  };
}

/** Times of no length are not kept. */
export function spanWriter(expected: number): Writer<Span, Spans> {
  let columns = spansOfLength(Math.max(16, expected));
  let count = 0;
  return {
    add: ({ from, until, dueDay, billDay, customer, kind, document }) => {
      if (from >= until) return;
      if (count === columns.length) columns = joinedSpans(spansOfLength(count + (count >> 1)), [columns]);
      columns.from[count] = from;
      columns.until[count] = until;
      columns.dueDays[count] = dueDay;
      columns.billDays[count] = billDay;
      columns.customers[count] = customer;
      columns.kinds[count] = kind;
      columns.documents[count] = document;
      count += 1;
    },
    written: () => firstSpans(columns, count),
  };
}

function firstEvents(columns: Events, length: number): Events {
  const { days, dueDays, billDays, rows, paise, paidDays, documents } = columns;
  return {
    length,
    days: days.subarray(0, length),
    dueDays: dueDays.subarray(0, length),
    billDays: billDays.subarray(0, length),
    rows: rows.subarray(0, length),
    paise: paise.subarray(0, length),
    paidDays: paidDays.subarray(0, length),
    documents: documents.subarray(0, length),
  };
}

function firstSpans(columns: Spans, length: number): Spans {
  const { from, until, dueDays, billDays, customers, kinds, documents } = columns;
  return {
    length,
    from: from.subarray(0, length),
    until: until.subarray(0, length),
    dueDays: dueDays.subarray(0, length),
    billDays: billDays.subarray(0, length),
    customers: customers.subarray(0, length),
    kinds: kinds.subarray(0, length),
    documents: documents.subarray(0, length),
  };
}

/** Copies columns one behind the other into longer ones. */
export function joinedEvents(into: Events, parts: readonly Events[]): Events {
  let at = 0;
  for (const part of parts) {
    into.days.set(part.days, at);
    into.dueDays.set(part.dueDays, at);
    into.billDays.set(part.billDays, at);
    into.rows.set(part.rows, at);
    into.paise.set(part.paise, at);
    into.paidDays.set(part.paidDays, at);
    into.documents.set(part.documents, at);
    at += part.length;
  }
  return into;
}

export function joinedSpans(into: Spans, parts: readonly Spans[]): Spans {
  let at = 0;
  for (const part of parts) {
    into.from.set(part.from, at);
    into.until.set(part.until, at);
    into.dueDays.set(part.dueDays, at);
    into.billDays.set(part.billDays, at);
    into.customers.set(part.customers, at);
    into.kinds.set(part.kinds, at);
    into.documents.set(part.documents, at);
    at += part.length;
  }
  return into;
}

/** The spans that were not struck out, one behind the other. */
export function standingSpans(parts: readonly Spans[]): Spans {
  const writer = spanWriter(parts.reduce((sum, part) => sum + part.length, 0));
  for (const { length, from, until, dueDays, billDays, customers, kinds, documents } of parts) {
    for (let at = 0; at < length; at += 1) {
      writer.add({
        from: from[at] ?? 0,
        until: until[at] ?? 0,
        dueDay: dueDays[at] ?? 0,
        billDay: billDays[at] ?? 0,
        customer: customers[at] ?? 0,
        kind: kinds[at] ?? 0,
        document: documents[at] ?? 0,
      });
    }
  }
  return writer.written();
}

/** In order of day, by counting; what was taken back (0 paise) is left out. */
export function sortedEvents(raw: Events): Events {
  const places = placesByDay(raw);
  const sorted = eventsOfLength(places.count);
  for (let at = 0; at < raw.length; at += 1) {
    const to = places.to[at] ?? -1;
    if (to < 0) continue;
    sorted.days[to] = raw.days[at] ?? 0;
    sorted.dueDays[to] = raw.dueDays[at] ?? 0;
    sorted.billDays[to] = raw.billDays[at] ?? 0;
    sorted.rows[to] = raw.rows[at] ?? 0;
    sorted.paise[to] = raw.paise[at] ?? 0;
    sorted.paidDays[to] = raw.paidDays[at] ?? 0;
    sorted.documents[to] = raw.documents[at] ?? 0;
  }
  return sorted;
}

function placesByDay({ days, paise, length }: Events): { readonly to: Int32Array; readonly count: number } {
  const to = new Int32Array(length).fill(-1);
  let [first, last, count] = [NEVER, -NEVER, 0];
  for (let at = 0; at < length; at += 1) {
    if (paise[at] === 0) continue;
    first = Math.min(first, days[at] ?? 0);
    last = Math.max(last, days[at] ?? 0);
    count += 1;
  }
  if (count === 0) return { to, count };
  const next = new Int32Array(last - first + 2);
  for (let at = 0; at < length; at += 1) {
    if (paise[at] === 0) continue;
    const slot = (days[at] ?? 0) - first + 1;
    next[slot] = (next[slot] ?? 0) + 1;
  }
  for (let slot = 1; slot < next.length; slot += 1) next[slot] = (next[slot] ?? 0) + (next[slot - 1] ?? 0);
  for (let at = 0; at < length; at += 1) {
    if (paise[at] === 0) continue;
    const slot = (days[at] ?? 0) - first;
    const place = next[slot] ?? 0;
    next[slot] = place + 1;
    to[at] = place;
  }
  return { to, count };
}
