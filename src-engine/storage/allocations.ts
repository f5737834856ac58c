import type { Day } from '#domain/days.ts';
import type { Paise } from '#domain/money.ts';
import type { Origin } from './bills.ts';
import { bulkInsert, nextId } from './bulk.ts';
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

const COLUMNS = [
  'bill_id',
  'instalment_id',
  'receipt_id',
  'credit_id',
  'allocation_day',
  'amount_paise',
  'foreign_minor',
  'reverses_id',
  'created_at',
  'source',
  'source_key',
  'import_batch_id',
];

/** Many rows at once; the answer is their ids in the same order. */
export function insertAllocations(tx: WriteTx, rows: readonly NewAllocation[]): number[] {
  const id = nextId(tx, 'allocations');
  const { add, flush } = bulkInsert(tx, 'allocations', { columns: COLUMNS, same: {} });
  const ids = rows.map((row) => {
    const own = id();
    const { billId, instalmentId, receiptId, creditId, allocationDay, amountPaise } = row;
    const { foreignMinor, reversesId, createdAt, source, sourceKey, importBatchId } = row;
    const target = [billId, instalmentId, receiptId, creditId];
    const origin = [createdAt, source, sourceKey, importBatchId];
    add([own, ...target, allocationDay, amountPaise, foreignMinor, reversesId, ...origin]);
    return own;
  });
  flush();
  return ids;
}

export type StoredAllocation = Pick<
  NewAllocation,
  'billId' | 'instalmentId' | 'receiptId' | 'creditId' | 'allocationDay' | 'amountPaise' | 'foreignMinor'
> & {
  readonly allocationId: number;
  /** True for the row that undoes another one. */
  readonly isUndo: boolean;
  readonly isUndone: boolean;
  /** Whether one of its documents is void, so that it is in no figure of any day. */
  readonly isVoid: boolean;
};

/** In order of id; ids that are not there are left out. */
export function allocationsById(tx: ReadTx, ids: readonly number[]): readonly StoredAllocation[] {
  type Row = Omit<StoredAllocation, 'isUndo' | 'isUndone' | 'isVoid'> &
    Readonly<Record<'isUndo' | 'isUndone' | 'isVoid', 0 | 1>>;
  return tx.sqlite
    .prepare<[string], Row>(
      `select a.id as allocationId, a.bill_id as billId, a.instalment_id as instalmentId, a.receipt_id as receiptId,
              a.credit_id as creditId, a.allocation_day as allocationDay, a.amount_paise as amountPaise,
              a.foreign_minor as foreignMinor, a.reverses_id is not null as isUndo, u.id is not null as isUndone,
              coalesce(b.voided_at, r.voided_at, c.voided_at) is not null as isVoid
         from json_each(?) wish join allocations a on a.id = wish.value
         left join allocations u on u.reverses_id = a.id
         join bills b on b.id = a.bill_id
         left join receipts r on r.id = a.receipt_id
         left join credits c on c.id = a.credit_id
        order by a.id`,
    )
    .all(JSON.stringify([...new Set(ids)]))
    .map((row) => ({
      ...row,
      isUndo: row.isUndo === 1,
      isUndone: row.isUndone === 1,
      isVoid: row.isVoid === 1,
    }));
}

export type CrossSettled = { readonly settledBillCount: number; readonly spentCount: number };

/** Bills, and receipts and credits, of an import that applications from elsewhere, not taken back, tie to other work. */
export function crossSettledOf(tx: ReadTx, importBatchId: number): CrossSettled {
  const countOf = (table: 'bills' | 'receipts' | 'credits', column: string): number =>
    tx.sqlite
      .prepare<{ importBatchId: number }, number>(
        `select count(distinct d.id) from ${table} d join allocations a on a.${column} = d.id
          where d.import_batch_id = @importBatchId and a.import_batch_id is not @importBatchId
            and a.reverses_id is null
            and not exists (select 1 from allocations u where u.reverses_id = a.id)`,
      )
      .pluck()
      .get({ importBatchId }) ?? 0;
  return {
    settledBillCount: countOf('bills', 'bill_id'),
    spentCount: countOf('receipts', 'receipt_id') + countOf('credits', 'credit_id'),
  };
}

/**
 * Takes out the applications of an import's documents: its own, and those from elsewhere that were taken back, with
 * the rows that took them back (they point at the others and go first).
 */
export function deleteAllocationsOfBatch(tx: WriteTx, importBatchId: number): void {
  const ofBatch = (table: string): string =>
    `in (select id from ${table} where import_batch_id = @importBatchId)`;
  const touching = `(import_batch_id = @importBatchId or bill_id ${ofBatch('bills')}
    or receipt_id ${ofBatch('receipts')} or credit_id ${ofBatch('credits')})`;
  for (const which of ['reverses_id is not null', 'reverses_id is null']) {
    tx.sqlite.prepare(`delete from allocations where ${which} and ${touching}`).run({ importBatchId });
  }
}
