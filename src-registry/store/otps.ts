import type { Day } from '#domain/days.ts';
import type { Tx } from './database.ts';

/** How many this contact was meant to get on a day, this one counted. */
export async function countOtp(tx: Tx, contactKey: Uint8Array, day: Day): Promise<number> {
  const [row] = await tx.rows<{ readonly sent: number }>({
    name: 'count-otp',
    text: `INSERT INTO otp_count AS o (contact_key, day, sent) VALUES ($1, $2, 1)
           ON CONFLICT (contact_key, day) DO UPDATE SET sent = o.sent + 1 RETURNING sent`,
    values: [contactKey, day],
  });
  return row?.sent ?? 1;
}
