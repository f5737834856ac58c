import { addDays, day, daysBetween, dueAfter } from '#domain/days.ts';
import type { FakeCompany } from '#tests/fakes/tally/book.ts';
import { isAccounting, type FakeBook, type FakeLedger } from '#tests/fakes/tally/records.ts';
import { outstandingOf } from '#tests/fakes/tally/oracle.ts';

// What a customer of the fake's company owes, worked out from its entries and its own oracle, and from nothing of ours.

/** Something open: a debit with its due day, or a credit, which ages from its own day. */
export type TruePart = {
  /** Null on account. */
  readonly ref: string | null;
  readonly day: string;
  readonly dueDay: string;
  /** Debit positive. */
  readonly amount: number;
};

export type TrueParty = {
  readonly guid: string;
  readonly name: string;
  readonly closing: number;
  readonly inBills: number;
  /** Open debits of references, by reference. */
  readonly bills: ReadonlyMap<
    string,
    { readonly billDay: string; readonly dueDay: string; readonly open: number }
  >;
  readonly parts: readonly TruePart[];
  /** An entry stands under a reference from before the bill's own day, a slip that Tally allows: its day is in doubt. */
  readonly hasEarlyMoney: boolean;
};

/** All ledgers under the reserved group of debtors, whatever it is called, by GUID. */
export function truthOf(company: FakeCompany, asOf: string): ReadonlyMap<string, TrueParty> {
  const book = company.view();
  const oracle = new Map(outstandingOf(company, asOf).map((party) => [party.guid, party]));
  const found = new Map<string, TrueParty>();
  for (const ledger of book.ledgers.values()) {
    if (!isDebtor(book, ledger)) continue;
    const guid = `${book.guid}-${ledger.masterId.toString(16).padStart(8, '0')}`;
    const party = oracle.get(guid);
    if (!party) throw new Error(`The oracle does not know ${ledger.name}.`);
    const { closing, bills, onAccount, name } = party;
    const parts = [
      ...bills.flatMap(({ ref, dueDay, balance }) =>
        openParts(entriesOf(book, { ledger, ref, asOf }), balance).map((part) => ({ ...part, ref, dueDay })),
      ),
      ...openParts(entriesOf(book, { ledger, ref: null, asOf }), onAccount).map((part) => ({
        ...part,
        ref: null,
        dueDay: dueAfter(day(part.day), creditDays(ledger)),
      })),
    ];
    found.set(guid, {
      guid,
      name,
      closing,
      inBills: closing - onAccount,
      bills: new Map(
        bills
          .filter((bill) => bill.balance > 0)
          .map(({ ref, billDay, dueDay, balance }) => [ref, { billDay, dueDay, open: balance }]),
      ),
      parts,
      hasEarlyMoney: hasEarlyMoney(book, ledger),
    });
  }
  return found;
}

function hasEarlyMoney({ vouchers }: FakeBook, { masterId }: FakeLedger): boolean {
  return [...vouchers.values()].some(({ date, lines }) =>
    lines.some(
      ({ ledgerId, bills }) => ledgerId === masterId && bills.some((bill) => (bill.billDate ?? date) > date),
    ),
  );
}

function isDebtor(book: FakeBook, ledger: FakeLedger): boolean {
  for (let id = ledger.parentId; id !== null;) {
    const group = book.groups.get(id);
    if (!group) return false;
    if (group.reservedName === 'Sundry Debtors') return true;
    id = group.parentId;
  }
  return false;
}

/** Months are no number of days by themselves. */
function creditDays({ creditPeriod }: FakeLedger): number {
  const [count, unit] = creditPeriod.split(' ');
  if (unit === 'Days') return Number(count);
  return unit === 'Weeks' ? Number(count) * 7 : 0;
}

type Entry = { readonly day: string; readonly amount: number };
type Of = { readonly ledger: FakeLedger; readonly ref: string | null; readonly asOf: string };

/** The entries under a reference, or on account: of a voucher its debits in one and its credits in one. */
function entriesOf(book: FakeBook, { ledger, ref, asOf }: Of): readonly Entry[] {
  const bases = new Map([...book.voucherTypes.values()].map((type) => [type.name, type.base]));
  const entries: Entry[] = openingsOf(book, ledger, ref);
  for (const { date, lines, optional, cancelled, type } of book.vouchers.values()) {
    if (optional || cancelled || date > asOf || !isAccounting(bases.get(type) ?? type)) continue;
    for (const line of lines) {
      if (line.ledgerId !== ledger.masterId) continue;
      const named = ledger.billWise ? line.bills.filter((bill) => bill.type !== 'On Account') : [];
      const own = ref === null ? [] : named.filter((bill) => bill.ref === ref);
      for (const { amount } of own) entries.push({ day: date, amount });
      if (ref !== null) continue;
      // Each row on account is an entry of its own; what no row tells is one too.
      const rows = ledger.billWise ? line.bills.filter((bill) => bill.type === 'On Account') : [];
      for (const { amount } of rows) entries.push({ day: date, amount });
      const rest = [...named, ...rows].reduce((left, bill) => left - bill.amount, line.amount);
      if (rest !== 0) entries.push({ day: date, amount: rest });
    }
  }
  return entries.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

function openingsOf(book: FakeBook, ledger: FakeLedger, ref: string | null): Entry[] {
  const bills = ledger.billWise ? ledger.openingBills : [];
  if (ref !== null) {
    const own = bills.filter((bill) => bill.ref === ref);
    const [first] = own.map((bill) => bill.billDate).toSorted();
    const amount = own.reduce((sum, bill) => sum + bill.amount, 0);
    return first === undefined || amount === 0 ? [] : [{ day: first, amount }];
  }
  const amount = bills.reduce((rest, bill) => rest - bill.amount, ledger.opening);
  return amount === 0 ? [] : [{ day: addDays(day(book.booksFrom), -1), amount }];
}

/** Debits and credits offset oldest first, so what is open of either side is its newest. */
function openParts(entries: readonly Entry[], balance: number): readonly Entry[] {
  const parts: Entry[] = [];
  let left = balance;
  for (const { day: on, amount } of entries.toReversed()) {
    if (left === 0 || amount > 0 !== left > 0) continue;
    const part = left > 0 ? Math.min(amount, left) : Math.max(amount, left);
    parts.push({ day: on, amount: part });
    left -= part;
  }
  if (left !== 0) throw new Error('The oracle has more open than was entered.');
  return parts;
}

export type TrueFigures = {
  readonly outstandingPaise: number;
  readonly overduePaise: number;
  readonly unallocatedPaise: number;
  readonly oldestDays: number;
  readonly buckets: readonly number[];
};

const BOUNDS = [0, 30, 60, 90, 120];

/** Aging by due day; credits stand in the buckets of their own days. */
export function figuresOf(parts: readonly TruePart[], asOf: string): TrueFigures {
  const buckets = [0, 0, 0, 0, 0, 0];
  const sums = { outstandingPaise: 0, overduePaise: 0, unallocatedPaise: 0, oldestDays: 0 };
  for (const { day: on, dueDay, amount } of parts) {
    const late = daysBetween(day(amount > 0 ? dueDay : on), day(asOf));
    const found = BOUNDS.findIndex((bound) => late <= bound);
    const at = found === -1 ? BOUNDS.length : found;
    buckets[at] = (buckets[at] ?? 0) + amount;
    sums.outstandingPaise += amount;
    if (amount < 0) sums.unallocatedPaise += amount;
    else if (late > 0) {
      sums.overduePaise += amount;
      sums.oldestDays = Math.max(sums.oldestDays, late);
    }
  }
  return { ...sums, buckets };
}
