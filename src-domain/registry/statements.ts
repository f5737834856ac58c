import { appliedAsOf, appliedFrom } from '../aging.ts';
import { daysBetween, laterDay, type Day } from '../days.ts';
import type { Ledger } from '../ledger.ts';
import { REOPEN_DAYS } from './dues.ts';
import type { DueState } from './words.ts';

/** What a member says of a due at one moment. Amounts in paise. */
export type Statement = {
  readonly state: DueState;
  readonly invoiceDay: Day;
  readonly dueDay: Day;
  readonly amountPaise: number;
  readonly openPaise: number;
  readonly settledDay: Day | null;
};

/** How a bill stands in the book. */
export type Standing = Omit<Statement, 'state'> & { readonly currency: string | null };

/** Of every bill in a ledger that counts on a day. A day of settlement stands there only where nothing is open. */
export function standingsOf(ledger: Ledger, asOf: Day): ReadonlyMap<number, Standing> {
  const applied = appliedAsOf(ledger, asOf).toBills;
  const changes = changesByDay(ledger, asOf);
  return new Map(
    ledger.bills.map(({ billId, billDay, dueDay, amountPaise, currency }, at) => {
      // A bill that another program made smaller than what was paid of it is paid.
      const openPaise = Math.max(0, amountPaise - (applied[at] ?? 0));
      const settledDay = openPaise === 0 ? (paidSince(changes.get(at), amountPaise) ?? billDay) : null;
      const due = laterDay(billDay, dueDay);
      return [billId, { invoiceDay: billDay, dueDay: due, amountPaise, openPaise, settledDay, currency }];
    }),
  );
}

/** What was applied to a bill on each day, in paise, less what was taken back on it. */
type Changes = ReadonlyMap<Day, number>;

function changesByDay(ledger: Ledger, asOf: Day): ReadonlyMap<number, Changes> {
  const bills = new Map<number, Map<Day, number>>();
  for (const allocation of ledger.allocations) {
    const { fromDay } = appliedFrom(ledger, allocation);
    if (fromDay > asOf) continue;
    const days = bills.get(allocation.bill) ?? new Map<Day, number>();
    days.set(fromDay, (days.get(fromDay) ?? 0) + allocation.amountPaise);
    bills.set(allocation.bill, days);
  }
  return bills;
}

/** The day from which on nothing was open any more: money that was taken back, or another receipt's, is no settlement. */
function paidSince(changes: Changes | undefined, amountPaise: number): Day | null {
  let paid = 0;
  let since: Day | null = null;
  for (const [on, change] of [...(changes ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    paid += change;
    since = paid < amountPaise ? null : (since ?? on);
  }
  return since;
}

type Wish = {
  /** Null: void, or no longer in the book. */
  readonly standing: Standing | null;
  readonly last: Statement | null;
  readonly isWithdrawn: boolean;
  /** The owner gave it up. */
  readonly isWrittenOff?: boolean;
  readonly asOf: Day;
};

/** What is to be said now; null where it was said already, or where nothing may follow what was said. */
export function nextStatement(wish: Wish): Statement | null {
  const { standing, last, isWithdrawn, isWrittenOff = false, asOf } = wish;
  const now = isWithdrawn || standing === null ? withdrawn(standing, last) : stands(standing, isWrittenOff);
  if (now === null || last === null) return now;
  if (last.state === 'withdrawn') return null;
  if (last.state === 'written_off' && (now.state === 'open' || now.state === 'part')) return null;
  if (last.state === 'settled' && now.state !== 'settled' && now.state !== 'withdrawn')
    return last.settledDay !== null && daysBetween(last.settledDay, asOf) <= REOPEN_DAYS
      ? { ...now, state: 'reopened' }
      : null;
  // A bounced cheque was told as 'reopened'; that it is still open is no news.
  const isSaid = sameFigures(now, last) && (now.state === last.state || last.state === 'reopened');
  return isSaid ? null : now;
}

function withdrawn(standing: Standing | null, last: Statement | null): Statement | null {
  const of = last ?? standing;
  if (of === null) return null;
  const { invoiceDay, dueDay, amountPaise, openPaise } = of;
  return { state: 'withdrawn', invoiceDay, dueDay, amountPaise, openPaise, settledDay: null };
}

function stands(standing: Standing, isWrittenOff: boolean): Statement {
  const { invoiceDay, dueDay, amountPaise, openPaise, settledDay } = standing;
  const still = openPaise === amountPaise ? 'open' : 'part';
  const state = openPaise === 0 ? 'settled' : isWrittenOff ? 'written_off' : still;
  return { state, invoiceDay, dueDay, amountPaise, openPaise, settledDay };
}

function sameFigures(a: Statement, b: Statement): boolean {
  return (
    a.invoiceDay === b.invoiceDay &&
    a.dueDay === b.dueDay &&
    a.amountPaise === b.amountPaise &&
    a.openPaise === b.openPaise &&
    a.settledDay === b.settledDay
  );
}

/** What a bill's reference is made from: its number as everybody would write it, and India's financial year. */
export function refText({ number, billDay, billId }: RefFacts): string {
  const plain = (number ?? '')
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\u200b-\u200f]/gu, '');
  const name = plain === '' ? `bill ${billId}` : plain;
  return `invoice|${name}|${financialYear(billDay)}`;
}

type RefFacts = { readonly number: string | null; readonly billDay: Day; readonly billId: number };

const APRIL = 4;

/** The year in which it begins, '2026' for April 2026 to March 2027. */
function financialYear(of: Day): string {
  const [year = '', month = ''] = of.split('-');
  return Number(month) >= APRIL ? year : String(Number(year) - 1);
}

const IRN = /^[0-9a-f]{64}$/;

/**
 * The invoice reference number in what the tax portal signed: the JSON it gave back, or the text of the QR code (a JWT).
 * Null where there is none.
 */
export function irnOf(text: string, decode: (base64Url: string) => string | null): string | null {
  const trimmed = text.trim();
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(trimmed)?.[1];
  const json = payload === undefined ? trimmed : decode(payload);
  return json === null ? null : irnIn(json, 3);
}

function irnIn(value: unknown, depth: number): string | null {
  if (typeof value === 'string')
    return depth > 0 && value.startsWith('{') ? irnIn(parsed(value), depth - 1) : null;
  if (typeof value !== 'object' || value === null) return null;
  const fields = new Map(Object.entries(value));
  const own = fields.get('Irn') ?? fields.get('irn');
  if (typeof own === 'string' && IRN.test(own.toLowerCase())) return own.toLowerCase();
  return irnIn(fields.get('data') ?? null, depth);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
