import { paise, type Paise } from '#domain/money.ts';
import { eq } from 'drizzle-orm';
import type { ReadTx, WriteTx } from './database.ts';
import { paymentClaims } from './schema-inbox.ts';

type Stored = typeof paymentClaims.$inferSelect;

/** Somebody says that money came. */
export type ClaimRow = Omit<Stored, 'amountPaise'> & { readonly amountPaise: Paise | null };
export type NewClaim = Pick<
  ClaimRow,
  'customerId' | 'source' | 'sourceKey' | 'replyId' | 'linkId' | 'amountPaise' | 'reference' | 'createdAt'
>;

function typed(row: Stored): ClaimRow {
  return { ...row, amountPaise: row.amountPaise === null ? null : paise(row.amountPaise) };
}

/** Null: this payment, or this reply, is claimed already. */
export function insertClaim(tx: WriteTx, claim: NewClaim): number | null {
  const made = tx.orm
    .insert(paymentClaims)
    .values({ ...claim, state: 'to-confirm' })
    .onConflictDoNothing()
    .returning({ id: paymentClaims.id })
    .get();
  return made?.id ?? null;
}

export function claimById(tx: ReadTx, claimId: number): ClaimRow | undefined {
  const row = tx.orm.select().from(paymentClaims).where(eq(paymentClaims.id, claimId)).get();
  return row && typed(row);
}

export function claimBySourceKey(tx: ReadTx, sourceKey: string): ClaimRow | undefined {
  const row = tx.orm.select().from(paymentClaims).where(eq(paymentClaims.sourceKey, sourceKey)).get();
  return row && typed(row);
}

export function claimsOfLink(tx: ReadTx, linkId: number): readonly ClaimRow[] {
  return tx.orm.select().from(paymentClaims).where(eq(paymentClaims.linkId, linkId)).all().map(typed);
}

export function patchClaim(
  tx: WriteTx,
  claimId: number,
  fields: Partial<Pick<ClaimRow, 'state' | 'receiptId' | 'settledAt' | 'amountPaise' | 'reference'>>,
): void {
  tx.orm.update(paymentClaims).set(fields).where(eq(paymentClaims.id, claimId)).run();
}

export type ClaimLine = Omit<ClaimRow, 'sourceKey' | 'settledAt'> & { readonly customerName: string };

/** Newest first. */
export function claimLines(tx: ReadTx, isOpenOnly: boolean): readonly ClaimLine[] {
  return tx.sqlite
    .prepare<[number], ClaimLine>(
      `select p.id, p.customer_id as customerId, c.name as customerName, p.source, p.amount_paise as amountPaise,
              p.reference, p.created_at as createdAt, p.reply_id as replyId, p.link_id as linkId, p.state,
              p.receipt_id as receiptId
         from payment_claims p join customers c on c.id = p.customer_id
        where not ? or p.state = 'to-confirm' order by p.created_at desc, p.id desc`,
    )
    .all(isOpenOnly ? 1 : 0);
}

/** Pauses that stood only until a claim is settled; `reason` tells those of a payment apart, which no reply has made. */
export function endPausesOfClaim(
  tx: WriteTx,
  of: {
    readonly customerId: number;
    readonly replyId: number | null;
    readonly reason: string;
    readonly at: number;
  },
): number {
  return tx.sqlite
    .prepare<typeof of>(
      `update reminder_pauses set ended_at = @at
        where customer_id = @customerId and ended_at is null and kind = 'reply'
          and case when @replyId is null then reply_id is null and reason = @reason else reply_id = @replyId end`,
    )
    .run(of).changes;
}
