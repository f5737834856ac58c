import { dueDayOf, type KnownDocument, type PlannedDocument } from '#domain/import-known.ts';
import type { ImportPlan, PlannedCustomer } from '#domain/import-plan.ts';
import type { CustomerFacts, ImportedDocument, PaidPart } from '#domain/imports/documents.ts';
import type { CreditKind } from '#domain/ledger.ts';
import { billWriter, type BillWriter } from '../../storage/bills.ts';
import { creditWriter, type CreditWriter } from '../../storage/credits.ts';
import { updateCustomer } from '../../storage/customers.ts';
import type { WriteTx } from '../../storage/database.ts';
import { fieldChanges, insertEdits, type EditNoun } from '../../storage/edits.ts';
import { receiptWriter, type ReceiptWriter } from '../../storage/receipts.ts';
import { FILE_SOURCE } from './known.ts';
import { rowWriter, type Batch, type RowWriter } from './write-rows.ts';

type Writers = Batch & {
  readonly tx: WriteTx;
  readonly rows: RowWriter;
  readonly bill: BillWriter;
  readonly receipt: ReceiptWriter;
  readonly credit: CreditWriter;
};

/** Writes a plan inside the caller's one transaction. */
export function writePlan(tx: WriteTx, plan: ImportPlan, batch: Batch): void {
  const rows = rowWriter(tx, batch);
  const customerIds = new Map(
    plan.customers.map((one) => [one.key, writeCustomer(tx, one, { ...batch, rows })]),
  );
  rows.flushCustomers();
  const changes = { bill: billWriter(tx), receipt: receiptWriter(tx), credit: creditWriter(tx) };
  const writers = { ...batch, ...changes, tx, rows };
  for (const planned of plan.documents) {
    if (planned.outcome === 'same') continue;
    const customerId = customerIds.get(planned.document.customerKey);
    if (customerId === undefined) throw new Error('A planned document without its customer.');
    writeDocument(planned, customerId, writers);
  }
  rows.flush();
}

function writeCustomer(
  tx: WriteTx,
  planned: PlannedCustomer,
  batch: Batch & { readonly rows: RowWriter },
): number {
  const { customerId, facts, fills, key } = planned;
  if (customerId === null) return batch.rows.customer(facts, key);
  if (planned.outcome !== 'changed') return customerId;
  const after = columnsOf(fills);
  updateCustomer(tx, customerId, after);
  const of = { noun: 'customer', rowId: customerId, customerId, editedAt: batch.now } as const;
  insertEdits(tx, { ...of, importBatchId: batch.importBatchId }, fieldChanges({ ...NO_FACTS }, after));
  return customerId;
}

type FilledField = Exclude<keyof CustomerFacts, 'name' | 'nameKey' | 'group'> | 'groupPath';

/** A file only fills what the book has not: before it there was nothing. */
const NO_FACTS: Readonly<Record<FilledField, string | number | null>> = {
  code: null,
  phone: null,
  email: null,
  gstin: null,
  pan: null,
  address: null,
  salesperson: null,
  groupPath: null,
  territory: null,
  creditDays: null,
};

function columnsOf({ group, creditDays, name: _name, nameKey: _key, ...texts }: Partial<CustomerFacts>) {
  return {
    ...texts,
    ...(group === undefined ? {} : { groupPath: group }),
    ...(creditDays === undefined ? {} : { creditDays }),
  } satisfies Partial<Record<FilledField, string | number | null>>;
}

function writeDocument(planned: PlannedDocument, customerId: number, writers: Writers): void {
  if (planned.side === 'bill') {
    writeBill(planned, customerId, writers);
    return;
  }
  const { document, id, before } = planned;
  if (planned.side === 'receipt') {
    if (id === null) writers.rows.receipt(document, customerId);
    else writers.receipt.change(id, { ...factsOf(document, writers), customerId, ...receiptDays(document) });
  } else if (id === null) writers.rows.credit(document, customerId, creditKindOf(document));
  else {
    const credit = { ...factsOf(document, writers), customerId, kind: creditKindOf(document) };
    writers.credit.change(id, { ...credit, creditDay: document.day });
  }
  if (before !== null) keepBefore(planned.side, { before, document, customerId }, writers);
}

function receiptDays({ day }: ImportedDocument) {
  return { receiptDay: day, chequeDay: null, mode: null };
}

function creditKindOf({ kind }: ImportedDocument): CreditKind {
  return kind === 'advance' || kind === 'on-account' ? kind : 'credit-note';
}

function factsOf(document: ImportedDocument, { importBatchId, now }: Batch) {
  const { number, amountPaise, currency, foreignMinor, rateE6, sourceKey } = document;
  const money = { amountPaise, currency, foreignMinor, rateE6 };
  return { number, ...money, createdAt: now, source: FILE_SOURCE, sourceKey, importBatchId };
}

function writeBill(planned: PlannedDocument, customerId: number, writers: Writers): void {
  const { document, voidReceiptIds, paid, before } = planned;
  const { day: billDay, kind } = document;
  if (kind === 'receipt' || kind === 'credit-note' || kind === 'advance' || kind === 'on-account') {
    throw new Error(`A ${kind} is no bill.`);
  }
  const billId = planned.id ?? writers.rows.bill(document, customerId, kind);
  if (before !== null) {
    const salesperson = document.customer.salesperson;
    const days = { billDay, dueDay: dueDayOf(document) };
    writers.bill.change(billId, { ...factsOf(document, writers), customerId, kind, ...days, salesperson });
    keepBefore('bill', { before, document, customerId }, writers);
  }
  for (const receiptId of voidReceiptIds) {
    writers.receipt.void(receiptId, writers.now, 'Corrected by a later import.');
  }
  if (paid) writePaid(paid, { document, billId, customerId }, writers);
}

type PaidBill = { readonly document: ImportedDocument; readonly billId: number; readonly customerId: number };

/** What a file says was paid on a bill becomes a receipt of its own, applied to that bill on the same day. */
function writePaid(paid: PaidPart, of: PaidBill, { rows, importBatchId }: Writers): void {
  const { document, billId, customerId } = of;
  const sourceKey = `${document.sourceKey}|paid|${importBatchId}`;
  const { currency, rateE6 } = document;
  rows.settle({ billId, customerId, sourceKey, ...paid, currency, rateE6, narration: null });
}

type Changed = {
  readonly before: KnownDocument;
  readonly document: ImportedDocument;
  readonly customerId: number;
};

const DAY_FIELD = { bill: 'billDay', receipt: 'receiptDay', credit: 'creditDay' } as const;

/** What the book said of a document before a later file said otherwise is kept beside it. */
function keepBefore(
  noun: EditNoun & keyof typeof DAY_FIELD,
  { before, document, customerId }: Changed,
  { tx, now, importBatchId }: Writers,
): void {
  const dueDay = noun === 'bill' ? dueDayOf(document) : null;
  const was = { kind: before.kind, [DAY_FIELD[noun]]: before.day, dueDay: before.dueDay, ...moneyOf(before) };
  const is = { kind: document.kind, [DAY_FIELD[noun]]: document.day, dueDay, ...moneyOf(document) };
  const of = { noun, rowId: before.id, customerId, editedAt: now, importBatchId };
  insertEdits(tx, of, fieldChanges<Record<string, string | number | null>>(was, is));
}

function moneyOf({ amountPaise, currency, foreignMinor, rateE6 }: KnownDocument | ImportedDocument) {
  return { amountPaise, currency, foreignMinor, rateE6 };
}
