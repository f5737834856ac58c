import type { Day } from '#domain/days.ts';
import { instant } from '../clock.ts';
import type { Tx } from './database.ts';
import type { NewContact } from './contacts.ts';

/** Contacts that came with a batch. Of which subjects there are some that were not known before. */
export async function addContacts(
  tx: Tx,
  {
    memberNo,
    day,
    at,
    contacts,
  }: {
    readonly memberNo: number;
    readonly day: Day;
    readonly at: number;
    readonly contacts: readonly Omit<NewContact, 'memberNo' | 'day' | 'at'>[];
  },
): Promise<readonly Buffer[]> {
  if (contacts.length === 0) return [];
  const keys = [contacts.map(({ subjectKey }) => subjectKey), contacts.map(({ contactKey }) => contactKey)];
  const made = await tx.rows<{ readonly subject_key: Buffer }>({
    name: 'add-contacts',
    text: `INSERT INTO contact (member_no, seen_on, first_at, subject_key, contact_key, ct, lang)
           SELECT $1, $2, $7, w.* FROM unnest($3::bytea[], $4::bytea[], $5::bytea[], $6::text[]) AS w
           ON CONFLICT (subject_key, contact_key, member_no) DO NOTHING RETURNING subject_key`,
    values: [
      memberNo,
      day,
      ...keys,
      contacts.map(({ sealed }) => sealed),
      contacts.map(({ lang }) => lang),
      instant(at),
    ],
  });
  if (made.length < contacts.length)
    await tx.rows({
      name: 'see-contacts',
      text: `UPDATE contact SET seen_on = $2 WHERE subject_key = ANY($3) AND contact_key = ANY($4)
               AND member_no = $1 AND seen_on < $2`,
      values: [memberNo, day, ...keys],
    });
  return made.map(({ subject_key }) => subject_key);
}

type Keeping = { readonly memberNo: number; readonly subjectKeys: readonly Buffer[]; readonly most: number };

/** Of one member's contacts of each subject the last few are kept: nobody pushes off what others say by saying very much. */
export async function keepLastContacts(tx: Tx, { memberNo, subjectKeys, most }: Keeping): Promise<void> {
  if (subjectKeys.length === 0) return;
  type Key = { readonly subject_key: Buffer; readonly contact_key: Buffer };
  const old = await tx.rows<Key>({
    name: 'contacts-too-many',
    text: `SELECT subject_key, contact_key FROM (
             SELECT subject_key, contact_key, is_registered,
               row_number() OVER (PARTITION BY subject_key ORDER BY seen_on DESC, contact_key) AS nth
             FROM contact WHERE subject_key = ANY ($1) AND member_no = $2) AS own
           WHERE nth > $3 AND NOT is_registered`,
    values: [[...subjectKeys], memberNo, most],
  });
  if (old.length === 0) return;
  await tx.rows({
    name: 'drop-contacts-too-many',
    text: `DELETE FROM contact c USING unnest($1::bytea[], $2::bytea[]) AS w (subject_key, contact_key)
           WHERE c.subject_key = ANY ($1) AND c.subject_key = w.subject_key AND c.contact_key = w.contact_key
             AND c.member_no = $3 AND NOT c.is_registered`,
    values: [old.map((key) => key.subject_key), old.map((key) => key.contact_key), memberNo],
  });
}

/** Where a notice reached nobody, a new contact lets it be tried again. */
export async function retryNotices(tx: Tx, subjectKeys: readonly Buffer[]): Promise<void> {
  if (subjectKeys.length === 0) return;
  await tx.rows({
    name: 'retry-notices',
    text: `UPDATE due SET notice_failed = false
           WHERE subject_key = ANY($1) AND notice_on IS NULL AND notice_failed`,
    values: [[...subjectKeys]],
  });
}
