import type { Day } from '#domain/days.ts';
import type { QuotaKind } from '#domain/registry/quotas.ts';
import type { Tx } from './database.ts';

export type QuotaWish = {
  readonly memberNo: number;
  readonly kind: QuotaKind;
  readonly day: Day;
  readonly asked: number;
  readonly limit: number;
};

/** What is used after this; null where it would be more than the limit, and then nothing is taken. */
export async function takeQuota(
  tx: Tx,
  { memberNo, kind, day, asked, limit }: QuotaWish,
): Promise<number | null> {
  if (asked > limit) return null;
  const [row] = await tx.rows<{ readonly used: number }>({
    name: 'take-quota',
    text: `INSERT INTO quota AS q (member_no, kind, day, used) VALUES ($1, $2, $3, $4)
           ON CONFLICT (member_no, kind, day) DO UPDATE SET used = q.used + excluded.used
           WHERE q.used + excluded.used <= $5 RETURNING used`,
    values: [memberNo, kind, day, asked, limit],
  });
  return row?.used ?? null;
}

export async function quotasUsed(
  tx: Tx,
  memberNo: number,
  day: Day,
): Promise<readonly { readonly kind: QuotaKind; readonly used: number }[]> {
  return await tx.rows({
    name: 'quotas-used',
    text: 'SELECT kind, used FROM quota WHERE member_no = $1 AND day = $2',
    values: [memberNo, day],
  });
}
