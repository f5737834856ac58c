import type { RangeRoot } from '#domain/registry/merkle.ts';
import { HASH_BYTES, rangeRootOfTiles, tilesOfProof, type TileHashes } from '#domain/registry/tiles.ts';
import { sha256 } from '../crypto.ts';
import type { Tx } from '../store/database.ts';
import { tilesAt, type TileAt } from '../store/log.ts';

/** The tiles wanted, read at once. */
export async function tileHashes(tx: Tx, wanted: readonly TileAt[]): Promise<TileHashes> {
  const tiles = new Map(
    (await tilesAt(tx, wanted)).map(({ level, n, hashes }) => [`${level}/${n}`, hashesIn(hashes)]),
  );
  return ({ level, n }) => tiles.get(`${level}/${n}`) ?? [];
}

export function hashesIn(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: Math.floor(bytes.length / HASH_BYTES) }, (_one, at) =>
    bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );
}

/** Runs what makes a proof over the tiles it needs. */
export async function overTiles<T>(tx: Tx, prove: (root: RangeRoot) => T): Promise<T> {
  return prove(rangeRootOfTiles(sha256, await tileHashes(tx, tilesOfProof(prove))));
}
