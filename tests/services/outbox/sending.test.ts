import { insertMessage } from '#engine/storage/messages.ts';
import { putReminderSetting } from '#engine/storage/reminder-settings.ts';
import { countingGateway, startCounting, type CountingServer } from '#tests/fakes/gateways/counting.ts';
import { moneyIn } from '#tests/builders/facts.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  aDebtor,
  aGateway,
  aMessage,
  aWorld,
  copyOf,
  HOUR,
  kindsOf,
  MINUTE,
  one,
  phoneOf,
  stateOf,
  states,
  type World,
} from './outbox-world.ts';

let server: CountingServer;
beforeEach(async () => {
  server = await startCounting();
});
afterEach(() => server.close());

/** A message to somebody who owes, through a gateway of its own. */
function aReminder(
  world: World,
  fields: { purpose?: 'reminder' | 'reply'; isAutomatic?: boolean } = {},
): number {
  return world.db.write((tx) => {
    const { customerId, billId, amount } = aDebtor(tx, 1);
    const gatewayId = aGateway(tx, { port: server.port });
    return aMessage(tx, { gatewayId, customerId, address: phoneOf(1), bill: { billId, amount }, ...fields });
  });
}

it('sends a message once and tells each step of it', async () => {
  const { db, round, bugs, ...world } = await aWorld();
  const id = aReminder({ db, round, bugs, ...world });
  await round();
  await round();
  expect(bugs).toEqual([]);
  expect(server.taken).toHaveLength(1);
  expect(stateOf(db, id)).toBe('accepted');
  expect(kindsOf(db, id)).toEqual(['planned', 'claimed', 'checked', 'sending', 'accepted']);
});

it('sends nothing to somebody who has paid since', async () => {
  const world = await aWorld();
  const id = aReminder(world);
  world.db.write((tx) => {
    const { customerId } = one(world.db, id);
    moneyIn(tx, customerId ?? 0, { amount: 1000, day: '2026-11-20', allocated: new Map([[1, 1000]]) });
  });
  await world.round();
  expect(server.taken).toEqual([]);
  expect(one(world.db, id)).toMatchObject({ state: 'skipped', reason: 'paid' });
});

it('never sends again by itself what may have left, and finds out what became of it', async () => {
  const world = await aWorld();
  const id = aReminder(world);
  server.plays.push('reset-before-answer');
  await world.round();
  expect(stateOf(world.db, id)).toBe('unknown');
  await world.round();
  expect(server.taken).toHaveLength(1);
  world.clock.now += 2 * MINUTE;
  await world.round();
  expect(server.taken).toHaveLength(1);
  expect(stateOf(world.db, id)).toBe('accepted');
  expect(kindsOf(world.db, id)).toContain('found');
});

it('was not sent when the gateway twice says that it is not there', async () => {
  const world = await aWorld();
  const id = aReminder(world);
  server.plays.push('reset-after-request');
  await world.round();
  expect(stateOf(world.db, id)).toBe('unknown');
  world.clock.now += 2 * MINUTE;
  await world.round();
  expect(stateOf(world.db, id)).toBe('unknown');
  world.clock.now += 8 * MINUTE;
  await world.round();
  expect(stateOf(world.db, id)).toBe('not-sent');
  expect(server.taken).toEqual([]);
});

it('leaves it to a person where the gateway cannot be asked, and sends again only on his word', async () => {
  const world = await aWorld({ gateways: [countingGateway({ canFind: false })] });
  const id = aReminder(world);
  server.plays.push('reset-before-answer');
  await world.round();
  world.clock.now += 10 * MINUTE;
  await world.round();
  expect(stateOf(world.db, id)).toBe('needs-person');
  await world.engine.client.messages.settle({ messageId: id, hasArrived: false, sendAgain: true });
  await world.round();
  expect(states(world.db)).toEqual({ 'not-sent': 1, accepted: 1 });
  expect(server.taken.map(({ uid }) => uid)).toHaveLength(2);
});

it('tries again after one, five, fifteen and sixty minutes while nobody listens, and then gives up', async () => {
  const world = await aWorld();
  const id = aReminder(world);
  await server.listen(false);
  const waits: number[] = [];
  await world.round();
  for (let tries = 0; tries < 4; tries += 1) {
    const { nextAt, changedAt } = one(world.db, id);
    waits.push(Math.floor(((nextAt ?? 0) - changedAt) / MINUTE));
    world.clock.now = nextAt ?? 0;
    await world.round();
  }
  // A wait is up to a fifth longer, so that what failed together does not come back together.
  for (const [at, wait] of [1, 5, 15, 60].entries()) {
    expect(waits[at]).toBeGreaterThanOrEqual(wait);
    expect(waits[at]).toBeLessThanOrEqual(wait * 1.2);
  }
  expect(stateOf(world.db, id)).toBe('not-sent');
});

it('sends it when the gateway listens again', async () => {
  const world = await aWorld();
  const id = aReminder(world);
  await server.listen(false);
  await world.round();
  expect(stateOf(world.db, id)).toBe('retry-wait');
  await server.listen(true);
  world.clock.now += 2 * MINUTE;
  await world.round();
  expect(stateOf(world.db, id)).toBe('accepted');
});

it('pauses only the gateway whose account is refused, and goes on when it is resumed', async () => {
  const other = await startCounting();
  const world = await aWorld();
  const { bad, good } = world.db.write((tx) => {
    const first = aGateway(tx, { port: server.port, perMinute: 60 });
    const second = aGateway(tx, { port: other.port });
    const of = (gatewayId: number): number[] =>
      Array.from({ length: 3 }, () => aMessage(tx, { gatewayId, purpose: 'test' }));
    return { bad: of(first), good: of(second) };
  });
  server.plays.push('balance', 'balance', 'balance');
  await world.round();
  expect(good.map((id) => stateOf(world.db, id))).toEqual(['accepted', 'accepted', 'accepted']);
  expect(bad.map((id) => one(world.db, id).reason)).toEqual(Array(3).fill('gateway-paused'));
  expect(server.taken).toEqual([]);
  const [shown] = await world.engine.client.gateways.list();
  expect(shown).toMatchObject({ light: 'paused', pause: { errorClass: 'balance', heldCount: 3 } });
  server.plays.length = 0;
  await world.engine.client.gateways.resume({ gatewayId: shown?.gatewayId ?? 0 });
  for (let rounds = 0; rounds < 4; rounds += 1) {
    world.clock.now += MINUTE;
    await world.round();
  }
  expect(server.taken).toHaveLength(3);
  await other.close();
});

it('sets aside an address that does not exist, and tells which (E22)', async () => {
  const world = await aWorld();
  const ids = world.db.write((tx) => {
    const gatewayId = aGateway(tx, { port: server.port });
    return Array.from({ length: 50 }, (_unused, at) => {
      const { customerId, billId, amount } = aDebtor(tx, at);
      return aMessage(tx, { gatewayId, customerId, address: phoneOf(at), bill: { billId, amount } });
    });
  });
  server.plays.push('', '', '', 'recipient-permanent');
  for (let rounds = 0; rounds < 6 && server.taken.length < 49; rounds += 1) {
    await world.round();
    world.clock.now += MINUTE;
  }
  expect(server.taken).toHaveLength(49);
  const failed = ids.filter((id) => stateOf(world.db, id) === 'rejected');
  expect(failed).toHaveLength(1);
  const { address } = one(world.db, failed[0] ?? 0);
  const rows = world.db.read(({ sqlite }) =>
    sqlite.prepare('select address, reason from suppressions').all(),
  );
  expect(rows).toEqual([{ address, reason: 'invalid' }]);
}, 15_000);

it('holds everything that has not begun to leave while the red button is pressed', async () => {
  const world = await aWorld();
  const id = aReminder(world);
  world.db.write((tx) => putReminderSetting(tx, 'isKilled', true));
  await world.round();
  expect(one(world.db, id)).toMatchObject({ state: 'held', reason: 'kill-switch' });
  world.db.write((tx) => putReminderSetting(tx, 'isKilled', false));
  await world.round();
  expect(stateOf(world.db, id)).toBe('accepted');
  expect(server.taken).toHaveLength(1);
});

it('checks everything in a dry run and stops before the socket', async () => {
  const world = await aWorld();
  const id = aReminder(world);
  world.db.write((tx) => putReminderSetting(tx, 'isDryRun', true));
  await world.round();
  expect(one(world.db, id)).toMatchObject({ state: 'skipped', reason: 'dry-run' });
  expect(kindsOf(world.db, id)).toEqual(['planned', 'claimed', 'checked', 'skipped']);
  expect(server.taken).toEqual([]);
});

it('lets nobody but the owner hear of a gateway that has not reached him yet', async () => {
  const world = await aWorld();
  const { toCustomer, toOwner, gatewayId } = world.db.write((tx) => {
    const { customerId, billId, amount } = aDebtor(tx, 1);
    const id = aGateway(tx, { port: server.port, reachedOwnerAt: null });
    return {
      gatewayId: id,
      toCustomer: aMessage(tx, { gatewayId: id, customerId, address: phoneOf(1), bill: { billId, amount } }),
      toOwner: aMessage(tx, { gatewayId: id, purpose: 'test' }),
    };
  });
  await world.round();
  expect(stateOf(world.db, toOwner)).toBe('accepted');
  expect(one(world.db, toCustomer)).toMatchObject({ state: 'held', reason: 'first-run-to-self' });
  await world.engine.client.gateways.confirmOwner({ gatewayId });
  await world.round();
  expect(stateOf(world.db, toCustomer)).toBe('accepted');
});

it('does not send what is too old, and nothing in a burst after a sleep of three days', async () => {
  const world = await aWorld();
  world.db.write((tx) => {
    const gatewayId = aGateway(tx, { port: server.port });
    for (let count = 0; count < 20; count += 1) aMessage(tx, { gatewayId, purpose: 'test' });
  });
  world.clock.now += 72 * HOUR;
  await world.round();
  expect(states(world.db)).toEqual({ skipped: 20 });
  expect(server.taken).toEqual([]);
});

it('keeps the pace of a gateway, also when the clock is set back', async () => {
  const world = await aWorld();
  world.db.write((tx) => {
    const gatewayId = aGateway(tx, { port: server.port, perMinute: 10 });
    for (let count = 0; count < 5; count += 1) aMessage(tx, { gatewayId, purpose: 'test', notBefore: 0 });
  });
  await world.round();
  expect(server.taken).toHaveLength(1);
  world.clock.now -= 2 * HOUR;
  await world.round();
  expect(server.taken).toHaveLength(1);
  world.clock.now += 7000;
  await world.round();
  expect(server.taken).toHaveLength(2);
});

it('makes one message of two with one key (E8)', async () => {
  const world = await aWorld();
  const id = aReminder(world);
  const { id: _, ...row } = one(world.db, id);
  const again = world.db.write((tx) => insertMessage(tx, { ...row, uid: 'another', bills: [] }));
  expect(again).toBeNull();
  await world.round();
  expect(server.taken).toHaveLength(1);
});

it('refuses to cancel what has left and cancels what waits (E12)', async () => {
  const world = await aWorld();
  const id = aReminder(world);
  const waiting = world.db.write((tx) =>
    aMessage(tx, { gatewayId: 1, purpose: 'test', state: 'awaiting-approval' }),
  );
  await world.round();
  await expect(world.engine.client.messages.cancel({ messageIds: [id] })).rejects.toMatchObject({
    data: { code: 'messages-left' },
  });
  await world.engine.client.messages.cancel({ messageIds: [id, waiting] });
  expect(stateOf(world.db, id)).toBe('accepted');
  expect(stateOf(world.db, waiting)).toBe('cancelled');
});

it('takes news forward only, and what they cost', async () => {
  const world = await aWorld();
  const id = aReminder(world);
  await world.round();
  server.news.set('id-1', 'delivered');
  world.clock.now += 30_000;
  await world.round();
  expect(one(world.db, id)).toMatchObject({ state: 'delivered', costMicros: 240_000, parts: 2 });
  server.news.set('id-1', 'sent');
  world.clock.now += 3 * MINUTE;
  await world.round();
  expect(stateOf(world.db, id)).toBe('delivered');
});

it('gives up asking when the look-back is over', async () => {
  const world = await aWorld();
  const id = aReminder(world);
  await world.round();
  for (let looks = 0; looks < 12; looks += 1) {
    world.clock.now = one(world.db, id).nextAt ?? world.clock.now;
    await world.round();
  }
  expect(stateOf(world.db, id)).toBe('no-report');
  expect(world.clock.now).toBe((one(world.db, id).sentAt ?? 0) + 72 * HOUR);
});

it('keeps the totals when only the address of the customer changed (E21)', async () => {
  const world = await aWorld();
  const id = aReminder(world);
  const before = one(world.db, id);
  world.db.write(({ sqlite }) => sqlite.prepare(`update customers set phone = '+919876599999'`).run());
  await world.round();
  const after = one(world.db, id);
  expect(after).toMatchObject({ balancePaise: before.balancePaise, overduePaise: before.overduePaise });
  expect(world.bugs).toEqual([]);
});

it('sends nothing from a copied folder until somebody says so', async () => {
  const world = await aWorld();
  const first = world.db.write((tx) =>
    aMessage(tx, { gatewayId: aGateway(tx, { port: server.port }), purpose: 'test' }),
  );
  await world.round();
  expect(stateOf(world.db, first)).toBe('accepted');
  const second = world.db.write((tx) => aMessage(tx, { gatewayId: 1, purpose: 'test' }));
  await world.engine.close();
  const copy = await aWorld({ dataFolder: copyOf(world.dataFolder), clock: { now: world.clock.now + HOUR } });
  await copy.round();
  expect(stateOf(copy.db, second)).toBe('scheduled');
  expect(server.taken).toHaveLength(1);
  await copy.engine.client.reminders.sendFromHere();
  await copy.round();
  expect(stateOf(copy.db, second)).toBe('accepted');
});

it('sends from one of two engines on one folder', async () => {
  const world = await aWorld();
  const ids = world.db.write((tx) => {
    const gatewayId = aGateway(tx, { port: server.port, perMinute: 600 });
    return Array.from({ length: 30 }, () => aMessage(tx, { gatewayId, purpose: 'test' }));
  });
  const other = await aWorld({ dataFolder: world.dataFolder, clock: world.clock });
  await Promise.all([world.round(), other.round()]);
  expect(new Set(server.taken.map(({ uid }) => uid)).size).toBe(server.taken.length);
  const held = [world, other].map(
    async ({ engine }) => (await engine.client.reminders.status()).heldElsewhere,
  );
  expect((await Promise.all(held)).filter((one_) => one_ !== null)).toHaveLength(1);
  expect(ids).toHaveLength(30);
});

it('sends nothing where the vault is closed', async () => {
  const world = await aWorld({ hasVault: false });
  const id = world.db.write((tx) =>
    aMessage(tx, { gatewayId: aGateway(tx, { port: server.port }), purpose: 'test' }),
  );
  await world.round();
  expect(stateOf(world.db, id)).toBe('scheduled');
  expect(server.taken).toEqual([]);
});
