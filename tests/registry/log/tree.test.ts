import { fromBase64, toBase64 } from '#domain/registry/bytes.ts';
import {
  consistencyProof,
  inclusionProof,
  isConsistent,
  isIncluded,
  leafHash,
  nodeHash,
  rangeRootOf,
  rootOf,
  type RangeRoot,
} from '#domain/registry/merkle.ts';
import {
  keyIdOf,
  readCheckpoint,
  readNote,
  signedNote,
  tilePath,
  verifierKey,
} from '#domain/registry/notes.ts';
import { edgeTiles, grownTiles, rangeRootOfTiles, readTilePath } from '#domain/registry/tiles.ts';
import { isSigned, publicKeyOf, sha256 } from '#registry/crypto.ts';
import { describe, expect, it } from 'vitest';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('the tree', () => {
  // The inputs and roots that Certificate Transparency's own implementations publish for RFC 6962.
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ].map((text) => Buffer.from(text, 'hex'));
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  const leaves = inputs.map((input) => leafHash(sha256, input));

  it('has the published roots', () => {
    for (const [size, root] of roots.entries()) expect(hex(rootOf(sha256, leaves.slice(0, size)))).toBe(root);
  });

  it('gives the published proofs', () => {
    const root = rangeRootOf(sha256, leaves);
    expect(inclusionProof(root, 0, 8).map(hex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(consistencyProof(root, 6, 8).map(hex)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });

  it('proves every leaf of every size to 140, and every size to be the beginning of a larger one', () => {
    const all = Array.from({ length: 140 }, (_one, at) => leafHash(sha256, Buffer.from(`leaf ${at}`)));
    const range = memo(all);
    const rootAt = all.map((_leaf, at) => range(0, at + 1));
    const root = (size: number): Uint8Array => rootAt[size - 1] ?? rootOf(sha256, []);
    let [indexes, included, consistent] = [0, 0, 0];
    for (let size = 1; size <= 140; size += 1) {
      for (let index = 0; index < size; index += 1) {
        indexes += 1;
        const leaf = all[index] ?? new Uint8Array(0);
        const of = { index, size, leaf, proof: inclusionProof(range, index, size), root: root(size) };
        if (isIncluded(sha256, of)) included += 1;
      }
      for (let first = 0; first <= size; first += 1) {
        const proof = consistencyProof(range, first, size);
        const of = { first, second: size, firstRoot: root(first), secondRoot: root(size), proof };
        if (isConsistent(sha256, of)) consistent += 1;
      }
    }
    expect([included, consistent]).toEqual([indexes, (140 * 141) / 2 + 140]);
    expect(indexes).toBe((140 * 141) / 2);
  });

  it('takes no proof for another leaf, place, size or root, and none with a hash changed, left out or added', () => {
    const all = Array.from({ length: 40 }, (_one, at) => leafHash(sha256, Buffer.from(`leaf ${at}`)));
    const range = rangeRootOf(sha256, all);
    const [leaf, other] = [all[17] ?? new Uint8Array(0), all[18] ?? new Uint8Array(0)];
    const proof = inclusionProof(range, 17, 40);
    const right = { index: 17, size: 40, leaf, proof, root: range(0, 40) };
    expect(isIncluded(sha256, right)).toBe(true);
    const wrong = [
      { ...right, leaf: other },
      { ...right, index: 18 },
      { ...right, index: 40 },
      { ...right, size: 18 },
      { ...right, root: range(0, 39) },
      { ...right, proof: proof.slice(1) },
      { ...right, proof: [...proof, leaf] },
      ...proof.map((_hash, at) => ({ ...right, proof: proof.with(at, other) })),
    ];
    for (const one of wrong) expect(isIncluded(sha256, one)).toBe(false);
    const steps = consistencyProof(range, 23, 40);
    const grown = { first: 23, second: 40, firstRoot: range(0, 23), secondRoot: range(0, 40), proof: steps };
    expect(isConsistent(sha256, grown)).toBe(true);
    for (const one of [
      { ...grown, firstRoot: range(0, 22) },
      { ...grown, secondRoot: range(0, 39) },
      { ...grown, first: 22 },
      { ...grown, proof: steps.slice(1) },
      { ...grown, proof: [...steps, leaf] },
      ...steps.map((_hash, at) => ({ ...grown, proof: steps.with(at, other) })),
    ])
      expect(isConsistent(sha256, one)).toBe(false);
  });
});

/** Ranges are asked for again and again. */
function memo(leaves: readonly Uint8Array[]): RangeRoot {
  const known = new Map<number, Uint8Array>();
  const root: RangeRoot = (from, until) => {
    if (until - from === 1) return leaves[from] ?? new Uint8Array(0);
    const key = from * 1_000_000 + until;
    let half = 1;
    while (half * 2 < until - from) half *= 2;
    const found = known.get(key) ?? nodeHash(sha256, root(from, from + half), root(from + half, until));
    known.set(key, found);
    return found;
  };
  return root;
}

describe('tiles', () => {
  it('hold the same tree, however it grew, across three levels', () => {
    const size = 256 * 256 + 300;
    const leaves = Array.from({ length: size }, (_one, at) => sha256(Buffer.from(String(at))));
    const whole = memo(leaves);
    const tiles = new Map<string, readonly Uint8Array[]>();
    const hashesOf = ({ level, n }: { level: number; n: number }): readonly Uint8Array[] =>
      tiles.get(`${level}/${n}`) ?? [];
    const steps = [0, 1, 2, 255, 256, 257, 511, 512, 1_000, 65_535, 65_536, 65_600, size];
    for (const [at, until] of steps.entries()) {
      if (at === 0) continue;
      const from = steps[at - 1] ?? 0;
      // Only the right edge of the log before may be looked at.
      const edge = new Set(edgeTiles(from).map(({ level, n }) => `${level}/${n}`));
      const grown = grownTiles(sha256, {
        size: from,
        leaves: leaves.slice(from, until),
        edge: (of) => (edge.has(`${of.level}/${of.n}`) ? hashesOf(of) : []),
      });
      for (const { level, n, hashes } of grown) tiles.set(`${level}/${n}`, hashes);
      const root = rangeRootOfTiles(sha256, hashesOf);
      expect(hex(root(0, until)), `${until}`).toBe(hex(whole(0, until)));
    }
    expect(tiles.get('2/0')).toHaveLength(1);
    const fromTiles = rangeRootOfTiles(sha256, hashesOf);
    for (const index of [0, 255, 256, 65_535, 65_536, size - 1])
      expect(inclusionProof(fromTiles, index, size).map(hex)).toEqual(
        inclusionProof(whole, index, size).map(hex),
      );
    for (const first of [1, 255, 256, 257, 65_535, 65_536, 65_537, size - 1])
      expect(consistencyProof(fromTiles, first, size).map(hex)).toEqual(
        consistencyProof(whole, first, size).map(hex),
      );
  });

  it('are found under one spelling of their path', () => {
    for (const [level, n, width] of [
      [0, 0, 256],
      [0, 999, 1],
      [1, 1_000, 255],
      [2, 1_234_067, 256],
    ] as const)
      expect(readTilePath(tilePath(level, n, width))).toEqual({ level, n, width });
    expect(tilePath(2, 1_234_067, 256)).toBe('tile/2/x001/x234/067');
    for (const path of [
      'tile/0/0',
      'tile/0/x000/001',
      'tile/0/001.p/256',
      'tile/0/001.p/0',
      'tile/0/001.p/01',
      'tile/00/001',
      'tile/0/1234',
      'tile/0/x001',
      'tile/entries/000',
      'tile/0/001/../002',
    ])
      expect(readTilePath(path), path).toBeNull();
  });
});

describe('a signed note', () => {
  // The example of Go's note package, whose form C2SP's signed-note is.
  const key = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const note =
    'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n\n' +
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

  it('of others is read, and its signature holds', () => {
    const read = readNote(note.replace('’', "'"));
    const [signature] = read?.signatures ?? [];
    const publicKey = (fromBase64(key.split('+')[2] ?? '') ?? new Uint8Array(33)).subarray(1);
    expect(verifierKey(sha256, 'PeterNeumann', publicKey)).toBe(key);
    expect(signature?.name).toBe('PeterNeumann');
    expect(hex(signature?.keyId ?? new Uint8Array(0))).toBe(hex(keyIdOf(sha256, 'PeterNeumann', publicKey)));
    const isRight = (text: string): boolean =>
      isSigned(publicKeyOf(publicKey), Buffer.from(text), signature?.signature ?? new Uint8Array(0));
    expect(isRight(read?.text ?? '')).toBe(true);
    expect(isRight(`${read?.text} `)).toBe(false);
    expect(signedNote(read?.text ?? '', read?.signatures ?? [])).toBe(note.replace('’', "'"));
  });

  it('that is a checkpoint is read to the letter, and nothing that only looks like one', () => {
    const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
    const read = readCheckpoint(text);
    expect([read?.origin, read?.size, toBase64(read?.root ?? new Uint8Array(0))]).toEqual([
      'example.com/behind-the-sofa',
      20_852_163,
      'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
    ]);
    for (const wrong of [
      text.slice(0, -1),
      text.replace('20852163', '020852163'),
      text.replace('20852163', '-1'),
      text.replace('=', ''),
      `\n${text}`,
      'a\n1\nAAAA\n',
    ])
      expect(readCheckpoint(wrong), wrong).toBeNull();
  });
});
