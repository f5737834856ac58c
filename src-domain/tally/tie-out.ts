import type { Day } from '../days.ts';
import { paise, subtract, sumOf, ZERO, type Paise } from '../money.ts';
import { likelyCauses, type DifferenceCause, type PartyHints } from './difference-causes.ts';
import type { TallyOpenBill } from './facts.ts';

/** What Tally says of a party at the end of a day. Debit is positive. */
export type TallyParty = {
  readonly closingPaise: Paise;
  readonly isBillWise: boolean;
  readonly bills: readonly Omit<TallyOpenBill, 'party'>[];
  /** At the start of the books; null where it was not read. */
  readonly openingPaise: Paise | null;
  /** What its opening bills come to. */
  readonly openingBillsPaise: Paise;
};

/** An open bill of the book on the same day; `ref` null = on account (see refOfBill of derive.ts). */
export type BaakiBill = {
  readonly billId: number | null;
  readonly ref: string | null;
  readonly openPaise: Paise;
  readonly billDay: Day;
  readonly dueDay: Day;
};

export type BaakiParty = {
  /** Open bills less money that is not applied. */
  readonly outstandingPaise: Paise;
  readonly bills: readonly BaakiBill[];
};

export type TiedBill = {
  readonly ref: string;
  readonly billId: number | null;
  readonly tallyPaise: Paise;
  readonly baakiPaise: Paise;
  readonly tallyBillDay: Day | null;
  readonly baakiBillDay: Day | null;
  readonly tallyDueDay: Day | null;
  readonly baakiDueDay: Day | null;
  readonly isDiffering: boolean;
  readonly causes: readonly DifferenceCause[];
};

export type TiedParty = {
  readonly tallyPaise: Paise;
  readonly billsPaise: Paise;
  /** The ledger's balance beyond its bills. */
  readonly onAccountPaise: Paise;
  readonly baakiPaise: Paise;
  /** What the book has beyond Tally. */
  readonly differencePaise: Paise;
  readonly differingBillCount: number;
  readonly tiesOut: boolean;
  /** Debit bills by reference. Money is compared as one sum: a receipt may be for several. */
  readonly bills: readonly TiedBill[];
  /** Behind the difference, most likely first; empty where it ties out. */
  readonly causes: readonly DifferenceCause[];
  /** Why Tally's own bills are not its ledger's balance; empty where they are. */
  readonly onAccountCauses: readonly DifferenceCause[];
};

/** Compares a party bill by bill, and its money and what is on account as one sum. */
export function tieOutParty(tally: TallyParty, baaki: BaakiParty, hints: PartyHints): TiedParty {
  const billsPaise = sumOf(tally.bills, (bill) => bill.balancePaise);
  const onAccountPaise = subtract(tally.closingPaise, billsPaise);
  const differencePaise = subtract(baaki.outstandingPaise, tally.closingPaise);
  const bills = tiedBills(tally, baaki, hints);
  const differingBillCount = bills.filter((bill) => bill.isDiffering).length;
  // Bills and the whole may agree while what is on account does not: a debit there counts as a bill here.
  const openOnAccount = sumOf(
    baaki.bills.filter((bill) => bill.ref === null),
    (bill) => bill.openPaise,
  );
  const isOnAccountSame = openOnAccount === Math.max(0, onAccountPaise);
  const tiesOut = differencePaise === 0 && differingBillCount === 0 && isOnAccountSame;
  const openingRest =
    tally.openingPaise === null ? ZERO : subtract(tally.openingPaise, tally.openingBillsPaise);
  const figures = {
    differencePaise,
    onAccountPaise,
    openingRestPaise: openingRest,
    isBillWise: tally.isBillWise,
  };
  return {
    tallyPaise: tally.closingPaise,
    billsPaise,
    onAccountPaise,
    baakiPaise: baaki.outstandingPaise,
    differencePaise,
    differingBillCount,
    tiesOut,
    bills,
    causes: tiesOut ? [] : likelyCauses(figures, hints),
    onAccountCauses: onAccountCauses(figures, hints),
  };
}

function tiedBills(tally: TallyParty, baaki: BaakiParty, hints: PartyHints): readonly TiedBill[] {
  const there = byRef(tally.bills.filter((bill) => bill.ref.trim() !== ''));
  const here = byRef(baaki.bills);
  return [...new Set([...there.keys(), ...here.keys()])]
    .map((ref) => tiedBill(ref, there.get(ref) ?? [], here.get(ref) ?? [], hints))
    .filter((bill) => bill.tallyPaise > 0 || bill.baakiPaise > 0)
    .toSorted((a, b) => order(a) - order(b) || (a.ref < b.ref ? -1 : 1));
}

// What differs stands first.
const order = (bill: TiedBill): number => (bill.isDiffering ? 0 : 1);

function tiedBill(
  ref: string,
  there: readonly Omit<TallyOpenBill, 'party'>[],
  here: readonly BaakiBill[],
  hints: PartyHints,
): TiedBill {
  // A credit of the reference is money here, and money is compared as one sum.
  const tallyPaise = paise(
    Math.max(
      0,
      sumOf(there, (bill) => bill.balancePaise),
    ),
  );
  const baakiPaise = sumOf(here, (bill) => bill.openPaise);
  const [first, own] = [oldest(there), oldest(here)];
  const isOpenInBoth = tallyPaise > 0 && own !== undefined && first !== undefined;
  // A bounced cheque opens a bill again from its own day: a later day here is no difference, an earlier one is.
  const isDayOff = isOpenInBoth && (own.billDay < first.billDay || own.dueDay !== first.dueDay);
  const isDiffering = tallyPaise !== baakiPaise || isDayOff;
  return {
    ref,
    billId: own?.billId ?? null,
    tallyPaise,
    baakiPaise,
    tallyBillDay: tallyPaise > 0 ? (first?.billDay ?? null) : null,
    baakiBillDay: own?.billDay ?? null,
    tallyDueDay: tallyPaise > 0 ? (first?.dueDay ?? null) : null,
    baakiDueDay: own?.dueDay ?? null,
    isDiffering,
    causes: isDiffering ? billCauses(ref, hints) : [],
  };
}

function billCauses(ref: string, hints: PartyHints): readonly DifferenceCause[] {
  const causes: DifferenceCause[] = [];
  if (hints.enteredHereRefs.has(ref)) causes.push('entered-here');
  if (hints.appliedHereRefs.has(ref)) causes.push('applied-here');
  if (hints.adjustedRefs.has(ref)) causes.push('forex-revaluation');
  if (hints.isChangedWhileRead) causes.push('changed-while-read');
  return causes.length === 0 ? ['unknown'] : causes;
}

function onAccountCauses(
  {
    onAccountPaise,
    openingRestPaise,
    isBillWise,
  }: { readonly onAccountPaise: Paise; readonly openingRestPaise: Paise; readonly isBillWise: boolean },
  hints: PartyHints,
): readonly DifferenceCause[] {
  if (onAccountPaise === 0) return [];
  if (!isBillWise) return ['not-bill-wise'];
  const causes: DifferenceCause[] = [];
  if (openingRestPaise !== 0) causes.push('opening-without-bills');
  if (hints.adjustedRefs.size > 0) causes.push('forex-revaluation');
  return openingRestPaise === onAccountPaise ? causes : ['on-account', ...causes];
}

function byRef<T extends { readonly ref: string | null }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    if (row.ref === null) continue;
    const ref = row.ref.trim();
    const group = groups.get(ref);
    if (group) group.push(row);
    else groups.set(ref, [row]);
  }
  return groups;
}

function oldest<T extends { readonly billDay: Day }>(rows: readonly T[]): T | undefined {
  return rows.toSorted((a, b) => (a.billDay < b.billDay ? -1 : a.billDay > b.billDay ? 1 : 0))[0];
}

export type TiedTotals = {
  readonly tallyPaise: Paise;
  readonly billsPaise: Paise;
  readonly onAccountPaise: Paise;
  readonly baakiPaise: Paise;
  readonly differencePaise: Paise;
  readonly partyCount: number;
  readonly differingCount: number;
  readonly billCount: number;
};

export function tieOutTotals(parties: readonly TiedParty[]): TiedTotals {
  const totalOf = (of: (party: TiedParty) => Paise): Paise => sumOf(parties, of);
  return {
    tallyPaise: totalOf((party) => party.tallyPaise),
    billsPaise: totalOf((party) => party.billsPaise),
    onAccountPaise: totalOf((party) => party.onAccountPaise),
    baakiPaise: totalOf((party) => party.baakiPaise),
    differencePaise: totalOf((party) => party.differencePaise),
    partyCount: parties.length,
    differingCount: parties.filter((party) => !party.tiesOut).length,
    billCount: parties.reduce((count, party) => count + party.bills.length, 0),
  };
}
