import { addDays, day } from '#domain/days.ts';
import type { FakeVoucher } from '#tests/fakes/tally/records.ts';
import type { FakeCompany } from '#tests/fakes/tally/book.ts';
import {
  amountOf,
  at,
  BOOKS_FROM,
  dayOf,
  entryActs,
  newRef,
  parties,
  PARTY,
  partyOf,
  PERIODS,
  pick,
  type TallyAct,
  type TallySide,
} from './entry-acts.ts';

// What a person at Tally changes, renames, moves and takes away.

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
    parent: at(n, 3) % 8 === 0 ? 'Sundry Creditors' : at(n, 3) % 3 === 0 ? north(company) : 'Sundry Debtors',
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

/** The user's own group of debtors, whatever it is called now. */
function north(company: FakeCompany): string {
  const groups = [...company.view().groups.values()];
  return groups.find((group) => group.name.startsWith('North'))?.name ?? 'Sundry Debtors';
}

function renameParty(side: TallySide, n: readonly number[]): void {
  const party = partyOf(side, at(n, 0));
  if (!party) return;
  const name = `${PARTY} ${party.masterId} ${at(n, 1)}`;
  if (!parties(side.company).some((other) => other.name === name))
    side.company.renameLedger(party.name, name);
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
  ...entryActs,
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
    if (group && group.name !== `North ${at(n, 0) % 3}`)
      company.renameGroup(group.name, `North ${at(n, 0) % 3}`);
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
