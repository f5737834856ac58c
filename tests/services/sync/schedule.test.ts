import { expect, it, vi } from 'vitest';
import { anEngine, aSyncedWorld, expectEqual, idle, sell, type World } from './tally-world.ts';

const MINUTE = 60_000;

async function minutesToNext({ engine, clock }: World): Promise<number | null> {
  const { nextAt } = await engine.client.sync.status();
  return nextAt === null ? null : (nextAt - clock.now) / MINUTE;
}

it('looks again after the minutes that were chosen, and ever more seldom while Tally is away', async () => {
  const world = await aSyncedWorld();
  expect(await minutesToNext(world)).toBe(5);
  world.tally.close(world.company);
  const waits: (number | null)[] = [];
  for (let times = 0; times < 5; times += 1) {
    await world.engine.client.sync.check();
    waits.push(await minutesToNext(world));
  }
  expect(waits).toEqual([5, 10, 20, 30, 30]);
  world.tally.open(world.company);
  await world.engine.client.sync.check();
  expect(await minutesToNext(world)).toBe(5);
  await world.engine.client.sync.saveOptions({ everyMinutes: 60 });
  expect(await minutesToNext(world)).toBe(60);
  await world.engine.client.sync.saveOptions({ everyMinutes: null });
  expect(await minutesToNext(world)).toBeNull();
});

it('reads what is new when its time has come', async () => {
  const timers = vi.spyOn(globalThis, 'setTimeout');
  const world = await aSyncedWorld();
  sell(world.company, 'Asha Stores', '2026-11-22', 9_00);
  const next = timers.mock.calls.findLast(([, wait]) => wait === 5 * MINUTE)?.[0];
  timers.mockRestore();
  if (!next) throw new Error('No look is scheduled.');
  next();
  await idle(world);
  await expectEqual(world);
});

it('takes up its book by itself when the program starts again', async () => {
  const world = await aSyncedWorld();
  const { dataFolder } = world.engine;
  await world.engine.close();
  sell(world.company, 'Asha Stores', '2026-11-22', 9_00);
  world.tally.forgetRequests();
  const again = { ...world, engine: await anEngine(world.clock, dataFolder) };
  await vi.waitFor(() => expect(world.tally.requests.length).toBeGreaterThan(0), { timeout: 4000 });
  await idle(again);
  await expectEqual(again);
});

it('asks nothing once the program has ended or another book was opened', async () => {
  const world = await aSyncedWorld();
  await world.engine.client.books.create({ name: 'Another' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  world.tally.forgetRequests();
  await world.engine.client.sync.check();
  expect(world.tally.requests).toEqual([]);
  expect(await world.engine.client.sync.status()).toMatchObject({ connection: null, light: 'off' });
});
