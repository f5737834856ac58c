import { indiaDayOf, instant } from '../clock.ts';
import { setIdle } from './contact-vault.ts';
import type { Tx } from './database.ts';

// What is kept for a time and then goes, some rows at a time; each gives how many went. Keys are read first and rows deleted
// by them: an engine that spreads tables over machines takes both, and not the two in one statement.

export type Purge = { readonly before: number; readonly most: number };

export async function dropBodies(tx: Tx, { before, most }: Purge): Promise<number> {
  const keys = await tx.rows<{ readonly member_no: number; readonly batch_id: string }>({
    name: 'bodies-before',
    text: `SELECT member_no, batch_id FROM submission WHERE body IS NOT NULL AND received_at < $1
           ORDER BY received_at LIMIT $2`,
    values: [instant(before), most],
  });
  await tx.rows({
    name: 'drop-bodies',
    text: `UPDATE submission s SET body = NULL FROM unnest($1::bigint[], $2::uuid[]) AS w (member_no, batch_id)
           WHERE s.member_no = w.member_no AND s.batch_id = w.batch_id`,
    values: [keys.map((key) => key.member_no), keys.map((key) => key.batch_id)],
  });
  return keys.length;
}

/** With the artefacts that go, whose leaves stay in the log. */
export async function dropConsents(tx: Tx, { before, most }: Purge): Promise<readonly (string | null)[]> {
  const keys = await tx.rows<ConsentKey>({
    name: 'consents-before',
    text: `SELECT member_no, consent_id, subject_key, artefact FROM consent WHERE expires_at < $1
           ORDER BY expires_at LIMIT $2`,
    values: [instant(before), most],
  });
  return await deleteConsents(tx, keys);
}

type ConsentKey = {
  readonly member_no: number;
  readonly consent_id: string;
  readonly subject_key: Buffer;
  readonly artefact: string | null;
};

/** The same of one subject: such as were answered no, taken back, used or came to their end. */
export async function dropConsentsOf(
  tx: Tx,
  { subjectKey, now }: { readonly subjectKey: Uint8Array; readonly now: number },
): Promise<readonly (string | null)[]> {
  const keys = await tx.rows<ConsentKey>({
    text: `SELECT c.member_no, c.consent_id, c.subject_key, c.artefact FROM consent_of_subject s
           JOIN consent c ON c.member_no = s.member_no AND c.consent_id = s.consent_id
           WHERE s.subject_key = $1 AND (c.state NOT IN ('sent', 'held', 'granted') OR c.expires_at <= $2)`,
    values: [subjectKey, instant(now)],
  });
  return await deleteConsents(tx, keys);
}

async function deleteConsents(tx: Tx, keys: readonly ConsentKey[]): Promise<readonly (string | null)[]> {
  const [members, ids] = [keys.map((key) => key.member_no), keys.map((key) => key.consent_id)];
  await tx.rows({
    name: 'drop-consents',
    text: `DELETE FROM consent c USING unnest($1::bigint[], $2::uuid[]) AS w (member_no, consent_id)
           WHERE c.member_no = w.member_no AND c.consent_id = w.consent_id`,
    values: [members, ids],
  });
  await tx.rows({
    name: 'drop-consents-of-subject',
    text: `DELETE FROM consent_of_subject c
           USING unnest($1::bytea[], $2::uuid[], $3::bigint[]) AS w (subject_key, consent_id, member_no)
           WHERE c.subject_key = w.subject_key AND c.consent_id = w.consent_id AND c.member_no = w.member_no`,
    values: [keys.map((key) => key.subject_key), ids, members],
  });
  return keys.map(({ artefact }) => artefact);
}

export async function dropLinks(tx: Tx, { before, most }: Purge): Promise<number> {
  const keys = await tx.rows<{ readonly link: Buffer }>({
    name: 'links-before',
    text: 'SELECT link FROM consent_link WHERE expires_at < $1 ORDER BY expires_at LIMIT $2',
    values: [instant(before), most],
  });
  await tx.rows({
    name: 'drop-links',
    text: 'DELETE FROM consent_link WHERE link = ANY ($1)',
    values: [keys.map(({ link }) => link)],
  });
  return keys.length;
}

export async function dropLooks(tx: Tx, { before, most }: Purge): Promise<number> {
  const keys = await tx.rows<{ readonly subject_key: Buffer; readonly look_id: string }>({
    name: 'looks-before',
    text: 'SELECT subject_key, look_id FROM access_log WHERE at < $1 ORDER BY at LIMIT $2',
    values: [instant(before), most],
  });
  await tx.rows({
    name: 'drop-looks',
    text: `DELETE FROM access_log a USING unnest($1::bytea[], $2::uuid[]) AS w (subject_key, look_id)
           WHERE a.subject_key = w.subject_key AND a.look_id = w.look_id`,
    values: [keys.map((key) => key.subject_key), keys.map((key) => key.look_id)],
  });
  return keys.length;
}

export async function dropNoticesBefore(tx: Tx, { before, most }: Purge): Promise<number> {
  const keys = await tx.rows<{ readonly subject_key: Buffer; readonly notice_id: string }>({
    name: 'notices-before',
    text: 'SELECT subject_key, notice_id FROM notice WHERE queued_at < $1 ORDER BY queued_at LIMIT $2',
    values: [instant(before), most],
  });
  await tx.rows({
    name: 'drop-notices',
    text: `DELETE FROM notice n USING unnest($1::bytea[], $2::uuid[]) AS w (subject_key, notice_id)
           WHERE n.subject_key = w.subject_key AND n.notice_id = w.notice_id`,
    values: [keys.map((key) => key.subject_key), keys.map((key) => key.notice_id)],
  });
  return keys.length;
}

export async function dropFeed(tx: Tx, { before, most }: Purge): Promise<number> {
  const keys = await tx.rows<{ readonly member_no: number; readonly n: number }>({
    name: 'feed-before',
    text: 'SELECT member_no, n FROM feed WHERE at < $1 ORDER BY at LIMIT $2',
    values: [instant(before), most],
  });
  await tx.rows({
    name: 'drop-feed',
    text: `DELETE FROM feed f USING unnest($1::bigint[], $2::bigint[]) AS w (member_no, n)
           WHERE f.member_no = w.member_no AND f.n = w.n`,
    values: [keys.map((key) => key.member_no), keys.map((key) => key.n)],
  });
  return keys.length;
}

export async function dropEraseRequests(tx: Tx, { before, most }: Purge): Promise<number> {
  const keys = await tx.rows<{ readonly subject_key: Buffer; readonly request_id: string }>({
    name: 'erase-requests-before',
    text: 'SELECT subject_key, request_id FROM erase_request WHERE at < $1 ORDER BY at LIMIT $2',
    values: [instant(before), most],
  });
  await tx.rows({
    name: 'drop-erase-requests',
    text: `DELETE FROM erase_request e USING unnest($1::bytea[], $2::uuid[]) AS w (subject_key, request_id)
           WHERE e.subject_key = w.subject_key AND e.request_id = w.request_id`,
    values: [keys.map((key) => key.subject_key), keys.map((key) => key.request_id)],
  });
  await setIdle(
    tx,
    keys.map((key) => key.subject_key),
    indiaDayOf(before),
  );
  return keys.length;
}
