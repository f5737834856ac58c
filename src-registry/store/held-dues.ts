import { instant } from '../clock.ts';
import type { Tx } from './database.ts';

export type HeldDue = { readonly subject_key: Buffer; readonly due_ref: Buffer };

/** Members of whom something is held since `before` (UTC milliseconds) or longer, from behind one of them on. */
export async function membersHeld(
  tx: Tx,
  { before, after, most }: { readonly before: number; readonly after: number; readonly most: number },
): Promise<readonly number[]> {
  const rows = await tx.rows<{ readonly member_no: number }>({
    name: 'members-held',
    text: `SELECT DISTINCT member_no FROM due WHERE held AND reported_at <= $1 AND member_no > $2
           ORDER BY member_no LIMIT $3`,
    values: [instant(before), after, most],
  });
  return rows.map(({ member_no }) => member_no);
}

/** Those of a member that were held when they came, at `until` (UTC milliseconds) or before, and no longer are. */
export async function releaseHeldDues(tx: Tx, memberNo: number, until: number): Promise<readonly HeldDue[]> {
  const own = await tx.rows<HeldDue>({
    name: 'live-dues-of-member',
    text: `SELECT subject_key, due_ref FROM member_due WHERE member_no = $1 AND state <> 'withdrawn'`,
    values: [memberNo],
  });
  const released = await tx.rows<HeldDue & { readonly is_live: boolean }>({
    name: 'release-held',
    text: `UPDATE due SET held = false
           WHERE subject_key = ANY($1) AND member_no = $2 AND held AND reported_at <= $3
           RETURNING subject_key, due_ref, state IN ('open', 'part', 'reopened', 'written_off') AS is_live`,
    values: [own.map(({ subject_key }) => subject_key), memberNo, instant(until)],
  });
  const count = released.filter(({ is_live }) => is_live).length;
  if (count > 0) await takeHeld(tx, memberNo, count);
  return released;
}

/** So many fewer of a member's dues are held. */
export async function takeHeld(tx: Tx, memberNo: number, count: number): Promise<void> {
  await tx.rows({
    name: 'take-held',
    text: 'UPDATE member SET held_dues = greatest(0, held_dues - $2::integer) WHERE member_no = $1',
    values: [memberNo, count],
  });
}
