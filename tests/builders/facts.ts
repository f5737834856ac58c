import { refusalField } from '#contract/fields.ts';
import type { Day } from '#domain/days.ts';
import { day } from '#domain/days.ts';
import type { BillKind, CreditKind } from '#domain/ledger.ts';
import { paise, type Paise } from '#domain/money.ts';
import type { Refusal } from '#domain/result.ts';
import { allocationWriter } from '#engine/storage/allocations.ts';
import { billWriter } from '#engine/storage/bills.ts';
import { creditWriter } from '#engine/storage/credits.ts';
import { insertCustomer } from '#engine/storage/customers.ts';
import type { BookFile, WriteTx } from '#engine/storage/database.ts';
import { receiptWriter } from '#engine/storage/receipts.ts';
import { ORPCError } from '@orpc/server';

// Facts written straight into a book, for tests of what is made of them.

const nothingForeign = { currency: null, foreignMinor: null, rateE6: null };
let lastKey = 0;
const origin = () => ({
  source: 'test',
  sourceKey: String((lastKey += 1)),
  importBatchId: null,
  createdAt: 0,
});

export function rupees(amount: number): Paise {
  return paise(Math.round(amount * 100));
}

export function aCustomer(tx: WriteTx, name = 'Asha Stores'): number {
  return insertCustomer(tx, { name, nameKey: name.toLowerCase().replaceAll(' ', ''), ...origin() });
}

type BillWish = {
  readonly amount: number;
  readonly billDay: string;
  readonly dueDay?: string;
  readonly kind?: BillKind;
  readonly terms?: readonly (readonly [dueDay: string, amount: number])[];
};

export function aBill(tx: WriteTx, customerId: number, wish: BillWish): number {
  const writer = billWriter(tx);
  const billDay = day(wish.billDay);
  const lastTerm = wish.terms?.at(-1)?.[0];
  const billId = writer.insert({
    ...origin(),
    ...nothingForeign,
    customerId,
    kind: wish.kind ?? 'invoice',
    number: null,
    billDay,
    dueDay: day(lastTerm ?? wish.dueDay ?? wish.billDay),
    amountPaise: rupees(wish.amount),
    salesperson: null,
  });
  wish.terms?.forEach(([dueDay, amount], at) => {
    writer.insertInstalment({
      billId,
      position: at + 1,
      dueDay: day(dueDay),
      amountPaise: rupees(amount),
      foreignMinor: null,
    });
  });
  return billId;
}

type MoneyWish = {
  readonly amount: number;
  readonly day: string;
  readonly chequeDay?: string;
  readonly kind?: 'receipt' | CreditKind;
  /** Bill id → amount. */
  readonly allocated?: ReadonlyMap<number, number>;
  readonly allocationDay?: string;
  readonly isVoid?: boolean;
  /** Where it came from and when, UTC milliseconds; otherwise a test's, of 1970. */
  readonly source?: 'manual' | 'file' | 'tally';
  readonly enteredAt?: number;
};

export function moneyIn(tx: WriteTx, customerId: number, wish: MoneyWish): void {
  const own = { source: wish.source ?? 'test', createdAt: wish.enteredAt ?? 0 };
  const base = {
    ...origin(),
    ...own,
    ...nothingForeign,
    customerId,
    number: null,
    amountPaise: rupees(wish.amount),
  };
  const kind = wish.kind ?? 'receipt';
  const on = day(wish.day);
  const chequeDay = wish.chequeDay === undefined ? null : day(wish.chequeDay);
  const receipts = receiptWriter(tx);
  const receiptId =
    kind === 'receipt' ? receipts.insert({ ...base, receiptDay: on, chequeDay, mode: null }) : null;
  const creditId = kind === 'receipt' ? null : creditWriter(tx).insert({ ...base, kind, creditDay: on });
  for (const [billId, amount] of wish.allocated ?? []) {
    const allocationDay: Day = day(wish.allocationDay ?? wish.day);
    const target = { billId, instalmentId: null, receiptId, creditId, reversesId: null, foreignMinor: null };
    allocationWriter(tx).insert({ ...origin(), ...target, allocationDay, amountPaise: rupees(amount) });
  }
  if (wish.isVoid && receiptId !== null) receipts.void(receiptId, 1, 'Cancelled.');
}

/** The open book's file, for writing facts into it. */
export function fileOf(engine: {
  readonly context: { readonly shelf: { current: () => { db: BookFile } | null } };
}): BookFile {
  const open = engine.context.shelf.current();
  if (!open) throw new Error('No book is open.');
  return open.db;
}

/** What a call was refused with; fails where it was answered. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ORPCError && error.code === 'REFUSED') return refusalField.parse(error.data);
    throw error;
  }
  throw new Error('The call was not refused.');
}
