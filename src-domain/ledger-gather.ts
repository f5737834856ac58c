import { openInstalments } from './aging.ts';
import { dayNumber } from './days.ts';
import type { Instalment } from './ledger.ts';
import {
  BILLED,
  eventWriter,
  ITEM,
  LEAD,
  NEVER,
  NO_RECEIPT,
  spanWriter,
  type Event,
  type Events,
  type Span,
  type Spans,
  type Writer,
} from './ledger-events.ts';
import type { LedgerFacts } from './ledger-facts.ts';

/** Customers in the order they were met: columns bear places, not ids. */
export type CustomerPlaces = { readonly ids: number[]; readonly at: Map<number, number> };

export function placeOfCustomer({ ids, at }: CustomerPlaces, customerId: number): number {
  const known = at.get(customerId);
  if (known !== undefined) return known;
  at.set(customerId, ids.length);
  ids.push(customerId);
  return ids.length - 1;
}

/** Bills and money whose events are asked for; without it, all of them. Numbers as in Events.documents. */
export type Wanted = { readonly bills: ReadonlySet<number>; readonly moneyIn: ReadonlySet<number> };

type Gathering = {
  readonly facts: LedgerFacts;
  readonly customers: CustomerPlaces;
  readonly events: Writer<Event, Events>;
  readonly spans: Writer<Span, Spans>;
};

/** Every event and span of the facts, in no order. */
export function gather(
  facts: LedgerFacts,
  customers: CustomerPlaces,
  wanted?: Wanted,
): { readonly events: Events; readonly spans: Spans } {
  const expected = facts.bills.ids.length + facts.allocations.bills.length;
  const events = eventWriter(expected + (expected >> 2));
  const spans = spanWriter(facts.bills.ids.length);
  const made: Gathering = { facts, customers, events, spans };
  const fromDays = countingDays(facts);
  const byBill = allocationsByBill(facts, fromDays);
  for (let bill = 0; bill < facts.bills.ids.length; bill += 1) {
    if (wanted && !wanted.bills.has(facts.bills.ids[bill] ?? 0)) continue;
    const own = byBill.order.subarray(byBill.starts[bill], byBill.starts[bill + 1]);
    const instalments = facts.instalments.get(bill);
    if (instalments) addBillInParts(made, { bill, own, fromDays, instalments });
    else addBill(made, { bill, own, fromDays });
  }
  addMoneyIn(made, fromDays, wanted);
  return { events: events.written(), spans: spans.written() };
}

/** An allocation counts from the day on which it and both of its documents count (appliedFrom in aging.ts). */
function countingDays({ bills, moneyIn, allocations }: LedgerFacts): Int32Array {
  const fromDays = new Int32Array(allocations.days.length);
  for (let at = 0; at < fromDays.length; at += 1) {
    const billDay = bills.billDays[allocations.bills[at] ?? -1];
    const effectiveDay = moneyIn.effectiveDays[allocations.moneyIn[at] ?? -1];
    if (billDay === undefined || effectiveDay === undefined)
      throw new Error('An allocation points at no bill or no receipt.');
    const day = allocations.days[at] ?? 0;
    const documents = billDay > effectiveDay ? billDay : effectiveDay;
    fromDays[at] = day > documents ? day : documents;
  }
  return fromDays;
}

type ByBill = { readonly starts: Int32Array; readonly order: Int32Array };

/** Allocations of each bill side by side, those of one bill in order of the day they count from. */
function allocationsByBill({ bills, allocations }: LedgerFacts, fromDays: Int32Array): ByBill {
  const starts = new Int32Array(bills.ids.length + 1);
  for (const bill of allocations.bills) starts[bill + 1] = (starts[bill + 1] ?? 0) + 1;
  for (let at = 1; at < starts.length; at += 1) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  const next = starts.slice();
  const order = new Int32Array(allocations.bills.length);
  allocations.bills.forEach((bill, at) => {
    const place = next[bill] ?? 0;
    order[place] = at;
    next[bill] = place + 1;
  });
  for (let bill = 0; bill < bills.ids.length; bill += 1) {
    const [from, until] = [starts[bill] ?? 0, starts[bill + 1] ?? 0];
    sortByDay(order, { from, until, fromDays });
  }
  return { starts, order };
}

type Stretch = { readonly from: number; readonly until: number; readonly fromDays: Int32Array };

const INSERTED_MOST = 32;

/** Nearly always two or three, and in order: moving the few that are not costs less than a call of sort. */
function sortByDay(order: Int32Array, { from, until, fromDays }: Stretch): void {
  if (until - from > INSERTED_MOST) {
    order.subarray(from, until).sort((a, b) => (fromDays[a] ?? 0) - (fromDays[b] ?? 0) || a - b);
    return;
  }
  for (let at = from + 1; at < until; at += 1) {
    const moved = order[at] ?? 0;
    const day = fromDays[moved] ?? 0;
    let to = at;
    for (; to > from && (fromDays[order[to - 1] ?? 0] ?? 0) > day; to -= 1) order[to] = order[to - 1] ?? 0;
    order[to] = moved;
  }
}

type OneBill = { readonly bill: number; readonly own: Int32Array; readonly fromDays: Int32Array };

function addBill({ facts, customers, events, spans }: Gathering, { bill, own, fromDays }: OneBill): void {
  const { bills, allocations } = facts;
  const document = bills.ids[bill] ?? 0;
  const billDay = bills.billDays[bill] ?? 0;
  const dueDay = bills.dueDays[bill] ?? 0;
  const customer = placeOfCustomer(customers, bills.customerIds[bill] ?? 0);
  const row = 2 * customer + 1;
  let open = bills.paise[bill] ?? 0;
  // A span is of whole days: what is undone and applied anew on one day may pass through nought, or below it.
  let [from, before] = [billDay, open];
  events.add({ day: billDay, dueDay, billDay, row, paise: open, paidDay: BILLED, document });
  own.forEach((at, nth) => {
    const day = fromDays[at] ?? 0;
    const applied = allocations.paise[at] ?? 0;
    events.add({ day, dueDay, billDay, row, paise: 0 - applied, paidDay: paidDayOf(facts, at), document });
    open -= applied;
    if (fromDays[own[nth + 1] ?? -1] === day) return;
    if (before !== 0 && open === 0)
      spans.add({ from, until: day, dueDay, billDay, customer, kind: LEAD | ITEM, document });
    if (before === 0) from = day;
    before = open;
  });
  if (open !== 0) spans.add({ from, until: NEVER, dueDay, billDay, customer, kind: LEAD | ITEM, document });
}

function paidDayOf({ moneyIn, allocations }: LedgerFacts, at: number): number {
  const money = allocations.moneyIn[at] ?? 0;
  return (moneyIn.ids[money] ?? 0) > 0 ? (moneyIn.effectiveDays[money] ?? 0) : NO_RECEIPT;
}

type BillInParts = OneBill & { readonly instalments: readonly Instalment[] };

/**
 * Money fills the oldest instalment first, so what an allocation does depends on those before it: the rule
 * (openInstalments) is asked after each one, and the differences are the events.
 */
function addBillInParts(made: Gathering, { bill, own, fromDays, instalments }: BillInParts): void {
  const { facts } = made;
  const named = new Map<number, number>();
  const billDay = facts.bills.billDays[bill] ?? 0;
  const parts = partsOf(made, bill, instalments);
  let settled = 0;
  const openNow = (): readonly number[] => {
    const open = new Map(
      openInstalments(instalments, settled, named).map((part) => [part.position, part.openPaise]),
    );
    return instalments.map((one) => open.get(one.position) ?? 0);
  };
  parts.change(billDay, BILLED, openNow());
  for (const at of own) {
    const paise = facts.allocations.paise[at] ?? 0;
    const instalmentId = facts.allocations.instalmentIds.get(at);
    settled += paise;
    if (instalmentId !== undefined) named.set(instalmentId, (named.get(instalmentId) ?? 0) + paise);
    parts.change(fromDays[at] ?? 0, paidDayOf(facts, at), openNow());
  }
  parts.change(
    NEVER,
    NO_RECEIPT,
    instalments.map(() => 0),
  );
}

type Parts = { readonly change: (day: number, paidDay: number, open: readonly number[]) => void };

/** Remembers what of each instalment is open, and writes what a change does to amounts, instalments and the bill's lead. */
function partsOf(
  { facts, customers, events, spans }: Gathering,
  bill: number,
  instalments: readonly Instalment[],
): Parts {
  const customer = placeOfCustomer(customers, facts.bills.customerIds[bill] ?? 0);
  const [billDay, document] = [facts.bills.billDays[bill] ?? 0, facts.bills.ids[bill] ?? 0];
  const dueDays = instalments.map((one) => dayNumber(one.dueDay));
  const since = instalments.map(() => 0);
  let before: readonly number[] = instalments.map(() => 0);
  let [lead, leadSince] = [-1, 0];
  const fixed = { billDay, customer, document };
  return {
    change: (day, paidDay, open) => {
      dueDays.forEach((dueDay, at) => {
        const [was, is] = [before[at] ?? 0, open[at] ?? 0];
        if (day !== NEVER)
          events.add({ day, dueDay, billDay, row: 2 * customer + 1, paise: is - was, paidDay, document });
        if (was > 0 && is === 0)
          spans.add({ ...fixed, from: since[at] ?? 0, until: day, dueDay, kind: ITEM });
        if (was === 0) since[at] = day;
      });
      const leads = open.findIndex((amount) => amount > 0);
      if (leads !== lead) {
        const dueDay = dueDays[lead];
        if (dueDay !== undefined) spans.add({ ...fixed, from: leadSince, until: day, dueDay, kind: LEAD });
        [lead, leadSince] = [leads, day];
      }
      before = open;
    },
  };
}

/** What is applied on the receipt's own day (nearly all) is given back by its own event. */
function addMoneyIn({ facts, customers, events }: Gathering, fromDays: Int32Array, wanted?: Wanted): void {
  const { moneyIn, allocations } = facts;
  const givenBack = new Float64Array(moneyIn.ids.length);
  const add = (money: number, day: number, paise: number): void => {
    const own = moneyIn.effectiveDays[money] ?? 0;
    const row = 2 * placeOfCustomer(customers, moneyIn.customerIds[money] ?? 0);
    const document = moneyIn.ids[money] ?? 0;
    events.add({ day, dueDay: own, billDay: own, row, paise, paidDay: NO_RECEIPT, document });
  };
  const isWanted = (money: number): boolean => !wanted || wanted.moneyIn.has(moneyIn.ids[money] ?? 0);
  for (let at = 0; at < fromDays.length; at += 1) {
    const money = allocations.moneyIn[at] ?? 0;
    if (!isWanted(money)) continue;
    const paise = allocations.paise[at] ?? 0;
    const day = fromDays[at] ?? 0;
    if (day === moneyIn.effectiveDays[money]) givenBack[money] = (givenBack[money] ?? 0) + paise;
    else add(money, day, paise);
  }
  for (let money = 0; money < moneyIn.ids.length; money += 1) {
    if (!isWanted(money)) continue;
    add(money, moneyIn.effectiveDays[money] ?? 0, (givenBack[money] ?? 0) - (moneyIn.paise[money] ?? 0));
  }
}
