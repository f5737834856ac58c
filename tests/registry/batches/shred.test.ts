import { gunzipSync } from 'node:zlib';
import { day } from '#domain/days.ts';
import { dueItem } from '#domain/registry/dues.ts';
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

it('keeps of an item that was refused its hash alone, and proves the rest of its batch', async () => {
  const registry = await tempRegistry();
  const seller = await member(registry);
  const { origin, now } = registry.registry;
  const next = batcher({ origin, memberId: seller.member.member_id, deviceId: 'd1', key: seller.key, now });
  const early = due({ ref: 'early', of: 'refused', amountPaise: 7_654_321_00, dueDay: day('2026-11-20') });
  const stays = due({ ref: 'stays', of: 'debtor', amountPaise: 1_234_567_00 });
  const junk = ['Ramesh of Surat does not pay'];
  const contacts = [{ subject: tokenOf('refused'), mobile: '+919812345678', email: null }];
  const body = next.items([dueItem(early), junk, dueItem(stays)], { contacts });
  const { errors } = await seller.answer('sendBatch', { body, isZipped: true });
  expect(errors).toEqual([
    { i: 0, code: 'not_overdue' },
    { i: 1, code: 'bad_item' },
  ]);
  const kept = await everything(registry);
  expect([early.salt, '765432100', 'Ramesh', '9812345678'].filter((trace) => kept.includes(trace))).toEqual(
    [],
  );
  expect(kept).toContain(stays.salt);
  const again = await seller.answer('sendBatch', { body, isZipped: true });
  expect(again).toMatchObject({ replayed: true, errors });
  await sequence(registry.registry);
  expect(await audit(registry.registry)).toEqual([]);
  const proof = await itemProofOf(registry.registry, {
    memberNo: seller.memberNo,
    batchId: body.batch_id,
    itemAt: 2,
  });
  expect(proof?.item[0]).toBe(stays.dueRef);
});

it('keeps an invoice claimed when its due went on under another subject and the wrong one is erased', async () => {
  const registry = await tempRegistry();
  const [seller, other] = [await member(registry), await member(registry)];
  const { origin, now } = registry.registry;
  const batcherOf = ({ member: { member_id }, key }: typeof seller): ReturnType<typeof batcher> =>
    batcher({ origin, memberId: member_id, deviceId: 'd1', key, now });
  const next = batcherOf(seller);
  const irp = { grade: 'irp', proof: 'one invoice' } as const;
  await seller.answer('sendBatch', { body: next.batch([due({ ref: 'bill', of: 'wrong', ...irp })]) });
  await seller.answer('sendBatch', {
    body: next.batch([
      due({ ref: 'bill', of: 'wrong', rev: 2, state: 'withdrawn', ...irp }),
      due({ ref: 'bill', of: 'right', rev: 3, ...irp }),
    ]),
  });
  registry.pass({ days: 31 });
  await runJob(registry, 'retention');
  const body = batcherOf(other).batch([due({ ref: 'theirs', of: 'right', ...irp })]);
  expect((await other.answer('sendBatch', { body })).errors).toEqual([{ i: 0, code: 'evidence_reused' }]);
});
