import type { Day } from '../days.ts';
import type { BillKind, CreditKind } from '../ledger.ts';
import type { Paise } from '../money.ts';
import type { TallyAllocationType, TallyOpenBill, TallyOpeningBill, TallyVoucherKind } from './facts.ts';

/** One allocation of a voucher that counts (neither cancelled nor optional), as far as it concerns one ledger. */
export type PartyLine = {
  /** Without the company's own GUID in front: a book is of one company, and every key bears it. Sorts as entered. */
  readonly voucherGuid: string;
  readonly day: Day;
  readonly kind: TallyVoucherKind;
  readonly number: string | null;
  readonly narration: string | null;
  readonly line: number;
  /** Among the rows of its line. */
  readonly position: number;
  readonly type: TallyAllocationType;
  readonly ref: string | null;
  readonly billDay: Day | null;
  readonly dueDay: Day | null;
  readonly amountPaise: Paise;
};

/** All that is known of one ledger. Debit is positive. */
export type PartyFacts = {
  /** Without the company's own GUID in front. */
  readonly ledgerGuid: string;
  readonly isBillWise: boolean;
  readonly creditDays: number | null;
  /** The ledger's balance at the end of `asOf`. */
  readonly closingPaise: Paise;
  /** The day for which Tally's reports hold. In Educational mode it may lie after today. */
  readonly asOf: Day;
  /** The company's own day where `asOf` may lie after it; what has no day of its own counts from the earlier of both. */
  readonly today?: Day | undefined;
  readonly booksFrom: Day | null;
  /** Every line from this day on is in `lines`; null = no history is here, and `lines` is empty. */
  readonly historyFrom: Day | null;
  /** Tally's bills reports: the truth about what is open. */
  readonly openBills: readonly Omit<TallyOpenBill, 'party'>[];
  readonly openingBills: readonly TallyOpeningBill[];
  /** In order of day, then of entry; also those after `asOf`. */
  readonly lines: readonly PartyLine[];
};

/** A document of the book; its key is stable from sync to sync, so what people said of it stays with it. */
export type DerivedBill = {
  readonly sourceKey: string;
  readonly kind: BillKind;
  readonly number: string | null;
  readonly billDay: Day;
  readonly dueDay: Day;
  readonly amountPaise: Paise;
  readonly narration: string | null;
};

export type DerivedReceipt = {
  readonly sourceKey: string;
  readonly number: string | null;
  readonly receiptDay: Day;
  readonly amountPaise: Paise;
  readonly narration: string | null;
};

export type DerivedCredit = {
  readonly sourceKey: string;
  readonly kind: CreditKind;
  readonly number: string | null;
  readonly creditDay: Day;
  readonly amountPaise: Paise;
  readonly narration: string | null;
};

export type DerivedAllocation = {
  readonly sourceKey: string;
  readonly billKey: string;
  readonly moneyKind: 'receipt' | 'credit';
  readonly moneyKey: string;
  readonly allocationDay: Day;
  readonly amountPaise: Paise;
};

export type DerivedDocuments = {
  readonly bills: readonly DerivedBill[];
  readonly receipts: readonly DerivedReceipt[];
  readonly credits: readonly DerivedCredit[];
  readonly allocations: readonly DerivedAllocation[];
};
