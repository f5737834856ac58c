import type { Day } from '#domain/days.ts';
import { instant } from '../clock.ts';
import type { Tx } from './database.ts';

export type DayPurge = { readonly until: Day; readonly most: number };

/** What another identifier of the same subject was said to be. */
export async function dropAliases(tx: Tx, { until, most }: DayPurge): Promise<number> {
  type Key = { readonly other_key: Buffer; readonly subject_key: Buffer; readonly member_no: number };
  const keys = await tx.rows<Key>({
    name: 'aliases-until',
    text: `SELECT other_key, subject_key, member_no FROM alias WHERE seen_on <= $1 ORDER BY seen_on LIMIT $2`,
    values: [until, most],
  });
  await tx.rows({
    name: 'drop-aliases',
    text: `DELETE FROM alias a
           USING unnest($1::bytea[], $2::bytea[], $3::bigint[]) AS w (other_key, subject_key, member_no)
           WHERE a.other_key = w.other_key AND a.subject_key = w.subject_key AND a.member_no = w.member_no`,
    values: [
      keys.map((key) => key.other_key),
      keys.map((key) => key.subject_key),
      keys.map((key) => key.member_no),
    ],
  });
  return keys.length;
}

/** Such as are closed: a running one is never that old. */
export async function dropDisputes(tx: Tx, { until, most }: DayPurge): Promise<number> {
  type Key = { readonly subject_key: Buffer; readonly dispute_id: string; readonly member_no: number };
  const keys = await tx.rows<Key>({
    name: 'disputes-until',
    text: `SELECT subject_key, dispute_id, member_no FROM dispute WHERE opened_on <= $1
           ORDER BY opened_on LIMIT $2`,
    values: [until, most],
  });
  const [subjects, ids] = [keys.map((key) => key.subject_key), keys.map((key) => key.dispute_id)];
  await tx.rows({
    name: 'drop-disputes',
    text: `DELETE FROM dispute p USING unnest($1::bytea[], $2::uuid[]) AS w (subject_key, dispute_id)
           WHERE p.subject_key = w.subject_key AND p.dispute_id = w.dispute_id`,
    values: [subjects, ids],
  });
  await tx.rows({
    name: 'drop-disputes-of-member',
    text: `DELETE FROM dispute_of_member p USING unnest($1::bigint[], $2::uuid[]) AS w (member_no, dispute_id)
           WHERE p.member_no = w.member_no AND p.dispute_id = w.dispute_id`,
    values: [keys.map((key) => key.member_no), ids],
  });
  return keys.length;
}

export type ContactPlace = { readonly seenOn: Day; readonly subjectKey: Buffer };

/** Where contacts lie that nobody named since `until`, oldest first, from behind a place on. */
export async function oldContacts(
  tx: Tx,
  { until, most, after }: DayPurge & { readonly after: ContactPlace | null },
): Promise<readonly ContactPlace[]> {
  const rows = await tx.rows<{ readonly seen_on: Day; readonly subject_key: Buffer }>({
    name: 'old-contacts',
    text: `SELECT seen_on, subject_key FROM contact WHERE seen_on <= $1 AND (seen_on, subject_key) > ($2, $3)
           GROUP BY seen_on, subject_key ORDER BY seen_on, subject_key LIMIT $4`,
    values: [until, after?.seenOn ?? '0001-01-01', after?.subjectKey ?? Buffer.alloc(0), most],
  });
  return rows.map(({ seen_on, subject_key }) => ({ seenOn: seen_on, subjectKey: subject_key }));
}

/** Those of them of whom something is open or was settled since `until`, or of whom something is asked or allowed. */
export async function subjectsInUse(
  tx: Tx,
  { keys, until, now }: { readonly keys: readonly Buffer[]; readonly until: Day; readonly now: number },
): Promise<readonly Buffer[]> {
  const owing = await tx.rows<{ readonly subject_key: Buffer }>({
    name: 'subjects-owing',
    text: `SELECT DISTINCT subject_key FROM due WHERE subject_key = ANY ($1)
             AND (state IN ('open', 'part', 'reopened', 'written_off') OR settled_on > $2)`,
    values: [[...keys], until],
  });
  const asked = await tx.rows<{ readonly subject_key: Buffer }>({
    name: 'subjects-asked',
    text: `SELECT DISTINCT subject_key FROM consent_of_subject WHERE subject_key = ANY ($1)
             AND state IN ('sent', 'held', 'granted') AND expires_at > $2`,
    values: [[...keys], instant(now)],
  });
  return [...owing, ...asked].map(({ subject_key }) => subject_key);
}

/** With the last of them goes the key that they were encrypted with. */
export async function forgetContacts(tx: Tx, subjectKey: Uint8Array, until: Day): Promise<void> {
  await tx.rows({
    name: 'forget-contacts',
    text: 'DELETE FROM contact WHERE subject_key = $1 AND seen_on <= $2',
    values: [subjectKey, until],
  });
  await tx.rows({
    name: 'forget-contact-key',
    text: `DELETE FROM contact_vault v WHERE v.subject_key = $1
             AND NOT EXISTS (SELECT 1 FROM contact c WHERE c.subject_key = $1)`,
    values: [subjectKey],
  });
}
