import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BodyOf } from '#contract/registry.ts';
import { setStatus } from '#registry/store/members.ts';
import { gstinOf, member, panOf } from '#tests/builders/registry/member.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, expect, it } from 'vitest';

let registry: TempRegistry;
beforeAll(async () => {
  registry = await tempRegistry();
});

type Ids = BodyOf<'blind'>['ids'];
const asking = (ids: Ids, kv = 'h1') => ({ body: { schema: 'blind.v1', kv, ids } as const });
const many = (count: number): Ids =>
  Array.from({ length: count }, (_one, at) => ({ kind: 'gstin', value: gstinOf(at) }));

it('blinds each identifier in its one right form, and gives null for what is none', async () => {
  const seller = await member(registry);
  const { tokens } = await seller.answer(
    'blind',
    asking([
      { kind: 'pan', value: 'AAPFU0939F' },
      { kind: 'pan', value: ' aapfu 0939-f ' },
      { kind: 'gstin', value: '27AAPFU0939F1ZV' },
      { kind: 'gstin', value: '27AAPFU0939F1ZX' },
      { kind: 'mobile', value: '98765 43210' },
      { kind: 'mobile', value: '+91-9876543210' },
      { kind: 'mobile', value: '12345' },
      { kind: 'pan', value: 'x' },
    ]),
  );
  const [pan, samePan, gstin, badGstin, mobile, sameMobile, badMobile, none] = tokens;
  expect(pan).toMatch(/^h1\.[A-Za-z0-9_-]{43}$/);
  expect(samePan).toBe(pan);
  expect(sameMobile).toBe(mobile);
  expect(new Set([pan, gstin, mobile]).size).toBe(3);
  expect([badGstin, badMobile, none]).toEqual([null, null, null]);
});

it('hashes with the key in the blinder’s own file, and with nothing else', async () => {
  const seller = await member(registry);
  const { tokens } = await seller.answer('blind', asking([{ kind: 'pan', value: 'AAPFU0939F' }]));
  const pepper = Buffer.from(readFileSync(path.join(registry.keyFolder, 'blinder.key'), 'utf8'), 'base64');
  const expected = createHmac('sha256', pepper).update('pan:AAPFU0939F').digest('base64url');
  expect(tokens).toEqual([`h1.${expected}`]);
});

it('gives every member the same token: his own among them', async () => {
  const gstin = gstinOf(900);
  const [one, other] = [await member(registry, { gstin }), await member(registry)];
  const ask = asking([{ kind: 'pan', value: panOf(gstin) }]);
  expect((await other.answer('blind', ask)).tokens).toEqual([one.member.member_token]);
});

it('gives a new member 10,000 a day for a month, and 2,000 a day and 500 a minute from then on', async () => {
  const apart = await tempRegistry();
  const seller = await member(apart);
  const first = await seller.answer('blind', asking(many(500)));
  expect(first.quota).toEqual({ left: 9_500, resets_at: '2026-11-22T18:30:00.000Z' });
  expect((await seller.answer('me')).quotas.blind).toEqual({ used: 500, limit: 10_000 });
  apart.pass({ days: 30 });
  expect((await seller.answer('blind', asking(many(400)))).quota.left).toBe(1_600);
  const { problem, headers } = await seller.call('blind', asking(many(101)));
  expect(problem?.code).toBe('too_many');
  expect(headers['retry-after']).toBe('60');
  apart.pass({ minutes: 1 });
  for (const left of [1_100, 600, 100]) {
    expect((await seller.answer('blind', asking(many(500)))).quota.left).toBe(left);
    apart.pass({ minutes: 1 });
  }
  const spent = await seller.call('blind', asking(many(101)));
  expect(spent.problem?.code).toBe('too_many');
  // Half past six in the evening, UTC, is midnight in India.
  expect(spent.headers['retry-after']).toBe(String(14 * 3600 - 4 * 60));
  // Nothing is taken for a call that is refused.
  expect((await seller.answer('blind', asking(many(100)))).quota.left).toBe(0);
  apart.pass({ days: 1 });
  expect((await seller.answer('blind', asking(many(1)))).quota.left).toBe(1_999);
});

it('never gives more than the day’s quota to calls that come at once', async () => {
  const seller = await member(registry);
  const answers = await Promise.all(
    Array.from({ length: 24 }, () => seller.call('blind', asking(many(500)))),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
  expect(answers.filter(({ problem }) => problem?.code === 'too_many')).toHaveLength(4);
});

it('knows no other key version, and blinds nothing for a suspended member', async () => {
  const seller = await member(registry);
  const other = await seller.call('blind', asking(many(1), 'o1'));
  expect(other.problem).toMatchObject({ code: 'bad_request', at: 'body/kv' });
  await setStatus(registry.registry.store, seller.memberNo, 'suspended');
  expect((await seller.call('blind', asking(many(1)))).problem?.code).toBe('suspended');
});

it.skipIf(process.platform !== 'linux')(
  'gives the blinder’s process its own key file and nothing of the registry’s surroundings',
  () => {
    const environment = readFileSync(`/proc/${registry.registry.blinder.pid()}/environ`, 'utf8');
    const names = environment.split('\0').flatMap((line) => line.split('=')[0] || []);
    // What Node itself adds for a child that talks to its parent.
    const own = names.filter((name) => !name.startsWith('NODE_CHANNEL_'));
    expect(new Set(own)).toEqual(new Set(['PATH', 'BLINDER_KEY_FILE']));
  },
);

it('starts its blinder again where it died, and gives the same tokens', async () => {
  const apart = await tempRegistry();
  const seller = await member(apart);
  const ask = asking([{ kind: 'pan', value: 'AAPFU0939F' }]);
  const before = await seller.answer('blind', ask);
  apart.killBlinder();
  const [first, second] = await Promise.all([seller.call('blind', ask), seller.call('blind', ask)]);
  for (const { answer, problem } of [first, second])
    expect(problem?.code ?? answer?.tokens[0]).toSatisfy(
      (said) => said === 'unavailable' || said === before.tokens[0],
    );
  expect((await seller.answer('blind', ask)).tokens).toEqual(before.tokens);
  expect(apart.bugs).toEqual([]);
});
