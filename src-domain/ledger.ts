import type { Day } from './days.ts';
import type { Paise } from './money.ts';

export type BillKind = 'invoice' | 'debit-note' | 'opening-bill' | 'interest' | 'charge';
export type CreditKind = 'credit-note' | 'advance' | 'on-account';
/** A receipt or a credit: what lowers a customer's outstanding. */
export type MoneyInKind = 'receipt' | CreditKind;

/** A foreign amount in its own minor unit, beside the base amount; never added to it. */
export type Foreign = { readonly currency: string | null; readonly foreignMinor: number | null };

export type Instalment = {
  readonly instalmentId: number;
  readonly position: number;
  readonly dueDay: Day;
  readonly amountPaise: Paise;
};

export type LedgerBill = Foreign & {
  readonly billId: number;
  readonly customerId: number;
  readonly kind: BillKind;
  readonly number: string | null;
  readonly billDay: Day;
  readonly dueDay: Day;
  readonly amountPaise: Paise;
  /** Null for the usual bill that falls due in one sum; else in order of due day. */
  readonly instalments: readonly Instalment[] | null;
};

export type LedgerMoneyIn = Foreign & {
  readonly kind: MoneyInKind;
  readonly documentId: number;
  readonly customerId: number;
  readonly number: string | null;
  /** The document's own day. */
  readonly day: Day;
  /** The day from which it counts: the cheque's day of a post-dated cheque, else its own. */
  readonly effectiveDay: Day;
  readonly amountPaise: Paise;
};

/** One application of money to a bill; negative when it undoes an earlier one. Indexes point into the ledger. */
export type LedgerAllocation = {
  readonly allocationId: number;
  readonly bill: number;
  readonly moneyIn: number;
  readonly instalmentId: number | null;
  readonly allocationDay: Day;
  readonly amountPaise: Paise;
  /** In the bill's currency; null where its source did not say. */
  readonly foreignMinor: number | null;
};

/** All facts of a book that are not void, whatever their day. */
export type Ledger = {
  readonly bills: readonly LedgerBill[];
  readonly moneyIn: readonly LedgerMoneyIn[];
  readonly allocations: readonly LedgerAllocation[];
};
