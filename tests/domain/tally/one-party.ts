import { day, type Day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import type { PartyFacts, PartyLine } from '#domain/tally/party.ts';

export const L = 'co-00000011';
export const asOf = day('2026-11-22');
export const none: PartyFacts = {
  ledgerGuid: L,
  isBillWise: true,
  creditDays: 30,
  closingPaise: paise(0),
  asOf,
  booksFrom: day('2026-04-01'),
  historyFrom: day('2026-04-01'),
  openBills: [],
  openingBills: [],
  lines: [],
};

export type Row = Partial<PartyLine> & { readonly of: string; readonly on: string; readonly amount: number };

export function line({ of, on, amount, ...more }: Row): PartyLine {
  return {
    voucherGuid: of,
    day: day(on),
    kind: 'sales',
    number: `No ${of}`,
    narration: null,
    line: 0,
    position: 0,
    type: 'new',
    ref: 'INV-1',
    billDay: day(on),
    dueDay: null,
    amountPaise: paise(amount),
    ...more,
  };
}

export function open(
  ref: string,
  billDay: string,
  dueDay: string,
  balance: number,
): PartyFacts['openBills'][number] {
  return { ref, billDay: day(billDay), dueDay: day(dueDay), balancePaise: paise(balance) };
}

export const paid = { kind: 'receipt', type: 'against' } as const;
export const days = (...list: readonly string[]): readonly Day[] => list.map(day);
