import type { Day } from '#domain/days.ts';
import type { KnownSpan, Side } from '#domain/import-known.ts';
import type { BillKind, CreditKind } from '#domain/ledger.ts';
import type { Paise } from '#domain/money.ts';
import type { ForeignColumns } from './bills.ts';
import type { ReadTx } from './database.ts';

/** A document of an earlier import, found by its source's own key. */
export type StoredDocument = ForeignColumns & {
  readonly id: number;
  readonly kind: BillKind | CreditKind | 'receipt';
  readonly day: Day;
  /** Null for receipts and credits. */
  readonly dueDay: Day | null;
  readonly amountPaise: Paise;
  readonly number: string | null;
  readonly isVoid: boolean;
};

export type DocumentTable = 'bills' | 'receipts' | 'credits';

const COLUMNS: Readonly<Record<DocumentTable, string>> = {
  bills: 'kind, bill_day as day, due_day as dueDay',
  receipts: `'receipt' as kind, receipt_day as day, null as dueDay`,
  credits: 'kind, credit_day as day, null as dueDay',
};

/** Finds documents of a source by key, one at a time: a large book need not be read for a small file. */
export function documentFinder(
  tx: ReadTx,
  table: DocumentTable,
  source: string,
): (sourceKey: string) => StoredDocument | null {
  const isEmpty =
    tx.sqlite.prepare(`select 1 from ${table} where source = ? limit 1`).get(source) === undefined;
  if (isEmpty) return () => null;
  // A document keeps its key when it is void: the next file must not bring it to life again.
  const find = tx.sqlite.prepare<[string, string], Omit<StoredDocument, 'isVoid'> & { isVoid: 0 | 1 }>(
    `select id, ${COLUMNS[table]}, amount_paise as amountPaise, currency, foreign_minor as foreignMinor,
            rate_e6 as rateE6, number, voided_at is not null as isVoid
       from ${table} where source = ? and source_key = ?`,
  );
  return (sourceKey) => {
    const row = find.get(source, sourceKey);
    return row === undefined ? null : { ...row, isVoid: row.isVoid === 1 };
  };
}

export type AppliedToBill = {
  /** By receipts of the source asked for: what its file said was paid. */
  readonly bySourcePaise: Paise;
  /** By anything else: receipts by hand, credits, other sources. */
  readonly otherPaise: Paise;
  readonly bySourceReceiptIds: readonly number[];
};

/** What is applied to a bill by receipts and credits that are not void; null where nothing is. */
export function appliedFinder(tx: ReadTx, source: string): (billId: number) => AppliedToBill | null {
  type Row = {
    readonly bySourcePaise: Paise | null;
    readonly otherPaise: Paise | null;
    readonly receiptIds: string | null;
  };
  const find = tx.sqlite.prepare<{ source: string; billId: number }, Row>(
    `select sum(case when a.source = @source then a.amount_paise else 0 end) as bySourcePaise,
            sum(case when a.source = @source then 0 else a.amount_paise end) as otherPaise,
            group_concat(case when a.source = @source then a.receipt_id end) as receiptIds
       from allocations a
       left join receipts r on r.id = a.receipt_id
       left join credits c on c.id = a.credit_id
      where a.bill_id = @billId and r.voided_at is null and c.voided_at is null`,
  );
  return (billId) => {
    const row = find.get({ source, billId });
    if (row === undefined || row.bySourcePaise === null || row.otherPaise === null) return null;
    const { bySourcePaise, otherPaise, receiptIds } = row;
    const bySourceReceiptIds = receiptIds === null ? [] : receiptIds.split(',').map(Number);
    return { bySourcePaise, otherPaise, bySourceReceiptIds };
  };
}

/**
 * Finds what is or was applied to a bill, or of a receipt or credit. What was undone is read whatever became of its
 * documents; what was not, only while neither of them is void (as in allocation-sides.ts).
 */
export function spanFinder(tx: ReadTx): (side: Side, id: number) => readonly KnownSpan[] {
  const finderOf = (side: Side) =>
    tx.sqlite.prepare<[number], KnownSpan>(
      `select a.id as allocationId, a.instalment_id as instalmentId, a.allocation_day as fromDay,
              u.allocation_day as untilDay, a.amount_paise as amountPaise, a.foreign_minor as foreignMinor,
              a.receipt_id as receiptId
         from allocations a
         left join allocations u on u.reverses_id = a.id
         join bills b on b.id = a.bill_id
         left join receipts r on r.id = a.receipt_id
         left join credits c on c.id = a.credit_id
        where a.${side}_id = ? and a.reverses_id is null
          and (u.id is not null or (b.voided_at is null and r.voided_at is null and c.voided_at is null))`,
    );
  const finders = { bill: finderOf('bill'), receipt: finderOf('receipt'), credit: finderOf('credit') };
  return (side, id) => finders[side].all(id);
}

/** Bills that are due in instalments. */
export function billsInParts(tx: ReadTx): ReadonlySet<number> {
  return new Set(tx.sqlite.prepare<[], number>('select distinct bill_id from instalments').pluck().all());
}

export type OpenBillOfKind = ForeignColumns & {
  readonly billId: number;
  readonly customerId: number;
  readonly number: string | null;
  readonly sourceKey: string;
  readonly billDay: Day;
  readonly openPaise: Paise;
  /** Null where the bill is in the book's own currency. */
  readonly openForeignMinor: number | null;
};

/** Open bills that earlier imports of one kind of list brought; a batch bears its kind in its map. */
export function openBillsOfKind(
  tx: ReadTx,
  wish: { readonly source: string; readonly kind: string },
): readonly OpenBillOfKind[] {
  return tx.sqlite
    .prepare<typeof wish, OpenBillOfKind>(
      `select b.id as billId, b.customer_id as customerId, b.number, b.source_key as sourceKey, b.bill_day as billDay,
              b.currency, b.foreign_minor as foreignMinor, b.rate_e6 as rateE6,
              b.amount_paise - coalesce(sum(a.amount_paise), 0) as openPaise,
              b.foreign_minor - coalesce(sum(a.foreign_minor), 0) as openForeignMinor
         from import_batches i
         join bills b on b.import_batch_id = i.id
         left join (select x.bill_id, x.amount_paise, x.foreign_minor
                      from allocations x
                      left join receipts r on r.id = x.receipt_id
                      left join credits c on c.id = x.credit_id
                     where r.voided_at is null and c.voided_at is null) a on a.bill_id = b.id
        where coalesce(json_extract(i.map_json, '$.kind'), i.layout) = @kind
          and i.reverted_at is null and b.source = @source and b.voided_at is null
        group by b.id
       having openPaise > 0
        order by b.id`,
    )
    .all(wish);
}
