import { toBase64Url } from '#domain/registry/bytes.ts';
import { newSeed, signingKey, type SigningKey } from '#registry/crypto.ts';
import { setStatus } from '#registry/store/members.ts';
import { member, type TestMember } from '#tests/builders/registry/member.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, expect, it } from 'vitest';

let registry: TempRegistry;
let seller: TestMember;
beforeAll(async () => {
  registry = await tempRegistry();
  seller = await member(registry);
});

const enrolment = (key: SigningKey) =>
  ({ schema: 'device.v1', device_key: toBase64Url(key.publicKey) }) as const;

it('enrols another machine, whose epoch is newer than every one before', async () => {
  const key = signingKey(newSeed());
  const made = await seller.answer('enrol', { body: enrolment(key) });
  expect(made).toEqual({ device_id: 'd2', epoch: 2 });
  expect((await seller.withDevice('d2', key).answer('me')).device_id).toBe('d2');
  // The answer was lost, and it asks again.
  expect(await seller.answer('enrol', { body: enrolment(key) })).toEqual(made);
});

it('takes nothing more from a machine that was taken off, and says so in the member’s changes', async () => {
  const key = signingKey(newSeed());
  const { device_id } = await seller.answer('enrol', { body: enrolment(key) });
  await seller.answer('revoke', { params: { device: device_id } });
  expect((await seller.withDevice(device_id, key).call('me')).problem?.code).toBe('revoked_key');
  // Once more changes nothing.
  expect(await seller.answer('revoke', { params: { device: device_id } })).toEqual({});
  const feed = await registry.registry.store.rows<{ change: string }>({
    text: 'SELECT change FROM feed WHERE member_no = $1 ORDER BY n',
    values: [seller.memberNo],
  });
  expect(feed.map(({ change }): unknown => JSON.parse(change))).toEqual([{ type: 'key.revoked', device_id }]);
});

it('takes no machine off another’s membership', async () => {
  const other = await member(registry);
  expect((await other.call('revoke', { params: { device: 'd2' } })).problem?.code).toBe('not_found');
  expect((await seller.call('me')).status).toBe(200);
});

it('numbers machines one by one where they enrol at once, and has twenty of them at most', async () => {
  const busy = await member(registry);
  const keys = Array.from({ length: 24 }, () => signingKey(newSeed()));
  const answers = await Promise.all(keys.map((key) => busy.call('enrol', { body: enrolment(key) })));
  const devices = answers.flatMap(({ answer }) => (answer ? [answer.device_id] : []));
  expect(devices.toSorted()).toEqual(Array.from({ length: 19 }, (_one, at) => `d${at + 2}`).toSorted());
  expect(answers.filter(({ problem }) => problem?.code === 'conflict')).toHaveLength(5);
  const epochs = new Set(answers.map(({ answer }) => answer?.epoch));
  expect(epochs.size).toBe(20);
});

it('gives a restored backup an epoch that is newer than all it counted before', async () => {
  const restored = await member(registry);
  const body = { schema: 'epoch.v1', device_id: 'd1', reason: 'restored' } as const;
  expect(await restored.answer('epoch', { body })).toEqual({ epoch: 2, next_seq: 0 });
  expect((await restored.answer('me')).epoch).toBe(2);
  const others = await restored.call('epoch', { body: { ...body, device_id: 'd2' } });
  expect(others.problem?.code).toBe('not_allowed');
});

it('ends with leaving', async () => {
  const gone = await member(registry);
  expect(await gone.answer('leave')).toEqual({});
  for (const name of ['me', 'changes'] as const)
    expect((await gone.call(name, name === 'me' ? {} : { query: { cursor: '0' } })).problem?.code).toBe(
      'revoked_key',
    );
});

it('lets a suspended member see where he stands, and add no machine', async () => {
  const held = await member(registry);
  await setStatus(registry.registry.store, held.memberNo, 'suspended');
  expect((await held.answer('me')).status).toBe('suspended');
  const { problem } = await held.call('enrol', { body: enrolment(signingKey(newSeed())) });
  expect(problem?.code).toBe('suspended');
});

/** Encodings of points of small order, as RFC 8032 spells them, and as it does not. */
const WEAK = [
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
].flatMap((hex) => {
  const plain = Buffer.from(hex, 'hex');
  const signed = Buffer.from(plain);
  signed.writeUInt8(signed.readUInt8(31) | 0x80, 31);
  return [plain, signed];
});

it('enrols no key under which a signature holds for anything', async () => {
  const seller = await member(registry);
  for (const key of WEAK) {
    const { problem } = await seller.call('enrol', {
      body: { schema: 'device.v1', device_key: toBase64Url(key) },
    });
    expect(problem, key.toString('hex')).toMatchObject({ code: 'bad_request', at: 'body/device_key' });
  }
  expect((await seller.answer('me')).devices).toHaveLength(1);
});

it('has the nonce of a new epoch on the disk before it answers, and of a look at himself soon after', async () => {
  const seller = await member(registry);
  const { store } = registry.registry;
  const durable: string[] = [];
  const rows = store.rows;
  Object.assign(store, {
    rows: (query: { name?: string }) => {
      durable.push(query.name ?? '');
      return rows(query as never);
    },
  });
  await seller.answer('me');
  expect(durable).not.toContain('admit-caller');
  await seller.answer('epoch', {
    body: { schema: 'epoch.v1', device_id: seller.member.device_id, reason: 'restored' },
  });
  Object.assign(store, { rows });
  expect(durable).toContain('admit-caller');
});
