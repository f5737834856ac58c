import { keptPeriod } from './calendar.ts';
import type { BookHolder, OpenBook } from './holder.ts';
import type { FakeBill, FakeBook, FakeLedger, FakeLine, FakeVoucher } from './records.ts';
import type { NewLine, NewVoucher } from './wishes.ts';

/** What a person does to vouchers, with the counters as Tally moves them. Vouchers are named by their masterId. */
export type VoucherOperations = {
  /** ALTVCHID +1. */
  readonly createVoucher: (voucher: NewVoucher) => FakeVoucher;
  /** ALTVCHID +1, also where nothing was changed. */
  readonly alterVoucher: (masterId: number, change: Partial<NewVoucher>) => FakeVoucher;
  /** ALTVCHID +1; number and GUID stay, party and lines go. */
  readonly cancelVoucher: (masterId: number) => FakeVoucher;
  /** ALTVCHID +2; nothing is left behind. */
  readonly deleteVoucher: (masterId: number) => void;
  /** ALTVCHID +2, either way. */
  readonly makeOptional: (masterId: number, optional?: boolean) => FakeVoucher;
  /** Numbers all vouchers of a type by day anew, from a number on. No AlterID moves. */
  readonly renumber: (type: string, first?: number) => void;
  readonly voucher: (masterId: number) => FakeVoucher;
  readonly vouchers: () => readonly FakeVoucher[];
  /** For fixtures that must hold a capture's own numbers. No counter moves. */
  readonly patchVoucher: (masterId: number, patch: Partial<FakeVoucher>) => FakeVoucher;
};

type Tools = BookHolder & { readonly findLedger: (name: string) => FakeLedger };

export function voucherOperations(tools: Tools): VoucherOperations {
  const { read, write } = tools;
  const find = (masterId: number): FakeVoucher => {
    const voucher = read().vouchers.get(masterId);
    if (!voucher) throw new Error(`The fake's company has no voucher ${masterId}.`);
    return voucher;
  };
  const put = (row: FakeVoucher, steps: number): FakeVoucher => {
    const book = write();
    book.voucherCounter += steps;
    const voucher = { ...row, alterId: book.voucherCounter };
    book.vouchers.set(voucher.masterId, voucher);
    return voucher;
  };
  return {
    createVoucher: (wish) => {
      const book = write();
      return put(voucherFrom(tools, wish, (book.lastVoucherId += 1)), 1);
    },
    alterVoucher: (masterId, change) => {
      const before = find(masterId);
      const wish = { ...wishOf(read(), before), ...change };
      const after = voucherFrom(tools, wish, masterId);
      const isMoved = after.date !== before.date;
      return put(
        { ...after, sequence: isMoved ? after.sequence : before.sequence, retainKey: before.retainKey },
        1,
      );
    },
    cancelVoucher: (masterId) => put({ ...find(masterId), cancelled: true, lines: [], partyId: null }, 1),
    deleteVoucher: (masterId) => {
      find(masterId);
      const book = write();
      book.vouchers.delete(masterId);
      book.voucherCounter += 2;
    },
    makeOptional: (masterId, optional = true) => put({ ...find(masterId), optional }, 2),
    renumber: (type, first = 1) => {
      const book = write();
      let number = first;
      for (const voucher of sorted(book)) {
        if (voucher.type !== type) continue;
        book.vouchers.set(voucher.masterId, { ...voucher, number: String(number) });
        number += 1;
      }
    },
    voucher: find,
    vouchers: () => orderedVouchers(tools.view()),
    patchVoucher: (masterId, patch) => {
      const voucher = { ...find(masterId), ...patch };
      write().vouchers.set(masterId, voucher);
      return voucher;
    },
  };
}

const orders = new WeakMap<FakeBook, readonly FakeVoucher[]>();

/** Vouchers by day, then as entered: the order Tally walks them in. Kept per view, which never changes. */
export function orderedVouchers(view: FakeBook): readonly FakeVoucher[] {
  const known = orders.get(view);
  if (known) return known;
  const rows = sorted(view);
  orders.set(view, rows);
  return rows;
}

function sorted(book: FakeBook): readonly FakeVoucher[] {
  return [...book.vouchers.values()].sort(compare);
}

/** Where in ordered vouchers the first one of a day or later stands. */
export function firstFrom(rows: readonly FakeVoucher[], day: string): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.date ?? '') < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compare(a: FakeVoucher, b: FakeVoucher): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return a.sequence - b.sequence;
}

function voucherFrom(tools: Tools, wish: NewVoucher, masterId: number): FakeVoucher {
  const book = tools.write();
  const sequence = (book.daySequences.get(wish.date) ?? 0) + 8;
  book.daySequences.set(wish.date, sequence);
  const lines = wish.cancelled ? [] : wish.lines.map((line) => lineFrom(tools, line, wish.date));
  const party = wish.party === undefined ? lines[0]?.ledgerId : tools.findLedger(wish.party).masterId;
  return {
    masterId,
    alterId: 0,
    type: wish.type,
    date: wish.date,
    number: wish.number ?? nextNumber(book, wish.type),
    reference: wish.reference ?? '',
    narration: wish.narration ?? '',
    partyId: party ?? null,
    lines,
    optional: wish.optional ?? false,
    cancelled: wish.cancelled ?? false,
    postDated: wish.postDated ?? false,
    invoice: wish.invoice ?? false,
    sequence,
    retainKey: (book.lastRetainKey += 1),
    remoteId: wish.remoteId ?? null,
  };
}

function nextNumber(book: OpenBook, type: string): string {
  const number = (book.lastNumbers.get(type) ?? 0) + 1;
  book.lastNumbers.set(type, number);
  return String(number);
}

/**
 * A line as Tally keeps it: no bills on a ledger that is not bill-wise, and On Account for what is left over on one
 * that is.
 */
function lineFrom(tools: Tools, wish: NewLine, date: string): FakeLine {
  const ledger = tools.findLedger(wish.ledger);
  const base = { ledgerId: ledger.masterId, amount: wish.amount, forex: wish.forex };
  if (!ledger.billWise) return { ...base, bills: [] };
  const bills = (wish.bills ?? []).map((bill) => billFrom(tools, bill, { ledger, date }));
  const rest = bills.reduce((left, bill) => left - bill.amount, wish.amount);
  if (rest !== 0) bills.push({ type: 'On Account', amount: rest, billDate: date, period: '' });
  return { ...base, bills };
}

function billFrom(
  tools: Tools,
  bill: FakeBill,
  { ledger, date }: { readonly ledger: FakeLedger; readonly date: string },
): FakeBill {
  if (bill.type === 'On Account') return { type: bill.type, amount: bill.amount, billDate: date, period: '' };
  const ref = bill.ref ?? '';
  const book = tools.write();
  const key = `${ledger.masterId}|${ref}`;
  const known = bill.type === 'Agst Ref' ? (book.refs.get(key) ?? openingRef(ledger, ref)) : undefined;
  const isNew = bill.type === 'New Ref';
  const billId = bill.billId ?? known?.billId ?? (book.lastBillId += 1);
  const made: FakeBill = {
    type: bill.type,
    ref,
    amount: bill.amount,
    billDate: bill.billDate ?? known?.billDate ?? date,
    period: keptPeriod(bill.period ?? known?.period ?? (isNew ? ledger.creditPeriod : '')),
    billId,
  };
  if (bill.type !== 'Agst Ref') book.refs.set(key, made);
  return made;
}

function openingRef(
  ledger: FakeLedger,
  ref: string,
): Pick<FakeBill, 'billDate' | 'period' | 'billId'> | undefined {
  const opening = ledger.openingBills.find((bill) => bill.ref === ref);
  return opening && { billDate: opening.billDate, period: opening.period ?? '' };
}

/** A stored voucher in the words it could be entered with. */
function wishOf(book: FakeBook, voucher: FakeVoucher): NewVoucher {
  const nameOf = (id: number): string => book.ledgers.get(id)?.name ?? '';
  return {
    type: voucher.type,
    date: voucher.date,
    number: voucher.number,
    reference: voucher.reference,
    narration: voucher.narration,
    ...(voucher.partyId === null ? {} : { party: nameOf(voucher.partyId) }),
    lines: voucher.lines.map((line) => ({
      ledger: nameOf(line.ledgerId),
      amount: line.amount,
      bills: line.bills,
      ...(line.forex ? { forex: line.forex } : {}),
    })),
    optional: voucher.optional,
    postDated: voucher.postDated,
    cancelled: voucher.cancelled,
    invoice: voucher.invoice,
    ...(voucher.remoteId === null ? {} : { remoteId: voucher.remoteId }),
  };
}
