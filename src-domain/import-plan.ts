import type { Day } from './days.ts';
import { comparableNumber } from './imports/customer-sums.ts';
import type { CustomerFacts, ImportedDocument, PaidPart } from './imports/imported.ts';
import type { RowNote } from './imports/map.ts';
import { reasons } from './imports/reasons.ts';
import { formatMoney, paise, ZERO, type Paise } from './money.ts';
import { refuse } from './result.ts';

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

export type PlannedCustomer = {
  readonly key: string;
  readonly facts: CustomerFacts;
  readonly customerId: number | null;
  /** Known customer: what the file adds where the book has nothing. */
  readonly fills: Partial<CustomerFacts>;
  readonly outcome: Outcome;
};

export type Counts = { readonly added: number; readonly changed: number; readonly same: number };

export type ImportPlan = {
  readonly customers: readonly PlannedCustomer[];
  readonly documents: readonly PlannedDocument[];
  readonly refused: readonly RowNote[];
  /** Bills of the book that stand in the file, taken or refused. */
  readonly billIds: ReadonlySet<number>;
  readonly counts: Readonly<Record<'customers' | 'bills' | 'receipts' | 'credits', Counts>>;
  readonly billPaise: Paise;
  readonly receiptPaise: Paise;
  readonly creditPaise: Paise;
};

const DOCUMENTS_PER_STEP = 4000;

/** Holds the documents of a file against what the book knows: what is new, what differs, what is the same. */
export function planImport(
  documents: readonly ImportedDocument[],
  known: KnownFacts,
  baseCurrency: string,
): ImportPlan {
  const steps = planInSteps(documents, known, baseCurrency);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in steps of some thousand documents; yields the documents done. What is known must not change meanwhile. */
export function* planInSteps(
  documents: readonly ImportedDocument[],
  known: KnownFacts,
  baseCurrency: string,
): Generator<number, ImportPlan, void> {
  const planned: PlannedDocument[] = [];
  const refused: RowNote[] = [];
  const billIds = new Set<number>();
  const keyed = bookKeys(known);
  for (let at = 0; at < documents.length; at += 1) {
    const document = documents[at];
    if (document === undefined) continue;
    if (at % DOCUMENTS_PER_STEP === 0) yield at;
    const own = keyed(document);
    const one = 'outcome' in own ? own : planDocument(own, known, { baseCurrency, billIds });
    if ('document' in one) planned.push(one);
    else refused.push(one);
  }
  yield documents.length;
  const customers = planCustomers(planned, known);
  return { customers, documents: planned, refused, billIds, ...sumUp(planned, customers) };
}

/**
 * A document of a customer whom the file calls by another name stands in the book under his own key: otherwise the next
 * file with the right name would bring it a second time. Two of one number in one file are refused.
 */
function bookKeys(known: KnownFacts): (document: ImportedDocument) => ImportedDocument | RowNote {
  const keys = new Map<string, string | null>();
  const taken = new Map<string, ImportedDocument>();
  return (document) => {
    const { customerKey, customer } = document;
    let key = keys.get(customerKey);
    if (key === undefined) {
      key = known.customer(customerKey, customer)?.keyInBook ?? null;
      keys.set(customerKey, key);
    }
    const sourceKey = key === null ? document.sourceKey : key + document.sourceKey.slice(customerKey.length);
    const first = taken.get(sourceKey);
    if (first === undefined) {
      const own = key === null ? document : { ...document, sourceKey };
      taken.set(sourceKey, own);
      return own;
    }
    if (document.number !== null) return sameNumber(document, first);
    // Without a number equals are counted on.
    let ordinal = 2;
    while (taken.has(`${sourceKey}+${ordinal}`)) ordinal += 1;
    const counted = { ...document, sourceKey: `${sourceKey}+${ordinal}` };
    taken.set(counted.sourceKey, counted);
    return counted;
  };
}

function sameNumber(document: ImportedDocument, first: ImportedDocument): RowNote {
  const number = document.number ?? '';
  const amounts = { here: textOf(document), there: textOf(first) };
  const reason = reasons.duplicateNumber(number, first.row, amounts);
  return { row: document.row, outcome: 'refused', reason, excerpt: excerptOf(document) };
}

function textOf({ amountPaise }: ImportedDocument): string {
  return formatMoney(amountPaise);
}

function excerptOf(document: ImportedDocument): string {
  return [document.customer.name, document.number ?? '', textOf(document)].join(' · ');
}

export function sideOf(kind: ImportedDocument['kind']): Side {
  if (kind === 'receipt') return 'receipt';
  return kind === 'credit-note' || kind === 'advance' || kind === 'on-account' ? 'credit' : 'bill';
}

type Planning = { readonly baseCurrency: string; readonly billIds: Set<number> };

function planDocument(
  document: ImportedDocument,
  known: KnownFacts,
  { baseCurrency, billIds }: Planning,
): PlannedDocument | RowNote {
  const side = sideOf(document.kind);
  const before = known[side](document.sourceKey);
  if (side === 'bill' && before) billIds.add(before.id);
  if (side !== 'bill' || !before) {
    const outcome = before === null ? 'added' : isSame(document, before) ? 'same' : 'changed';
    const { paid } = document;
    return { document, side, outcome, id: before?.id ?? null, before, voidReceiptIds: [], paid };
  }
  const applied = known.appliedTo(before.id);
  const others = applied?.otherPaise ?? ZERO;
  const paidNow = document.paid?.amountPaise ?? ZERO;
  if (others + paidNow > document.amountPaise)
    return belowAllocated(document, paise(others + paidNow), baseCurrency);
  const correction = correctPaid(document.paid, applied);
  const isUnchanged = isSame(document, before) && !correction.paid && correction.voidReceiptIds.length === 0;
  return { document, side, outcome: isUnchanged ? 'same' : 'changed', id: before.id, before, ...correction };
}

function isSame(document: ImportedDocument, before: KnownDocument): boolean {
  const isBill = before.dueDay !== null;
  return (
    before.kind === document.kind &&
    before.day === document.day &&
    (!isBill || before.dueDay === dueDayOf(document)) &&
    before.amountPaise === document.amountPaise &&
    before.currency === document.currency &&
    before.foreignMinor === document.foreignMinor &&
    before.rateE6 === document.rateE6
  );
}

/** A bill with no due day is due on its own day. */
export function dueDayOf(document: Pick<ImportedDocument, 'day' | 'dueDay'>): Day {
  return document.dueDay ?? document.day;
}

/**
 * More paid than the last file said: the difference is a receipt of its own on its own day, so that the book still
 * knows what was open before. Less paid: the file corrects itself, its earlier receipts are void and one takes their place.
 */
function correctPaid(
  paid: PaidPart | null,
  applied: KnownApplied | null,
): Pick<PlannedDocument, 'paid' | 'voidReceiptIds'> {
  const before = applied?.bySourcePaise ?? ZERO;
  const now = paid?.amountPaise ?? ZERO;
  if (now === before) return { paid: null, voidReceiptIds: [] };
  if (now < before) return { paid, voidReceiptIds: applied?.bySourceReceiptIds ?? [] };
  if (paid === null || before === 0) return { paid, voidReceiptIds: [] };
  // A foreign part cannot be told from two base amounts at one rate; it is replaced whole.
  if (paid.foreignMinor !== null) return { paid, voidReceiptIds: applied?.bySourceReceiptIds ?? [] };
  return { paid: { ...paid, amountPaise: paise(now - before) }, voidReceiptIds: [] };
}

function belowAllocated(document: ImportedDocument, applied: Paise, baseCurrency: string): RowNote {
  const amount = formatMoney(document.amountPaise, baseCurrency);
  const settled = formatMoney(applied, baseCurrency);
  const sentence = `The bill of ${amount} is smaller than the ${settled} already settled against it.`;
  const { refusal } = refuse('below-allocated', sentence, { values: { amount, settled } });
  const excerpt = [document.customer.name, document.number ?? '', amount].join(' · ');
  return { row: document.row, outcome: 'refused', reason: refusal, excerpt };
}

function planCustomers(planned: readonly PlannedDocument[], known: KnownFacts): readonly PlannedCustomer[] {
  const byKey = new Map<string, CustomerFacts>();
  for (const { document } of planned) {
    if (!byKey.has(document.customerKey)) byKey.set(document.customerKey, document.customer);
  }
  return [...byKey].map(([key, facts]) => {
    const before = known.customer(key, facts);
    if (!before) return { key, facts, customerId: null, fills: {}, outcome: 'added' };
    const fills = blanksFilled(before.facts, facts);
    const outcome = Object.keys(fills).length === 0 ? 'same' : 'changed';
    return { key, facts, customerId: before.customerId, fills, outcome };
  });
}

/** A file never overwrites what the book knows of a customer; it only adds what is missing. */
function blanksFilled(before: CustomerFacts, file: CustomerFacts): Partial<CustomerFacts> {
  const take = <K extends keyof CustomerFacts>(key: K): Partial<CustomerFacts> =>
    before[key] === null && file[key] !== null ? { [key]: file[key] } : {};
  return {
    ...take('code'),
    ...take('phone'),
    ...take('email'),
    ...take('gstin'),
    ...take('pan'),
    ...take('address'),
    ...take('salesperson'),
    ...take('group'),
    ...take('territory'),
    ...take('creditDays'),
  };
}

function sumUp(
  planned: readonly PlannedDocument[],
  customers: readonly PlannedCustomer[],
): Omit<ImportPlan, 'customers' | 'documents' | 'refused' | 'billIds'> {
  const sums = { bill: 0, receipt: 0, credit: 0 };
  let paidParts = 0;
  for (const { document, side } of planned) {
    sums[side] += document.amountPaise;
    paidParts += document.paid?.amountPaise ?? 0;
  }
  const of = (side: Side): Counts => countsOf(planned.filter((one) => one.side === side));
  const newPaid = planned.filter((one) => one.side === 'bill' && one.paid !== null).length;
  const receipts = of('receipt');
  return {
    counts: {
      customers: countsOf(customers),
      bills: of('bill'),
      receipts: { ...receipts, added: receipts.added + newPaid },
      credits: of('credit'),
    },
    billPaise: paise(sums.bill),
    receiptPaise: paise(sums.receipt + paidParts),
    creditPaise: paise(sums.credit),
  };
}

function countsOf(all: readonly { readonly outcome: Outcome }[]): Counts {
  const counts = { added: 0, changed: 0, same: 0 };
  for (const one of all) counts[one.outcome] += 1;
  return counts;
}

/** An open bill of an earlier list of the same kind. */
export type OpenBill = {
  readonly billId: number;
  readonly number: string | null;
  readonly openPaise: Paise;
};

/** Open bills that the file lacks. One whose row was refused is there all the same, whatever the row meant to say. */
export function vanishedBills<T extends OpenBill>(
  open: readonly T[],
  billIds: ReadonlySet<number>,
  refusedNumbers: ReadonlySet<string>,
): readonly T[] {
  return open.filter(({ billId, number }) => {
    const isRefused = number !== null && refusedNumbers.has(comparableNumber(number));
    return !billIds.has(billId) && !isRefused;
  });
}
