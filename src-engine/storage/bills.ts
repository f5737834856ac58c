import type { Day } from '#domain/days.ts';
import type { BillKind } from '#domain/ledger.ts';
import type { Paise } from '#domain/money.ts';
import type { ReadTx, WriteTx } from './database.ts';

/** Where a row came from: a source, its own key there, and the import batch that wrote it. */
export type Origin = {
  readonly source: string;
  readonly sourceKey: string;
  readonly importBatchId: number | null;
};

export type ForeignColumns = {
  readonly currency: string | null;
  readonly foreignMinor: number | null;
  readonly rateE6: number | null;
};

export type NewBill = Origin &
  ForeignColumns & {
    readonly customerId: number;
    readonly kind: BillKind;
    readonly number: string | null;
    readonly billDay: Day;
    readonly dueDay: Day;
    readonly amountPaise: Paise;
    readonly salesperson: string | null;
    readonly createdAt: number;
  };

export type StoredBill = ForeignColumns & {
  readonly billId: number;
  readonly billDay: Day;
  readonly dueDay: Day;
  readonly amountPaise: Paise;
  readonly kind: BillKind;
};

export type BillWriter = {
  readonly insert: (bill: NewBill) => number;
  readonly change: (billId: number, bill: NewBill) => void;
  readonly insertInstalment: (part: {
    readonly billId: number;
    readonly position: number;
    readonly dueDay: Day;
    readonly amountPaise: Paise;
    readonly foreignMinor: number | null;
  }) => number;
};

/** Statements prepared once for many rows. */
export function billWriter(tx: WriteTx): BillWriter {
  const insert = tx.sqlite.prepare<NewBill>(
    `insert into bills (customer_id, kind, number, bill_day, due_day, amount_paise, currency, foreign_minor, rate_e6,
                        salesperson, created_at, source, source_key, import_batch_id)
     values (@customerId, @kind, @number, @billDay, @dueDay, @amountPaise, @currency, @foreignMinor, @rateE6,
             @salesperson, @createdAt, @source, @sourceKey, @importBatchId)`,
  );
  const change = tx.sqlite.prepare<NewBill & { billId: number }>(
    `update bills set kind = @kind, number = @number, bill_day = @billDay, due_day = @dueDay,
            amount_paise = @amountPaise, currency = @currency, foreign_minor = @foreignMinor, rate_e6 = @rateE6,
            import_batch_id = @importBatchId
      where id = @billId`,
  );
  const instalment = tx.sqlite.prepare(
    `insert into instalments (bill_id, position, due_day, amount_paise, foreign_minor)
     values (@billId, @position, @dueDay, @amountPaise, @foreignMinor)`,
  );
  return {
    insert: (bill) => Number(insert.run(bill).lastInsertRowid),
    change: (billId, bill) => void change.run({ ...bill, billId }),
    insertInstalment: (part) => Number(instalment.run(part).lastInsertRowid),
  };
}

/** The bills of a source by their own keys, for finding what an import changes. */
export function billsBySourceKey(tx: ReadTx, source: string): ReadonlyMap<string, StoredBill> {
  const rows = tx.sqlite
    .prepare<[string], StoredBill & { readonly sourceKey: string }>(
      `select source_key as sourceKey, id as billId, kind, bill_day as billDay, due_day as dueDay,
              amount_paise as amountPaise, currency, foreign_minor as foreignMinor, rate_e6 as rateE6
         from bills where source = ?`,
    )
    .all(source);
  return new Map(rows.map((row) => [row.sourceKey, row]));
}

/** Takes the bills of an import out of the book, with their instalments; nothing may be settled against them any more. */
export function deleteBillsOfBatch(tx: WriteTx, importBatchId: number): number {
  tx.sqlite
    .prepare('delete from instalments where bill_id in (select id from bills where import_batch_id = ?)')
    .run(importBatchId);
  return tx.sqlite.prepare('delete from bills where import_batch_id = ?').run(importBatchId).changes;
}
