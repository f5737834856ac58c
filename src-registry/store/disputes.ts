import type { Day } from '#domain/days.ts';
import type { DisputeReason, DisputeState, DueState } from '#domain/registry/words.ts';
import type { Tx } from './database.ts';

export type DisputeRow = {
  readonly subject_key: Buffer;
  readonly dispute_id: string;
  readonly member_no: number;
  readonly due_ref: Buffer;
  readonly reason: DisputeReason;
  readonly state: DisputeState;
  readonly opened_on: Day;
  readonly answered_on: Day | null;
};

const COLUMNS = 'subject_key, dispute_id, member_no, due_ref, reason, state, opened_on, answered_on';

export async function disputesOfSubject(tx: Tx, subjectKey: Uint8Array): Promise<readonly DisputeRow[]> {
  return await tx.rows<DisputeRow>({
    name: 'disputes-of-subject',
    text: `SELECT ${COLUMNS} FROM dispute WHERE subject_key = $1 ORDER BY opened_on, dispute_id LIMIT 2000`,
    values: [subjectKey],
  });
}

/** Locked until the commit. */
export async function lockedDispute(
  tx: Tx,
  subjectKey: Uint8Array,
  disputeId: string,
): Promise<DisputeRow | null> {
  const [row] = await tx.rows<DisputeRow>({
    name: 'locked-dispute',
    text: `SELECT ${COLUMNS} FROM dispute WHERE subject_key = $1 AND dispute_id = $2 FOR UPDATE`,
    values: [subjectKey, disputeId],
  });
  return row ?? null;
}

export async function subjectOfDispute(tx: Tx, memberNo: number, disputeId: string): Promise<Buffer | null> {
  const [row] = await tx.rows<{ readonly subject_key: Buffer }>({
    name: 'subject-of-dispute',
    text: 'SELECT subject_key FROM dispute_of_member WHERE member_no = $1 AND dispute_id = $2',
    values: [memberNo, disputeId],
  });
  return row?.subject_key ?? null;
}

export type DueOfDispute = { readonly state: DueState; readonly dispute: DisputeState | null };

type Which = { readonly subjectKey: Uint8Array; readonly memberNo: number; readonly dueRef: Uint8Array };

/** Locked until the commit: what the member says of it meanwhile waits. */
export async function lockedDue(
  tx: Tx,
  { subjectKey, memberNo, dueRef }: Which,
): Promise<DueOfDispute | null> {
  const [row] = await tx.rows<DueOfDispute>({
    name: 'locked-due',
    text: `SELECT state, dispute FROM due WHERE subject_key = $1 AND member_no = $2 AND due_ref = $3 FOR UPDATE`,
    values: [subjectKey, memberNo, dueRef],
  });
  return row ?? null;
}

/** What hides the due, or shows it again. */
export async function setDisputeOfDue(
  tx: Tx,
  { subjectKey, memberNo, dueRef }: Which,
  state: DisputeState,
): Promise<void> {
  await tx.rows({
    name: 'set-dispute-of-due',
    text: 'UPDATE due SET dispute = $4 WHERE subject_key = $1 AND member_no = $2 AND due_ref = $3',
    values: [subjectKey, memberNo, dueRef, state],
  });
}

export type NewDispute = Omit<DisputeRow, 'state' | 'answered_on'> & { readonly proof: Uint8Array | null };

/** False where its id is that of another one of the subject's, or of the member's. */
export async function insertDispute(tx: Tx, one: NewDispute): Promise<boolean> {
  const made = await tx.rows({
    name: 'insert-dispute',
    text: `INSERT INTO dispute (subject_key, dispute_id, member_no, due_ref, reason, state, opened_on, proof)
           VALUES ($1, $2, $3, $4, $5, 'open', $6, $7)
           ON CONFLICT (subject_key, dispute_id) DO NOTHING RETURNING 1`,
    values: [
      one.subject_key,
      one.dispute_id,
      one.member_no,
      one.due_ref,
      one.reason,
      one.opened_on,
      one.proof,
    ],
  });
  const named = await tx.rows({
    name: 'insert-dispute-of-member',
    text: `INSERT INTO dispute_of_member (member_no, dispute_id, subject_key) VALUES ($1, $2, $3)
           ON CONFLICT (member_no, dispute_id) DO NOTHING RETURNING 1`,
    values: [one.member_no, one.dispute_id, one.subject_key],
  });
  return made.length > 0 && named.length > 0;
}

export type DisputeAnswer = {
  readonly subjectKey: Uint8Array;
  readonly disputeId: string;
  readonly state: DisputeState;
  readonly day: Day;
  readonly proof: Uint8Array | null;
};

/** The first answer's day stays. */
export async function setAnswer(tx: Tx, answer: DisputeAnswer): Promise<void> {
  await tx.rows({
    name: 'answer-dispute',
    text: `UPDATE dispute SET state = $3, answered_on = coalesce(answered_on, $4), answer_proof = $5
           WHERE subject_key = $1 AND dispute_id = $2`,
    values: [answer.subjectKey, answer.disputeId, answer.state, answer.day, answer.proof],
  });
}
