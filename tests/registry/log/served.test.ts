import { fromBase64 } from '#domain/registry/bytes.ts';
import { isConsistent, isIncluded, leafHash, rootOf } from '#domain/registry/merkle.ts';
import { readCheckpoint, readNote, readProof, type Checkpoint } from '#domain/registry/notes.ts';
import { headerLine } from '#domain/registry/batches.ts';
import { day } from '#domain/days.ts';
import { isSigned, publicKeyOf, sha256 } from '#registry/crypto.ts';
import { appendLeaf } from '#registry/log/append-leaf.ts';
import { leafIndexOf } from '#registry/log/proofs.ts';
import { sequence } from '#registry/log/sequencer.ts';
import { growHead, headOf, takeLease } from '#registry/store/log.ts';
import { batcher, due } from '#tests/builders/registry/batch.ts';
import { call, member, must } from '#tests/builders/registry/member.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, expect, it } from 'vitest';

let registry: TempRegistry;
beforeAll(async () => {
  registry = await tempRegistry();
});

async function append(from: number, until: number): Promise<void> {
  await registry.registry.store.transaction(async (tx) => {
    for (let at = from; at < until; at += 1)
      await appendLeaf(registry.registry, tx, Buffer.from(`leaf ${at}`));
  });
  await sequence(registry.registry);
}

/** Read as a stranger reads it: with the log's verifier key from /meta. */
async function checkpoint(): Promise<Checkpoint & { readonly note: string }> {
  const note = await must(call(registry, 'checkpoint'));
  const { log } = await must(call(registry, 'meta'));
  const read = readNote(note);
  const found = readCheckpoint(read?.text ?? '');
  const key = (fromBase64(log.verifier_key.split('+').slice(2).join('+')) ?? new Uint8Array(33)).subarray(1);
  const signature = read?.signatures.find(({ name }) => name === log.origin)?.signature ?? new Uint8Array(0);
  expect(isSigned(publicKeyOf(key), Buffer.from(read?.text ?? '', 'utf8'), signature)).toBe(true);
  if (found === null) throw new Error('That is no checkpoint.');
  expect(found.origin).toBe(log.origin);
  return { ...found, note };
}

async function consistency(from: number, to: number): Promise<readonly Uint8Array[]> {
  const text = await must(call(registry, 'logProof', { query: { from: String(from), to: String(to) } }));
  return text
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => fromBase64(line) ?? []);
}

it('begins with nothing, grows, and every checkpoint continues each one before', async () => {
  const seen = [await checkpoint()];
  expect(seen[0]?.size).toBe(0);
  for (const until of [1, 5, 256, 300, 1_400]) {
    await append(seen.at(-1)?.size ?? 0, until);
    seen.push(await checkpoint());
    expect(seen.at(-1)?.size).toBe(until);
  }
  for (const first of seen)
    for (const second of seen.filter(({ size }) => size >= first.size)) {
      const proof = await consistency(first.size, second.size);
      const of = { first: first.size, second: second.size, firstRoot: first.root, secondRoot: second.root };
      expect(isConsistent(sha256, { ...of, proof }), `${first.size} ${second.size}`).toBe(true);
    }
  const missing = await call(registry, 'logProof', { query: { from: '0', to: '1401' } });
  expect(missing.problem?.code).toBe('not_found');
  const backwards = await call(registry, 'logProof', { query: { from: '9', to: '8' } });
  expect(backwards.problem?.code).toBe('bad_request');
});

it('serves tiles from which anybody rebuilds its root, and no entries', async () => {
  const { size, root } = await checkpoint();
  const leaves: Uint8Array[] = [];
  for (let n = 0; n * 256 < size; n += 1) {
    const width = Math.min(256, size - n * 256);
    const url = `/v1/log/tile/0/${String(n).padStart(3, '0')}${width < 256 ? `.p/${width}` : ''}`;
    const { statusCode, rawPayload, headers } = await registry.app.inject({ method: 'GET', url });
    expect([statusCode, rawPayload.length, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      width * 32,
      'application/octet-stream',
      'public, max-age=31536000, immutable',
    ]);
    for (let at = 0; at < width; at += 1) leaves.push(rawPayload.subarray(at * 32, at * 32 + 32));
  }
  expect(Buffer.from(rootOf(sha256, leaves)).equals(Buffer.from(root))).toBe(true);
  expect(leaves.map((leaf) => Buffer.from(leaf).toString('hex'))).toContain(
    Buffer.from(leafHash(sha256, Buffer.from('leaf 77'))).toString('hex'),
  );
  const status = async (path: string): Promise<number> =>
    (await registry.app.inject({ method: 'GET', url: `/v1/log/tile/${path}` })).statusCode;
  expect(await Promise.all(['0/000.p/7', '1/000.p/5'].map(status))).toEqual([200, 200]);
  const not = ['0/999', '0/005', '1/000', '0/0', 'entries/000', '0/000.p/256', '', '9/000', '0/x000/000'];
  expect(await Promise.all(not.map(status))).toEqual(not.map(() => 404));
});

it('takes a leaf once, whoever appends it again', async () => {
  const { size } = await checkpoint();
  await append(3, 7);
  await append(size, size + 1);
  await append(size, size + 1);
  expect((await checkpoint()).size).toBe(size + 1);
});

it('proves a member’s batch by a text that needs no net, once it has its place', async () => {
  const seller = await member(registry);
  const { origin, now } = registry.registry;
  const of = { origin, memberId: seller.member.member_id, deviceId: 'd1', key: seller.key, now };
  const body = batcher(of).batch([due(), due({ ref: 'two' })]);
  const id = { params: { id: body.batch_id } };
  expect((await seller.answer('sendBatch', { body })).log.index).toBeNull();
  const early = await seller.call('batchProof', id);
  expect([early.problem?.code, early.headers['retry-after']]).toEqual(['not_found', '5']);
  await sequence(registry.registry);
  const proof = readProof(await seller.answer('batchProof', id));
  const { size, root, note } = await checkpoint();
  expect(proof?.checkpoint).toBe(note);
  const { index } = (await seller.answer('batch', id)).log;
  expect(proof?.index).toBe(index);
  const header = headerLine({
    origin,
    member: seller.member.member_id,
    device: 'd1',
    epoch: 1,
    seq: 0,
    prev: '',
    kind: 'incremental',
    fullId: null,
    asOf: day('2026-11-22'),
    keyVersion: 'h1',
    itemCount: 2,
    root: body.root,
  });
  const leaf = leafHash(sha256, Buffer.from(header, 'utf8'));
  expect(isIncluded(sha256, { index: index ?? -1, size, leaf, proof: proof?.hashes ?? [], root })).toBe(true);
  expect((await (await member(registry)).call('batchProof', id)).problem?.code).toBe('not_found');
});

it('has one writer: whoever lost the lease writes nothing, and the next one takes over where it stopped', async () => {
  const { store } = registry.registry;
  const second = await registry.second();
  const before = await headOf(store);
  await store.transaction(async (tx) => {
    for (const name of ['a', 'b', 'c']) await appendLeaf(registry.registry, tx, Buffer.from(name));
  });
  // The first has the lease; the second waits for its end.
  expect(await sequence(second.registry)).toBe(0);
  registry.pass({ seconds: 31 });
  expect(await sequence(second.registry)).toBe(3);
  expect(await sequence(registry.registry)).toBe(0);
  const after = await headOf(store);
  expect(after?.fence).toBe((before?.fence ?? 0) + 1);
  const stale = { fence: before?.fence ?? 0, from: after?.size ?? 0, size: 9_999, checkpoint: 'forged' };
  expect(await growHead(store, stale)).toBe(false);
  expect((await headOf(store))?.checkpoint).toBe(after?.checkpoint);
  const now = registry.registry.now();
  expect(await takeLease(store, { fence: before?.fence ?? 0, now, until: now + 1 })).toBeNull();
});

it('gives every leaf one place where several writers are at it at once', async () => {
  const { store } = registry.registry;
  const servers = [registry.registry, (await registry.second()).registry, (await registry.second()).registry];
  const { size } = await checkpoint();
  registry.pass({ seconds: 31 });
  const names = Array.from({ length: 60 }, (_one, at) => `at once ${at}`);
  await Promise.all(
    names.map(async (name, at) => {
      const own = servers[at % servers.length] ?? registry.registry;
      await own.store.transaction((tx) => appendLeaf(own, tx, Buffer.from(name)));
      await sequence(own);
    }),
  );
  for (const one of servers) await sequence(one);
  const places = await Promise.all(
    names.map((name) => leafIndexOf(store, leafHash(sha256, Buffer.from(name)))),
  );
  expect(places.toSorted((a, b) => Number(a) - Number(b))).toEqual(names.map((_name, at) => size + at));
});
