import type { Day } from '#domain/days.ts';
import type { DisputeState, DueState } from '#domain/registry/words.ts';
import type { Tx } from './database.ts';

// Disputes as their clocks see them.

export type RunningDispute = {
  readonly subject_key: Buffer;
  readonly dispute_id: string;
};

/** Open or contested ones, oldest first, from behind one of them on. */
export async function runningDisputes(
  tx: Tx,
  {
    after,
    most,
  }: { readonly after: { readonly day: Day; readonly id: string } | null; readonly most: number },
): Promise<readonly (RunningDispute & { readonly opened_on: Day })[]> {
  return await tx.rows({
    name: 'running-disputes',
    text: `SELECT subject_key, dispute_id, opened_on FROM dispute
           WHERE state IN ('open', 'contested') AND (opened_on, dispute_id) > ($1, $2)
           ORDER BY opened_on, dispute_id LIMIT $3`,
    values: [after?.day ?? '0001-01-01', after?.id ?? '00000000-0000-0000-0000-000000000000', most],
  });
}

export type ClockRow = {
  readonly member_no: number;
  readonly due_ref: Buffer;
  readonly state: DisputeState;
  readonly opened_on: Day;
  readonly answered_on: Day | null;
  readonly reminded: number;
  /** Null where the due is erased already. */
  readonly due_state: DueState | null;
  readonly due_dispute: DisputeState | null;
};

/** Locked until the commit. */
export async function lockedClock(
  tx: Tx,
  { subject_key, dispute_id }: RunningDispute,
): Promise<ClockRow | null> {
  const [row] = await tx.rows<ClockRow>({
    name: 'locked-clock',
    text: `SELECT p.member_no, p.due_ref, p.state, p.opened_on, p.answered_on, p.reminded, d.state AS due_state,
             d.dispute AS due_dispute
           FROM dispute p LEFT JOIN due d ON d.subject_key = p.subject_key AND d.member_no = p.member_no
             AND d.due_ref = p.due_ref
           WHERE p.subject_key = $1 AND p.dispute_id = $2 FOR UPDATE OF p`,
    values: [subject_key, dispute_id],
  });
  return row ?? null;
}

type Which = RunningDispute & Pick<ClockRow, 'member_no' | 'due_ref'>;

export async function closeDispute(
  tx: Tx,
  { subject_key, dispute_id, member_no, due_ref }: Which,
  { state, day }: { readonly state: DisputeState; readonly day: Day },
): Promise<void> {
  await tx.rows({
    name: 'close-dispute',
    text: 'UPDATE dispute SET state = $3, closed_on = $4 WHERE subject_key = $1 AND dispute_id = $2',
    values: [subject_key, dispute_id, state, day],
  });
  await tx.rows({
    name: 'close-dispute-of-due',
    text: `UPDATE due SET dispute = $4
           WHERE subject_key = $1 AND member_no = $2 AND due_ref = $3 AND dispute IN ('open', 'contested')`,
    values: [subject_key, member_no, due_ref, state],
  });
}

export async function setDisputeReminded(
  tx: Tx,
  { subject_key, dispute_id }: RunningDispute,
  reminded: number,
): Promise<void> {
  await tx.rows({
    name: 'set-dispute-reminded',
    text: 'UPDATE dispute SET reminded = $3 WHERE subject_key = $1 AND dispute_id = $2',
    values: [subject_key, dispute_id, reminded],
  });
}
