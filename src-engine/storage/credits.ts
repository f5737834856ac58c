import type { Day } from '#domain/days.ts';
import type { CreditKind } from '#domain/ledger.ts';
import type { Paise } from '#domain/money.ts';
import type { ForeignColumns, Origin } from './bills.ts';
import type { ReadTx, WriteTx } from './database.ts';

export type NewCredit = Origin &
  ForeignColumns & {
    readonly customerId: number;
    readonly kind: CreditKind;
    readonly number: string | null;
    readonly creditDay: Day;
    readonly amountPaise: Paise;
    readonly createdAt: number;
  };

export type StoredCredit = ForeignColumns & {
  readonly kind: CreditKind;
  readonly creditId: number;
  readonly creditDay: Day;
  readonly amountPaise: Paise;
};

export type CreditWriter = {
  readonly insert: (credit: NewCredit) => number;
  readonly change: (creditId: number, credit: NewCredit) => void;
};

export function creditWriter(tx: WriteTx): CreditWriter {
  const insert = tx.sqlite.prepare<NewCredit>(
    `insert into credits (customer_id, kind, number, credit_day, amount_paise, currency, foreign_minor, rate_e6,
                          created_at, source, source_key, import_batch_id)
     values (@customerId, @kind, @number, @creditDay, @amountPaise, @currency, @foreignMinor, @rateE6,
             @createdAt, @source, @sourceKey, @importBatchId)`,
  );
  const change = tx.sqlite.prepare<NewCredit & { creditId: number }>(
    `update credits set kind = @kind, number = @number, credit_day = @creditDay, amount_paise = @amountPaise,
            currency = @currency, foreign_minor = @foreignMinor, rate_e6 = @rateE6, import_batch_id = @importBatchId
      where id = @creditId`,
  );
  return {
    insert: (credit) => Number(insert.run(credit).lastInsertRowid),
    change: (creditId, credit) => void change.run({ ...credit, creditId }),
  };
}

/** The credits of a source that are not void, by their own keys. */
export function creditsBySourceKey(tx: ReadTx, source: string): ReadonlyMap<string, StoredCredit> {
  const rows = tx.sqlite
    .prepare<[string], StoredCredit & { readonly sourceKey: string }>(
      `select source_key as sourceKey, id as creditId, kind, credit_day as creditDay, amount_paise as amountPaise,
              currency, foreign_minor as foreignMinor, rate_e6 as rateE6
         from credits where source = ? and voided_at is null`,
    )
    .all(source);
  return new Map(rows.map((row) => [row.sourceKey, row]));
}

/** Takes the credits of an import out of the book; nothing may be settled with them any more. */
export function deleteCreditsOfBatch(tx: WriteTx, importBatchId: number): number {
  return tx.sqlite.prepare('delete from credits where import_batch_id = ?').run(importBatchId).changes;
}
