import type { Day } from '../days.ts';
import { add, paise, subtract, sumOf, ZERO, type Paise } from '../money.ts';
import type { PartyFacts, PartyLine } from './party.ts';

/** Everything that is known of one bill reference of a ledger, or of what stands on account (`ref` null). */
export type RefAccount = {
  readonly ref: string | null;
  /** What Tally says is open at the end of `asOf`. */
  readonly reportedPaise: Paise;
  /** The days of the bill itself: as the report has them, else its opening bill, else its lines. */
  readonly billDay: Day | null;
  readonly dueDay: Day | null;
  readonly reportedDay: Day | null;
  readonly reportedDue: Day | null;
  readonly isOpening: boolean;
  /** In order of day, then as entered. */
  readonly lines: readonly PartyLine[];
};

type Gathered = {
  readonly bills: PartyFacts['openBills'][number][];
  readonly openings: PartyFacts['openingBills'][number][];
  readonly lines: PartyLine[];
};

/** First what is on account, which holds what no bill explains; then one account for each reference, in their order. */
export function refAccounts(facts: PartyFacts): readonly RefAccount[] {
  const gathered = new Map<string | null, Gathered>([[null, { bills: [], openings: [], lines: [] }]]);
  const under = (ref: string | null): Gathered => {
    const key = facts.isBillWise ? refOf(ref) : null;
    const known = gathered.get(key);
    if (known !== undefined) return known;
    const made: Gathered = { bills: [], openings: [], lines: [] };
    gathered.set(key, made);
    return made;
  };
  for (const line of facts.lines) {
    if (line.amountPaise !== 0) under(line.type === 'on-account' ? null : line.ref).lines.push(line);
  }
  if (facts.isBillWise) {
    for (const bill of facts.openBills) under(bill.ref).bills.push(bill);
    for (const opening of facts.openingBills) under(opening.ref).openings.push(opening);
  }
  const inOrderOfRefs = [...gathered].toSorted(([a], [b]) => compare(a ?? '', b ?? ''));
  return inOrderOfRefs.map(([ref, own]) => accountOf(facts, ref, own));
}

/** The rest at the end of `asOf` that no line explains. */
export function unexplainedPaise(account: RefAccount, asOf: Day): Paise {
  const known = account.lines.filter((line) => line.day <= asOf);
  return subtract(
    account.reportedPaise,
    sumOf(known, (line) => line.amountPaise),
  );
}

/** Entry order is the order of the GUIDs: they end in the running number of the voucher. */
export function inOrder(a: PartyLine, b: PartyLine): number {
  return (
    compare(a.day, b.day) ||
    compare(a.voucherGuid, b.voucherGuid) ||
    a.line - b.line ||
    a.position - b.position
  );
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function refOf(ref: string | null): string | null {
  const text = ref?.trim() ?? '';
  return text === '' ? null : text;
}

function accountOf(facts: PartyFacts, ref: string | null, { bills, openings, lines }: Gathered): RefAccount {
  const sorted = lines.toSorted(inOrder);
  if (ref === null) return onAccount(facts, sorted);
  const reported = bills.toSorted((a, b) => compare(a.billDay, b.billDay) || compare(a.dueDay, b.dueDay))[0];
  const openingDay = earliest(openings.map((one) => one.billDay));
  const openingDue = earliest(openings.map((one) => one.dueDay));
  return {
    ref,
    reportedPaise: sumOf(bills, (bill) => bill.balancePaise),
    billDay: reported?.billDay ?? openingDay ?? earliest(lines.map((line) => line.billDay)),
    dueDay: reported?.dueDay ?? earliest(lines.map((line) => line.dueDay)) ?? openingDue,
    reportedDay: reported?.billDay ?? null,
    reportedDue: reported?.dueDay ?? null,
    isOpening: openings.length > 0,
    lines: sorted,
  };
}

/** On account stands what the ledger's balance has beyond its bills. */
function onAccount(facts: PartyFacts, lines: readonly PartyLine[]): RefAccount {
  const inBills = facts.isBillWise
    ? sumOf(
        facts.openBills.filter((bill) => refOf(bill.ref) !== null),
        (bill) => bill.balancePaise,
      )
    : ZERO;
  return {
    ref: null,
    reportedPaise: subtract(facts.closingPaise, inBills),
    billDay: null,
    dueDay: null,
    reportedDay: null,
    reportedDue: null,
    isOpening: false,
    lines,
  };
}

function earliest(days: readonly (Day | null)[]): Day | null {
  let first: Day | null = null;
  for (const day of days) if (day !== null && (first === null || day < first)) first = day;
  return first;
}

/** Debits and credits of one voucher under one reference, each added up: one part of one document. */
export type VoucherPart = { readonly first: PartyLine; readonly amountPaise: Paise };

/** In order of day, then as entered; debits of a voucher apart from its credits. */
export function voucherParts(lines: readonly PartyLine[]): readonly VoucherPart[] {
  const parts = new Map<string, VoucherPart>();
  for (const line of lines) {
    const key = `${line.amountPaise > 0 ? '+' : '-'}${line.voucherGuid}`;
    const known = parts.get(key);
    const amountPaise =
      known === undefined ? paise(line.amountPaise) : add(known.amountPaise, line.amountPaise);
    parts.set(key, { first: known?.first ?? line, amountPaise });
  }
  return [...parts.values()];
}
