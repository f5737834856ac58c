import { instant } from '../clock.ts';
import type { Tx } from './database.ts';

// The transparency log's tables: what waits for its place, leaves in their order, tiles of hashes, and the head.

/** One log until it takes more than one writer can do; the column is what a cluster spreads it by. */
const SHARD = 0;

/** Waits for its place. The same leaf twice is one. */
export async function queueLeaf(tx: Tx, leaf: Uint8Array, at: number): Promise<void> {
  await tx.rows({
    name: 'queue-leaf',
    text: `INSERT INTO log_queue (shard, leaf, queued_at) VALUES ($1, $2, $3) ON CONFLICT (shard, leaf) DO NOTHING`,
    values: [SHARD, leaf, instant(at)],
  });
}

export async function queuedLeaves(tx: Tx, most: number): Promise<readonly Buffer[]> {
  const rows = await tx.rows<{ readonly leaf: Buffer }>({
    name: 'queued-leaves',
    text: 'SELECT leaf FROM log_queue WHERE shard = $1 ORDER BY queued_at, leaf LIMIT $2',
    values: [SHARD, most],
  });
  return rows.map(({ leaf }) => leaf);
}

export async function dropQueued(tx: Tx, leaves: readonly Uint8Array[]): Promise<void> {
  await tx.rows({
    name: 'drop-queued',
    text: `DELETE FROM log_queue t USING unnest($2::bytea[]) AS w (leaf) WHERE t.shard = $1 AND t.leaf = w.leaf`,
    values: [SHARD, [...leaves]],
  });
}

export type PlacedLeaf = { readonly idx: number; readonly leaf: Buffer };

export async function placesOf(tx: Tx, leaves: readonly Uint8Array[]): Promise<readonly PlacedLeaf[]> {
  return await tx.rows<PlacedLeaf>({
    name: 'places-of-leaves',
    text: `SELECT t.idx, t.leaf FROM unnest($2::bytea[]) AS w (leaf)
           JOIN log_leaf t ON t.shard = $1 AND t.leaf = w.leaf`,
    values: [SHARD, [...leaves]],
  });
}

export async function leavesFrom(tx: Tx, from: number, until: number): Promise<readonly PlacedLeaf[]> {
  return await tx.rows<PlacedLeaf>({
    name: 'leaves-from',
    text: 'SELECT idx, leaf FROM log_leaf WHERE shard = $1 AND idx >= $2 AND idx < $3 ORDER BY idx',
    values: [SHARD, from, until],
  });
}

export async function placeLeaves(tx: Tx, from: number, leaves: readonly Uint8Array[]): Promise<void> {
  await tx.rows({
    name: 'place-leaves',
    text: `INSERT INTO log_leaf (shard, idx, leaf)
           SELECT $1, w.* FROM unnest($2::bigint[], $3::bytea[]) AS w`,
    values: [SHARD, leaves.map((_leaf, at) => from + at), [...leaves]],
  });
}

export type TileAt = { readonly level: number; readonly n: number };
export type Tile = TileAt & { readonly hashes: Buffer };

/** Those there are of the ones wanted. */
export async function tilesAt(tx: Tx, wanted: readonly TileAt[]): Promise<readonly Tile[]> {
  if (wanted.length === 0) return [];
  return await tx.rows<Tile>({
    name: 'tiles',
    text: `SELECT t.level, t.n, t.hashes FROM unnest($2::smallint[], $3::bigint[]) AS w (level, n)
           JOIN log_tile t ON t.shard = $1 AND t.level = w.level AND t.n = w.n`,
    values: [SHARD, wanted.map(({ level }) => level), wanted.map(({ n }) => n)],
  });
}

/** A tile only ever grows. */
export async function putTiles(tx: Tx, tiles: readonly Tile[]): Promise<void> {
  await tx.rows({
    name: 'put-tiles',
    text: `INSERT INTO log_tile (shard, level, n, hashes)
           SELECT $1, w.* FROM unnest($2::smallint[], $3::bigint[], $4::bytea[]) AS w
           ON CONFLICT (shard, level, n) DO UPDATE SET hashes = excluded.hashes`,
    values: [
      SHARD,
      tiles.map(({ level }) => level),
      tiles.map(({ n }) => n),
      tiles.map(({ hashes }) => hashes),
    ],
  });
}

export type Head = { readonly size: number; readonly checkpoint: string; readonly fence: number };

export async function headOf(tx: Tx): Promise<Head | null> {
  const [row] = await tx.rows<Head>({
    name: 'log-head',
    text: 'SELECT size, checkpoint, fence FROM log_head WHERE shard = $1',
    values: [SHARD],
  });
  return row ?? null;
}

/** Of the empty log; whoever comes second changes nothing. */
export async function makeHead(tx: Tx, checkpoint: string): Promise<void> {
  await tx.rows({
    name: 'make-log-head',
    text: `INSERT INTO log_head (shard, size, checkpoint, fence, lease_until)
           VALUES ($1, 0, $2, 0, '1970-01-01T00:00:00Z') ON CONFLICT (shard) DO NOTHING`,
    values: [SHARD, checkpoint],
  });
}

type Lease = { readonly fence: number | null; readonly now: number; readonly until: number };

/** Keeps one's own lease, or takes one that ran out under the next number; null where somebody else writes. */
export async function takeLease(tx: Tx, { fence, now, until }: Lease): Promise<Head | null> {
  const [row] = await tx.rows<Head>({
    name: 'take-log-lease',
    text: `UPDATE log_head SET lease_until = $4, fence = CASE WHEN fence = $2 THEN fence ELSE fence + 1 END
           WHERE shard = $1 AND (fence = $2 OR lease_until < $3) RETURNING size, checkpoint, fence`,
    values: [SHARD, fence ?? -1, instant(now), instant(until)],
  });
  return row ?? null;
}

type Growth = {
  readonly fence: number;
  readonly from: number;
  readonly size: number;
  readonly checkpoint: string;
};

/** False where somebody else has taken over: nothing of this may then be written. */
export async function growHead(tx: Tx, { fence, from, size, checkpoint }: Growth): Promise<boolean> {
  const grown = await tx.rows({
    name: 'grow-log',
    text: `UPDATE log_head SET size = $4, checkpoint = $5 WHERE shard = $1 AND fence = $2 AND size = $3
           RETURNING size`,
    values: [SHARD, fence, from, size, checkpoint],
  });
  return grown.length > 0;
}

/** A leaf whose bytes are erased, by their retention: nobody can tell any more what it is of, and nobody has to. */
export async function forgetLeaf(tx: Tx, leaf: Uint8Array): Promise<void> {
  await tx.rows({
    name: 'forget-leaf',
    text: 'INSERT INTO log_forgotten (shard, leaf) VALUES ($1, $2) ON CONFLICT (shard, leaf) DO NOTHING',
    values: [SHARD, leaf],
  });
}

/** Which of these were forgotten. */
export async function forgottenOf(tx: Tx, leaves: readonly Uint8Array[]): Promise<readonly Buffer[]> {
  if (leaves.length === 0) return [];
  const rows = await tx.rows<{ readonly leaf: Buffer }>({
    name: 'forgotten-leaves',
    text: `SELECT t.leaf FROM unnest($2::bytea[]) AS w (leaf)
           JOIN log_forgotten t ON t.shard = $1 AND t.leaf = w.leaf`,
    values: [SHARD, [...leaves]],
  });
  return rows.map(({ leaf }) => leaf);
}
