import type { Day } from '../days.ts';
import { add, paise, sumOf, ZERO, type Paise } from '../money.ts';
import type { TallyOpenBill, TallyOpeningBill } from './facts.ts';
import type { PartyLine } from './party.ts';

/** A ledger as exported files have it: what it began with, and what its vouchers say. Debit is positive. */
export type FileLedger = {
  readonly isBillWise: boolean;
  readonly openingPaise: Paise | null;
  readonly openingBills: readonly TallyOpeningBill[];
  readonly lines: readonly PartyLine[];
};

export type FileBalances = {
  readonly closingPaise: Paise;
  readonly openBills: readonly Omit<TallyOpenBill, 'party'>[];
};

/**
 * What Tally's own reports would say at the end of a day, for files hold no reports. An export that gives closing
 * balances as opening ones, without a day book, comes to the same.
 */
export function balancesOfFiles(ledger: FileLedger, asOf: Day): FileBalances {
  const lines = ledger.lines.filter((line) => line.day <= asOf);
  const closingPaise = add(
    ledger.openingPaise ?? openingOf(ledger),
    sumOf(lines, (line) => line.amountPaise),
  );
  return { closingPaise, openBills: ledger.isBillWise ? openBillsOf(ledger.openingBills, lines) : [] };
}

function openingOf({ openingBills }: FileLedger): Paise {
  return sumOf(openingBills, (bill) => bill.amountPaise);
}

type Part = {
  readonly ref: string;
  readonly billDay: Day | null;
  readonly dueDay: Day | null;
  readonly amountPaise: Paise;
  readonly day: Day | null;
};

function openBillsOf(
  openings: readonly TallyOpeningBill[],
  lines: readonly PartyLine[],
): FileBalances['openBills'] {
  const parts: Part[] = openings.map((bill) => ({ ...bill, day: null }));
  for (const { type, ref, billDay, dueDay, amountPaise, day } of lines) {
    if (type !== 'on-account' && ref !== null) parts.push({ ref, billDay, dueDay, amountPaise, day });
  }
  return [...Map.groupBy(parts, (part) => part.ref)].flatMap(([ref, own]) => {
    const balancePaise = paise(sumOf(own, (part) => part.amountPaise));
    // The first entry made the bill: its days are the bill's.
    const billDay = firstOf(own, (part) => part.billDay) ?? firstOf(own, (part) => part.day);
    if (balancePaise === ZERO || billDay === null) return [];
    return [{ ref, billDay, dueDay: firstOf(own, (part) => part.dueDay) ?? billDay, balancePaise }];
  });
}

function firstOf(parts: readonly Part[], dayOf: (part: Part) => Day | null): Day | null {
  for (const part of parts) {
    const day = dayOf(part);
    if (day !== null) return day;
  }
  return null;
}
