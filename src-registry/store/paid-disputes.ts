import type { Day } from '#domain/days.ts';
import type { Tx } from './database.ts';

export type PaidDispute = { readonly dispute_id: string; readonly due_ref: Buffer };

type PaidDues = {
  readonly dues: readonly { readonly subject_key: Buffer; readonly due_ref: Buffer }[];
  readonly day: Day;
};

/** Disputes of dues that the member has just settled: there is nothing left to judge. Those that were open. */
export async function closePaidDisputes(
  tx: Tx,
  memberNo: number,
  { dues, day }: PaidDues,
): Promise<readonly PaidDispute[]> {
  if (dues.length === 0) return [];
  return await tx.rows<PaidDispute>({
    name: 'close-paid-disputes',
    text: `UPDATE dispute SET state = 'resolved_paid', closed_on = $4
           WHERE subject_key = ANY($1) AND member_no = $2 AND due_ref = ANY($3) AND state IN ('open', 'contested')
           RETURNING dispute_id, due_ref`,
    values: [dues.map(({ subject_key }) => subject_key), memberNo, dues.map(({ due_ref }) => due_ref), day],
  });
}
