import { dueDay } from './calendar.ts';
import type { FakeCompany } from './book.ts';

/** What a party owes, worked out from the entries one by one. Paise, POSITIVE = DEBIT (they owe us). */
export type OracleParty = {
  readonly guid: string;
  readonly name: string;
  readonly closing: number;
  readonly bills: readonly OracleBill[];
  /** The closing less the bills. */
  readonly onAccount: number;
};

export type OracleBill = {
  readonly ref: string;
  readonly billDay: string;
  readonly dueDay: string;
  readonly balance: number;
};

const NO_EFFECT = new Set([
  'Memorandum',
  'Reversing Journal',
  'Sales Order',
  'Purchase Order',
  'Delivery Note',
  'Receipt Note',
  'Physical Stock',
  'Stock Journal',
]);

type Entry = { readonly day: string; readonly amount: number };
type BillEntry = Entry & {
  readonly ref: string;
  readonly billDay: string;
  readonly period: string;
  readonly isMade: boolean;
};

/**
 * The truth a client's outstanding is held against: slow, plain, and worked out in another way than the fake's replies
 * (every party collects its entries, then adds them up). Parties are all ledgers, by name.
 */
export function outstandingOf(company: FakeCompany, asOf: string): readonly OracleParty[] {
  const book = company.view();
  const bases = new Map([...book.voucherTypes.values()].map((type) => [type.name, type.base]));
  const moves = new Map<number, Entry[]>();
  const billMoves = new Map<number, BillEntry[]>();
  for (const ledger of book.ledgers.values()) {
    moves.set(ledger.masterId, [{ day: '', amount: ledger.opening }]);
    billMoves.set(
      ledger.masterId,
      ledger.openingBills.map(({ ref, billDate, period, amount }) => ({
        day: '',
        ref,
        amount,
        billDay: billDate,
        period: period ?? '',
        isMade: true,
      })),
    );
  }
  const vouchers = [...book.vouchers.values()]
    .filter(
      (voucher) =>
        voucher.date <= asOf &&
        !voucher.optional &&
        !voucher.cancelled &&
        !NO_EFFECT.has(bases.get(voucher.type) ?? voucher.type),
    )
    .sort((a, b) => a.date.localeCompare(b.date) || a.sequence - b.sequence);
  for (const { date, lines } of vouchers) {
    for (const { ledgerId, amount, bills } of lines) {
      moves.get(ledgerId)?.push({ day: date, amount });
      for (const bill of bills) {
        if (bill.type === 'On Account') continue;
        billMoves.get(ledgerId)?.push({
          day: date,
          ref: bill.ref ?? '',
          amount: bill.amount,
          billDay: bill.billDate ?? date,
          period: bill.period ?? '',
          isMade: bill.type !== 'Agst Ref',
        });
      }
    }
  }
  return [...book.ledgers.values()]
    .map((ledger): OracleParty => {
      const revalued = book.revaluations.filter(
        (row) => row.ledgerId === ledger.masterId && row.from <= asOf,
      );
      const closing = sum(moves.get(ledger.masterId) ?? []) + sum(revalued);
      const bills = ledger.billWise ? openBills(billMoves.get(ledger.masterId) ?? [], revalued) : [];
      return {
        guid: `${book.guid}-${ledger.masterId.toString(16).padStart(8, '0')}`,
        name: ledger.name,
        closing,
        bills,
        onAccount: closing - bills.reduce((total, bill) => total + bill.balance, 0),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function openBills(
  entries: readonly BillEntry[],
  revalued: readonly { readonly ref: string | null; readonly amount: number }[],
): readonly OracleBill[] {
  const refs = [...new Set(entries.map((entry) => entry.ref))].sort();
  return refs.flatMap((ref) => {
    const own = entries.filter((entry) => entry.ref === ref);
    const first = own.find((entry) => entry.isMade) ?? own[0];
    const balance = sum(own) + sum(revalued.filter((row) => row.ref === ref));
    if (!first || balance === 0) return [];
    return [{ ref, billDay: first.billDay, dueDay: dueDay(first.billDay, first.period), balance }];
  });
}

function sum(entries: readonly { readonly amount: number }[]): number {
  return entries.reduce((total, entry) => total + entry.amount, 0);
}
