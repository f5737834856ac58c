import { demoCustomers, DEMO_NAME, type DemoCustomer } from '#domain/demo.ts';
import type { DemoBill, DemoMoneyIn } from '#domain/demo-documents.ts';
import { nameKeyOf } from '#domain/imports/names.ts';
import { allocationWriter, type AllocationWriter } from '../storage/allocations.ts';
import { billWriter, type BillWriter } from '../storage/bills.ts';
import { insertContact } from '../storage/contacts.ts';
import { creditWriter, type CreditWriter } from '../storage/credits.ts';
import { insertCustomer } from '../storage/customers.ts';
import type { WriteTx } from '../storage/database.ts';
import { insertNote } from '../storage/notes.ts';
import { receiptWriter, type ReceiptWriter } from '../storage/receipts.ts';
import { tagWriter, type TagWriter } from '../storage/tags.ts';
import { showBook } from './books.ts';
import { door } from './door.ts';

const DEMO_BOOK_ID = 'demo';
const SOURCE = 'demo';
const CUSTOMERS_A_CHUNK = 25;

/**
 * The demo company, made by the engine itself in a file beside the books and put in its place when it is whole: a
 * stop or a kill on the way leaves no half-made company.
 */
export const createDemo = door.books.createDemo.handler(async function* ({ context, input, signal }) {
  const now = context.now();
  const until = input.until ?? context.dayAt(now, 'Asia/Kolkata');
  const draft = context.shelf.draft({
    bookKey: context.newId(),
    name: DEMO_NAME,
    baseCurrency: 'INR',
    timeZone: 'Asia/Kolkata',
    isDemo: true,
    createdAt: now,
    openedAt: now,
  });
  try {
    const of = input.customers;
    const coming = demoCustomers(of, until);
    const idsByCode = new Map<string, number>();
    for (let done = 0; done < of; done = Math.min(of, done + CUSTOMERS_A_CHUNK)) {
      signal?.throwIfAborted();
      const chunk = nextOf(coming, CUSTOMERS_A_CHUNK);
      draft.db.write((tx) => writeChunk(tx, chunk, { idsByCode, now }));
      yield { done: Math.min(of, done + CUSTOMERS_A_CHUNK), of };
    }
    const placed = draft.place(DEMO_BOOK_ID, now);
    context.changed('books', 'customers', 'bills', 'receipts', 'credits', 'imports', 'aging');
    yield { done: of, of, book: showBook(placed) };
  } finally {
    // After a placing there is nothing left to discard.
    draft.discard();
  }
});

/** The next few of a generator, which goes on afterwards (Iterator.take would end it). */
function nextOf<T>(coming: Generator<T>, most: number): readonly T[] {
  const taken: T[] = [];
  while (taken.length < most) {
    const next = coming.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}

type Writers = {
  readonly bill: BillWriter;
  readonly receipt: ReceiptWriter;
  readonly credit: CreditWriter;
  readonly allocation: AllocationWriter;
  readonly tag: TagWriter;
  readonly now: number;
  /** Customers written before, by code: a payer comes before those he pays for. */
  readonly idsByCode: Map<string, number>;
};

function writeChunk(
  tx: WriteTx,
  customers: Iterable<DemoCustomer>,
  kept: Pick<Writers, 'now' | 'idsByCode'>,
): void {
  const writers = {
    ...kept,
    bill: billWriter(tx),
    receipt: receiptWriter(tx),
    credit: creditWriter(tx),
    allocation: allocationWriter(tx),
    tag: tagWriter(tx),
  };
  for (const customer of customers) writeCustomer(tx, customer, writers);
}

function writeCustomer(tx: WriteTx, customer: DemoCustomer, writers: Writers): void {
  const { bills, moneyIn, tags, contacts, notes, payerCode, ...facts } = customer;
  const { now: createdAt, idsByCode } = writers;
  const customerId = insertCustomer(tx, {
    ...facts,
    parentId: payerCode === null ? null : (idsByCode.get(payerCode) ?? null),
    nameKey: nameKeyOf(facts.name),
    createdAt,
    source: SOURCE,
    sourceKey: facts.code,
  });
  idsByCode.set(facts.code, customerId);
  for (const tag of tags) writers.tag.put(customerId, tag);
  for (const contact of contacts) insertContact(tx, { ...contact, customerId, createdAt });
  for (const text of notes) insertNote(tx, { customerId, billId: null, text, createdAt });
  const billIds = bills.map((bill) => writeBill(bill, customerId, writers));
  for (const money of moneyIn) writeMoneyIn(money, { customerId, billIds }, writers);
}

function writeBill(bill: DemoBill, customerId: number, writers: Writers): number {
  const { instalments, ...facts } = bill;
  const billId = writers.bill.insert({
    ...facts,
    customerId,
    kind: 'invoice',
    salesperson: null,
    createdAt: writers.now,
    source: SOURCE,
    sourceKey: bill.number,
    importBatchId: null,
  });
  instalments.forEach((part, at) => {
    writers.bill.insertInstalment({ billId, position: at + 1, ...part, foreignMinor: null });
  });
  return billId;
}

type Owner = { readonly customerId: number; readonly billIds: readonly number[] };

function writeMoneyIn(money: DemoMoneyIn, owner: Owner, writers: Writers): void {
  const { kind, day, chequeDay, applied, ...facts } = money;
  const origin = { createdAt: writers.now, source: SOURCE, sourceKey: money.number, importBatchId: null };
  const base = { ...facts, ...origin, customerId: owner.customerId };
  const receiptId =
    kind === 'receipt'
      ? writers.receipt.insert({ ...base, receiptDay: day, chequeDay, mode: chequeDay ? 'cheque' : 'bank' })
      : null;
  const creditId = kind === 'receipt' ? null : writers.credit.insert({ ...base, kind, creditDay: day });
  for (const { bill, amountPaise, foreignMinor } of applied) {
    const billId = owner.billIds[bill];
    if (billId === undefined) throw new Error('A demo receipt pays a bill that is not there.');
    const target = { billId, instalmentId: null, receiptId, creditId, reversesId: null };
    writers.allocation.insert({ ...target, ...origin, allocationDay: day, amountPaise, foreignMinor });
  }
}
