import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stopFileIn } from '#engine/adapters/disk/stop-file.ts';
import type { MessageState } from '#domain/reminders/words.ts';
import { startCounting, type CountingServer } from '#tests/fakes/gateways/counting.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { aDebtor, aGateway, aMessage, aWorld, one, phoneOf, states, type World } from './outbox-world.ts';

let server: CountingServer;
beforeEach(async () => {
  server = await startCounting();
});
afterEach(() => server.close());

const drop = ({ dataFolder }: World, name = 'STOP-SENDING'): string => {
  const file = path.join(dataFolder, name);
  writeFileSync(file, '');
  return file;
};

/** Messages to so many people through one gateway. */
function queue(world: World, count: number): readonly number[] {
  return world.db.write((tx) => {
    const gatewayId = aGateway(tx, { port: server.port });
    return Array.from({ length: count }, (_, at) => {
      const { customerId, billId, amount } = aDebtor(tx, at);
      return aMessage(tx, { gatewayId, customerId, address: phoneOf(at), bill: { billId, amount } });
    });
  });
}

it('holds everything while the file lies in the data folder, says so, and goes on by itself once it is gone', async () => {
  const world = await aWorld();
  const file = drop(world);
  const [id = 0] = queue(world, 1);
  await world.round();
  expect(one(world.db, id)).toMatchObject({ state: 'held', reason: 'kill-switch' });
  const { reminders } = world.engine.client;
  expect(await reminders.status()).toMatchObject({ isKilled: true, stopFile: 'STOP-SENDING' });
  // The button cannot undo what somebody did by a file.
  expect(await reminders.kill({ isKilled: false })).toMatchObject({ isKilled: true });
  expect(server.taken).toEqual([]);
  rmSync(file);
  expect(await reminders.status()).toMatchObject({ isKilled: false, stopFile: null });
  await vi.waitFor(() => expect(states(world.db)).toEqual({ accepted: 1 } satisfies Counts), 8000);
  expect(server.taken).toHaveLength(1);
}, 12_000);

type Counts = Partial<Record<MessageState, number>>;

it('is seen before each claim: what had begun to leave leaves, and nothing after it', async () => {
  const world = await aWorld();
  queue(world, 30);
  server.onPoint = (point) => {
    if (point === 'taken' && server.taken.length === 2) drop(world);
  };
  await world.round();
  const { accepted = 0, held = 0, ...others } = states(world.db);
  expect(others).toEqual({});
  expect(accepted).toBe(server.taken.length);
  // Three may be under way at once.
  expect(accepted).toBeGreaterThanOrEqual(2);
  expect(accepted).toBeLessThan(8);
  expect(held).toBe(30 - accepted);
});

it('tells the window within seconds that the file was dropped', async () => {
  const world = await aWorld();
  const news = world.engine.client.reminders.watch();
  const told = (async (): Promise<string | null> => {
    for await (const { stopFile } of await news) {
      if (stopFile !== null) return stopFile;
      drop(world, 'stop sending.txt');
    }
    return null;
  })();
  expect(await told).toBe('stop sending.txt');
}, 12_000);

it.each(['STOP-SENDING', 'stop-sending.txt', 'Stop Sending.TXT.txt', 'stop_sending', 'StopSending'])(
  'knows the file by the name %s',
  async (name) => {
    const world = await aWorld();
    drop(world, 'please do not stop sending.txt');
    expect(stopFileIn(world.dataFolder)).toBeNull();
    drop(world, name);
    expect(stopFileIn(world.dataFolder)).toBe(name);
  },
);
