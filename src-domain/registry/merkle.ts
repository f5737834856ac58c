import { joinBytes, sameBytes, type Hash } from './bytes.ts';

// The Merkle tree of RFC 6962, 2.1, as transparency logs and our batches use it. A hash is 32 bytes of SHA-256.

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export function leafHash(hash: Hash, entry: Uint8Array): Uint8Array {
  return hash(joinBytes(LEAF, entry));
}

export function nodeHash(hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash(joinBytes(NODE, left, right));
}

/** The largest power of two below a size of two or more. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** Of leaf hashes; of none it is the hash of nothing. */
export function rootOf(hash: Hash, leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return hash(new Uint8Array(0));
  return rangeRoot(hash, leaves, 0, leaves.length);
}

function rangeRoot(hash: Hash, leaves: readonly Uint8Array[], from: number, until: number): Uint8Array {
  if (until - from === 1) return leaves[from] ?? new Uint8Array(0);
  const middle = from + splitOf(until - from);
  return nodeHash(hash, rangeRoot(hash, leaves, from, middle), rangeRoot(hash, leaves, middle, until));
}

/** The root of leaves `from` (included) to `until` (not), which a log reads from its tiles. */
export type RangeRoot = (from: number, until: number) => Uint8Array;

export function rangeRootOf(hash: Hash, leaves: readonly Uint8Array[]): RangeRoot {
  return (from, until) => rangeRoot(hash, leaves, from, until);
}

/** Hashes from the leaf's neighbour up to the root's child (RFC 6962, 2.1.1). */
export function inclusionProof(root: RangeRoot, index: number, size: number): readonly Uint8Array[] {
  return pathOf(root, index, 0, size);
}

function pathOf(root: RangeRoot, index: number, from: number, until: number): readonly Uint8Array[] {
  if (until - from <= 1) return [];
  const middle = from + splitOf(until - from);
  return index < middle
    ? [...pathOf(root, index, from, middle), root(middle, until)]
    : [...pathOf(root, index, middle, until), root(from, middle)];
}

/** Proves that the tree of `first` leaves is the beginning of the one of `second` (RFC 6962, 2.1.2). */
export function consistencyProof(root: RangeRoot, first: number, second: number): readonly Uint8Array[] {
  if (first === 0 || first === second) return [];
  return subProof(root, { first, from: 0, until: second, isWhole: true });
}

type Sub = {
  readonly first: number;
  readonly from: number;
  readonly until: number;
  readonly isWhole: boolean;
};

function subProof(root: RangeRoot, { first, from, until, isWhole }: Sub): readonly Uint8Array[] {
  if (first === until) return isWhole ? [] : [root(from, until)];
  const middle = from + splitOf(until - from);
  return first <= middle
    ? [...subProof(root, { first, from, until: middle, isWhole }), root(middle, until)]
    : [...subProof(root, { first, from: middle, until, isWhole: false }), root(from, middle)];
}

type Inclusion = {
  readonly index: number;
  readonly size: number;
  readonly leaf: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
};

/** RFC 9162, 2.1.3.2. */
export function isIncluded(hash: Hash, { index, size, leaf, proof, root }: Inclusion): boolean {
  if (index < 0 || index >= size) return false;
  let [node, last, made] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      made = nodeHash(hash, sibling, made);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      made = nodeHash(hash, made, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameBytes(made, root);
}

const half = (count: number): number => Math.floor(count / 2);

type Consistency = {
  readonly first: number;
  readonly second: number;
  readonly firstRoot: Uint8Array;
  readonly secondRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
};

/** RFC 9162, 2.1.4.2; an empty tree is the beginning of every tree. */
export function isConsistent(hash: Hash, of: Consistency): boolean {
  const { first, second, firstRoot, secondRoot } = of;
  if (first > second || first < 0) return false;
  if (first === second) return of.proof.length === 0 && sameBytes(firstRoot, secondRoot);
  if (first === 0) return of.proof.length === 0;
  const proof = isPowerOfTwo(first) ? [firstRoot, ...of.proof] : of.proof;
  const [start, ...rest] = proof;
  if (start === undefined) return false;
  let [node, last] = [first - 1, second - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [early, late] = [start, start];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      early = nodeHash(hash, sibling, early);
      late = nodeHash(hash, sibling, late);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      late = nodeHash(hash, late, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameBytes(early, firstRoot) && sameBytes(late, secondRoot);
}

function isPowerOfTwo(count: number): boolean {
  return splitOf(count * 2) === count;
}
