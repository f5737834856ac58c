import type { EntityKind } from '#domain/registry/words.ts';
import { instant } from '../clock.ts';
import type { Tx } from './database.ts';
import type { DueKeyRow } from './erase-dues.ts';

// What debtors asked to be erased, and what stands under a subject. The operator's own statements: each runs when somebody
// types a command, and may look through a whole table.

/** 'erased' before the debtor was told, too: the request is open until then. */
export type ErasureOutcome = 'erased' | RefusalCode;

/** He is a company and owes it still; what is said of him is being disputed; a law wants it kept. */
export const refusalCodes = ['still-owed-company', 'dispute-open', 'law-keeps'] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export type ErasureRow = {
  readonly subject_key: Buffer;
  readonly request_id: string;
  /** Sealed as his contacts are, base64; '' once it is erased. */
  readonly reason: string;
  readonly at: number;
  /** It was asked from a contact that is known as the subject's own. */
  readonly is_whole: boolean;
  readonly outcome: ErasureOutcome | null;
  readonly closed_at: number | null;
};

const COLUMNS = 'subject_key, request_id, reason, at, is_whole, outcome, closed_at';

/** Oldest first. */
export async function openErasures(tx: Tx): Promise<readonly ErasureRow[]> {
  return await tx.rows<ErasureRow>({
    text: `SELECT ${COLUMNS} FROM erase_request WHERE closed_at IS NULL ORDER BY at, request_id`,
  });
}

export async function erasureOf(tx: Tx, requestId: string): Promise<ErasureRow | null> {
  const [row] = await tx.rows<ErasureRow>({
    text: `SELECT ${COLUMNS} FROM erase_request WHERE request_id = $1`,
    values: [requestId],
  });
  return row ?? null;
}

/** How many are open, and how many of them were asked before then. */
export async function waitingErasures(
  tx: Tx,
  before: number,
): Promise<{ readonly late: number; readonly open: number }> {
  const [row] = await tx.rows<{ readonly late: number; readonly open: number }>({
    text: `SELECT count(*) FILTER (WHERE at < $1)::integer AS late, count(*)::integer AS open
           FROM erase_request WHERE closed_at IS NULL`,
    values: [instant(before)],
  });
  return row ?? { late: 0, open: 0 };
}

export type StandingUnder = {
  readonly dues: number;
  readonly consents: number;
  readonly looks: number;
  /** Disputes that run. */
  readonly disputes: number;
};

export async function standingUnder(tx: Tx, subjectKey: Uint8Array): Promise<StandingUnder> {
  const [row] = await tx.rows<StandingUnder>({
    text: `SELECT (SELECT count(*)::integer FROM due WHERE subject_key = $1) AS dues,
             (SELECT count(*)::integer FROM consent_of_subject WHERE subject_key = $1) AS consents,
             (SELECT count(*)::integer FROM access_log WHERE subject_key = $1) AS looks,
             (SELECT count(*)::integer FROM dispute WHERE subject_key = $1 AND state IN ('open', 'contested')) AS disputes`,
    values: [subjectKey],
  });
  return row ?? { dues: 0, consents: 0, looks: 0, disputes: 0 };
}

/** Null where the registry never saw a PAN: of a mobile alone, or of a GSTIN without one. */
export async function isPersonsKey(tx: Tx, subjectKey: Uint8Array): Promise<boolean | null> {
  const [row] = await tx.rows<{ readonly is_person: boolean | null }>({
    text: 'SELECT is_person FROM subject_entity WHERE subject_key = $1',
    values: [subjectKey],
  });
  return row?.is_person ?? null;
}

export type ErasableDue = DueKeyRow & {
  readonly entity: EntityKind;
  /** It rests on a consent that the debtor took back. */
  readonly is_withdrawn: boolean;
};

/** Locked until the commit: what is said of them meanwhile waits. */
export async function lockedDuesOf(tx: Tx, subjectKey: Uint8Array): Promise<readonly ErasableDue[]> {
  return await tx.rows<ErasableDue>({
    text: `SELECT d.subject_key, d.member_no, d.due_ref, d.entity,
             EXISTS (SELECT 1 FROM consent_of_subject c WHERE c.subject_key = d.subject_key
               AND c.consent_id = d.basis_consent AND c.member_no = d.member_no AND c.state = 'revoked') AS is_withdrawn
           FROM due d WHERE d.subject_key = $1 ORDER BY d.member_no, d.due_ref FOR UPDATE OF d`,
    values: [subjectKey],
  });
}

type Outcome = { readonly subjectKey: Uint8Array; readonly outcome: ErasureOutcome };

/** Of every request of the subject that is open: all of them ask for the same. */
export async function setErased(tx: Tx, subjectKey: Uint8Array): Promise<void> {
  await tx.rows({
    text: `UPDATE erase_request SET outcome = 'erased' WHERE subject_key = $1 AND closed_at IS NULL`,
    values: [subjectKey],
  });
}

/** What he wrote goes with it. */
export async function closeErased(tx: Tx, subjectKey: Uint8Array, at: number): Promise<void> {
  await tx.rows({
    text: `UPDATE erase_request SET reason = '', closed_at = $2 WHERE subject_key = $1 AND outcome = 'erased'
             AND closed_at IS NULL`,
    values: [subjectKey, instant(at)],
  });
}

/** False where somebody else has answered it meanwhile. */
export async function closeRefused(
  tx: Tx,
  { subjectKey, requestId, outcome, at }: Outcome & { readonly requestId: string; readonly at: number },
): Promise<boolean> {
  const closed = await tx.rows({
    text: `UPDATE erase_request SET outcome = $3, closed_at = $4
           WHERE subject_key = $1 AND request_id = $2 AND outcome IS NULL RETURNING 1`,
    values: [subjectKey, requestId, outcome, instant(at)],
  });
  return closed.length > 0;
}

/** Results of looks, counts, sessions and messages that wait: none of it is proof of anything. */
export async function dropKeptOf(tx: Tx, subjectKey: Uint8Array): Promise<void> {
  for (const text of [
    'DELETE FROM check_result WHERE subject_key = $1',
    'DELETE FROM subject_summary WHERE subject_key = $1',
    'DELETE FROM session WHERE subject_key = $1',
    `DELETE FROM notice WHERE subject_key = $1 AND state = 'queued'`,
    'DELETE FROM alias WHERE subject_key = $1 OR other_key = $1',
  ])
    await tx.rows({ text, values: [subjectKey] });
}

/** How he is reached, whoever said it, and which of it was used; the key that it was sealed with goes, too. */
export async function dropContactsOf(tx: Tx, subjectKey: Uint8Array): Promise<void> {
  for (const text of [
    'DELETE FROM contact WHERE subject_key = $1',
    'DELETE FROM notice_contact WHERE subject_key = $1',
    'DELETE FROM contact_vault WHERE subject_key = $1',
  ])
    await tx.rows({ text, values: [subjectKey] });
}
