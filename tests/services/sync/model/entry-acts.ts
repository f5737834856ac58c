import { addDays, day } from '#domain/days.ts';
import type { FakeBill, FakeLedger } from '#tests/fakes/tally/records.ts';
import type { FakeCompany, FakeSnapshot } from '#tests/fakes/tally/book.ts';
import type { NewLine } from '#tests/fakes/tally/wishes.ts';

/** What the acts at Tally know: the books, the day there, and backups that were made. */
export type TallySide = {
  readonly company: FakeCompany;
  readonly today: () => string;
  readonly backups: FakeSnapshot[];
};

export type TallyAct = (side: TallySide, n: readonly number[]) => void;

export const BOOKS_FROM = '2025-04-01';
const DAYS_OF_BOOKS = 600;
export const PERIODS = ['', '30 Days', '45 Days', '2 Months', '3 Weeks', '15 Days'];
/** Ledgers that may owe; renamed, moved and deleted ones too. */
export const PARTY = 'Party';

export function parties(company: FakeCompany): readonly FakeLedger[] {
  return [...company.view().ledgers.values()].filter((ledger) => ledger.name.startsWith(PARTY));
}

export function at(n: readonly number[], place: number): number {
  return n[place] ?? 0;
}

export function pick<T>(rows: readonly T[], number: number): T | undefined {
  return rows[number % Math.max(1, rows.length)];
}

/** Mostly lately, sometimes long ago, now and then in days to come. */
export function dayOf({ today }: TallySide, number: number): string {
  const now = day(today());
  const kind = number % 10;
  const size = Math.floor(number / 10);
  if (kind < 4) return addDays(now, 0 - (size % 40));
  if (kind === 9) return addDays(now, (size % 12) + 1);
  return addDays(day(BOOKS_FROM), size % DAYS_OF_BOOKS);
}

export function amountOf(number: number): number {
  return number % 7 === 0 ? number + 1 : ((number % 97) + 1) * 100;
}

export function partyOf({ company }: TallySide, number: number): FakeLedger | undefined {
  return pick(parties(company), number);
}

/** References that stand in entries of a ledger, of voided ones too, and in its opening. */
function refsOf(company: FakeCompany, ledger: FakeLedger): readonly string[] {
  const refs = new Set(ledger.openingBills.map((bill) => bill.ref));
  for (const { lines } of company.vouchers()) {
    for (const line of lines) {
      if (line.ledgerId !== ledger.masterId) continue;
      for (const { ref } of line.bills) if (ref !== undefined) refs.add(ref);
    }
  }
  return [...refs].toSorted();
}

let lastRef = 0;

export function newRef(): string {
  lastRef += 1;
  return `R-${lastRef}`;
}

/** A run gives the same references whatever ran before it. */
export function forgetRefs(): void {
  lastRef = 0;
}

type Entry = {
  readonly type: string;
  readonly date: string;
  readonly lines: readonly NewLine[];
  /** The ledger that takes the other side. */
  readonly against: string;
};

function enter(side: TallySide, { type, date, lines, against }: Entry): void {
  const sum = lines.reduce((total, line) => total + line.amount, 0);
  const balance = sum === 0 ? [] : [{ ledger: against, amount: 0 - sum }];
  side.company.createVoucher({
    type,
    date,
    lines: [...lines, ...balance],
    postDated: date > side.today(),
  });
}

function sell(side: TallySide, n: readonly number[]): void {
  const party = partyOf(side, at(n, 0));
  if (!party) return;
  const amount = amountOf(at(n, 1));
  const period = pick(PERIODS, at(n, 3)) ?? '';
  const bill: FakeBill = { type: 'New Ref', ref: newRef(), amount, ...(period === '' ? {} : { period }) };
  const date = dayOf(side, at(n, 2));
  // An eighth stays on account, as with a bill that was split by hand.
  const bills = at(n, 4) % 8 === 0 ? [{ ...bill, amount: Math.ceil(amount / 3) }] : [bill];
  enter(side, { type: 'Sales', date, against: 'Sales', lines: [{ ledger: party.name, amount, bills }] });
}

/** Money against bills: one, or several in one receipt, exact, in part or too much. */
function receive(side: TallySide, n: readonly number[]): void {
  const party = partyOf(side, at(n, 0));
  if (!party) return;
  const refs = refsOf(side.company, party);
  const chosen = [pick(refs, at(n, 3)), ...(at(n, 4) % 3 === 0 ? [pick(refs, at(n, 5))] : [])];
  const amount = amountOf(at(n, 1));
  const own = [...new Set(chosen)].filter((ref) => ref !== undefined);
  const share = Math.floor(amount / Math.max(1, own.length));
  const bills = own.map((ref): FakeBill => ({ type: 'Agst Ref', ref, amount: 0 - share }));
  const date = dayOf(side, at(n, 2));
  enter(side, {
    type: 'Receipt',
    date,
    against: 'HDFC Bank',
    lines: [{ ledger: party.name, amount: 0 - amount, bills }],
  });
}

function onAccount(side: TallySide, n: readonly number[]): void {
  const party = partyOf(side, at(n, 0));
  if (!party) return;
  const amount = amountOf(at(n, 1)) * (at(n, 3) % 6 === 0 ? 1 : -1);
  const date = dayOf(side, at(n, 2));
  const type = amount > 0 ? 'Payment' : 'Receipt';
  enter(side, { type, date, against: 'HDFC Bank', lines: [{ ledger: party.name, amount, bills: [] }] });
}

function advance(side: TallySide, n: readonly number[]): void {
  const party = partyOf(side, at(n, 0));
  if (!party) return;
  const amount = 0 - amountOf(at(n, 1));
  const bills: FakeBill[] = [{ type: 'Advance', ref: newRef(), amount }];
  const date = dayOf(side, at(n, 2));
  enter(side, {
    type: 'Receipt',
    date,
    against: 'HDFC Bank',
    lines: [{ ledger: party.name, amount, bills }],
  });
}

/** A debit under a reference that is there: an advance that is used, a cheque that came back. */
function debitAgain(side: TallySide, n: readonly number[]): void {
  const party = partyOf(side, at(n, 0));
  const ref = party && pick(refsOf(side.company, party), at(n, 3));
  if (!party || ref === undefined) return;
  const amount = amountOf(at(n, 1));
  const bills: FakeBill[] = [{ type: 'Agst Ref', ref, amount }];
  const isCheque = at(n, 4) % 2 === 0;
  enter(side, {
    type: isCheque ? 'Payment' : 'Sales',
    date: dayOf(side, at(n, 2)),
    against: isCheque ? 'HDFC Bank' : 'Sales',
    lines: [{ ledger: party.name, amount, bills }],
  });
}

/** A journal that sets what is on account against a bill: the same ledger stands in it twice. */
function setOff(side: TallySide, n: readonly number[]): void {
  const party = partyOf(side, at(n, 0));
  const ref = party && pick(refsOf(side.company, party), at(n, 3));
  if (!party || ref === undefined) return;
  const amount = amountOf(at(n, 1));
  enter(side, {
    type: 'Journal',
    date: dayOf(side, at(n, 2)),
    against: 'Sales',
    lines: [
      { ledger: party.name, amount, bills: [] },
      { ledger: party.name, amount: 0 - amount, bills: [{ type: 'Agst Ref', ref, amount: 0 - amount }] },
    ],
  });
}

/** From one party to another, and the first party's ledger twice with two new references. */
function journal(side: TallySide, n: readonly number[]): void {
  const [one, other] = [partyOf(side, at(n, 0)), partyOf(side, at(n, 4))];
  if (!one || !other) return;
  const [a, b] = [amountOf(at(n, 1)), amountOf(at(n, 3))];
  const made = (amount: number): FakeBill[] => [{ type: 'New Ref', ref: newRef(), amount }];
  enter(side, {
    type: 'Journal',
    date: dayOf(side, at(n, 2)),
    against: 'Sales',
    lines: [
      { ledger: one.name, amount: a, bills: made(a) },
      { ledger: one.name, amount: b, bills: made(b) },
      { ledger: other.name, amount: 0 - a - b, bills: [] },
    ],
  });
}

function note(side: TallySide, n: readonly number[]): void {
  const party = partyOf(side, at(n, 0));
  if (!party) return;
  const isCredit = at(n, 4) % 2 === 0;
  const amount = amountOf(at(n, 1)) * (isCredit ? -1 : 1);
  const ref = pick(refsOf(side.company, party), at(n, 3));
  const bill: FakeBill =
    isCredit && ref !== undefined
      ? { type: 'Agst Ref', ref, amount }
      : { type: 'New Ref', ref: newRef(), amount };
  enter(side, {
    type: isCredit ? 'Credit Note' : 'Debit Note',
    date: dayOf(side, at(n, 2)),
    against: 'Sales',
    lines: [{ ledger: party.name, amount, bills: [bill] }],
  });
}

/** What is entered anew. */
export const entryActs = {
  sell,
  receive,
  onAccount,
  advance,
  debitAgain,
  setOff,
  journal,
  note,
} satisfies Readonly<Record<string, TallyAct>>;
