import type { Day } from '#domain/days.ts';
import type { Paise } from '#domain/money.ts';
import type { ForeignColumns, Origin } from './bills.ts';
import type { ReadTx, WriteTx } from './database.ts';

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

export type StoredReceipt = ForeignColumns & {
  readonly receiptId: number;
  readonly receiptDay: Day;
  readonly amountPaise: Paise;
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

/** The receipts of a source that are not void, by their own keys. */
export function receiptsBySourceKey(tx: ReadTx, source: string): ReadonlyMap<string, StoredReceipt> {
  const rows = tx.sqlite
    .prepare<[string], StoredReceipt & { readonly sourceKey: string }>(
      `select source_key as sourceKey, id as receiptId, receipt_day as receiptDay, amount_paise as amountPaise,
              currency, foreign_minor as foreignMinor, rate_e6 as rateE6
         from receipts where source = ? and voided_at is null`,
    )
    .all(source);
  return new Map(rows.map((row) => [row.sourceKey, row]));
}

/** Takes the receipts of an import out of the book; nothing may be settled with them any more. */
export function deleteReceiptsOfBatch(tx: WriteTx, importBatchId: number): number {
  return tx.sqlite.prepare('delete from receipts where import_batch_id = ?').run(importBatchId).changes;
}
