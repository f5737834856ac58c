import { eq } from 'drizzle-orm';
import type { Day } from '#domain/days.ts';
import type { CreditKind } from '#domain/ledger.ts';
import type { Paise } from '#domain/money.ts';
import type { ForeignColumns, Origin, SameNumber } from './bills.ts';
import type { ReadTx, WriteTx } from './database.ts';
import { credits } from './schema.ts';

export type NewCredit = Origin &
  ForeignColumns & {
    readonly customerId: number;
    readonly kind: CreditKind;
    readonly number: string | null;
    readonly creditDay: Day;
    readonly amountPaise: Paise;
    readonly createdAt: number;
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

/** Takes the credits of an import out of the book; nothing may be settled with them any more. */
export function deleteCreditsOfBatch(tx: WriteTx, importBatchId: number): number {
  return tx.sqlite.prepare('delete from credits where import_batch_id = ?').run(importBatchId).changes;
}

export type CreditFacts = ForeignColumns &
  Pick<Origin, 'source' | 'importBatchId'> & {
    readonly creditId: number;
    readonly customerId: number;
    readonly customerName: string;
    readonly kind: CreditKind;
    readonly number: string | null;
    readonly creditDay: Day;
    readonly amountPaise: Paise;
    readonly narration: string | null;
    readonly voidReason: string | null;
    readonly voidedAt: number | null;
  };

export function creditById(tx: ReadTx, creditId: number): CreditFacts | undefined {
  return tx.sqlite
    .prepare<[number], CreditFacts>(
      `select d.id as creditId, d.customer_id as customerId, c.name as customerName, d.kind, d.number,
              d.credit_day as creditDay, d.amount_paise as amountPaise, d.currency,
              d.foreign_minor as foreignMinor, d.rate_e6 as rateE6, d.narration, d.source,
              d.import_batch_id as importBatchId, d.void_reason as voidReason, d.voided_at as voidedAt
         from credits d join customers c on c.id = d.customer_id where d.id = ?`,
    )
    .get(creditId);
}

export function insertCredit(tx: WriteTx, credit: typeof credits.$inferInsert): number {
  return tx.orm.insert(credits).values(credit).returning({ id: credits.id }).get().id;
}

export function updateCredit(
  tx: WriteTx,
  creditId: number,
  fields: Partial<typeof credits.$inferInsert>,
): void {
  tx.orm.update(credits).set(fields).where(eq(credits.id, creditId)).run();
}

/** Another credit of the customer whose number differs at most in case and blanks. */
export function creditOfNumber(
  tx: ReadTx,
  wish: { readonly customerId: number; readonly numberKey: string; readonly exceptId: number | null },
): SameNumber | undefined {
  return tx.sqlite
    .prepare<typeof wish, SameNumber>(
      `select number, credit_day as day, amount_paise as amountPaise from credits
        where customer_id = @customerId and id is not @exceptId and voided_at is null
          and lower(replace(number, ' ', '')) = @numberKey
        order by credit_day desc limit 1`,
    )
    .get(wish);
}
