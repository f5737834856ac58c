import type { Day } from '../days.ts';
import type { Paise } from '../money.ts';

// What a Tally says, cleaned of its wire. Amounts are whole paise of the company's base currency and POSITIVE = DEBIT
// (what a customer owes), the opposite of Tally's own sign. Names are trimmed; an absent value is null, never ''.

/** What a company is known by: a split copies the GUID, and two companies may bear one name. */
export type TallyIdentity = {
  readonly guid: string;
  readonly companyNumber: string | null;
  readonly name: string;
  readonly booksFrom: Day | null;
};

/** An open company. The counters are null where it never held a master or voucher, or its Tally does not say. */
export type TallyCompany = TallyIdentity & {
  readonly startingFrom: Day | null;
  readonly endingAt: Day | null;
  readonly lastVoucherDay: Day | null;
  /** ALTMSTID: moves with every change of a master. */
  readonly masterCounter: number | null;
  /** ALTVCHID: moves with every change of a voucher. */
  readonly voucherCounter: number | null;
  readonly currencyName: string | null;
  readonly stateName: string | null;
  readonly gstin: string | null;
  /** The one on Tally's screen. */
  readonly isActive: boolean;
  readonly isEducational: boolean;
  /** A group company: several companies shown as one; it cannot be synced. */
  readonly isGroup: boolean;
};

export type TallyGroup = {
  readonly guid: string;
  readonly alterId: number;
  readonly name: string;
  /** Null for a group at the root. */
  readonly parent: string | null;
  /** 'Sundry Debtors' whatever the user calls it; null for a group of the user's own. */
  readonly reservedName: string | null;
};

export type TallyContact = {
  readonly mailingName: string | null;
  readonly addressLines: readonly string[];
  readonly stateName: string | null;
  readonly pinCode: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly mobile: string | null;
  readonly person: string | null;
  readonly pan: string | null;
  readonly gstin: string | null;
};

/** A bill of before the books began, as a ledger bears it. */
export type TallyOpeningBill = {
  readonly ref: string;
  readonly billDay: Day | null;
  readonly dueDay: Day | null;
  readonly isAdvance: boolean;
  readonly amountPaise: Paise;
};

export type TallyLedger = {
  readonly guid: string;
  readonly masterId: number;
  readonly alterId: number;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly parent: string | null;
  readonly isBillWise: boolean;
  /** Days of credit where they can be told in days; months and weeks in their own words otherwise. */
  readonly creditPeriod: string | null;
  readonly creditLimitPaise: Paise | null;
  /** At the start of the loaded period. */
  readonly openingPaise: Paise | null;
  /** As of the day that was asked for; null where Tally gave no value. */
  readonly closingPaise: Paise | null;
  readonly contact: TallyContact;
  readonly openingBills: readonly TallyOpeningBill[];
};

/** The few columns of all ledgers, to pick customers by. */
export type TallyThinLedger = Pick<
  TallyLedger,
  'guid' | 'masterId' | 'alterId' | 'name' | 'parent' | 'isBillWise' | 'closingPaise'
>;

/** One row of Bills Receivable or Bills Payable. */
export type TallyOpenBill = {
  readonly party: string;
  readonly ref: string;
  readonly billDay: Day;
  readonly dueDay: Day;
  /** Below zero: the bill is a credit (an advance). Never zero. */
  readonly balancePaise: Paise;
};

export type TallyVoucherKind =
  | 'sales'
  | 'receipt'
  | 'credit-note'
  | 'debit-note'
  | 'payment'
  | 'purchase'
  | 'journal'
  | 'contra'
  | 'other';

export type TallyAllocationType = 'new' | 'against' | 'advance' | 'on-account';

export type TallyAllocation = {
  readonly type: TallyAllocationType;
  /** Null on account. */
  readonly ref: string | null;
  readonly amountPaise: Paise;
  /** The day of the bill itself, also on money set against it later. */
  readonly billDay: Day | null;
  readonly dueDay: Day | null;
};

/** One line of a voucher, as entered: the same ledger may stand in two of them. */
export type TallyLine = {
  readonly line: number;
  readonly ledgerName: string;
  readonly amountPaise: Paise;
  readonly allocations: readonly TallyAllocation[];
};

export type TallyVoucher = {
  readonly guid: string;
  readonly masterId: number;
  readonly alterId: number;
  readonly day: Day;
  readonly typeName: string;
  /** By Tally's own classes, never by the type's name; 'other' has no effect on money or none that is known. */
  readonly kind: TallyVoucherKind;
  readonly number: string | null;
  readonly reference: string | null;
  readonly narration: string | null;
  readonly partyName: string | null;
  readonly isCancelled: boolean;
  readonly isOptional: boolean;
  readonly isPostDated: boolean;
  readonly lines: readonly TallyLine[];
};

/** One row of a census: enough to see what is gone and what changed. */
export type TallyVoucherMark = { readonly guid: string; readonly alterId: number; readonly day: Day };

/** Which fetch brings bill types right from this Tally: the cheap one only where both were equal. */
export type VoucherShape = 'every-field' | 'allocations';
