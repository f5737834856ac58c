import { edgeTiles, grownTiles, rangeRootOfTiles, type TileHashes } from '#domain/registry/tiles.ts';
import { sha256 } from '../crypto.ts';
import type { Registry } from '../registry.ts';
import {
  dropQueued,
  growHead,
  placeLeaves,
  placesOf,
  putTiles,
  queuedLeaves,
  takeLease,
  type Head,
  type Tile,
} from '../store/log.ts';
import { headNow, signedCheckpoint } from './checkpoints.ts';
import { tileHashes } from './read-tiles.ts';
import type { Tx } from '../store/database.ts';

/** Within what an accepted batch must be in the log: told with every receipt. */
export const MERGE_WITHIN_SECONDS = 86_400;
const LEASE_MS = 30_000;
const LEAVES_MOST = 1_000;

/** The number under which each registry of this process last wrote. */
const fences = new WeakMap<Registry, number>();

/**
 * Gives what waits its place in the log; how many got one. Several servers may run it: one has the lease, and its number
 * (the fence) is compared in the transaction that writes, so that a writer who slept through the end of his lease changes
 * nothing.
 */
export async function sequence(registry: Registry): Promise<number> {
  await headNow(registry);
  const now = registry.now();
  const fence = fences.get(registry) ?? null;
  const lease = await takeLease(registry.store, { fence, now, until: now + LEASE_MS });
  if (lease === null) return 0;
  fences.set(registry, lease.fence);
  let placed = 0;
  for (let head = lease; ;) {
    const grown = await grow(registry, head);
    if (grown === null) return placed;
    placed += grown.size - head.size;
    head = grown;
  }
}

/** One round of at most a thousand; null where nothing waits, or somebody else has taken over. */
async function grow(registry: Registry, head: Head): Promise<Head | null> {
  return await registry.store.transaction(async (tx) => {
    const queued = await queuedLeaves(tx, LEAVES_MOST);
    if (queued.length === 0) return null;
    const known = new Set((await placesOf(tx, queued)).map(({ leaf }) => leaf.toString('hex')));
    const leaves = queued.filter((leaf) => !known.has(leaf.toString('hex')));
    const { tiles, ...grown } = await grownHead(registry, tx, { head, leaves });
    // First of all that is written: whoever lost the lease writes nothing.
    if (!(await growHead(tx, { ...grown, from: head.size }))) return null;
    if (leaves.length > 0) {
      await placeLeaves(tx, head.size, leaves);
      await putTiles(tx, tiles);
    }
    await dropQueued(tx, queued);
    return grown;
  });
}

type Growth = { readonly head: Head; readonly leaves: readonly Uint8Array[] };

async function grownHead(
  registry: Registry,
  tx: Tx,
  { head, leaves }: Growth,
): Promise<Head & { readonly tiles: readonly Tile[] }> {
  if (leaves.length === 0) return { ...head, tiles: [] };
  const edge = await tileHashes(tx, edgeTiles(head.size));
  const tiles = grownTiles(sha256, { size: head.size, edge, leaves });
  const changed = new Map(tiles.map((tile) => [`${tile.level}/${tile.n}`, tile.hashes]));
  const after: TileHashes = (at) => changed.get(`${at.level}/${at.n}`) ?? edge(at);
  const size = head.size + leaves.length;
  return {
    ...head,
    size,
    checkpoint: signedCheckpoint(registry, size, rangeRootOfTiles(sha256, after)(0, size)),
    tiles: tiles.map(({ level, n, hashes }) => ({ level, n, hashes: Buffer.concat(hashes) })),
  };
}
