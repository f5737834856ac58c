import type { AppliedSpan } from './allocation.ts';
import type { Day } from './days.ts';
import type { CustomerFacts, ImportedDocument, PaidPart } from './imports/imported.ts';
import type { RowNote } from './imports/map.ts';
import { formatMoney, type Paise } from './money.ts';
import type { Refusal } from './result.ts';

// What a plan is made of: what the book knows already, and what is to become of each document of a file.

/** A document of an earlier import, by its source key. */
export type KnownDocument = {
  readonly id: number;
  readonly kind: string;
  readonly day: Day;
  readonly dueDay: Day | null;
  readonly amountPaise: Paise;
  readonly currency: string | null;
  readonly foreignMinor: number | null;
  readonly rateE6: number | null;
  readonly isVoid: boolean;
};

/** What stands against a known bill: by receipts of the file itself, and by anything else. */
export type KnownApplied = {
  readonly bySourcePaise: Paise;
  readonly otherPaise: Paise;
  readonly bySourceReceiptIds: readonly number[];
};

export type KnownCustomer = {
  readonly customerId: number;
  readonly facts: CustomerFacts;
  /** Set where the file calls him by another name: the key under which his documents stand in the book. */
  readonly keyInBook: string | null;
};

export type KnownFacts = {
  readonly customer: (key: string, facts: CustomerFacts) => KnownCustomer | null;
  readonly bill: (sourceKey: string) => KnownDocument | null;
  readonly receipt: (sourceKey: string) => KnownDocument | null;
  readonly credit: (sourceKey: string) => KnownDocument | null;
  readonly appliedTo: (billId: number) => KnownApplied | null;
  /** All that is or was applied to a bill, or of a receipt or credit. */
  readonly spansOf: (side: Side, id: number) => readonly KnownSpan[];
  /** Whether somebody gave the bill instalments. */
  readonly isInParts: (billId: number) => boolean;
};

export type Outcome = 'added' | 'changed' | 'same';
export type Side = 'bill' | 'receipt' | 'credit';

export type PlannedDocument = {
  readonly document: ImportedDocument;
  readonly side: Side;
  readonly outcome: Outcome;
  readonly id: number | null;
  /** What the book says of it before this import; null where it is new. */
  readonly before: KnownDocument | null;
  /** Receipts of an earlier import that a correction takes back. */
  readonly voidReceiptIds: readonly number[];
  /** Paid before the file was written and not yet known: becomes a receipt of its own, applied to the bill. */
  readonly paid: PaidPart | null;
};

/** Money that is or was applied; the receipt is set where it is one. */
export type KnownSpan = AppliedSpan & { readonly receiptId: number | null };

export function sideOf(kind: ImportedDocument['kind']): Side {
  if (kind === 'receipt') return 'receipt';
  return kind === 'credit-note' || kind === 'advance' || kind === 'on-account' ? 'credit' : 'bill';
}

/** A bill with no due day is due on its own day. */
export function dueDayOf(document: Pick<ImportedDocument, 'day' | 'dueDay'>): Day {
  return document.dueDay ?? document.day;
}

/** A row of the file that the book itself refuses. */
export function refusedRow(document: ImportedDocument, reason: Refusal, baseCurrency: string): RowNote {
  const amount = formatMoney(document.amountPaise, baseCurrency);
  const excerpt = [document.customer.name, document.number ?? '', amount].join(' · ');
  return { row: document.row, outcome: 'refused', reason, excerpt };
}
