import { endpoints, type EndpointName } from '#contract/registry.ts';
import { consentBody, debtor } from '#tests/builders/registry/debtor.ts';
import { batcher, due, type Batcher } from '#tests/builders/registry/batch.ts';
import { gstinOf, member, type Ask, type TestMember } from '#tests/builders/registry/member.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, describe, expect, it } from 'vitest';

// Which calls a member has who waits to be admitted, or who joined for one purpose only.

let registry: TempRegistry;
beforeAll(async () => {
  registry = await tempRegistry();
});

const ofMembers = Object.keys(endpoints).filter(
  (name): name is EndpointName => name in endpoints && endpoints[name as EndpointName].caller === 'member',
);

async function codeOf(by: TestMember, name: EndpointName): Promise<string> {
  const hasBody = 'body' in endpoints[name];
  const ask = {
    params: { id: registry.registry.newId(), device: 'd9' },
    ...(name === 'changes' && { query: { cursor: '0' } }),
    ...(hasBody && { body: {} as never }),
  } satisfies Ask<EndpointName>;
  return (await by.call(name, ask)).problem?.code ?? 'ok';
}

describe('a member whom nobody admitted yet', () => {
  it('may look at his membership, keep his devices and go, and nothing else', async () => {
    const waiting = await member(registry, { pending: true });
    const may = ['me', 'leave', 'enrol', 'revoke', 'epoch'];
    expect(ofMembers.length).toBeGreaterThan(15);
    for (const name of ofMembers.filter((one) => one !== 'leave')) {
      const code = await codeOf(waiting, name);
      if (may.includes(name)) expect(code, name).not.toBe('member_pending');
      else expect(code, name).toBe('member_pending');
    }
    expect((await waiting.answer('me')).status).toBe('pending');
    expect(await codeOf(waiting, 'leave')).toBe('ok');
  });
});

describe('a member of one purpose', () => {
  it.each([
    ['publish', ['check']],
    ['check', []],
  ] as const)('who joined to %s is refused %s and no other call', async (purpose, refused) => {
    const one = await member(registry, { purpose });
    for (const name of ofMembers.filter((name) => name !== 'leave')) {
      const code = await codeOf(one, name);
      const isRefused = refused.some((other) => other === name);
      expect([name, code === 'purpose'], code).toEqual([name, isRefused]);
    }
  });

  it('who joined to look only tells of nothing new, and may still settle what he told before', async () => {
    const gstin = gstinOf(8_801);
    const before = await member(registry, { gstin });
    const { origin, now } = registry.registry;
    const sender = ({ member: of, key }: TestMember): Batcher =>
      batcher({ origin, memberId: of.member_id, deviceId: of.device_id, key, now });
    const told = sender(before).batch([due({ ref: 'told' })]);
    expect((await before.answer('sendBatch', { body: told, isZipped: true })).errors).toEqual([]);
    const looker = await member(registry, { gstin, purpose: 'check' });
    const settled = due({ ref: 'told', rev: 2, state: 'settled' });
    const body = sender(looker).batch([settled, due({ ref: 'new', of: 'another', rev: 3 })]);
    const { errors } = await looker.answer('sendBatch', { body, isZipped: true });
    expect(errors.map(({ i, code }) => [i, code])).toEqual([[1, 'bad_item']]);
    const states = await registry.registry.store.rows({ text: 'select state from due' });
    expect(states).toEqual([{ state: 'settled' }]);
  });

  it('asks for the consent that his purpose needs, and for no other', async () => {
    const of = await debtor(registry);
    const codes: (string | undefined)[] = [];
    for (const purpose of ['publish', 'check'] as const) {
      const one = await member(registry, { purpose });
      for (const wanted of ['TC01', 'TC02'] as const)
        codes.push(
          (await one.call('askConsent', { body: consentBody(registry, of, { purpose: wanted }) })).problem
            ?.code,
        );
    }
    expect(codes).toEqual(['purpose', undefined, undefined, 'purpose']);
  });
});
