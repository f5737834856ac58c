import { fileOf } from '#tests/builders/facts.ts';
import { expect, it } from 'vitest';
import { bookOn } from './model/book-side.ts';
import {
  aCompany,
  anEngine,
  aSyncedWorld,
  customerOf,
  expectEqual,
  idle,
  receive,
  sell,
  someEntries,
  TODAY,
  type World,
} from './tally-world.ts';

// A backup is restored, and so much is entered behind it that no counter is lower than it was: nothing but the figures
// themselves tells that other vouchers are there now.

async function check({ engine }: World): Promise<void> {
  const { failure } = await engine.client.sync.check();
  expect(failure).toBeNull();
  await idle({ engine });
}

async function run({ engine }: World): Promise<void> {
  await engine.client.sync.run({});
  await idle({ engine });
}

/** What the book says of itself on past days is what the fake's entries come to. */
function expectPast(world: World, name: string, sums: Readonly<Record<string, number>>): void {
  const file = fileOf(world.engine);
  for (const [on, closing] of Object.entries(sums)) {
    const parties = [...file.read((tx) => bookOn(tx, on)).values()];
    expect([on, parties.find((party) => party.name === name)?.closing]).toEqual([on, closing]);
  }
}

/** Another sale in place of the one that the book knows, at the very counters. */
async function aRestoredWorld(): Promise<World> {
  const world = await aSyncedWorld();
  const backup = world.company.backup();
  sell(world.company, 'Bharat & Sons', '2026-11-01', 44_00, 'B-7');
  await check(world);
  world.company.restore(backup);
  sell(world.company, 'Chetan Traders', '2026-10-01', 99_00, 'C-7');
  return world;
}

it('finds a backup restored to equal counters when a person asks, and reads everything anew', async () => {
  const world = await aRestoredWorld();
  world.tally.forgetRequests();
  await check(world);
  expect(world.tally.requests.map((request) => request.kind)).toEqual(['companies']);
  await run(world);
  await expectEqual(world);
  expectPast(world, 'Chetan Traders', { '2026-09-30': 0, '2026-10-01': 99_00 });
  const runs = await world.engine.client.sync.runs({});
  expect(runs.find((row) => row.kind === 'full')).toMatchObject({ failure: { code: 'tally-restored' } });
  world.tally.forgetRequests();
  await run(world);
  const kinds = world.tally.requests.map((request) => request.kind).filter((kind) => kind !== 'companies');
  expect(kinds).toEqual(['bills-receivable', 'bills-payable', 'bills', 'ledgers']);
  expect((await world.engine.client.sync.runs({}))[0]).toMatchObject({ outcome: 'nothing-new' });
});

it('finds a backup restored to equal counters once after a start of the program', async () => {
  const world = await aRestoredWorld();
  const { dataFolder } = world.engine;
  await world.engine.close();
  const again = { ...world, engine: await anEngine(world.clock, dataFolder) };
  await check(again);
  await expectEqual(again);
  world.tally.forgetRequests();
  await check(again);
  expect(world.tally.requests.map((request) => request.kind)).toEqual(['companies']);
});

it('finds a backup restored to equal counters on the next day, with the past it brought', async () => {
  const world = await aRestoredWorld();
  world.clock.now += 86_400_000;
  await check(world);
  await expectEqual(world, undefined, '2026-11-23');
  expectPast(world, 'Chetan Traders', { '2026-09-30': 0, '2026-10-01': 99_00 });
  expectPast(world, 'Bharat & Sons', { '2026-11-01': 7_080_00 });
});

it('finds money on account that a restored backup lost though the counters are past where they were', async () => {
  const world = await aSyncedWorld();
  const backup = world.company.backup();
  sell(world.company, 'Asha Stores', '2026-11-01', 44_00, 'A-7');
  receive(world.company, 'Bharat & Sons', '2026-08-03', 30_00);
  await check(world);
  world.company.restore(backup);
  sell(world.company, 'Asha Stores', '2026-11-01', 44_00, 'A-7');
  sell(world.company, 'Chetan Traders', '2026-10-01', 99_00, 'C-7');
  receive(world.company, 'Bharat & Sons', '2026-11-05', 20_00);
  sell(world.company, 'Walk-in', '2026-11-06', 3_00);
  await check(world);
  await expectEqual(world);
  expectPast(world, 'Bharat & Sons', { '2026-08-03': 0, '2026-11-04': 6_080_00, [TODAY]: 6_060_00 });
});

it('counts no months anew for money on account that was entered, changed or taken ahead of the counters', async () => {
  const company = aCompany();
  someEntries(company);
  const world = await aSyncedWorld({ company });
  const customerId = await customerOf(world, 'Bharat & Sons');
  const entered = receive(company, 'Bharat & Sons', '2026-11-05', 20_00);
  await world.engine.client.sync.refreshParty({ customerId });
  await check(world);
  company.alterVoucher(entered.masterId, { date: '2026-11-07' });
  await check(world);
  await expectEqual(world);
  const runs = await world.engine.client.sync.runs({});
  expect(runs.filter((one) => one.kind === 'census')).toEqual([]);
});

it('finds a backup restored to equal counters again after Tally went away while all was read anew', async () => {
  const world = await aRestoredWorld();
  const before = await world.engine.client.sync.tieOut();
  world.tally.faults.when('groups', { kind: 'crash' });
  await world.engine.client.sync.run({});
  expect((await idle(world)).failure).not.toBeNull();
  expect((await world.engine.client.sync.tieOut())?.totals).toEqual(before?.totals);
  world.tally.faults.clear();
  await world.tally.restart();
  await check(world);
  await expectEqual(world);
  expectPast(world, 'Chetan Traders', { '2026-09-30': 0, '2026-10-01': 99_00 });
});
