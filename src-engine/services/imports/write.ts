import {
  dueDayOf,
  type ImportPlan,
  type PlannedCustomer,
  type PlannedDocument,
} from '#domain/import-plan.ts';
import type { CustomerFacts, ImportedDocument } from '#domain/imports/documents.ts';
import type { CreditKind } from '#domain/ledger.ts';
import { allocationWriter, type AllocationWriter } from '../../storage/allocations.ts';
import { billWriter, type BillWriter, type NewBill } from '../../storage/bills.ts';
import { creditWriter, type CreditWriter } from '../../storage/credits.ts';
import { insertCustomer, updateCustomer } from '../../storage/customers.ts';
import type { WriteTx } from '../../storage/database.ts';
import { receiptWriter, type ReceiptWriter } from '../../storage/receipts.ts';
import { FILE_SOURCE } from './known.ts';

type Batch = { readonly importBatchId: number; readonly now: number };

type Writers = Batch & {
  readonly bill: BillWriter;
  readonly receipt: ReceiptWriter;
  readonly credit: CreditWriter;
  readonly allocation: AllocationWriter;
};

/** Writes a plan inside the caller's one transaction. */
export function writePlan(tx: WriteTx, plan: ImportPlan, batch: Batch): void {
  const customerIds = new Map(plan.customers.map((one) => [one.key, writeCustomer(tx, one, batch)]));
  const writers = {
    ...batch,
    bill: billWriter(tx),
    receipt: receiptWriter(tx),
    credit: creditWriter(tx),
    allocation: allocationWriter(tx),
  };
  for (const planned of plan.documents) {
    const customerId = customerIds.get(planned.document.customerKey);
    if (customerId === undefined) throw new Error('A planned document without its customer.');
    writeDocument(planned, customerId, writers);
  }
}

function writeCustomer(tx: WriteTx, planned: PlannedCustomer, batch: Batch): number {
  if (planned.customerId === null) {
    return insertCustomer(tx, {
      ...columnsOf(planned.facts),
      name: planned.facts.name,
      nameKey: planned.facts.nameKey,
      createdAt: batch.now,
      source: FILE_SOURCE,
      sourceKey: planned.key,
      importBatchId: batch.importBatchId,
    });
  }
  if (planned.outcome === 'changed') updateCustomer(tx, planned.customerId, columnsOf(planned.fills));
  return planned.customerId;
}

function columnsOf({ code, phone, email, gstin, salesperson, group, creditDays }: Partial<CustomerFacts>) {
  return { code, phone, email, gstin, salesperson, groupPath: group, creditDays };
}

function writeDocument(planned: PlannedDocument, customerId: number, writers: Writers): void {
  if (planned.outcome === 'same') return;
  if (planned.side === 'bill') {
    writeBill(planned, customerId, writers);
    return;
  }
  const { document, id } = planned;
  const facts = { ...factsOf(document, writers), customerId };
  if (planned.side === 'receipt') {
    const receipt = { ...facts, receiptDay: document.day, chequeDay: null, mode: null };
    if (id === null) writers.receipt.insert(receipt);
    else writers.receipt.change(id, receipt);
    return;
  }
  const kind: CreditKind =
    document.kind === 'advance' || document.kind === 'on-account' ? document.kind : 'credit-note';
  const credit = { ...facts, kind, creditDay: document.day };
  if (id === null) writers.credit.insert(credit);
  else writers.credit.change(id, credit);
}

function factsOf(document: ImportedDocument, { importBatchId, now }: Batch) {
  const { number, amountPaise, currency, foreignMinor, rateE6, sourceKey } = document;
  const money = { amountPaise, currency, foreignMinor, rateE6 };
  return { number, ...money, createdAt: now, source: FILE_SOURCE, sourceKey, importBatchId };
}

function writeBill(planned: PlannedDocument, customerId: number, writers: Writers): void {
  const { document, voidReceiptIds, paid } = planned;
  const { day: billDay, kind } = document;
  if (kind === 'receipt' || kind === 'credit-note' || kind === 'advance' || kind === 'on-account') {
    throw new Error(`A ${kind} is no bill.`);
  }
  const salesperson = document.customer.salesperson;
  const dueDay = dueDayOf(document);
  const bill: NewBill = { ...factsOf(document, writers), customerId, kind, billDay, dueDay, salesperson };
  const billId = planned.id ?? writers.bill.insert(bill);
  if (planned.id !== null) writers.bill.change(planned.id, bill);
  for (const receiptId of voidReceiptIds) {
    writers.receipt.void(receiptId, writers.now, 'Corrected by a later import.');
  }
  if (paid) writePaid(paid, { document, billId, customerId }, writers);
}

type PaidBill = { readonly document: ImportedDocument; readonly billId: number; readonly customerId: number };

/** What a file says was paid on a bill becomes a receipt of its own, applied to that bill on the same day. */
function writePaid(paid: NonNullable<PlannedDocument['paid']>, of: PaidBill, writers: Writers): void {
  const { document, billId, customerId } = of;
  const { amountPaise, foreignMinor, day } = paid;
  const sourceKey = `${document.sourceKey}|paid|${writers.importBatchId}`;
  const facts = { ...factsOf(document, writers), number: null, amountPaise, foreignMinor, sourceKey };
  const receiptId = writers.receipt.insert({
    ...facts,
    customerId,
    receiptDay: day,
    chequeDay: null,
    mode: null,
  });
  const { createdAt, source, importBatchId } = facts;
  writers.allocation.insert({
    billId,
    instalmentId: null,
    receiptId,
    creditId: null,
    reversesId: null,
    allocationDay: day,
    amountPaise,
    foreignMinor,
    createdAt,
    source,
    sourceKey,
    importBatchId,
  });
}
