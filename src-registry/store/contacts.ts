import type { Day } from '#domain/days.ts';
import { instant } from '../clock.ts';
import type { Tx } from './database.ts';

// What members say a subject can be reached under. Each contact is sealed; equal ones have equal keys.

export type ContactRow = {
  readonly contact_key: Buffer;
  readonly member_no: number;
  readonly ct: Buffer;
  readonly is_registered: boolean;
  readonly lang: 'en' | 'hi';
  readonly first_at: number;
  /** When the debtor last decided something from it; null where he never did. */
  readonly used_on: Day | null;
};

/** More than these are not looked at: nobody has so many numbers. */
const CONTACTS_MOST = 500;

export async function contactsOf(tx: Tx, subjectKey: Uint8Array): Promise<readonly ContactRow[]> {
  return await tx.rows<ContactRow>({
    name: 'contacts-of-subject',
    text: `SELECT contact_key, member_no, ct, is_registered, lang, first_at, used_on FROM contact
           WHERE subject_key = $1 ORDER BY is_registered DESC, seen_on DESC, contact_key LIMIT ${CONTACTS_MOST}`,
    values: [subjectKey],
  });
}

export type NewContact = {
  readonly subjectKey: Uint8Array;
  readonly contactKey: Uint8Array;
  readonly memberNo: number;
  readonly sealed: Uint8Array;
  readonly lang: 'en' | 'hi';
  readonly day: Day;
  /** UTC milliseconds. */
  readonly at: number;
};

/** The same one told again is seen again. */
export async function tellContact(tx: Tx, contact: NewContact): Promise<void> {
  await tx.rows({
    name: 'tell-contact',
    text: `INSERT INTO contact AS c (subject_key, contact_key, member_no, ct, lang, seen_on, first_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (subject_key, contact_key, member_no)
           DO UPDATE SET seen_on = excluded.seen_on, lang = excluded.lang`,
    values: [
      contact.subjectKey,
      contact.contactKey,
      contact.memberNo,
      contact.sealed,
      contact.lang,
      contact.day,
      instant(contact.at),
    ],
  });
}

/** Of one member's contacts of a subject the last few are kept: nobody tries number after number. */
export async function dropOldContacts(
  tx: Tx,
  { subjectKey, memberNo, most }: Pick<NewContact, 'subjectKey' | 'memberNo'> & { readonly most: number },
): Promise<void> {
  await tx.rows({
    name: 'drop-old-contacts',
    text: `DELETE FROM contact WHERE subject_key = $1 AND member_no = $2 AND NOT is_registered AND contact_key IN (
             SELECT contact_key FROM contact WHERE subject_key = $1 AND member_no = $2
             ORDER BY seen_on DESC, contact_key OFFSET $3)`,
    values: [subjectKey, memberNo, most],
  });
}

type Own = { readonly subjectKey: Uint8Array; readonly contactKey: Uint8Array };

/** The debtor answered from it on this day. True where he never had. */
export async function registerContact(
  tx: Tx,
  { subjectKey, contactKey, day }: Own & { readonly day: Day },
): Promise<boolean> {
  const before = await tx.rows({
    name: 'registered-contact',
    text: 'SELECT 1 FROM contact WHERE subject_key = $1 AND contact_key = $2 AND is_registered LIMIT 1',
    values: [subjectKey, contactKey],
  });
  const now = await tx.rows({
    name: 'register-contact',
    text: `UPDATE contact SET is_registered = true, used_on = $3 WHERE subject_key = $1 AND contact_key = $2
           RETURNING 1`,
    values: [subjectKey, contactKey, day],
  });
  return before.length === 0 && now.length > 0;
}

/** Whoever answers there says that he is not the subject: nobody's word about it counts until it is said anew. */
export async function dropContact(tx: Tx, { subjectKey, contactKey }: Own): Promise<void> {
  await tx.rows({
    name: 'drop-contact',
    text: 'DELETE FROM contact WHERE subject_key = $1 AND contact_key = $2',
    values: [subjectKey, contactKey],
  });
}
