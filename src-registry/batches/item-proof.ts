import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { BODY_BYTES_MOST } from '#contract/registry.ts';
import { batchShape } from '#contract/registry/batches.ts';
import { digestField } from '#contract/registry/fields.ts';
import { toBase64 } from '#domain/registry/bytes.ts';
import { inclusionProof, rangeRootOf } from '#domain/registry/merkle.ts';
import { sha256 } from '../crypto.ts';
import { proofTextOf } from '../log/proofs.ts';
import type { Registry } from '../registry.ts';
import { submissionOf } from '../store/submissions.ts';
import { readItems } from './read-batch.ts';

/** An item that was erased is its leaf's hash from then on: the others can still be proved. */
const keptItem = z.union([batchShape.shape.items.element, digestField]);
const keptShape = batchShape
  .pick({ batch_id: true, kind: true, epoch: true, sig: true })
  .extend({ items: z.array(keptItem) })
  .loose();
export type KeptBody = ReturnType<typeof keptShape.parse>;

/** The body of a batch as it was kept, packed or not. */
export function readKeptBody(bytes: Uint8Array): KeptBody {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = isPacked ? gunzipSync(bytes, { maxOutputLength: BODY_BYTES_MOST }) : Buffer.from(bytes);
  return keptShape.parse(JSON.parse(plain.toString('utf8')));
}

export type ItemProof = {
  readonly header: string;
  readonly item: readonly unknown[];
  readonly index: number;
  readonly size: number;
  /** base64; from the item's leaf to the root that the header names. */
  readonly hashes: readonly string[];
  /** That the header is in the log; null while it waits for its place. */
  readonly logProof: string | null;
};

/** Proves what a member said of one due; null once the batch or the item is not kept any more. */
export async function itemProofOf(
  registry: Registry,
  of: { readonly memberNo: number; readonly batchId: string; readonly itemAt: number },
): Promise<ItemProof | null> {
  const row = await submissionOf(registry.store, of.memberNo, of.batchId);
  if (row === null || row.body === null) return null;
  const body = readKeptBody(row.body);
  const item = body.items[of.itemAt];
  if (item === undefined || typeof item === 'string') return null;
  const { leaves } = readItems(body);
  const hashes = inclusionProof(rangeRootOf(sha256, leaves), of.itemAt, leaves.length);
  return {
    header: row.header,
    item,
    index: of.itemAt,
    size: leaves.length,
    hashes: hashes.map(toBase64),
    logProof: await proofTextOf(registry, row.leaf),
  };
}
