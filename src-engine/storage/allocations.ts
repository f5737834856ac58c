import type { Day } from '#domain/days.ts';
import type { Paise } from '#domain/money.ts';
import type { Origin } from './bills.ts';
import type { ReadTx, WriteTx } from './database.ts';

export type NewAllocation = Origin & {
  readonly billId: number;
  readonly instalmentId: number | null;
  readonly receiptId: number | null;
  readonly creditId: number | null;
  readonly allocationDay: Day;
  readonly amountPaise: Paise;
  readonly foreignMinor: number | null;
  readonly reversesId: number | null;
  readonly createdAt: number;
};

export type AllocationWriter = { readonly insert: (allocation: NewAllocation) => number };

export function allocationWriter(tx: WriteTx): AllocationWriter {
  const insert = tx.sqlite.prepare<NewAllocation>(
    `insert into allocations (bill_id, instalment_id, receipt_id, credit_id, allocation_day, amount_paise, foreign_minor,
                              reverses_id, created_at, source, source_key, import_batch_id)
     values (@billId, @instalmentId, @receiptId, @creditId, @allocationDay, @amountPaise, @foreignMinor,
             @reversesId, @createdAt, @source, @sourceKey, @importBatchId)`,
  );
  return { insert: (allocation) => Number(insert.run(allocation).lastInsertRowid) };
}

export type AppliedToBill = {
  readonly billId: number;
  /** By receipts of the source asked for: what its file said was paid. */
  readonly bySourcePaise: Paise;
  /** By anything else: receipts by hand, credits, other sources. */
  readonly otherPaise: Paise;
  readonly bySourceReceiptIds: readonly number[];
};

/** What is applied to each bill by receipts and credits that are not void. */
export function appliedByBill(tx: ReadTx, source: string): ReadonlyMap<number, AppliedToBill> {
  const rows = tx.sqlite
    .prepare<
      { source: string },
      { billId: number; bySourcePaise: Paise; otherPaise: Paise; receiptIds: string | null }
    >(
      `select a.bill_id as billId,
              sum(case when a.source = @source then a.amount_paise else 0 end) as bySourcePaise,
              sum(case when a.source = @source then 0 else a.amount_paise end) as otherPaise,
              group_concat(case when a.source = @source then a.receipt_id end) as receiptIds
         from allocations a
         left join receipts r on r.id = a.receipt_id
         left join credits c on c.id = a.credit_id
        where r.voided_at is null and c.voided_at is null
        group by a.bill_id`,
    )
    .all({ source });
  return new Map(
    rows.map(({ receiptIds, ...row }) => [
      row.billId,
      { ...row, bySourceReceiptIds: receiptIds === null ? [] : receiptIds.split(',').map(Number) },
    ]),
  );
}

export type CrossSettled = { readonly settledBillCount: number; readonly spentCount: number };

/** Bills, and receipts and credits, of an import that allocations from elsewhere tie to other work. */
export function crossSettledOf(tx: ReadTx, importBatchId: number): CrossSettled {
  const countOf = (table: 'bills' | 'receipts' | 'credits', column: string): number =>
    tx.sqlite
      .prepare<{ importBatchId: number }, number>(
        `select count(distinct d.id) from ${table} d join allocations a on a.${column} = d.id
          where d.import_batch_id = @importBatchId and a.import_batch_id is not @importBatchId`,
      )
      .pluck()
      .get({ importBatchId }) ?? 0;
  return {
    settledBillCount: countOf('bills', 'bill_id'),
    spentCount: countOf('receipts', 'receipt_id') + countOf('credits', 'credit_id'),
  };
}

export function deleteAllocationsOfBatch(tx: WriteTx, importBatchId: number): number {
  return tx.sqlite.prepare('delete from allocations where import_batch_id = ?').run(importBatchId).changes;
}
