import { day } from '#domain/days.ts';
import type { Gateway } from '#engine/adapters/message-ports.ts';
import { countingGateway, startCounting, type CountingServer } from '#tests/fakes/gateways/counting.ts';
import { planGateways } from '#engine/services/reminders/plan-gateways.ts';
import { refusalOf } from '#tests/builders/facts.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aMessage, aWorld, MINUTE, MONDAY, one, stateOf, TODAY, type World } from './outbox-world.ts';

let server: CountingServer;
beforeEach(async () => {
  server = await startCounting();
});
afterEach(() => server.close());

function wish(fields: Record<string, string> = {}) {
  return {
    kind: 'sms-counting',
    name: 'My SMS',
    fields: { port: String(server.port), ...fields },
    secrets: { key: 'very-secret' },
    isOn: true,
  };
}

async function testOf(world: World, gatewayId: number, sendsToOwner: boolean) {
  const said = [];
  for await (const check of await world.engine.client.gateways.test({ gatewayId, sendsToOwner }))
    said.push(check);
  return said.map(({ step, outcome }) => `${step}: ${outcome}`);
}

it('keeps the secrets of a gateway in the vault and shows only which there are', async () => {
  const world = await aWorld();
  const { gatewayId } = await world.engine.client.gateways.save(wish());
  const [shown] = await world.engine.client.gateways.list();
  expect(shown).toMatchObject({
    gatewayId,
    hasSecrets: ['key'],
    light: 'never-tested',
    hasReachedOwner: false,
  });
  expect(JSON.stringify(shown)).not.toContain('very-secret');
  const inBook = world.db.read(({ sqlite }) =>
    JSON.stringify(sqlite.prepare('select * from gateways').all()),
  );
  expect(inBook).not.toContain('very-secret');
  await world.engine.client.gateways.save({ ...wish({ port: '1' }), gatewayId, secrets: {} });
  const [after] = await world.engine.client.gateways.list();
  expect(after).toMatchObject({ hasSecrets: ['key'], fields: { port: '1' } });
});

it('refuses a kind nobody knows, a missing field and secrets without a vault', async () => {
  const { client } = (await aWorld()).engine;
  expect((await refusalOf(client.gateways.save({ ...wish(), kind: 'pigeon' }))).code).toBe(
    'gateway-kind-unknown',
  );
  expect((await refusalOf(client.gateways.save(wish({ port: '' })))).code).toBe('gateway-field-missing');
  expect((await refusalOf(client.gateways.save({ ...wish(), gatewayId: 99 }))).code).toBe('gateway-gone');
  const closed = await aWorld({ hasVault: false });
  expect((await refusalOf(closed.engine.client.gateways.save(wish()))).code).toBe('vault-closed');
});

it('tests step by step, sends to the owner through the outbox, and lets customers hear after his word', async () => {
  const world = await aWorld();
  const { client } = world.engine;
  const { gatewayId } = await client.gateways.save(wish());
  expect(await testOf(world, gatewayId, true)).toEqual(['settings: ok', 'connect: ok', 'send: left-out']);
  await client.business.save({ ownerPhone: '+91 98765 43210' });
  expect(await testOf(world, gatewayId, true)).toEqual(['settings: ok', 'connect: ok', 'send: ok']);
  expect(server.taken.map(({ to }) => to)).toEqual(['+919876543210']);
  const other = world.db.write((tx) => aMessage(tx, { gatewayId, purpose: 'reply' }));
  await world.round();
  expect(one(world.db, other).reason).toBe('first-run-to-self');
  await client.gateways.confirmOwner({ gatewayId });
  await world.round();
  expect(stateOf(world.db, other)).toBe('accepted');
  const [shown] = await client.gateways.list();
  expect(shown).toMatchObject({ light: 'ok', hasReachedOwner: true, sentTodayCount: 2 });
});

it('shows a gateway whose last test failed as failing until a test goes well', async () => {
  const world = await aWorld();
  const { client } = world.engine;
  const { gatewayId } = await client.gateways.save(wish({ port: '0' }));
  expect(await testOf(world, gatewayId, false)).toEqual(['settings: ok', 'connect: failed']);
  expect((await client.gateways.list())[0]).toMatchObject({ light: 'failing', testedAt: world.clock.now });
  await client.gateways.save({ ...wish(), gatewayId, secrets: {} });
  expect(await testOf(world, gatewayId, false)).toEqual(['settings: ok', 'connect: ok']);
  expect((await client.gateways.list())[0]?.light).toBe('ok');
});

it('says at once that it asks, and tells each step when it is taken', async () => {
  const plain = countingGateway();
  const step = (name: 'settings' | 'connect' | 'tls') =>
    ({ step: name, outcome: 'ok', detail: { en: name, hi: name } }) as const;
  const next = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const gateway: Gateway = {
    ...plain,
    open: (config, itsWorld) => ({
      ...plain.open(config, itsWorld),
      check: async (_, tell) => {
        await asked.promise;
        tell?.(step('settings'));
        tell?.(step('connect'));
        await next.promise;
        tell?.(step('tls'));
        return [step('settings'), step('connect'), step('tls')];
      },
    }),
  };
  const world = await aWorld({ gateways: [gateway] });
  const { client } = world.engine;
  const { gatewayId } = await client.gateways.save(wish());
  const said = await client.gateways.test({ gatewayId, sendsToOwner: false });
  const one_ = async () => (await said.next()).value;
  expect(await one_()).toMatchObject({ step: 'settings', outcome: 'ok' });
  asked.resolve();
  expect(await one_()).toMatchObject({ step: 'connect' });
  next.resolve();
  expect(await one_()).toMatchObject({ step: 'tls' });
  expect((await said.next()).done).toBe(true);
});

it('says of the test of WhatsApp by hand that it waits for its sender', async () => {
  const world = await aWorld();
  const { client } = world.engine;
  await client.business.save({ ownerPhone: '+91 98765 43210' });
  const byHand = { kind: 'whatsapp-link', fields: {}, secrets: {} };
  const { gatewayId } = await client.gateways.save({ ...wish(), ...byHand });
  const said = [];
  for await (const check of await client.gateways.test({ gatewayId, sendsToOwner: true })) said.push(check);
  expect(said.at(-1)).toMatchObject({ step: 'send', outcome: 'ok' });
  expect(said.at(-1)?.detail.en).toContain('waits under “By hand”');
  expect(await client.reminders.status()).toMatchObject({ toHandCount: 1 });
  const [planned] = world.db.read((tx) => planGateways(tx, world.engine.context.gatewayKinds));
  expect(planned).toMatchObject({ gatewayId, pricePerPartMicros: 0 });
  expect(await client.messages.list({ view: 'to-hand' })).toMatchObject({
    rows: [{ customerName: 'Test Traders', state: 'handed-to-user' }],
  });
});

it('cancels what waits for a gateway that is removed, and forgets its secrets', async () => {
  const world = await aWorld();
  const { client } = world.engine;
  const { gatewayId } = await client.gateways.save({ ...wish(), isOn: false });
  const id = world.db.write((tx) => aMessage(tx, { gatewayId, purpose: 'test' }));
  await world.round();
  expect(one(world.db, id).reason).toBe('gateway-paused');
  await client.gateways.remove({ gatewayId });
  expect(one(world.db, id)).toMatchObject({ state: 'cancelled', reason: 'no-gateway' });
  expect(await client.gateways.list()).toEqual([]);
});

it('hands a message to the user as a link, and takes his word for it', async () => {
  const world = await aWorld();
  const { client } = world.engine;
  const { gatewayId } = await client.gateways.save({
    ...wish(),
    kind: 'whatsapp-link',
    fields: {},
    secrets: {},
  });
  await client.gateways.confirmOwner({ gatewayId });
  const ids = world.db.write((tx) =>
    [1, 2].map(() => aMessage(tx, { gatewayId, channel: 'whatsapp', purpose: 'test' })),
  );
  await world.round();
  const [first = 0, second = 0] = ids;
  expect(stateOf(world.db, first)).toBe('handed-to-user');
  const { url } = await client.messages.link({ messageId: first });
  expect(url).toMatch(/^https:\/\/wa\.me\/919876500001\?text=/u);
  await client.messages.confirm({ messageId: first, isDone: true });
  await client.messages.confirm({ messageId: second, isDone: false });
  expect(ids.map((id) => stateOf(world.db, id))).toEqual(['user-confirmed', 'user-cancelled']);
  expect((await refusalOf(client.messages.link({ messageId: first }))).code).toBe('message-not-handed');
});

it('hands a letter and a call to the user without any gateway', async () => {
  const world = await aWorld();
  const { client } = world.engine;
  const [letter = 0, call = 0] = world.db.write((tx) =>
    (['letter', 'call'] as const).map((channel) =>
      aMessage(tx, { gatewayId: null, channel, purpose: 'test', notBefore: MONDAY + MINUTE }),
    ),
  );
  const counts = { toPrintCount: 0, toCallCount: 0, scheduledCount: 2 };
  expect(await client.reminders.status()).toMatchObject(counts);
  expect((await client.messages.list({ view: 'to-print' })).rows).toEqual([]);
  world.clock.now += MINUTE;
  await world.round();
  expect(await client.reminders.status()).toMatchObject({
    toPrintCount: 1,
    toCallCount: 1,
    scheduledCount: 0,
  });
  expect((await client.messages.list({ view: 'to-print' })).rows.map((row) => row.messageId)).toEqual([
    letter,
  ]);
  expect((await client.messages.list({ view: 'to-call' })).rows.map((row) => row.messageId)).toEqual([call]);
  await client.messages.confirm({ messageId: letter, isDone: true, postalNumber: 'EM123456789IN' });
  await client.messages.confirm({
    messageId: call,
    isDone: true,
    outcome: 'promise',
    promiseDay: day('2026-12-01'),
  });
  const shown = await client.messages.get({ messageId: letter });
  expect(shown).toMatchObject({ state: 'user-confirmed', postalNumber: 'EM123456789IN' });
  const said = await client.messages.get({ messageId: call });
  expect(said.events.at(-1)).toMatchObject({
    kind: 'called',
    values: { outcome: 'promise', promiseDay: '2026-12-01' },
  });
});

it('rejects before the socket what a gateway could not send', async () => {
  const world = await aWorld({ gateways: [countingGateway()] });
  const { gatewayId } = await world.engine.client.gateways.save(wish());
  const id = world.db.write((tx) => aMessage(tx, { gatewayId, purpose: 'test', body: 'UNSENDABLE' }));
  await world.round();
  expect(one(world.db, id)).toMatchObject({ state: 'rejected', reason: 'text-refused' });
  expect(server.taken).toEqual([]);
});

it('adds up what messages cost by day, channel and gateway', async () => {
  const world = await aWorld();
  const { client } = world.engine;
  const { gatewayId } = await client.gateways.save(wish());
  world.db.write((tx) => [1, 2, 3].map(() => aMessage(tx, { gatewayId, purpose: 'test' })));
  await world.round();
  const costs = await client.messages.costs({ from: TODAY, to: TODAY });
  const sums = { count: 3, costMicros: 360_000, estimateMicros: 360_000 };
  expect(costs).toEqual({
    days: [{ day: '2026-11-23', channel: 'sms', ...sums }],
    gateways: [{ gatewayId, name: 'My SMS', partCount: 3, ...sums }],
  });
  expect(await client.messages.costs({ from: day('2026-11-24'), to: day('2026-11-30') })).toEqual({
    days: [],
    gateways: [],
  });
});

it('signs in through a browser, keeps what came of it and lets the gateway go on', async () => {
  const plain = countingGateway();
  const world = await aWorld({
    gateways: [
      {
        ...plain,
        signIn: async (_config, openUrl) => {
          await openUrl('https://accounts.example/sign-in');
          return { ok: true, value: { secrets: { key: 'refresh-token' } } };
        },
      },
    ],
  });
  const { client } = world.engine;
  const { gatewayId } = await client.gateways.save({ ...wish(), secrets: {} });
  const said = [];
  for await (const one_ of await client.gateways.signIn({ gatewayId })) said.push(one_);
  expect(said).toEqual([
    { openUrl: 'https://accounts.example/sign-in', isDone: false },
    { openUrl: null, isDone: true },
  ]);
  expect((await client.gateways.list())[0]?.hasSecrets).toEqual(['key']);
});

it('does not sign in where the gateway knows no such way', async () => {
  const { client } = (await aWorld()).engine;
  const { gatewayId } = await client.gateways.save(wish());
  const signing = async (): Promise<void> => {
    for await (const said of await client.gateways.signIn({ gatewayId })) expect(said).toBeUndefined();
  };
  expect((await refusalOf(signing())).code).toBe('gateway-no-sign-in');
});
