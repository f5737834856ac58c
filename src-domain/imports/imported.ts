import type { Day } from '../days.ts';
import type { BillKind, CreditKind } from '../ledger.ts';
import type { Paise } from '../money.ts';
import type { Refusal } from '../result.ts';
import type { RowNote } from './map.ts';

export type DocumentKind = BillKind | 'receipt' | CreditKind;

/** What the file says of a customer. All documents of one customerKey bear the same facts. */
export type CustomerFacts = {
  readonly name: string;
  readonly nameKey: string;
  readonly code: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly gstin: string | null;
  readonly pan: string | null;
  readonly address: string | null;
  readonly salesperson: string | null;
  readonly group: string | null;
  readonly territory: string | null;
  readonly creditDays: number | null;
};

/** The part of a bill that was paid before the file was written. */
export type PaidPart = {
  readonly day: Day;
  readonly amountPaise: Paise;
  readonly foreignMinor: number | null;
};

export type ImportedDocument = {
  /** Row of the sheet as the spreadsheet numbers it (from 1). */
  readonly row: number;
  /** 'code:…' or 'name:…'. */
  readonly customerKey: string;
  readonly customer: CustomerFacts;
  readonly kind: DocumentKind;
  readonly number: string | null;
  readonly narration: string | null;
  readonly day: Day;
  /** From the file, or from credit days of the row or the map; null where neither says, and for receipts and credits. */
  readonly dueDay: Day | null;
  /** Always positive; the kind says which side it stands on. */
  readonly amountPaise: Paise;
  /** Set together with foreignMinor and rateE6 where the document is not in the book's currency. */
  readonly currency: string | null;
  readonly foreignMinor: number | null;
  readonly rateE6: number | null;
  /** The same on every re-import of the same or an edited file. */
  readonly sourceKey: string;
  readonly paid: PaidPart | null;
};

/** Sums in the currency's minor unit: file = taken + refused + left out, exactly. Credits count as negative. */
export type CurrencySum = {
  readonly currency: string;
  readonly fileMinor: number;
  readonly takenMinor: number;
  readonly refusedMinor: number;
  readonly leftOutMinor: number;
};

/** The tie-out of one customer in one currency. */
export type CustomerSum = CurrencySum & {
  /** As in the documents; '' for rows that name nobody. */
  readonly customerKey: string;
  readonly customerName: string;
  /** Null for rows that name nobody. */
  readonly facts: CustomerFacts | null;
};

export type ReadRows = {
  readonly documents: readonly ImportedDocument[];
  /** Every row that was refused or left out. Documents and notes together are all rows of the file. */
  readonly notes: readonly RowNote[];
  readonly fileRowCount: number;
  readonly currencies: readonly CurrencySum[];
  readonly customers: readonly CustomerSum[];
  /** Numbers of rows that were refused, as numbers are compared: what the file says of those bills is not known. */
  readonly refusedNumbers: ReadonlySet<string>;
  readonly doubts: readonly Refusal[];
};

export type BookFacts = { readonly baseCurrency: string; readonly today: Day };
