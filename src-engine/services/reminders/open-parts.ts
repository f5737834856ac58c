import { openItemsAsOf, type OpenItem } from '#domain/aging.ts';
import { dayFromNumber, dayNumber, type Day } from '#domain/days.ts';
import { foreignOpen } from '#domain/foreign-open.ts';
import { eventsUpTo, type LedgerColumns } from '#domain/ledger-columns.ts';
import { snapshotBefore } from '#domain/ledger-snapshots.ts';
import { negate, paise, type Paise } from '#domain/money.ts';
import type { PlanItem } from '#domain/reminders/plan-facts.ts';
import { ledgerOf, scopeOfCustomers } from '../../storage/ledger.ts';
import { billFaces } from '../../storage/reminder-history.ts';
import type { ReadTx } from '../../storage/database.ts';

/** What is open on a day, straight from the columns in memory. */
export type OpenParts = {
  /** In order of customer, due day and bill. */
  readonly items: readonly PlanItem[];
  /** Money that is applied to nothing, by customer; positive. */
  readonly unallocated: ReadonlyMap<number, Paise>;
};

type Part = {
  readonly billId: number;
  readonly customerId: number;
  readonly dueDay: number;
  readonly openPaise: number;
};

/**
 * Open parts of bills and money that waits, as of a day: what counts only later (a post-dated cheque, a bill of next week)
 * counts from its own day, so that a day to come is planned as it will be if nothing more is entered.
 */
export function openParts(tx: ReadTx, columns: LedgerColumns, asOf: Day): OpenParts {
  const sums = openSums(columns, asOf);
  return { items: [...itemsWith(sums, facesOf(tx, sums, asOf))], unallocated: sums.money };
}

/** What is open on a day, in order of customer, due day and bill, and money that waits; nothing is read for it. */
export type OpenSums = { readonly parts: readonly Part[]; readonly money: OpenParts['unallocated'] };

export function openSums(columns: LedgerColumns, asOf: Day): OpenSums {
  return summed(columns, dayNumber(asOf));
}

/** What the file says of open parts besides the amounts: of bills, and in a foreign currency by bill and due day. */
export type OpenFaces = {
  readonly faces: ReturnType<typeof billFaces>;
  readonly minors: ReadonlyMap<string, number>;
};

export function facesOf(tx: ReadTx, { parts }: OpenSums, asOf: Day): OpenFaces {
  const billIds = parts.map((part) => part.billId);
  const faces = billFaces(tx, billIds);
  const foreignIds = [...faces].filter(([, face]) => face.currency !== null).map(([billId]) => billId);
  return { faces, minors: foreignMinors(tx, foreignIds, asOf) };
}

export function* itemsWith({ parts }: OpenSums, { faces, minors }: OpenFaces): Generator<PlanItem, void> {
  for (const { billId, customerId, dueDay: due, openPaise } of parts) {
    const face = faces.get(billId);
    if (face === undefined) continue;
    const dueDay = dayFromNumber(due);
    const foreignMinor = face.currency === null ? null : (minors.get(`${billId}:${dueDay}`) ?? null);
    yield { ...face, billId, customerId, dueDay, openPaise: paise(openPaise), foreignMinor };
  }
}

/** The same of some customers, by the readable rule over their own documents: it may be asked inside db.write. */
export function openPartsOf(tx: ReadTx, customerIds: readonly number[], asOf: Day): OpenParts {
  const asked = new Set(customerIds);
  const ledger = ledgerOf(tx, scopeOfCustomers(tx, [...asked]));
  const open = openItemsAsOf(ledger, asOf);
  const unallocated = new Map<number, Paise>();
  for (const item of open) {
    if (item.bill !== null || !asked.has(item.moneyIn.customerId)) continue;
    const { customerId } = item.moneyIn;
    unallocated.set(customerId, paise((unallocated.get(customerId) ?? 0) - item.openPaise));
  }
  const own = open.filter((item) => item.bill !== null && asked.has(item.bill.customerId));
  return { items: itemsOf(tx, own, foreignOpen(ledger, open, asOf)), unallocated };
}

/** Parts of one bill that fall due together are one, as they are in the columns. */
function itemsOf(
  tx: ReadTx,
  open: readonly OpenItem[],
  minors: ReadonlyMap<OpenItem, number>,
): readonly PlanItem[] {
  const faces = billFaces(
    tx,
    open.flatMap((item) => item.bill?.billId ?? []),
  );
  const parts = new Map<string, PlanItem>();
  for (const item of open) {
    const face = item.bill === null ? undefined : faces.get(item.bill.billId);
    if (item.bill === null || face === undefined) continue;
    const { billId, customerId } = item.bill;
    const key = `${billId}:${item.dueDay}`;
    const before = parts.get(key);
    const minor = minors.get(item) ?? null;
    parts.set(key, {
      ...face,
      billId,
      customerId,
      dueDay: item.dueDay,
      openPaise: paise((before?.openPaise ?? 0) + item.openPaise),
      foreignMinor: minor === null ? null : minor + (before?.foreignMinor ?? 0),
    });
  }
  return [...parts.values()].toSorted(
    (a, b) =>
      a.customerId - b.customerId ||
      (a.dueDay < b.dueDay ? -1 : a.dueDay > b.dueDay ? 1 : 0) ||
      a.billId - b.billId,
  );
}

/** Sums the events up to a day, by bill and due day; most of what was ever settled is in a snapshot already. */
function summed(columns: LedgerColumns, today: number): OpenSums {
  const { customers, events, laterEvents, snapshots } = columns;
  const money = new Float64Array(customers.ids.length);
  const parts = new Map<number, { place: number; paise: number }>();
  // A bill id and a due day in one exact number: ids stay far below 2^31 and days below 2^18.
  const add = (row: number, document: number, dueDay: number, amount: number): void => {
    const place = row >> 1;
    if (amount === 0) return;
    if ((row & 1) === 0) {
      money[place] = (money[place] ?? 0) + amount;
      return;
    }
    const key = document * DUE_ROOM + dueDay + DUE_SHIFT;
    const part = parts.get(key);
    if (part) part.paise += amount;
    else parts.set(key, { place, paise: amount });
  };
  const snapshot = snapshotBefore(snapshots, today);
  if (snapshot) {
    const { length, rows, documents, dueDays, paise: amounts } = snapshot.open;
    for (let at = 0; at < length; at += 1)
      add(rows[at] ?? 0, documents[at] ?? 0, dueDays[at] ?? 0, amounts[at] ?? 0);
  }
  const until = eventsUpTo(events.days, today);
  for (let at = snapshot?.end ?? 0; at < until; at += 1)
    add(events.rows[at] ?? 0, events.documents[at] ?? 0, events.dueDays[at] ?? 0, events.paise[at] ?? 0);
  for (let at = 0; at < laterEvents.length; at += 1) {
    if ((laterEvents.days[at] ?? 0) > today) continue;
    const { rows, documents, dueDays, paise: amounts } = laterEvents;
    add(rows[at] ?? 0, documents[at] ?? 0, dueDays[at] ?? 0, amounts[at] ?? 0);
  }
  return { parts: inOrder(parts, customers.ids), money: waiting(money, customers.ids) };
}

const DUE_ROOM = 2 ** 20;
/** Due days before 1970 are below zero. */
const DUE_SHIFT = 2 ** 19;

function inOrder(
  parts: ReadonlyMap<number, { readonly place: number; readonly paise: number }>,
  ids: readonly number[],
): readonly Part[] {
  const open: Part[] = [];
  for (const [key, { place, paise: openPaise }] of parts) {
    if (openPaise <= 0) continue;
    const billId = Math.floor(key / DUE_ROOM);
    open.push({ billId, customerId: ids[place] ?? 0, dueDay: (key % DUE_ROOM) - DUE_SHIFT, openPaise });
  }
  return open.sort((a, b) => a.customerId - b.customerId || a.dueDay - b.dueDay || a.billId - b.billId);
}

function waiting(money: Float64Array, ids: readonly number[]): ReadonlyMap<number, Paise> {
  const found = new Map<number, Paise>();
  money.forEach((amount, place) => {
    if (amount !== 0) found.set(ids[place] ?? 0, negate(paise(amount)));
  });
  return found;
}

/** What is open in the bill's own currency, by bill and due day. */
function foreignMinors(tx: ReadTx, billIds: readonly number[], asOf: Day): ReadonlyMap<string, number> {
  if (billIds.length === 0) return new Map();
  const ledger = ledgerOf(tx, { billIds, receiptIds: [], creditIds: [] });
  const wanted = new Set(billIds);
  const items = openItemsAsOf(ledger, asOf).filter(
    (item) => item.bill !== null && wanted.has(item.bill.billId),
  );
  const minors = new Map<string, number>();
  for (const [item, minor] of foreignOpen(ledger, items, asOf)) {
    if (item.bill === null) continue;
    const key = `${item.bill.billId}:${item.dueDay}`;
    minors.set(key, (minors.get(key) ?? 0) + minor);
  }
  return minors;
}
