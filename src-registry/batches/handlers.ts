import type { Handlers } from '../api/app.ts';
import { ProblemError } from '../api/problem.ts';
import { proofTextOf } from '../log/proofs.ts';
import type { Registry } from '../registry.ts';
import { receiptOf } from '../store/submissions.ts';
import { changes } from './changes.ts';
import { storedReceipt } from './receipts.ts';
import { sendBatch } from './send-batch.ts';

type BatchHandlers = Pick<Handlers, 'sendBatch' | 'batch' | 'batchProof' | 'changes'>;

type StoredReceipt = NonNullable<Awaited<ReturnType<typeof receiptOf>>>;

/** The log takes what waits every few seconds. */
const NOT_YET_SECONDS = 5;

export function batchHandlers(registry: Registry): BatchHandlers {
  const { store } = registry;
  const stored = async (memberNo: number, id: string): Promise<StoredReceipt> => {
    const row = await receiptOf(store, memberNo, id);
    if (row === null) throw new ProblemError('not_found', 'There is no such batch.');
    return row;
  };
  return {
    sendBatch: (call) => sendBatch(registry, call),
    batch: async ({ caller, params }) => {
      const row = await stored(caller.memberNo, params['id'] ?? '');
      return await storedReceipt(store, row, false);
    },
    batchProof: async ({ caller, params }) => {
      const row = await stored(caller.memberNo, params['id'] ?? '');
      const proof = await proofTextOf(registry, row.leaf);
      if (proof === null)
        throw new ProblemError('not_found', 'It is not in the log yet.', {
          retryAfterSeconds: NOT_YET_SECONDS,
        });
      return proof;
    },
    changes: (call) => changes(registry, call),
  };
}
