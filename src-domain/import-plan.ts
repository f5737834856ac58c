import { planKnownBill, planKnownMoney } from './import-change.ts';
import { refusedRow, sideOf, type KnownFacts, type Outcome, type PlannedDocument } from './import-known.ts';
import { comparableNumber } from './imports/customer-sums.ts';
import type { CustomerFacts, ImportedDocument } from './imports/imported.ts';
import type { RowNote } from './imports/map.ts';
import { reasons } from './imports/reasons.ts';
import { formatMoney, paise, type Paise } from './money.ts';
import { refuse } from './result.ts';

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
  const keyed = bookKeys(documents, known);
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
function bookKeys(
  documents: readonly ImportedDocument[],
  known: KnownFacts,
): (document: ImportedDocument) => ImportedDocument | RowNote {
  const keys = new Map<string, string | null>();
  for (const { customerKey, customer } of documents) {
    if (!keys.has(customerKey))
      keys.set(customerKey, known.customer(customerKey, customer)?.keyInBook ?? null);
  }
  // The keys of one file differ, so two can only meet where one of them is another in the book.
  if ([...keys.values()].every((key) => key === null)) return (document) => document;
  const taken = new Map<string, ImportedDocument>();
  return (document) => {
    const { customerKey } = document;
    const key = keys.get(customerKey) ?? null;
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

const NONE: readonly number[] = [];

type Planning = { readonly baseCurrency: string; readonly billIds: Set<number> };

function planDocument(
  document: ImportedDocument,
  known: KnownFacts,
  { baseCurrency, billIds }: Planning,
): PlannedDocument | RowNote {
  const side = sideOf(document.kind);
  const before = known[side](document.sourceKey);
  if (side === 'bill' && before) billIds.add(before.id);
  if (!before) {
    const { paid } = document;
    return { document, side, outcome: 'added', id: null, before, voidReceiptIds: NONE, paid };
  }
  if (before.isVoid) {
    // It was voided by hand, and the file cannot bring it back unasked.
    const { refusal } = refuse('document-voided', 'This entry was voided. Bring it back first.');
    return refusedRow(document, refusal, baseCurrency);
  }
  return side === 'bill'
    ? planKnownBill(document, before, { known, baseCurrency })
    : planKnownMoney({ document, side }, before, { known, baseCurrency });
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
  const counts = { bills: noCounts(), receipts: noCounts(), credits: noCounts() };
  let paidParts = 0;
  for (const { document, side, outcome, paid } of planned) {
    sums[side] += document.amountPaise;
    counts[`${side}s`][outcome] += 1;
    paidParts += document.paid?.amountPaise ?? 0;
    if (side === 'bill' && paid !== null) counts.receipts.added += 1;
  }
  return {
    counts: { customers: countsOf(customers), ...counts },
    billPaise: paise(sums.bill),
    receiptPaise: paise(sums.receipt + paidParts),
    creditPaise: paise(sums.credit),
  };
}

function countsOf(all: readonly { readonly outcome: Outcome }[]): Counts {
  const counts = noCounts();
  for (const one of all) counts[one.outcome] += 1;
  return counts;
}

function noCounts(): { added: number; changed: number; same: number } {
  return { added: 0, changed: 0, same: 0 };
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
