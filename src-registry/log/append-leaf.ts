import { leafHash } from '#domain/registry/merkle.ts';
import { sha256 } from '../crypto.ts';
import type { Registry } from '../registry.ts';
import type { Tx } from '../store/database.ts';
import { queueLeaf } from '../store/log.ts';

/**
 * These bytes will be in the log, if this transaction is committed. Their leaf's hash, under which their place is found
 * later (proofs.ts); the bytes themselves are the caller's to keep.
 */
export async function appendLeaf(
  registry: Pick<Registry, 'now'>,
  tx: Tx,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  const leaf = leafHash(sha256, bytes);
  await queueLeaf(tx, leaf, registry.now());
  return leaf;
}
