import { startCounting, type CountingServer } from '#tests/fakes/gateways/counting.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  aDebtor,
  aGateway,
  aMessage,
  aWorld,
  MINUTE,
  one,
  phoneOf,
  stateOf,
  type World,
} from './outbox-world.ts';

let server: CountingServer;
beforeEach(async () => {
  server = await startCounting();
});
afterEach(() => server.close());

/** A message that has been tried twice in vain and waits for five minutes. */
async function aWaiting(world: World): Promise<number> {
  const id = world.db.write((tx) => {
    const { customerId, billId, amount } = aDebtor(tx, 1);
    const gatewayId = aGateway(tx, { port: server.port });
    return aMessage(tx, { gatewayId, customerId, address: phoneOf(1), bill: { billId, amount } });
  });
  await server.listen(false);
  await world.round();
  world.clock.now = one(world.db, id).nextAt ?? 0;
  await world.round();
  expect(one(world.db, id)).toMatchObject({ state: 'retry-wait', attemptCount: 2 });
  await server.listen(true);
  return id;
}

it('sends what could not reach its gateway as soon as the network is back', async () => {
  const world = await aWorld();
  const id = await aWaiting(world);
  world.clock.now += 3 * MINUTE;
  expect(one(world.db, id).nextAt).toBeGreaterThan(world.clock.now);
  for (let times = 0; times < 20; times += 1) world.engine.hurry();
  world.clock.now += 2000;
  await vi.waitFor(() => expect(stateOf(world.db, id)).toBe('accepted'), { timeout: 5000, interval: 20 });
  expect(server.taken).toHaveLength(1);
});

it('does not use up the attempts of a message while the network comes and goes', async () => {
  const world = await aWorld();
  const id = await aWaiting(world);
  const { nextAt } = one(world.db, id);
  world.clock.now += MINUTE;
  world.engine.hurry();
  expect(one(world.db, id)).toMatchObject({ nextAt, attemptCount: 2 });
});

it('leaves what its gateway told to wait', async () => {
  const world = await aWorld();
  const id = world.db.write((tx) =>
    aMessage(tx, { gatewayId: aGateway(tx, { port: server.port }), purpose: 'test' }),
  );
  server.plays.push('throttled');
  await world.round();
  const { nextAt, state } = one(world.db, id);
  expect(state).toBe('retry-wait');
  world.clock.now += 3 * MINUTE;
  world.db.write(({ sqlite }) =>
    sqlite.prepare('update messages set next_at = ?').run(world.clock.now + 9 * MINUTE),
  );
  world.engine.hurry();
  expect(one(world.db, id).nextAt).toBe(world.clock.now + 9 * MINUTE);
  expect(nextAt).not.toBeNull();
});
