import { gunzipSync } from 'node:zlib';
import { fromBase64, fromBase64Url } from '#domain/registry/bytes.ts';
import { isIncluded } from '#domain/registry/merkle.ts';
import { itemProofOf } from '#registry/batches/item-proof.ts';
import { fastLeaf } from '#registry/batches/read-batch.ts';
import { sha256 } from '#registry/crypto.ts';
import { audit } from '#registry/log/audit.ts';
import { sequence } from '#registry/log/sequencer.ts';
import { batcher, due, refOf, tokenOf } from '#tests/builders/registry/batch.ts';
import { member } from '#tests/builders/registry/member.ts';
import { runJob } from '#tests/builders/registry/run-job.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { expect, it } from 'vitest';

/** Every row of every table, and what lies packed in them. */
async function everything({ registry: { store } }: TempRegistry): Promise<string> {
  const tables = await store.rows<{ readonly name: string }>({
    text: `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  });
  const parts: string[] = [];
  for (const { name } of tables)
    for (const { row } of await store.rows<{ row: string }>({
      text: `SELECT t::text AS row FROM ${name} AS t`,
    }))
      parts.push(row);
  const bodies = await store.rows<{ body: Buffer }>({ text: 'SELECT body FROM submission' });
  for (const { body } of bodies) parts.push(body[0] === 0x1f ? gunzipSync(body).toString() : body.toString());
  return parts.join('\n');
}

it('leaves nothing of an item that was erased, in any version, and proves all the others as before', async () => {
  const registry = await tempRegistry();
  const seller = await member(registry);
  const { origin, now } = registry.registry;
  const next = batcher({ origin, memberId: seller.member.member_id, deviceId: 'd1', key: seller.key, now });
  const send = async (...of: Parameters<typeof next.batch>): Promise<string> =>
    (await seller.answer('sendBatch', { body: next.batch(...of), isZipped: true })).batch_id;
  const wrong = { ref: 'wrong', of: 'somebody', amountPaise: 7_654_321_00 };
  const stays = due({ ref: 'stays', of: 'debtor', amountPaise: 1_234_567_00 });
  const first = await send([due(wrong), stays, due({ ref: 'three', of: 'debtor' })]);
  await send([due({ ...wrong, rev: 2, state: 'part', openPaise: 3_333_333_00 })]);
  // The same bill goes on under another debtor: that is another item.
  await send([due({ ...wrong, rev: 3, state: 'withdrawn' }), due({ ref: 'moved', of: 'somebody else' })]);
  const full = next.items([[refOf('wrong'), 3, 'withdrawn', 3_333_333_00]], {
    kind: 'full_end',
    fullId: registry.registry.newId(),
  });
  await seller.answer('sendBatch', { body: full, isZipped: true });
  await sequence(registry.registry);
  const traces = [
    tokenOf('somebody'),
    ...[1, 2, 3].map((rev) => due({ ...wrong, rev }).salt),
    '765432100',
    '333333300',
  ];
  const before = await everything(registry);
  expect(traces.filter((trace) => !before.includes(trace))).toEqual([]);

  registry.pass({ days: 31 });
  // The debtor's own row of what was blinded goes with its own time.
  await registry.registry.store.rows({ text: 'DELETE FROM subject_entity' });
  await runJob(registry, 'retention');
  const after = await everything(registry);
  expect(traces.filter((trace) => after.includes(trace))).toEqual([]);
  for (const kept of [stays.salt, '123456700', tokenOf('somebody else')]) expect(after).toContain(kept);

  expect(await audit(registry.registry)).toEqual([]);
  const proof = await itemProofOf(registry.registry, {
    memberNo: seller.memberNo,
    batchId: first,
    itemAt: 1,
  });
  if (proof === null) throw new Error('The item that stays has no proof.');
  expect(
    isIncluded(sha256, {
      index: proof.index,
      size: proof.size,
      leaf: fastLeaf(stays),
      proof: proof.hashes.map((hash) => fromBase64(hash) ?? new Uint8Array()),
      root: fromBase64Url(proof.header.split('|').at(-1) ?? '') ?? new Uint8Array(),
    }),
  ).toBe(true);
  const gone = await itemProofOf(registry.registry, { memberNo: seller.memberNo, batchId: first, itemAt: 0 });
  expect(gone).toBeNull();
  const [{ live_dues: live } = { live_dues: -1 }] = await registry.registry.store.rows<{ live_dues: number }>(
    {
      text: 'SELECT live_dues FROM member WHERE member_no = $1',
      values: [seller.memberNo],
    },
  );
  expect(live).toBe(3);
});
