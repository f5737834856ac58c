import type { Day } from '#domain/days.ts';
import type { Tx } from './database.ts';

// Where a subject's notices went: one message a day, so the day says which dues it told of.

type Reached = {
  readonly subjectKey: Uint8Array;
  readonly contactKeys: readonly Uint8Array[];
  readonly day: Day;
};

export async function addReached(tx: Tx, { subjectKey, contactKeys, day }: Reached): Promise<void> {
  await tx.rows({
    name: 'add-reached',
    text: `INSERT INTO notice_contact (subject_key, told_on, contact_key)
           SELECT $1, $2, w.* FROM unnest($3::bytea[]) AS w (contact_key)
           ON CONFLICT (subject_key, contact_key, told_on) DO NOTHING`,
    values: [subjectKey, day, [...contactKeys]],
  });
}

export async function daysReached(
  tx: Tx,
  subjectKey: Uint8Array,
  contactKey: Uint8Array,
): Promise<readonly Day[]> {
  const rows = await tx.rows<{ readonly told_on: Day }>({
    name: 'days-reached',
    text: 'SELECT told_on FROM notice_contact WHERE subject_key = $1 AND contact_key = $2',
    values: [subjectKey, contactKey],
  });
  return rows.map(({ told_on }) => told_on);
}

export type UntoldDue = { readonly member_no: number; readonly due_ref: Buffer };

/**
 * Dues of which the subject was told on none of these days are as if he had never been told, whatever proof their reporter
 * names: nobody has looked at it.
 */
export async function untellDues(
  tx: Tx,
  { subjectKey, days }: { readonly subjectKey: Uint8Array; readonly days: readonly Day[] },
): Promise<readonly UntoldDue[]> {
  return await tx.rows<UntoldDue>({
    name: 'untell-dues',
    text: `UPDATE due SET notice_on = NULL, reminded = 0
           WHERE subject_key = $1 AND notice_on IS NOT NULL AND notice_on <> ALL ($2::date[])
             AND state <> 'withdrawn'
           RETURNING member_no, due_ref`,
    values: [subjectKey, [...days]],
  });
}

/** How many went. */
export async function dropReached(
  tx: Tx,
  { until, most }: { readonly until: Day; readonly most: number },
): Promise<number> {
  type Key = { readonly subject_key: Buffer; readonly contact_key: Buffer; readonly told_on: Day };
  const keys = await tx.rows<Key>({
    name: 'reached-until',
    text: `SELECT subject_key, contact_key, told_on FROM notice_contact WHERE told_on <= $1
           ORDER BY told_on LIMIT $2`,
    values: [until, most],
  });
  await tx.rows({
    name: 'drop-reached',
    text: `DELETE FROM notice_contact n
           USING unnest($1::bytea[], $2::bytea[], $3::date[]) AS w (subject_key, contact_key, told_on)
           WHERE n.subject_key = w.subject_key AND n.contact_key = w.contact_key AND n.told_on = w.told_on`,
    values: [
      keys.map((key) => key.subject_key),
      keys.map((key) => key.contact_key),
      keys.map((key) => key.told_on),
    ],
  });
  return keys.length;
}
