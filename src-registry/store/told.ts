import type { Visibility } from '#domain/registry/words.ts';
import type { Tx } from './database.ts';

type Told = {
  readonly subjectKey: Uint8Array;
  readonly memberNo: number;
  readonly dueRef: Uint8Array;
  /** As it was read. */
  readonly told: string | null;
  readonly visibility: Visibility;
};

/** False where another run was faster. */
export async function setTold(
  tx: Tx,
  { subjectKey, memberNo, dueRef, told, visibility }: Told,
): Promise<boolean> {
  const rows = await tx.rows({
    name: 'set-told',
    text: `UPDATE due SET told = $5
           WHERE subject_key = $1 AND member_no = $2 AND due_ref = $3 AND told IS NOT DISTINCT FROM $4
           RETURNING member_no`,
    values: [subjectKey, memberNo, dueRef, told, visibility],
  });
  return rows.length > 0;
}
