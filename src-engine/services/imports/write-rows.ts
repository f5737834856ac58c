import { dueDayOf } from '#domain/import-known.ts';
import type { CustomerFacts, ImportedDocument } from '#domain/imports/documents.ts';
import type { Day } from '#domain/days.ts';
import type { BillKind, CreditKind } from '#domain/ledger.ts';
import type { Paise } from '#domain/money.ts';
import { bulkInsert, nextId, type BulkTable, type BulkValue } from '../../storage/bulk.ts';
import type { WriteTx } from '../../storage/database.ts';
import { FILE_SOURCE } from './known.ts';

export type Batch = { readonly importBatchId: number; readonly now: number };

/** Money that a list says was paid on a bill. */
export type Settlement = {
  readonly billId: number;
  readonly customerId: number;
  readonly sourceKey: string;
  readonly day: Day;
  readonly amountPaise: Paise;
  readonly foreignMinor: number | null;
  readonly currency: string | null;
  readonly rateE6: number | null;
  readonly narration: string | null;
};

/** New rows of one batch, written many at a time; each call answers with the id that the row will bear. */
export type RowWriter = {
  readonly customer: (facts: CustomerFacts, sourceKey: string) => number;
  readonly bill: (document: ImportedDocument, customerId: number, kind: BillKind) => number;
  readonly receipt: (document: ImportedDocument, customerId: number) => number;
  readonly credit: (document: ImportedDocument, customerId: number, kind: CreditKind) => number;
  /** A receipt and its allocation, on one day. */
  readonly settle: (settlement: Settlement) => void;
  /** Customers first: all else refers to them. */
  readonly flushCustomers: () => void;
  readonly flush: () => void;
};

const MONEY = ['amount_paise', 'currency', 'foreign_minor', 'rate_e6'] as const;
const COLUMNS = {
  customers: [
    'name',
    'name_key',
    'code',
    'phone',
    'email',
    'gstin',
    'pan',
    'address',
    'salesperson',
    'group_path',
    'territory',
    'credit_days',
    'source_key',
  ],
  bills: [
    'customer_id',
    'kind',
    'number',
    'bill_day',
    'due_day',
    'salesperson',
    'narration',
    ...MONEY,
    'source_key',
  ],
  receipts: ['customer_id', 'number', 'receipt_day', 'narration', ...MONEY, 'source_key'],
  credits: ['customer_id', 'kind', 'number', 'credit_day', 'narration', ...MONEY, 'source_key'],
  allocations: ['bill_id', 'receipt_id', 'allocation_day', 'amount_paise', 'foreign_minor', 'source_key'],
} as const satisfies Record<BulkTable, readonly string[]>;

export function rowWriter(tx: WriteTx, { importBatchId, now }: Batch): RowWriter {
  const same = { created_at: now, source: FILE_SOURCE, import_batch_id: importBatchId };
  const open = (table: BulkTable) => ({
    nextId: nextId(tx, table),
    ...bulkInsert(tx, table, { columns: COLUMNS[table], same }),
  });
  const customers = open('customers');
  const bills = open('bills');
  const receipts = open('receipts');
  const credits = open('credits');
  const allocations = open('allocations');
  // What an allocation refers to must be there before it.
  const waiting: BulkValue[][] = [];
  return {
    customer: (facts, sourceKey) => {
      const id = customers.nextId();
      customers.add([id, ...valuesOf(facts), sourceKey]);
      return id;
    },
    bill: (document, customerId, kind) => {
      const id = bills.nextId();
      const { number, day, customer, narration, sourceKey } = document;
      const { amountPaise, currency, foreignMinor, rateE6 } = document;
      const about = [number, day, dueDayOf(document), customer.salesperson, narration] as const;
      bills.add([id, customerId, kind, ...about, amountPaise, currency, foreignMinor, rateE6, sourceKey]);
      return id;
    },
    receipt: (document, customerId) => {
      const id = receipts.nextId();
      const { number, day, narration, sourceKey } = document;
      receipts.add([id, customerId, number, day, narration, ...moneyOf(document), sourceKey]);
      return id;
    },
    credit: (document, customerId, kind) => {
      const id = credits.nextId();
      const { number, day, narration, sourceKey } = document;
      credits.add([id, customerId, kind, number, day, narration, ...moneyOf(document), sourceKey]);
      return id;
    },
    settle: (of) => {
      const { billId, customerId, sourceKey, day, amountPaise, foreignMinor, narration } = of;
      const receiptId = receipts.nextId();
      receipts.add([receiptId, customerId, null, day, narration, ...moneyOf(of), sourceKey]);
      const id = allocations.nextId();
      waiting.push([id, billId, receiptId, day, amountPaise, foreignMinor, sourceKey]);
    },
    flushCustomers: () => customers.flush(),
    flush: () => {
      bills.flush();
      receipts.flush();
      credits.flush();
      for (const row of waiting) allocations.add(row);
      allocations.flush();
      waiting.length = 0;
    },
  };
}

function valuesOf(facts: CustomerFacts): readonly BulkValue[] {
  const {
    name,
    nameKey,
    code,
    phone,
    email,
    gstin,
    pan,
    address,
    salesperson,
    group,
    territory,
    creditDays,
  } = facts;
  return [name, nameKey, code, phone, email, gstin, pan, address, salesperson, group, territory, creditDays];
}

type Money = Pick<Settlement, 'amountPaise' | 'currency' | 'foreignMinor' | 'rateE6'>;

function moneyOf({ amountPaise, currency, foreignMinor, rateE6 }: Money): readonly BulkValue[] {
  return [amountPaise, currency, foreignMinor, rateE6];
}
