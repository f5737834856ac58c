import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DOMAIN_PACE } from '#domain/reminders/rates.ts';
import { rateRow } from '#engine/storage/rates.ts';
import { countingGateway, startCounting, type CountingServer } from '#tests/fakes/gateways/counting.ts';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { aGateway, aMessage, aWorld, MINUTE, type World } from './outbox-world.ts';

let server: CountingServer;
beforeEach(async () => {
  server = await startCounting();
});
afterEach(() => server.close());

const mail = countingGateway({ kind: 'mail-counting', channel: 'email' });

function aMailWorld(dataFolder?: string): Promise<World> {
  return aWorld({ gateways: [mail], ...(dataFolder === undefined ? {} : { dataFolder }) });
}

/** Mails to these domains, in this order, through one gateway that is fast by itself. */
function queue(world: World, domains: readonly string[], perMinute = 6000): number {
  return world.db.write((tx) => {
    const gatewayId = aGateway(tx, { port: server.port, kind: 'mail-counting', channel: 'email', perMinute });
    domains.forEach((domain, at) => {
      const address = `customer-${at}@${domain}`;
      aMessage(tx, { gatewayId, channel: 'email', address, purpose: 'test', subject: 'Bill', notBefore: at });
    });
    return gatewayId;
  });
}

const takenAt = (domain: string): number => server.taken.filter(({ to }) => to.endsWith(`@${domain}`)).length;
const times = (count: number, domain: string): readonly string[] =>
  Array.from({ length: count }, () => domain);

it('sends few at a time to one domain while all others go on, though they stand behind them', async () => {
  const world = await aMailWorld();
  queue(world, [...times(40, 'gmail.com'), ...times(3, 'shop.in'), 'one.in', 'two.in']);
  await world.round();
  expect([takenAt('gmail.com'), takenAt('shop.in'), takenAt('one.in'), takenAt('two.in')]).toEqual([
    5, 3, 1, 1,
  ]);
  world.clock.now += MINUTE / DOMAIN_PACE.perMinute;
  await world.round();
  expect(takenAt('gmail.com')).toBe(6);
  // A rest fills it up to its burst and no further.
  world.clock.now += 10 * MINUTE;
  await world.round();
  expect(takenAt('gmail.com')).toBe(11);
});

it('never sends more to a domain in a minute than its pace and one burst', async () => {
  const world = await aMailWorld();
  queue(world, times(30, 'gmail.com'));
  for (let second = 0; second <= 60; second += 2) {
    await world.round();
    world.clock.now += 2000;
  }
  expect(takenAt('gmail.com')).toBe(DOMAIN_PACE.burst + DOMAIN_PACE.perMinute);
});

it('takes nothing from the pace of the gateway for a domain that has to wait', async () => {
  const world = await aMailWorld();
  const gatewayId = queue(world, [...times(12, 'gmail.com'), 'one.in'], 100);
  await world.round();
  expect(server.taken).toHaveLength(6);
  const rate = world.db.read((tx) => rateRow(tx, gatewayId));
  expect(rate).toMatchObject({ dayCount: 6, tokensE3: 4000 });
});

it('does not begin with a full bucket after a restart', async () => {
  const first = await aMailWorld();
  queue(first, times(12, 'gmail.com'));
  await first.round();
  expect(takenAt('gmail.com')).toBe(5);
  await first.engine.close();
  const kept = mkdtempSync(path.join(os.tmpdir(), 'baaki-mail-pace-'));
  cpSync(first.dataFolder, kept, { recursive: true });
  onTestFinished(() => rmSync(kept, { recursive: true, force: true }));
  const again = await aMailWorld(kept);
  // The copy is its own home: said so, it sends.
  await again.engine.client.reminders.sendFromHere();
  await again.round();
  expect(takenAt('gmail.com')).toBe(5);
  again.clock.now += MINUTE / DOMAIN_PACE.perMinute;
  await again.round();
  expect(takenAt('gmail.com')).toBe(6);
});
