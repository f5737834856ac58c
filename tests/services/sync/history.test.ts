import { day } from '#domain/days.ts';
import { expect, it } from 'vitest';
import {
  aCompany,
  anEngine,
  aWorld,
  connect,
  DEBTORS,
  expectEqual,
  idle,
  receive,
  sell,
  type World,
} from './tally-world.ts';
import type { FakeCompany } from '#tests/fakes/tally/book.ts';

/** Bills and payments on many days, so that the history is read in several windows. */
function aLongCompany(): FakeCompany {
  const company = aCompany();
  const names = ['Asha Stores', 'Bharat & Sons', 'Chetan Traders'];
  for (let month = 4; month <= 15; month += 1) {
    for (let on = 1; on <= 28; on += 1) {
      const date = `${month > 12 ? 2026 : 2025}-${String(month > 12 ? month - 12 : month).padStart(2, '0')}-${String(on).padStart(2, '0')}`;
      const party = names[on % 3] ?? '';
      const ref = sell(company, party, date, 1_000_00 + on);
      if (on % 2 === 0) receive(company, party, date, 1_000_00 + on, ref);
    }
  }
  return company;
}

/** Waits until so many windows were read, and sees to it that the others are not before anybody can look. */
async function windows({ engine, tally }: World, count: number): Promise<void> {
  tally.faults.when('vouchers', { kind: 'slow', milliseconds: 300 }, { skip: 1, times: 50 });
  const stop = new AbortController();
  for await (const status of await engine.client.sync.watch(undefined, { signal: stop.signal })) {
    if ((status.history?.windowsDone ?? 0) >= count) break;
  }
  stop.abort();
}

it('goes on with the history where the program ended, and comes to the same', async () => {
  const world = await aWorld({ company: aLongCompany() });
  await connect(world);
  await windows(world, 1);
  const before = (await world.engine.client.sync.status()).history;
  expect(before?.state).toBe('reading');
  const { dataFolder } = world.engine;
  await world.engine.close();
  world.tally.faults.clear();
  const again = { ...world, engine: await anEngine(world.clock, dataFolder) };
  await again.engine.client.sync.check();
  const status = await idle(again);
  expect(status.history).toMatchObject({ state: 'complete', voucherCount: 12 * 28 + 12 * 14 });
  expect(status.history?.windowsDone).toBeGreaterThan(before?.windowsDone ?? 0);
  await expectEqual(again);
});

it('stops the history when it is paused, shows what is here, and goes on when asked', async () => {
  const world = await aWorld({ company: aLongCompany() });
  await connect(world);
  await windows(world, 1);
  await world.engine.client.sync.pause();
  world.tally.faults.clear();
  const paused = await idle(world);
  expect(paused.history?.state).toBe('paused');
  await expectEqual(world);
  world.tally.forgetRequests();
  await world.engine.client.sync.check();
  expect(world.tally.requests.map((request) => request.kind)).toEqual(['companies']);
  await world.engine.client.sync.resume();
  expect((await idle(world)).history?.state).toBe('complete');
  await expectEqual(world);
});

it('takes in what changes in Tally while the history is read', async () => {
  const company = aLongCompany();
  const world = await aWorld({ company });
  const renameAndSell = (): void => {
    company.renameLedger('Asha Stores', 'Asha Stores (Pune)');
    sell(company, 'Asha Stores (Pune)', '2025-05-05', 77_00);
    company.deleteVoucher(3);
  };
  // The vouchers of the second window; the first fetches are the probe of the cheap way and the first window.
  world.tally.faults.when('vouchers', { kind: 'before', act: renameAndSell }, { skip: 3 });
  await connect(world);
  await idle(world);
  await world.engine.client.sync.check();
  await idle(world);
  await expectEqual(world, ['Asha Stores (Pune)', 'Bharat & Sons', 'Chetan Traders', 'Walk-in']);
  expect((await world.engine.client.sync.status()).history?.voucherCount).toBe(12 * 28 + 12 * 14);
});

it('asks again in halves when a window arrives cut off, and takes nothing of it', async () => {
  const world = await aWorld({ company: aLongCompany() });
  world.tally.faults.when(
    'vouchers',
    { kind: 'cut', afterBytes: 90_000, how: 'clean' },
    { skip: 2, times: 2 },
  );
  await connect(world);
  const status = await idle(world);
  await world.engine.client.sync.check();
  await idle(world);
  expect(status.failure).toBeNull();
  await expectEqual(world);
  expect((await world.engine.client.sync.status()).history).toMatchObject({
    state: 'complete',
    voucherCount: 12 * 28 + 12 * 14,
  });
});

it('forgets vouchers before the day that the user chose, and reads them again when he wants them', async () => {
  const world = await aWorld({ company: aLongCompany() });
  await connect(world, { historyFrom: null });
  await idle(world);
  const shorter = await world.engine.client.sync.saveOptions({ historyFrom: day('2026-01-01') });
  expect(shorter.history).toMatchObject({
    state: 'complete',
    from: '2026-01-01',
    voucherCount: 3 * 28 + 3 * 14,
  });
  await expectEqual(world, DEBTORS);
  await world.engine.client.sync.saveOptions({ historyFrom: null });
  expect((await idle(world)).history).toMatchObject({ state: 'complete', voucherCount: 12 * 28 + 12 * 14 });
  await expectEqual(world, DEBTORS);
});
