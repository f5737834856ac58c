// What the fake's books hold. Records are never changed in place: an alteration puts another record in their stead, so
// that a reply that is on its way, and a backup, keep what they were made of.
//
// Amounts are whole paise and POSITIVE = DEBIT. On the wire Tally writes a debit with a minus. Days are 'YYYY-MM-DD'.

export type FakeBillType = 'New Ref' | 'Agst Ref' | 'Advance' | 'On Account';

export type FakeBill = {
  readonly type: FakeBillType;
  /** None on account. */
  readonly ref?: string | undefined;
  readonly amount: number;
  /** The bill's own day; the voucher's where it is not given. */
  readonly billDate?: string | undefined;
  /** '30 Days', '2 Months', '3 Weeks', '31-Mar-2018'; the ledger's own where it is not given. */
  readonly period?: string | undefined;
  /** BILLID on the wire; counted by the company where it is not given. */
  readonly billId?: number | undefined;
};

export type FakeForex = {
  readonly symbol: string;
  /** Signed like the amount, in hundredths. */
  readonly amount: number;
  readonly rate: string;
};

export type FakeLine = {
  readonly ledgerId: number;
  readonly amount: number;
  readonly bills: readonly FakeBill[];
  readonly forex?: FakeForex | undefined;
};

export type FakeVoucher = {
  readonly masterId: number;
  readonly alterId: number;
  readonly type: string;
  readonly date: string;
  readonly number: string;
  readonly reference: string;
  readonly narration: string;
  readonly partyId: number | null;
  readonly lines: readonly FakeLine[];
  readonly optional: boolean;
  readonly cancelled: boolean;
  readonly postDated: boolean;
  readonly invoice: boolean;
  /** Eight times its place among those entered on its day. */
  readonly sequence: number;
  readonly retainKey: number;
  /** What a client sent on import; a reader never sees it. */
  readonly remoteId: string | null;
};

export type FakeOpeningBill = {
  readonly ref: string;
  readonly billDate: string;
  readonly period?: string | undefined;
  readonly amount: number;
  readonly advance?: boolean | undefined;
};

export type FakeContact = {
  readonly mailingName?: string | undefined;
  readonly address?: readonly string[] | undefined;
  readonly state?: string | undefined;
  readonly country?: string | undefined;
  readonly pinCode?: string | undefined;
  readonly email?: string | undefined;
  readonly emailCc?: string | undefined;
  readonly phone?: string | undefined;
  readonly mobile?: string | undefined;
  readonly isdCode?: string | undefined;
  readonly person?: string | undefined;
  readonly pan?: string | undefined;
  readonly gstin?: string | undefined;
  /** TallyPrime 3 and later: the GSTIN and the address may live only in dated lists. */
  readonly dated?: boolean | undefined;
};

export type FakeLedger = {
  readonly masterId: number;
  readonly alterId: number;
  readonly name: string;
  readonly aliases: readonly string[];
  /** Its name in another language: LANGUAGEID and text. */
  readonly otherLanguage: { readonly id: number; readonly name: string } | null;
  readonly reservedName: string;
  /** Null: directly under Primary. */
  readonly parentId: number | null;
  readonly billWise: boolean;
  readonly creditPeriod: string;
  /** As entered, in paise, of no side; null where there is none. */
  readonly creditLimit: number | null;
  readonly opening: number;
  readonly openingBills: readonly FakeOpeningBill[];
  readonly contact: FakeContact;
  readonly currency: string;
};

export type FakeGroup = {
  readonly masterId: number;
  readonly alterId: number;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly reservedName: string;
  readonly parentId: number | null;
  readonly isRevenue: boolean;
  readonly isDeemedPositive: boolean;
};

export type FakeVoucherType = {
  readonly masterId: number;
  readonly alterId: number;
  readonly name: string;
  /** One of Tally's own types, which gives it its class. */
  readonly base: string;
  readonly numbering: 'Automatic' | 'Auto Retain' | 'Manual';
};

/** A forex revaluation: it changes what a bill is worth, with no voucher and no counter. */
export type FakeRevaluation = {
  readonly ledgerId: number;
  readonly ref: string | null;
  readonly from: string;
  readonly amount: number;
};

/** Everything of a company at one moment; cheap, since records are never changed. */
export type FakeBook = {
  readonly name: string;
  readonly guid: string;
  readonly number: string;
  readonly booksFrom: string;
  readonly startingFrom: string;
  readonly displayFrom: string;
  readonly displayTo: string;
  readonly isGroupCompany: boolean;
  readonly currency: string;
  readonly state: string;
  readonly pinCode: string;
  readonly gstin: string;
  readonly masterCounter: number;
  readonly voucherCounter: number;
  readonly lastMasterId: number;
  readonly lastVoucherId: number;
  readonly lastBillId: number;
  readonly lastRetainKey: number;
  readonly groups: ReadonlyMap<number, FakeGroup>;
  readonly ledgers: ReadonlyMap<number, FakeLedger>;
  readonly voucherTypes: ReadonlyMap<number, FakeVoucherType>;
  readonly vouchers: ReadonlyMap<number, FakeVoucher>;
  readonly revaluations: readonly FakeRevaluation[];
  /** Of each day, the key of the voucher entered last. */
  readonly daySequences: ReadonlyMap<string, number>;
  /** Of each type of voucher, the number given last. */
  readonly lastNumbers: ReadonlyMap<string, number>;
  /** '<ledger>|<ref>' → the bill as it was made, which money set against it repeats. */
  readonly refs: ReadonlyMap<string, FakeBill>;
};

const ACCOUNTING = new Set([
  'Sales',
  'Purchase',
  'Receipt',
  'Payment',
  'Contra',
  'Journal',
  'Credit Note',
  'Debit Note',
]);

/** Whether a type of voucher moves balances at all: orders, memoranda and reversing journals do not. */
export function isAccounting(base: string): boolean {
  return ACCOUNTING.has(base);
}

const keys = new Map<string, string>();

/** How Tally compares the names of masters: without case, spaces and hyphens. */
export function nameKey(name: string): string {
  let key = keys.get(name);
  if (key === undefined) keys.set(name, (key = name.toLowerCase().replace(/[\s-]+/g, '')));
  return key;
}

export function hex8(value: number): string {
  return value.toString(16).padStart(8, '0');
}

type Named = { readonly name: string; readonly masterId: number };

const indexes = new WeakMap<object, Map<string, number>>();

/** A master by its name. What was found once is found at once again, as long as it still bears the name. */
export function byName<Row extends Named>(rows: ReadonlyMap<number, Row>, name: string): Row | undefined {
  let index = indexes.get(rows);
  if (!index) indexes.set(rows, (index = new Map()));
  const known = rows.get(index.get(name) ?? -1);
  if (known && (known.name === name || nameKey(known.name) === nameKey(name))) return known;
  const key = nameKey(name);
  for (const row of rows.values()) {
    if (nameKey(row.name) !== key) continue;
    index.set(name, row.masterId);
    return row;
  }
  return undefined;
}
