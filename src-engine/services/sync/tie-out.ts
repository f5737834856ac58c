import type { TieOut, TieOutParty } from '#contract/engine/sync.ts';
import type { Day } from '#domain/days.ts';
import { paise, sumOf, ZERO, type Paise } from '#domain/money.ts';
import { refOfBill } from '#domain/tally/derive.ts';
import type { PartyHints } from '#domain/tally/difference-causes.ts';
import {
  tieOutParty,
  tieOutTotals,
  type BaakiParty,
  type TallyParty,
  type TiedParty,
} from '#domain/tally/tie-out.ts';
import type { ReadTx } from '../../storage/database.ts';
import {
  bookBills,
  bookMoney,
  heldBack,
  openingSums,
  type BookBill,
  type BookMoney,
} from '../../storage/tally-book-side.ts';
import type { ConnectionRow } from '../../storage/tally-connection.ts';
import { TALLY_SOURCE } from '../../storage/tally-customers.ts';
import {
  ledgerRows,
  openBillRows,
  openBillsOf,
  openingBillsOf,
  type LedgerRow,
} from '../../storage/tally-masters.ts';
import { windowRows } from '../../storage/tally-windows.ts';
import { isHistoryWhole } from './history-state.ts';

/** A ledger that is a customer, held against the book. */
export type Tied = { readonly ledger: LedgerRow; readonly party: TiedParty };

type Sides = {
  readonly asOf: Day;
  readonly isHistoryMissing: boolean;
  readonly billsOf: (customerId: number) => readonly BookBill[];
  readonly moneyOf: (customerId: number) => BookMoney | undefined;
  readonly openingBillsOf: (ledgerId: number) => Paise;
};

/** Every customer of Tally's beside the book's own documents, as of the day of the bills reports. */
export function tieOutAll(tx: ReadTx, connection: ConnectionRow, asOf: Day): readonly Tied[] {
  const own = Map.groupBy(bookBills(tx, { asOf, customerIds: 'all' }), (bill) => bill.customerId);
  const money = bookMoney(tx, { asOf, customerIds: 'all' });
  const openings = openingSums(tx);
  const reported = Map.groupBy(openBillRows(tx), (bill) => bill.ledgerId);
  const sides = {
    asOf,
    isHistoryMissing: !isHistoryWhole(connection, windowRows(tx)),
    billsOf: (customerId: number) => own.get(customerId) ?? [],
    moneyOf: (customerId: number) => money.get(customerId),
    openingBillsOf: (ledgerId: number) => openings.get(ledgerId) ?? ZERO,
  };
  return ledgerRows(tx)
    .filter((ledger) => ledger.customerId !== null)
    .map((ledger) => tied(tx, sides, { ledger, bills: reported.get(ledger.ledgerId) ?? [] }));
}

type SomeWish = { readonly asOf: Day; readonly ledgers: readonly LedgerRow[] };

/** The same of a few: nothing of all the others is looked at. */
export function tieOutSome(
  tx: ReadTx,
  connection: ConnectionRow,
  { asOf, ledgers }: SomeWish,
): readonly Tied[] {
  const customers = ledgers.filter((ledger) => ledger.customerId !== null);
  const wish = { asOf, customerIds: customers.flatMap(({ customerId }) => customerId ?? []) };
  const own = Map.groupBy(bookBills(tx, wish), (bill) => bill.customerId);
  const money = bookMoney(tx, wish);
  const sides = {
    asOf,
    isHistoryMissing: !isHistoryWhole(connection, windowRows(tx)),
    billsOf: (customerId: number) => own.get(customerId) ?? [],
    moneyOf: (customerId: number) => money.get(customerId),
    openingBillsOf: (ledgerId: number) => sumOf(openingBillsOf(tx, ledgerId), (bill) => bill.amountPaise),
  };
  return customers.map((ledger) => tied(tx, sides, { ledger, bills: openBillsOf(tx, ledger.ledgerId) }));
}

export function tieOutOne(tx: ReadTx, connection: ConnectionRow, ledger: LedgerRow, asOf: Day): Tied {
  const [one] = tieOutSome(tx, connection, { asOf, ledgers: [ledger] });
  if (!one) throw new Error('A ledger that is no customer was compared.');
  return one;
}

type Reported = { readonly ledger: LedgerRow; readonly bills: TallyParty['bills'] };

function tied(tx: ReadTx, sides: Sides, { ledger, bills }: Reported): Tied {
  const { ledgerId, isBillWise, openingPaise } = ledger;
  const customerId = ledger.customerId ?? 0;
  // One that is no customer any more owes nothing here, whatever it owes there.
  const closingPaise = ledger.isCustomer ? ledger.closingPaise : ZERO;
  const tally: TallyParty = {
    closingPaise,
    isBillWise,
    bills: ledger.isCustomer ? bills : [],
    openingPaise: ledger.isCustomer ? openingPaise : ZERO,
    openingBillsPaise: sides.openingBillsOf(ledgerId),
  };
  const own = sides.billsOf(customerId);
  const money = sides.moneyOf(customerId);
  const baaki = bookSideOf(own, money?.openPaise ?? ZERO);
  const hints = hintsOf({ own, money }, sides);
  const party = tieOutParty(tally, baaki, hints);
  if (party.tiesOut) return { ledger, party };
  const held = heldBack(tx, { ledgerId, asOf: sides.asOf });
  return { ledger, party: tieOutParty(tally, baaki, { ...hints, ...held }) };
}

function bookSideOf(own: readonly BookBill[], moneyPaise: Paise): BaakiParty {
  const open = own.filter((bill) => bill.openPaise !== 0);
  return {
    outstandingPaise: paise(sumOf(open, (bill) => bill.openPaise) - moneyPaise),
    bills: open.map((bill) => {
      const { billId, openPaise, billDay, dueDay } = bill;
      return { billId, ref: refOf(bill), openPaise, billDay, dueDay };
    }),
  };
}

function refOf(bill: BookBill): string | null {
  return bill.source === TALLY_SOURCE ? refOfBill(bill) : bill.number;
}

type Own = { readonly own: readonly BookBill[]; readonly money: BookMoney | undefined };

function hintsOf({ own, money }: Own, { isHistoryMissing }: Sides): PartyHints {
  const refsOf = (bills: readonly BookBill[]): ReadonlySet<string> =>
    new Set(bills.flatMap((bill) => refOf(bill)?.trim() ?? []));
  const elsewhere = own.filter((bill) => bill.source !== TALLY_SOURCE);
  const tallys = own.filter((bill) => bill.source === TALLY_SOURCE);
  const adjusted = tallys.filter((bill) => bill.kind === 'charge');
  // What was entered here moves what is owed by what is open of it, and by what of it is applied to Tally's.
  const enteredHere =
    sumOf(elsewhere, (bill) => bill.openPaise) -
    sumOf(tallys, (bill) => bill.enteredPaise) -
    (money?.elsewherePaise ?? 0);
  return {
    optionalPaise: ZERO,
    postDatedPaise: ZERO,
    enteredHerePaise: paise(enteredHere),
    enteredHereRefs: refsOf([...elsewhere, ...tallys.filter((bill) => bill.enteredPaise !== 0)]),
    appliedHereRefs: refsOf(tallys.filter((bill) => bill.appliedPaise !== 0)),
    adjustedRefs: refsOf(adjusted),
    adjustedPaise: sumOf(adjusted, (bill) => bill.openPaise),
    isHistoryMissing,
    isChangedWhileRead: false,
  };
}

/** The certificate; null before the bills were ever read. */
export function certificateOf(tx: ReadTx, connection: ConnectionRow): TieOut | null {
  const { asOfDay: asOf, syncedAt: at, companyName } = connection;
  if (asOf === null || at === null) return null;
  const all = tieOutAll(tx, connection, asOf);
  const totals = { ...tieOutTotals(all.map(({ party }) => party)) };
  return { at, asOf, companyName, totals, parties: all.map(showParty) };
}

function showParty({ ledger, party }: Tied): TieOutParty {
  const { tallyPaise, billsPaise, onAccountPaise, baakiPaise, differencePaise, differingBillCount } = party;
  const { guid: ledgerGuid, name, customerId, isBillWise } = ledger;
  return {
    ledgerGuid,
    name,
    customerId,
    isBillWise,
    tallyPaise,
    billsPaise,
    onAccountPaise,
    baakiPaise,
    differencePaise,
    differingBillCount,
    tiesOut: party.tiesOut,
    causes: [...(party.tiesOut ? party.onAccountCauses : party.causes)],
  };
}
