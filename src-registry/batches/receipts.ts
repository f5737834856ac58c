import { receiptShape, type Receipt } from '#contract/registry/batches.ts';
import { receiptLine } from '#domain/registry/receipts.ts';
import type { Registry } from '../registry.ts';
import { instant } from '../clock.ts';
import { leafIndexOf } from '../log/proofs.ts';
import { MERGE_WITHIN_SECONDS } from '../log/sequencer.ts';
import type { Tx } from '../store/database.ts';
import type { SubmissionRow } from '../store/submissions.ts';

export type Taken = Pick<Receipt, 'counts' | 'errors' | 'questioned'> & {
  readonly batchId: string;
  readonly root: string;
  readonly leaf: Uint8Array;
  readonly receivedAt: number;
};

/** What the registry stands for from now on. */
export function signedReceipt(
  { origin, receiptKey }: Pick<Registry, 'origin' | 'receiptKey'>,
  of: Taken,
): Receipt {
  const { batchId, counts, errors, questioned, root } = of;
  const receivedAt = instant(of.receivedAt);
  const leaf = Buffer.from(of.leaf).toString('base64url');
  const line = receiptLine({
    origin,
    batchId,
    leaf,
    status: 'applied',
    counts,
    receivedAt,
    errors,
    questioned,
    withinSeconds: MERGE_WITHIN_SECONDS,
  });
  return {
    schema: 'receipt.v1',
    batch_id: batchId,
    status: 'applied',
    replayed: false,
    counts,
    errors,
    questioned,
    root,
    received_at: receivedAt,
    log: { origin, index: null, mmd_s: MERGE_WITHIN_SECONDS },
    sig: Buffer.from(receiptKey.sign(Buffer.from(line, 'utf8'))).toString('base64url'),
  };
}

/** As it was told the first time, with where it stands in the log by now. */
export async function storedReceipt(
  tx: Tx,
  { receipt, leaf }: Pick<SubmissionRow, 'receipt' | 'leaf'>,
  replayed: boolean,
): Promise<Receipt> {
  const stored = receiptShape.parse(JSON.parse(receipt));
  return { ...stored, replayed, log: { ...stored.log, index: await leafIndexOf(tx, leaf) } };
}
