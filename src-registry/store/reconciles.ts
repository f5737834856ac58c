import { instant } from '../clock.ts';
import type { Tx } from './database.ts';

// The monthly full reconcile: what the member named is seen, what he did not name is asked about. Nothing is deleted.

type Seen = { readonly memberNo: number; readonly at: number; readonly dueRefs: readonly Buffer[] };

/** Named as the registry has them. Those that had been asked about. */
export async function setSeen(
  tx: Tx,
  { memberNo, at, dueRefs }: Seen,
): Promise<readonly { readonly due_ref: Buffer; readonly subject_key: Buffer }[]> {
  if (dueRefs.length === 0) return [];
  const asked = await tx.rows<{ readonly due_ref: Buffer; readonly subject_key: Buffer }>({
    name: 'asked-about',
    text: `SELECT t.due_ref, t.subject_key FROM unnest($2::bytea[]) AS w (due_ref)
           JOIN member_due t ON t.member_no = $1 AND t.due_ref = w.due_ref WHERE t.questioned > 0`,
    values: [memberNo, [...dueRefs]],
  });
  await tx.rows({
    name: 'set-seen',
    text: `UPDATE member_due t SET seen_at = $3, questioned = 0 FROM unnest($2::bytea[]) AS w (due_ref)
           WHERE t.member_no = $1 AND t.due_ref = w.due_ref AND t.state <> 'withdrawn'`,
    values: [memberNo, [...dueRefs], instant(at)],
  });
  return asked;
}

export type QuestionedRow = {
  readonly due_ref: Buffer;
  readonly subject_key: Buffer;
  readonly questioned: number;
};

/** Dues that speak against somebody and were not named since the reconcile began, each asked about once more. */
export async function questionUnseen(
  tx: Tx,
  memberNo: number,
  beganAt: number,
): Promise<readonly QuestionedRow[]> {
  return await tx.rows<QuestionedRow>({
    name: 'question-unseen',
    text: `UPDATE member_due SET questioned = questioned + 1
           WHERE member_no = $1 AND seen_at < $2 AND state IN ('open', 'part', 'reopened', 'written_off')
           RETURNING due_ref, subject_key, questioned`,
    values: [memberNo, instant(beganAt)],
  });
}

type Questions = {
  readonly memberNo: number;
  readonly rows: readonly { readonly due_ref: Buffer; readonly subject_key: Buffer }[];
  /** 0 for those that were named again. */
  readonly add: 0 | 1;
};

/** The same where checks read it. */
export async function setQuestioned(tx: Tx, { memberNo, rows, add }: Questions): Promise<void> {
  if (rows.length === 0) return;
  await tx.rows({
    name: 'set-questioned',
    text: `UPDATE due SET questioned = CASE WHEN $5 = 0 THEN 0 ELSE due.questioned + 1 END
           FROM unnest($2::bytea[], $3::bytea[]) AS w (subject_key, due_ref)
           WHERE due.subject_key = w.subject_key AND due.member_no = $1 AND due.due_ref = w.due_ref
             AND due.subject_key = ANY($4)`,
    values: [
      memberNo,
      rows.map(({ subject_key }) => subject_key),
      rows.map(({ due_ref }) => due_ref),
      rows.map(({ subject_key }) => subject_key),
      add,
    ],
  });
}
