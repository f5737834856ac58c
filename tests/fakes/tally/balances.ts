import { dueDay } from './calendar.ts';
import { isAccounting, type FakeBook, type FakeLedger, type FakeVoucher } from './records.ts';
import { orderedVouchers } from './voucher-book.ts';

/** An open bill as the reports know it. Paise, debit positive. */
export type BillState = {
  readonly ledgerId: number;
  readonly ref: string;
  readonly billDay: string;
  readonly dueDay: string;
  readonly period: string;
  readonly balance: number;
  readonly isAdvance: boolean;
  readonly opening: number;
};

const bases = new WeakMap<FakeBook['voucherTypes'], (type: string) => string>();

/** Base type of each voucher type a book has. Asked once for each voucher, so it is put together once. */
export function baseTypes({ voucherTypes }: FakeBook): (type: string) => string {
  const known = bases.get(voucherTypes);
  if (known) return known;
  const byName = new Map<string, string>();
  for (const type of voucherTypes.values()) byName.set(type.name, type.base);
  const baseOf = (type: string): string => byName.get(type) ?? type;
  bases.set(voucherTypes, baseOf);
  return baseOf;
}

/** The vouchers that move balances, up to a day: no cancelled, optional, memorandum or order. */
export function* countedVouchers(book: FakeBook, upTo: string): Generator<FakeVoucher> {
  const baseOf = baseTypes(book);
  for (const voucher of orderedVouchers(book)) {
    if (voucher.date > upTo) return;
    if (!voucher.cancelled && !voucher.optional && isAccounting(baseOf(voucher.type))) yield voucher;
  }
}

export type Balances = {
  /** At the start of the period. */
  readonly opening: ReadonlyMap<number, number>;
  /** As of its end. */
  readonly closing: ReadonlyMap<number, number>;
  /** Ledgers that any counted voucher of the period or an opening touches: the others have an empty closing. */
  readonly touched: ReadonlySet<number>;
};

export function balancesOf(book: FakeBook, period: { readonly from: string; readonly to: string }): Balances {
  const opening = new Map<number, number>();
  const closing = new Map<number, number>();
  const touched = new Set<number>();
  for (const ledger of book.ledgers.values()) {
    opening.set(ledger.masterId, ledger.opening);
    closing.set(ledger.masterId, ledger.opening);
    if (ledger.opening !== 0) touched.add(ledger.masterId);
  }
  for (const voucher of countedVouchers(book, period.to)) {
    for (const { ledgerId, amount } of voucher.lines) {
      closing.set(ledgerId, (closing.get(ledgerId) ?? 0) + amount);
      touched.add(ledgerId);
      if (voucher.date < period.from) opening.set(ledgerId, (opening.get(ledgerId) ?? 0) + amount);
    }
  }
  for (const { ledgerId, from, amount } of book.revaluations) {
    if (from <= period.to) closing.set(ledgerId, (closing.get(ledgerId) ?? 0) + amount);
    if (from < period.from) opening.set(ledgerId, (opening.get(ledgerId) ?? 0) + amount);
  }
  return { opening, closing, touched };
}

/** `isMade`: an opening, a New Ref or an Advance was seen, whose own day and terms count. */
type Growing = { -readonly [Key in keyof BillState]: BillState[Key] } & { isMade: boolean };

/** Every bill of the bill-wise ledgers with what is open of it, settled ones too. */
export function billsOf(book: FakeBook, asOf: string): readonly BillState[] {
  const bills = new Map<string, Growing>();
  const stands = (ledger: FakeLedger, ref: string): Growing | undefined =>
    bills.get(`${ledger.masterId}|${ref}`);
  const start = (ledger: FakeLedger, bill: Omit<Growing, 'ledgerId' | 'dueDay'>): Growing => {
    const made = { ...bill, ledgerId: ledger.masterId, dueDay: dueDay(bill.billDay, bill.period) };
    bills.set(`${ledger.masterId}|${bill.ref}`, made);
    return made;
  };
  for (const ledger of book.ledgers.values()) {
    if (!ledger.billWise) continue;
    for (const { ref, billDate, period, amount, advance } of ledger.openingBills) {
      const known = stands(ledger, ref);
      if (known) known.balance += amount;
      else
        start(ledger, {
          ref,
          billDay: billDate,
          period: period ?? '',
          balance: amount,
          isAdvance: advance ?? false,
          opening: amount,
          isMade: true,
        });
    }
  }
  for (const voucher of countedVouchers(book, asOf)) addVoucherBills(book, voucher, { stands, start });
  for (const { ledgerId, ref, from, amount } of book.revaluations) {
    const known = ref === null || from > asOf ? undefined : bills.get(`${ledgerId}|${ref}`);
    if (known) known.balance += amount;
  }
  return [...bills.values()];
}

function addVoucherBills(
  book: FakeBook,
  voucher: FakeVoucher,
  bills: {
    readonly stands: (ledger: FakeLedger, ref: string) => Growing | undefined;
    readonly start: (ledger: FakeLedger, bill: Omit<Growing, 'ledgerId' | 'dueDay'>) => Growing;
  },
): void {
  for (const line of voucher.lines) {
    const ledger = book.ledgers.get(line.ledgerId);
    if (!ledger?.billWise) continue;
    for (const { type, ref = '', amount, billDate, period } of line.bills) {
      if (type === 'On Account') continue;
      const known = bills.stands(ledger, ref);
      const isMade = type !== 'Agst Ref';
      if (known) {
        known.balance += amount;
        if (isMade && !known.isMade) takeTerms(known, billDate ?? voucher.date, period ?? '');
      } else
        bills.start(ledger, {
          ref,
          billDay: billDate ?? voucher.date,
          period: period ?? '',
          balance: amount,
          isAdvance: type === 'Advance',
          opening: 0,
          isMade,
        });
    }
  }
}

/** Money may be set against a bill before the bill is entered: its day and terms are the bill's own. */
function takeTerms(bill: Growing, billDay: string, period: string): void {
  Object.assign(bill, { billDay, period, dueDay: dueDay(billDay, period), isMade: true });
}
