import { addDays, day } from '#domain/days.ts';
import type { FakeBill, FakeLedger, FakeVoucher } from '#tests/fakes/tally/records.ts';
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
const PERIODS = ['', '30 Days', '45 Days', '2 Months', '3 Weeks', '15 Days'];
/** Ledgers that may owe; renamed, moved and deleted ones too. */
const PARTY = 'Party';

export function parties(company: FakeCompany): readonly FakeLedger[] {
  return [...company.view().ledgers.values()].filter((ledger) => ledger.name.startsWith(PARTY));
}

function at(n: readonly number[], place: number): number {
  return n[place] ?? 0;
}

function pick<T>(rows: readonly T[], number: number): T | undefined {
  return rows[number % Math.max(1, rows.length)];
}

/** Mostly lately, sometimes long ago, now and then in days to come. */
function dayOf({ today }: TallySide, number: number): string {
  const now = day(today());
  const kind = number % 10;
  const size = Math.floor(number / 10);
  if (kind < 4) return addDays(now, 0 - (size % 40));
  if (kind === 9) return addDays(now, (size % 12) + 1);
  return addDays(day(BOOKS_FROM), size % DAYS_OF_BOOKS);
}

function amountOf(number: number): number {
  return number % 7 === 0 ? number + 1 : ((number % 97) + 1) * 100;
}

function partyOf({ company }: TallySide, number: number): FakeLedger | undefined {
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

function newRef(): string {
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

function aVoucher({ company }: TallySide, number: number): FakeVoucher | undefined {
  return pick(company.vouchers(), number);
}

/** Another amount for the whole of a voucher, its allocations in proportion. */
function changeAmount(side: TallySide, n: readonly number[]): void {
  const voucher = aVoucher(side, at(n, 0));
  if (!voucher || voucher.cancelled) return;
  const times = (at(n, 1) % 4) + 1;
  const nameOf = (id: number): string => side.company.view().ledgers.get(id)?.name ?? '';
  if (voucher.lines.some((line) => nameOf(line.ledgerId) === '')) return;
  const lines = voucher.lines.map((line) => ({
    ledger: nameOf(line.ledgerId),
    amount: line.amount * times,
    bills: line.bills.map((bill) => ({ ...bill, amount: bill.amount * times })),
  }));
  side.company.alterVoucher(voucher.masterId, { lines });
}

function changePeriod(side: TallySide, n: readonly number[]): void {
  const voucher = aVoucher(side, at(n, 0));
  if (!voucher || voucher.cancelled) return;
  const period = pick(PERIODS, at(n, 1)) ?? '';
  const nameOf = (id: number): string => side.company.view().ledgers.get(id)?.name ?? '';
  if (voucher.lines.some((line) => nameOf(line.ledgerId) === '')) return;
  const lines = voucher.lines.map((line) => ({
    ledger: nameOf(line.ledgerId),
    amount: line.amount,
    bills: line.bills.map((bill) => (bill.type === 'New Ref' ? { ...bill, period } : bill)),
  }));
  side.company.alterVoucher(voucher.masterId, { lines });
}

function changeDay(side: TallySide, n: readonly number[]): void {
  const voucher = aVoucher(side, at(n, 0));
  if (!voucher || voucher.cancelled || isOrphan(side, voucher)) return;
  const date = dayOf(side, at(n, 1));
  const { ledgers } = side.company.view();
  // The day of a bill goes with its voucher, as it does on Tally's screen.
  const lines = voucher.lines.map((line) => ({
    ledger: ledgers.get(line.ledgerId)?.name ?? '',
    amount: line.amount,
    bills: line.bills.map((bill) => ({
      ...bill,
      billDate: bill.type === 'Agst Ref' ? bill.billDate : undefined,
    })),
  }));
  side.company.alterVoucher(voucher.masterId, { date, postDated: date > side.today(), lines });
}

function isOrphan({ company }: TallySide, { lines }: FakeVoucher): boolean {
  const { ledgers } = company.view();
  return lines.some((line) => !ledgers.has(line.ledgerId));
}

function createParty({ company, today }: TallySide, n: readonly number[]): void {
  const name = `${PARTY} ${company.view().lastMasterId + 1}`;
  const isOpening = at(n, 0) % 2 === 0;
  const amount = amountOf(at(n, 1));
  const before = addDays(day(BOOKS_FROM), 0 - (at(n, 2) % 200) - 1);
  if (today() < BOOKS_FROM) return;
  company.createLedger({
    name,
    parent: at(n, 3) % 8 === 0 ? 'Sundry Creditors' : at(n, 3) % 3 === 0 ? 'North' : 'Sundry Debtors',
    billWise: at(n, 4) % 5 !== 0,
    creditPeriod: pick(['30 Days', '', '15 Days'], at(n, 5)) ?? '',
    ...(isOpening
      ? {
          opening: amount + (at(n, 2) % 3 === 0 ? 7_00 : 0),
          openingBills: [
            { ref: newRef(), billDate: before, period: '30 Days', amount: amount + 3_00 },
            { ref: newRef(), billDate: before, amount: -3_00, advance: true },
          ],
        }
      : {}),
  });
}

function renameParty(side: TallySide, n: readonly number[]): void {
  const party = partyOf(side, at(n, 0));
  if (!party) return;
  const name = `${PARTY} ${party.masterId} ${at(n, 1)}`;
  if (!parties(side.company).some((other) => other.name === name)) side.company.renameLedger(party.name, name);
}

/** Two ledgers change their names with each other. */
function swapNames(side: TallySide, n: readonly number[]): void {
  const [one, other] = [partyOf(side, at(n, 0)), partyOf(side, at(n, 1))];
  if (!one || !other || one === other) return;
  side.company.renameLedger(one.name, `${PARTY} meanwhile`);
  side.company.renameLedger(other.name, one.name);
  side.company.renameLedger(`${PARTY} meanwhile`, other.name);
}

const GROUPS = ['Sundry Debtors', 'North', 'Sundry Debtors', 'Sundry Creditors', 'Current Assets'];

export const tallyActs = {
  sell,
  receive,
  onAccount,
  advance,
  debitAgain,
  setOff,
  journal,
  note,
  changeAmount,
  changePeriod,
  changeDay,
  createParty,
  renameParty,
  swapNames,
  cancel: (side, n) => {
    const voucher = aVoucher(side, at(n, 0));
    if (voucher && !voucher.cancelled) side.company.cancelVoucher(voucher.masterId);
  },
  delete: (side, n) => {
    const voucher = aVoucher(side, at(n, 0));
    if (voucher) side.company.deleteVoucher(voucher.masterId);
  },
  optional: (side, n) => {
    const voucher = aVoucher(side, at(n, 0));
    if (voucher && !voucher.cancelled) side.company.makeOptional(voucher.masterId, !voucher.optional);
  },
  renumber: ({ company }, n) => company.renumber('Sales', (at(n, 0) % 50) + 1),
  renameGroup: ({ company }, n) => {
    const group = [...company.view().groups.values()].find((one) => one.name.startsWith('North'));
    if (group && group.name !== `North ${at(n, 0) % 3}`) company.renameGroup(group.name, `North ${at(n, 0) % 3}`);
  },
  moveGroup: ({ company }, n) => {
    const group = [...company.view().groups.values()].find((one) => one.name.startsWith('North'));
    if (group) company.moveGroup(group.name, at(n, 0) % 2 === 0 ? 'Sundry Debtors' : 'Current Assets');
  },
  moveParty: (side, n) => {
    const party = partyOf(side, at(n, 0));
    const wanted = pick(GROUPS, at(n, 1)) ?? '';
    const group = [...side.company.view().groups.values()].find((one) => one.name.startsWith(wanted));
    if (party && group) side.company.moveLedger(party.name, group.name);
  },
  deleteParty: (side, n) => {
    const party = partyOf(side, at(n, 0));
    const isUsed = side.company
      .vouchers()
      .some(
        ({ partyId, lines }) =>
          partyId === party?.masterId || lines.some((line) => line.ledgerId === party?.masterId),
      );
    if (party && !isUsed) side.company.deleteLedger(party.name);
  },
  billWise: (side, n) => {
    const party = partyOf(side, at(n, 0));
    if (party) side.company.alterLedger(party.name, { billWise: !party.billWise });
  },
  opening: (side, n) => {
    const party = partyOf(side, at(n, 0));
    if (party) side.company.alterLedger(party.name, { opening: party.opening + amountOf(at(n, 1)) });
  },
  openingBill: (side, n) => {
    const party = partyOf(side, at(n, 0));
    if (!party) return;
    const amount = amountOf(at(n, 1));
    const billDate = addDays(day(BOOKS_FROM), 0 - (at(n, 2) % 90) - 1);
    const openingBills = [...party.openingBills, { ref: newRef(), billDate, amount }];
    const kept = at(n, 3) % 3 === 0 ? openingBills.slice(1) : openingBills;
    side.company.alterLedger(party.name, { openingBills: kept });
  },
  ledgerTerms: (side, n) => {
    const party = partyOf(side, at(n, 0));
    if (party) side.company.alterLedger(party.name, { creditPeriod: pick(PERIODS, at(n, 1)) ?? '' });
  },
  contact: (side, n) => {
    const party = partyOf(side, at(n, 0));
    if (party) side.company.alterLedger(party.name, { contact: { mobile: `98765${10_000 + at(n, 1)}` } });
  },
  renameCompany: ({ company }, n) => company.rename(`Model ${at(n, 0) % 5} P Ltd`),
  backup: ({ company, backups }) => void backups.push(company.backup()),
  restore: ({ company, backups }, n) => {
    const backup = pick(backups, at(n, 0));
    if (backup) company.restore(backup);
  },
} satisfies Readonly<Record<string, TallyAct>>;

export type TallyActName = keyof typeof tallyActs;

export function isTallyAct(act: string): act is TallyActName {
  return Object.hasOwn(tallyActs, act);
}
