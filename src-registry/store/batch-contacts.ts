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
