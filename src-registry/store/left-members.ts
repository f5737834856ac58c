import type { Day } from '#domain/days.ts';
import type { Tx } from './database.ts';

/** Members who left on `until` or before, and of whom it is kept how they are reached. */
export async function leftMembers(
  tx: Tx,
  { until, most }: { readonly until: Day; readonly most: number },
): Promise<readonly number[]> {
  const rows = await tx.rows<{ readonly member_no: number }>({
    name: 'left-members',
    text: `SELECT member_no FROM member WHERE status = 'left' AND contact_ct <> '' AND left_on <= $1
           ORDER BY left_on LIMIT $2`,
    values: [until, most],
  });
  return rows.map(({ member_no }) => member_no);
}

/** How they were reached; whoever came back meanwhile keeps it. Whose it was. */
export async function dropLeftContacts(
  tx: Tx,
  memberNos: readonly number[],
  until: Day,
): Promise<readonly number[]> {
  const rows = await tx.rows<{ readonly member_no: number }>({
    name: 'drop-left-contacts',
    text: `UPDATE member SET contact_ct = '' WHERE member_no = ANY ($1) AND status = 'left' AND left_on <= $2
           RETURNING member_no`,
    values: [[...memberNos], until],
  });
  return rows.map(({ member_no }) => member_no);
}
