import type { Hash } from './bytes.ts';
import { nodeHash, rootOf, type RangeRoot } from './merkle.ts';
import { tilePath, TILE_WIDTH } from './notes.ts';

// How a log's tree lies in tiles (C2SP tlog-tiles): tile n of level L has the roots of 256^L leaves each, 256 of them.

export const HASH_BYTES = 32;

export type TileAt = { readonly level: number; readonly n: number };

/** A whole subtree: the part of one tile that its root is made of. */
type Part = TileAt & { readonly from: number; readonly count: number };

/** Largest power of two below a size of two or more. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

function isPowerOfTwo(count: number): boolean {
  return count === 1 || splitOf(count * 2) === count;
}

/** Where the subtree over a power of two of leaves, from a multiple of it, stands. */
function partOf(from: number, count: number): Part {
  let [level, at, width] = [0, from, count];
  // A full tile is one hash of the tile above it.
  while (width >= TILE_WIDTH) [level, at, width] = [level + 1, at / TILE_WIDTH, width / TILE_WIDTH];
  return { level, n: Math.floor(at / TILE_WIDTH), from: at % TILE_WIDTH, count: width };
}

/** The tiles that the root over these leaves is read from. */
export function tilesOfRange(from: number, until: number): readonly TileAt[] {
  const count = until - from;
  if (count <= 0) return [];
  if (isPowerOfTwo(count)) {
    const { level, n } = partOf(from, count);
    return [{ level, n }];
  }
  const middle = from + splitOf(count);
  return [...tilesOfRange(from, middle), ...tilesOfRange(middle, until)];
}

/** Hashes of a tile, as far as it is filled. */
export type TileHashes = (at: TileAt) => readonly Uint8Array[];

/** The root over any range that a tree's proofs ask for. Throws where a tile is shorter than it must be. */
export function rangeRootOfTiles(hash: Hash, hashesOf: TileHashes): RangeRoot {
  const root: RangeRoot = (from, until) => {
    const count = until - from;
    if (count <= 0) return rootOf(hash, []);
    if (isPowerOfTwo(count)) {
      const part = partOf(from, count);
      const hashes = hashesOf(part).slice(part.from, part.from + part.count);
      if (hashes.length !== part.count) throw new Error('A tile of the log is shorter than the log.');
      return rootOf(hash, hashes);
    }
    const middle = from + splitOf(count);
    return nodeHash(hash, root(from, middle), root(middle, until));
  };
  return root;
}

/** Which tiles a proof reads: it is made once with nothing in them. */
export function tilesOfProof(prove: (root: RangeRoot) => unknown): readonly TileAt[] {
  const tiles = new Map<string, TileAt>();
  prove((from, until) => {
    for (const at of tilesOfRange(from, until)) tiles.set(`${at.level}/${at.n}`, at);
    return new Uint8Array(HASH_BYTES);
  });
  return [...tiles.values()];
}

export type FilledTile = TileAt & { readonly hashes: readonly Uint8Array[] };

/**
 * The tiles that change when leaves are added to a log of a size, whole as they are afterwards. `edge` are the tiles at the
 * right of the log before, one a level.
 */
export function grownTiles(
  hash: Hash,
  {
    size,
    edge,
    leaves,
  }: { readonly size: number; readonly edge: TileHashes; readonly leaves: readonly Uint8Array[] },
): readonly FilledTile[] {
  const changed: FilledTile[] = [];
  let added = leaves;
  let before = size;
  for (let level = 0; added.length > 0; level += 1) {
    const first = Math.floor(before / TILE_WIDTH);
    const kept = before % TILE_WIDTH === 0 ? [] : edge({ level, n: first }).slice(0, before % TILE_WIDTH);
    const all = [...kept, ...added];
    const full: Uint8Array[] = [];
    for (let from = 0; from < all.length; from += TILE_WIDTH) {
      const hashes = all.slice(from, from + TILE_WIDTH);
      changed.push({ level, n: first + from / TILE_WIDTH, hashes });
      if (hashes.length === TILE_WIDTH) full.push(rootOf(hash, hashes));
    }
    added = full;
    before = first;
  }
  return changed;
}

/** The tiles at the right of a log, as far as they are not full. */
export function edgeTiles(size: number): readonly TileAt[] {
  const edge: TileAt[] = [];
  for (
    let [level, count] = [0, size];
    count > 0;
    [level, count] = [level + 1, Math.floor(count / TILE_WIDTH)]
  )
    if (count % TILE_WIDTH !== 0) edge.push({ level, n: Math.floor(count / TILE_WIDTH) });
  return edge;
}

/** Level, number and width of a path like 'tile/0/x001/234.p/12'; null for every spelling but the one right one. */
export function readTilePath(path: string): (TileAt & { readonly width: number }) | null {
  const match = /^tile\/([0-9])\/((?:x[0-9]{3}\/){0,4}[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  const [level, n] = [Number(match[1]), Number(match[2].replaceAll(/[x/]/g, ''))];
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3]);
  return width > 0 && tilePath(level, n, width) === path ? { level, n, width } : null;
}
