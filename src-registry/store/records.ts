import type { Day } from '#domain/days.ts';
import type { PurposeCode } from '#domain/registry/words.ts';
import { instant } from '../clock.ts';
import type { FactsRow } from './checks.ts';
import type { Tx } from './database.ts';

// What a debtor reads of himself: whole rows, and everybody who looked.

export type RecordRow = FactsRow & {
  readonly due_ref: Buffer;
  readonly invoice_on: Day;
  readonly ver: number;
  readonly evidence_hash: Buffer | null;
  readonly basis_consent: string | null;
  readonly salt: Buffer;
  readonly batch_id: string;
  readonly item_at: number;
};

export type RecordPlace = { readonly reportedAt: number; readonly memberNo: number; readonly dueRef: Buffer };

type RecordsWish = {
  /** Null: whoever says it. */
  readonly members: readonly number[] | null;
  /** From behind this one on. */
  readonly after: RecordPlace | null;
  readonly most: number;
};

/** Newest first. */
export async function recordsOf(
  tx: Tx,
  subjectKey: Uint8Array,
  { members, after, most }: RecordsWish,
): Promise<readonly RecordRow[]> {
  return await tx.rows<RecordRow>({
    name: 'records-of-subject',
    text: `SELECT d.member_no, d.state, d.entity, d.due_on, d.amount_p, d.open_p, d.settled_on, d.evidence,
             d.reported_at, d.notice_on, d.notice_failed, d.held, d.questioned, d.dispute, d.subject,
             c.state AS consent_state, c.purpose AS consent_purpose, c.expires_at AS consent_until,
             d.due_ref, d.invoice_on, d.ver, d.evidence_hash, d.basis_consent, d.salt, d.batch_id, d.item_at
           FROM due d
           LEFT JOIN consent_of_subject c ON c.subject_key = d.subject_key AND c.consent_id = d.basis_consent
             AND c.member_no = d.member_no
           WHERE d.subject_key = $1 AND ($3::bigint[] IS NULL OR d.member_no = ANY ($3))
             AND ($4::timestamptz IS NULL OR d.reported_at < $4
               OR (d.reported_at = $4 AND (d.member_no, d.due_ref) > ($5::bigint, $6::bytea)))
           ORDER BY d.reported_at DESC, d.member_no, d.due_ref LIMIT $2`,
    values: [
      subjectKey,
      most,
      members === null ? null : [...members],
      after === null ? null : instant(after.reportedAt),
      after?.memberNo ?? null,
      after?.dueRef ?? null,
    ],
  });
}

/** Members who say something of him that they did not take back. */
export async function reporterCountOf(tx: Tx, subjectKey: Uint8Array): Promise<number> {
  const [row] = await tx.rows<{ readonly count: number }>({
    name: 'reporter-count',
    text: `SELECT count(DISTINCT member_no)::integer AS count FROM due WHERE subject_key = $1 AND state <> 'withdrawn'`,
    values: [subjectKey],
  });
  return row?.count ?? 0;
}

export type LookRow = {
  readonly member_no: number;
  readonly at: number;
  readonly purpose: PurposeCode;
  readonly consent_id: string | null;
  readonly outcome: 'told' | 'no_record' | 'refused';
};

/** Newest first. */
export async function looksOf(tx: Tx, subjectKey: Uint8Array, most: number): Promise<readonly LookRow[]> {
  return await tx.rows<LookRow>({
    name: 'looks-of-subject',
    text: `SELECT member_no, at, purpose, consent_id, outcome FROM access_log
           WHERE subject_key = $1 ORDER BY at DESC, look_id LIMIT $2`,
    values: [subjectKey, most],
  });
}

export async function addEraseRequest(
  tx: Tx,
  one: {
    readonly subjectKey: Uint8Array;
    readonly id: string;
    readonly reason: string;
    readonly at: number;
    /** From a contact that is known as the subject's own. */
    readonly isWhole: boolean;
  },
): Promise<void> {
  await tx.rows({
    name: 'add-erase-request',
    text: 'INSERT INTO erase_request (subject_key, request_id, reason, at, is_whole) VALUES ($1, $2, $3, $4, $5)',
    values: [one.subjectKey, one.id, one.reason, instant(one.at), one.isWhole],
  });
}

type Counted = { readonly subjectKey: Uint8Array; readonly isWhole: boolean; readonly most: number };

/** How many there are from contacts that are the subject's own, or from others; counted to no more than `most`. */
export async function eraseRequestsOf(tx: Tx, { subjectKey, isWhole, most }: Counted): Promise<number> {
  const rows = await tx.rows({
    name: 'erase-requests-of-subject',
    text: 'SELECT request_id FROM erase_request WHERE subject_key = $1 AND is_whole = $2 LIMIT $3',
    values: [subjectKey, isWhole, most],
  });
  return rows.length;
}
