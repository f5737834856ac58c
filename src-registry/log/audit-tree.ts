import { consistencyProof, isConsistent, rootOf } from '#domain/registry/merkle.ts';
import { keyIdOf, readCheckpoint, readNote, TILE_WIDTH } from '#domain/registry/notes.ts';
import { grownTiles, rangeRootOfTiles } from '#domain/registry/tiles.ts';
import { isSigned, publicKeyOf, sha256 } from '../crypto.ts';
import type { Tx } from '../store/database.ts';
import { headOf, leavesFrom, tilesAt, type TileAt } from '../store/log.ts';
import type { AuditKeys, Faults } from './audit.ts';

const PAGE = TILE_WIDTH * 16;

export type AuditedTree = {
  /** Hashes of all leaves, as hex. */
  readonly leaves: ReadonlySet<string>;
  readonly tileCount: number;
};

/** Whether the log is one: leaves without a gap, tiles made of them, a root that was signed, and no other past than was told. */
export async function auditTree(
  tx: Tx,
  keys: AuditKeys,
  told: readonly string[],
  faults: Faults,
): Promise<AuditedTree> {
  const head = await headOf(tx);
  const size = head?.size ?? 0;
  const tiles = new Map<string, readonly Uint8Array[]>();
  const leaves = new Set<string>();
  for (let from = 0; from < size; from += PAGE) {
    const page = await leavesFrom(tx, from, Math.min(size, from + PAGE));
    if (page.some(({ idx }, at) => idx !== from + at) || page.length !== Math.min(PAGE, size - from))
      faults.add('log-gap');
    for (const { leaf } of page) leaves.add(leaf.toString('hex'));
    const edge = ({ level, n }: TileAt): readonly Uint8Array[] => tiles.get(`${level}/${n}`) ?? [];
    const grown = grownTiles(sha256, { size: from, edge, leaves: page.map(({ leaf }) => leaf) });
    for (const { level, n, hashes } of grown) tiles.set(`${level}/${n}`, hashes);
  }
  if (leaves.size !== size) faults.add('log-gap');
  await compareTiles(tx, tiles, faults);
  const hashesOf = ({ level, n }: TileAt): readonly Uint8Array[] => tiles.get(`${level}/${n}`) ?? [];
  const range = rangeRootOfTiles(sha256, hashesOf);
  const rootAt = (until: number): Uint8Array | null => {
    try {
      return until === 0 ? rootOf(sha256, []) : range(0, until);
    } catch {
      return null;
    }
  };
  const last = rootAt(size);
  for (const [at, note] of [...(head ? [head.checkpoint] : []), ...told].entries()) {
    const point = readSigned(note, keys);
    const root = point === null || point.size > size ? null : rootAt(point.size);
    const isNow = at === 0 && head !== null;
    if (point === null) faults.add('log-signature');
    else if (root === null || !Buffer.from(root).equals(point.root) || (isNow && point.size !== size))
      faults.add(isNow ? 'log-root' : 'log-history');
    else if (last !== null && !continues(point, { size, root: last }, range)) faults.add('log-history');
  }
  return { leaves, tileCount: tiles.size };
}

type Point = { readonly size: number; readonly root: Uint8Array };

function continues(first: Point, second: Point, range: Parameters<typeof consistencyProof>[0]): boolean {
  const proof = consistencyProof(range, first.size, second.size);
  const of = { first: first.size, second: second.size, firstRoot: first.root, secondRoot: second.root };
  return isConsistent(sha256, { ...of, proof });
}

async function compareTiles(
  tx: Tx,
  tiles: ReadonlyMap<string, readonly Uint8Array[]>,
  faults: Faults,
): Promise<void> {
  const wanted = [...tiles.keys()].map((key): TileAt => {
    const [level = 0, n = 0] = key.split('/').map(Number);
    return { level, n };
  });
  for (let from = 0; from < wanted.length; from += TILE_WIDTH) {
    const part = wanted.slice(from, from + TILE_WIDTH);
    const stored = await tilesAt(tx, part);
    const isSame = stored.every(({ level, n, hashes }) =>
      hashes.equals(Buffer.concat([...(tiles.get(`${level}/${n}`) ?? [])])),
    );
    if (stored.length !== part.length || !isSame) faults.add('log-tile');
  }
}

function readSigned(note: string, { origin, logKey }: AuditKeys): Point | null {
  const read = readNote(note);
  const point = readCheckpoint(read?.text ?? '');
  const own = read?.signatures.find(({ name }) => name === origin);
  if (read === null || point === null || own === undefined || point.origin !== origin) return null;
  if (!Buffer.from(keyIdOf(sha256, origin, logKey)).equals(own.keyId)) return null;
  return isSigned(publicKeyOf(logKey), Buffer.from(read.text, 'utf8'), own.signature) ? point : null;
}
