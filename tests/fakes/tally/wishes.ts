import type { FakeBill, FakeContact, FakeForex, FakeOpeningBill } from './records.ts';

// What a test or the console asks the fake's books to hold. Amounts in paise, POSITIVE = DEBIT; days 'YYYY-MM-DD'.

export type NewCompany = {
  readonly name: string;
  readonly guid?: string;
  readonly number?: string;
  readonly booksFrom?: string;
  readonly startingFrom?: string;
  /** The period on Tally's screen; the financial year of `booksFrom` where it is not given. */
  readonly display?: { readonly from: string; readonly to: string };
  readonly isGroupCompany?: boolean;
  readonly currency?: string;
  readonly state?: string;
  readonly pinCode?: string;
  readonly gstin?: string;
};

export type NewGroup = {
  readonly name: string;
  readonly parent: string | null;
  readonly aliases?: readonly string[];
};

export type NewLedger = {
  readonly name: string;
  readonly parent: string;
  readonly aliases?: readonly string[];
  readonly otherLanguage?: { readonly id: number; readonly name: string };
  readonly billWise?: boolean;
  readonly creditPeriod?: string;
  readonly creditLimit?: number;
  readonly opening?: number;
  readonly openingBills?: readonly FakeOpeningBill[];
  readonly contact?: FakeContact;
  readonly currency?: string;
};

export type NewLine = {
  readonly ledger: string;
  readonly amount: number;
  readonly bills?: readonly FakeBill[];
  readonly forex?: FakeForex;
};

export type NewVoucher = {
  readonly type: string;
  readonly date: string;
  readonly number?: string;
  readonly reference?: string;
  readonly narration?: string;
  /** PARTYLEDGERNAME; the first line's ledger where it is not given. */
  readonly party?: string;
  readonly lines: readonly NewLine[];
  readonly optional?: boolean;
  readonly postDated?: boolean;
  readonly cancelled?: boolean;
  readonly invoice?: boolean;
  readonly remoteId?: string;
};
