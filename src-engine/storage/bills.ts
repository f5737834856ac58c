import { eq } from 'drizzle-orm';
import type { Day } from '#domain/days.ts';
import type { BillKind } from '#domain/ledger.ts';
import type { Paise } from '#domain/money.ts';
import type { ReadTx, WriteTx } from './database.ts';
import { bills } from './schema.ts';

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

/** Takes the bills of an import out of the book, with their instalments; nothing may be settled against them any more. */
export function deleteBillsOfBatch(tx: WriteTx, importBatchId: number): number {
  tx.sqlite
    .prepare('delete from instalments where bill_id in (select id from bills where import_batch_id = ?)')
    .run(importBatchId);
  return tx.sqlite.prepare('delete from bills where import_batch_id = ?').run(importBatchId).changes;
}

export type BillFacts = ForeignColumns &
  Pick<Origin, 'source' | 'importBatchId'> & {
    readonly billId: number;
    readonly customerId: number;
    readonly customerName: string;
    readonly kind: BillKind;
    readonly number: string | null;
    readonly billDay: Day;
    readonly dueDay: Day;
    readonly amountPaise: Paise;
    readonly salesperson: string | null;
    readonly narration: string | null;
    readonly doNotChaseReason: string | null;
    readonly voidReason: string | null;
    readonly voidedAt: number | null;
  };

export function billById(tx: ReadTx, billId: number): BillFacts | undefined {
  return tx.sqlite
    .prepare<[number], BillFacts>(
      `select b.id as billId, b.customer_id as customerId, c.name as customerName, b.kind, b.number,
              b.bill_day as billDay, b.due_day as dueDay, b.amount_paise as amountPaise, b.currency,
              b.foreign_minor as foreignMinor, b.rate_e6 as rateE6, b.salesperson, b.narration,
              b.do_not_chase_reason as doNotChaseReason, b.source, b.import_batch_id as importBatchId,
              b.void_reason as voidReason, b.voided_at as voidedAt
         from bills b join customers c on c.id = b.customer_id where b.id = ?`,
    )
    .get(billId);
}

export function insertBill(tx: WriteTx, bill: typeof bills.$inferInsert): number {
  return tx.orm.insert(bills).values(bill).returning({ id: bills.id }).get().id;
}

export function updateBill(tx: WriteTx, billId: number, fields: Partial<typeof bills.$inferInsert>): void {
  tx.orm.update(bills).set(fields).where(eq(bills.id, billId)).run();
}

export type SameNumber = { readonly number: string; readonly day: Day; readonly amountPaise: Paise };

/** Another bill of the customer whose number differs at most in case and blanks. */
export function billOfNumber(
  tx: ReadTx,
  wish: { readonly customerId: number; readonly numberKey: string; readonly exceptId: number | null },
): SameNumber | undefined {
  return tx.sqlite
    .prepare<typeof wish, SameNumber>(
      `select number, bill_day as day, amount_paise as amountPaise from bills
        where customer_id = @customerId and id is not @exceptId and voided_at is null
          and lower(replace(number, ' ', '')) = @numberKey
        order by bill_day desc limit 1`,
    )
    .get(wish);
}

/**
 * What a customer owes as of a day, net of his receipts and credits, without one bill: the bills of that day or
 * earlier less what is applied to them, less what is left of his own receipts and credits. In paise; may be negative.
 */
export function owedAsOf(
  tx: ReadTx,
  wish: { readonly customerId: number; readonly asOf: Day; readonly exceptBillId: number | null },
): Paise {
  const counted = `a.allocation_day <= @asOf and b.bill_day <= @asOf and b.voided_at is null and b.id is not @exceptBillId
    and coalesce(r.effective_day, c.credit_day) <= @asOf and r.voided_at is null and c.voided_at is null`;
  const joins = `left join receipts r on r.id = a.receipt_id left join credits c on c.id = a.credit_id`;
  const sums = tx.sqlite
    .prepare<typeof wish, Paise>(
      `select coalesce((select sum(amount_paise) from bills where customer_id = @customerId and voided_at is null
                           and bill_day <= @asOf and id is not @exceptBillId), 0)
            - coalesce((select sum(amount_paise) from receipts where customer_id = @customerId and voided_at is null
                           and effective_day <= @asOf), 0)
            - coalesce((select sum(amount_paise) from credits where customer_id = @customerId and voided_at is null
                           and credit_day <= @asOf), 0)
            - coalesce((select sum(a.amount_paise) from bills b join allocations a on a.bill_id = b.id ${joins}
                         where b.customer_id = @customerId and ${counted}), 0)
            + coalesce((select sum(a.amount_paise) from receipts r join allocations a on a.receipt_id = r.id
                          join bills b on b.id = a.bill_id left join credits c on c.id = a.credit_id
                         where r.customer_id = @customerId and ${counted}), 0)
            + coalesce((select sum(a.amount_paise) from credits c join allocations a on a.credit_id = c.id
                          join bills b on b.id = a.bill_id left join receipts r on r.id = a.receipt_id
                         where c.customer_id = @customerId and ${counted}), 0)`,
    )
    .pluck()
    .get(wish);
  if (sums === undefined) throw new Error('A sum without a row.');
  return sums;
}
