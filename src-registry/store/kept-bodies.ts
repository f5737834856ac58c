import { instant } from '../clock.ts';
import type { Tx } from './database.ts';

// The signed bytes of a member's batches, as long as they are kept.

export type KeptBodyRow = { readonly batch_id: string; readonly body: Buffer };

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Such as came at `since` (UTC milliseconds) or later, in the order of their ids, from behind one of them on. */
export async function bodiesFrom(
  tx: Tx,
  of: {
    readonly memberNo: number;
    readonly since: number;
    readonly after: string | null;
    readonly most: number;
  },
): Promise<readonly KeptBodyRow[]> {
  return await tx.rows<KeptBodyRow>({
    name: 'bodies-from',
    text: `SELECT batch_id, body FROM submission
           WHERE member_no = $1 AND batch_id > $2 AND received_at >= $3 AND body IS NOT NULL
           ORDER BY batch_id LIMIT $4`,
    values: [of.memberNo, of.after ?? FIRST_ID, instant(of.since), of.most],
  });
}

export async function setBody(
  tx: Tx,
  of: { readonly memberNo: number; readonly batchId: string; readonly body: Uint8Array },
): Promise<void> {
  await tx.rows({
    name: 'set-body',
    text: 'UPDATE submission SET body = $3 WHERE member_no = $1 AND batch_id = $2',
    values: [of.memberNo, of.batchId, of.body],
  });
}
