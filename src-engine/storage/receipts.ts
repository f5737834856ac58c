import { eq } from 'drizzle-orm';
import type { Day } from '#domain/days.ts';
import type { Paise } from '#domain/money.ts';
import type { ForeignColumns, Origin, SameNumber } from './bills.ts';
import type { ReadTx, WriteTx } from './database.ts';
import { receipts } from './schema.ts';

export type NewReceipt = Origin &
  ForeignColumns & {
    readonly customerId: number;
    readonly number: string | null;
    readonly receiptDay: Day;
    readonly chequeDay: Day | null;
    readonly amountPaise: Paise;
    readonly mode: string | null;
    readonly createdAt: number;
  };

export type ReceiptWriter = {
  readonly insert: (receipt: NewReceipt) => number;
  readonly change: (receiptId: number, receipt: NewReceipt) => void;
  readonly void: (receiptId: number, at: number, reason: string) => void;
};

export function receiptWriter(tx: WriteTx): ReceiptWriter {
  const insert = tx.sqlite.prepare<NewReceipt>(
    `insert into receipts (customer_id, number, receipt_day, cheque_day, amount_paise, currency, foreign_minor, rate_e6,
                           mode, created_at, source, source_key, import_batch_id)
     values (@customerId, @number, @receiptDay, @chequeDay, @amountPaise, @currency, @foreignMinor, @rateE6,
             @mode, @createdAt, @source, @sourceKey, @importBatchId)`,
  );
  const change = tx.sqlite.prepare<NewReceipt & { receiptId: number }>(
    `update receipts set number = @number, receipt_day = @receiptDay, cheque_day = @chequeDay,
            amount_paise = @amountPaise, currency = @currency, foreign_minor = @foreignMinor, rate_e6 = @rateE6,
            import_batch_id = @importBatchId
      where id = @receiptId`,
  );
  const voiding = tx.sqlite.prepare('update receipts set voided_at = ?, void_reason = ? where id = ?');
  return {
    insert: (receipt) => Number(insert.run(receipt).lastInsertRowid),
    change: (receiptId, receipt) => void change.run({ ...receipt, receiptId }),
    void: (receiptId, at, reason) => void voiding.run(at, reason, receiptId),
  };
}

/** Takes the receipts of an import out of the book; nothing may be settled with them any more. */
export function deleteReceiptsOfBatch(tx: WriteTx, importBatchId: number): number {
  return tx.sqlite.prepare('delete from receipts where import_batch_id = ?').run(importBatchId).changes;
}

export type ReceiptFacts = ForeignColumns &
  Pick<Origin, 'source' | 'importBatchId'> & {
    readonly receiptId: number;
    readonly customerId: number;
    readonly customerName: string;
    readonly number: string | null;
    readonly receiptDay: Day;
    readonly chequeDay: Day | null;
    readonly amountPaise: Paise;
    readonly mode: string | null;
    readonly reference: string | null;
    readonly narration: string | null;
    readonly voidReason: string | null;
    readonly voidedAt: number | null;
  };

export function receiptById(tx: ReadTx, receiptId: number): ReceiptFacts | undefined {
  return tx.sqlite
    .prepare<[number], ReceiptFacts>(
      `select d.id as receiptId, d.customer_id as customerId, c.name as customerName, d.number,
              d.receipt_day as receiptDay, d.cheque_day as chequeDay, d.amount_paise as amountPaise, d.currency,
              d.foreign_minor as foreignMinor, d.rate_e6 as rateE6, d.mode, d.reference, d.narration, d.source,
              d.import_batch_id as importBatchId, d.void_reason as voidReason, d.voided_at as voidedAt
         from receipts d join customers c on c.id = d.customer_id where d.id = ?`,
    )
    .get(receiptId);
}

export function insertReceipt(tx: WriteTx, receipt: typeof receipts.$inferInsert): number {
  return tx.orm.insert(receipts).values(receipt).returning({ id: receipts.id }).get().id;
}

export function updateReceipt(
  tx: WriteTx,
  receiptId: number,
  fields: Partial<typeof receipts.$inferInsert>,
): void {
  tx.orm.update(receipts).set(fields).where(eq(receipts.id, receiptId)).run();
}

/** Another receipt of the customer with the same cheque number, UTR or UPI reference. */
export function receiptOfReference(
  tx: ReadTx,
  wish: { readonly customerId: number; readonly numberKey: string; readonly exceptId: number | null },
): SameNumber | undefined {
  return tx.sqlite
    .prepare<typeof wish, SameNumber>(
      `select reference as number, receipt_day as day, amount_paise as amountPaise from receipts
        where customer_id = @customerId and id is not @exceptId and voided_at is null
          and lower(replace(reference, ' ', '')) = @numberKey
        order by receipt_day desc limit 1`,
    )
    .get(wish);
}

export type PostDated = Pick<
  ReceiptFacts,
  'receiptId' | 'customerId' | 'customerName' | 'number' | 'reference' | 'receiptDay' | 'amountPaise'
> & { readonly chequeDay: Day };

/** Cheques taken on or before a day whose own day is after the day they were taken, from a cheque day on; by that day. */
export function postDatedCheques(
  tx: ReadTx,
  wish: { readonly asOf: Day; readonly fromChequeDay: Day; readonly customerId: number | null },
): readonly PostDated[] {
  return tx.sqlite
    .prepare<typeof wish, PostDated>(
      `select d.id as receiptId, d.customer_id as customerId, c.name as customerName, d.number, d.reference,
              d.receipt_day as receiptDay, d.cheque_day as chequeDay, d.amount_paise as amountPaise
         from receipts d join customers c on c.id = d.customer_id
        where d.voided_at is null and d.cheque_day > d.receipt_day and d.cheque_day >= @fromChequeDay
          and d.receipt_day <= @asOf and (@customerId is null or d.customer_id = @customerId)
        order by d.cheque_day, d.id`,
    )
    .all(wish);
}
