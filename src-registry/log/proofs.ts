import { toBase64 } from '#domain/registry/bytes.ts';
import { consistencyProof, inclusionProof } from '#domain/registry/merkle.ts';
import { proofText } from '#domain/registry/notes.ts';
import type { Registry } from '../registry.ts';
import type { Tx } from '../store/database.ts';
import { placesOf } from '../store/log.ts';
import { headNow } from './checkpoints.ts';
import { overTiles } from './read-tiles.ts';

/** Where a leaf stands in the log; null while it waits for its place. */
export async function leafIndexOf(tx: Tx, leaf: Uint8Array): Promise<number | null> {
  const [place] = await placesOf(tx, [leaf]);
  return place?.idx ?? null;
}

/** C2SP tlog-proof: that this leaf is in the log that the newest checkpoint tells of; null while it waits. */
export async function proofTextOf(registry: Registry, leaf: Uint8Array): Promise<string | null> {
  const { store } = registry;
  const index = await leafIndexOf(store, leaf);
  if (index === null) return null;
  const { size, checkpoint } = await headNow(registry);
  const hashes = await overTiles(store, (root) => inclusionProof(root, index, size));
  return proofText({ index, hashes, checkpoint });
}

/** Leads from the tree of `from` leaves to that of `to`: hashes as base64, one a line. Both are within the log. */
export async function consistencyText(tx: Tx, from: number, to: number): Promise<string> {
  const hashes = await overTiles(tx, (root) => consistencyProof(root, from, to));
  return hashes.map((hash) => `${toBase64(hash)}\n`).join('');
}
