import { expect, it } from 'vitest';
import { aSyncedWorld, expectEqual, idle, receive, type World } from '../tally-world.ts';

const AMOUNT = 8_000_00;

async function refresh({ engine }: World) {
  const { rows } = await engine.client.customers.list({});
  const customerId = rows.find((row) => row.name === 'Asha Stores')?.customerId ?? 0;
  return await engine.client.sync.refreshParty({ customerId });
}

it('reads a party again when the books move between its bills and its balance', async () => {
  const world = await aSyncedWorld();
  receive(world.company, 'Asha Stores', '2026-11-22', AMOUNT, 'A-1');
  const act = (): void => void receive(world.company, 'Asha Stores', '2026-11-22', AMOUNT, 'A-1');
  world.tally.faults.when('bills', { kind: 'after', act });
  const state = await refresh(world);
  expect(state).toMatchObject({ tallyPaise: 108_000_50 - 2 * AMOUNT, onAccountPaise: 0, tiesOut: true });
});

it('says that the books move when they do so each time a party is read', async () => {
  const world = await aSyncedWorld();
  const before = await world.engine.client.sync.tieOut();
  const act = (): void => void receive(world.company, 'Asha Stores', '2026-11-22', 1_00, 'A-1');
  world.tally.faults.when('bills', { kind: 'after', act }, { times: 20 });
  await expect(refresh(world)).rejects.toMatchObject({ code: 'FAILED', data: { code: 'tally-moved' } });
  expect((await world.engine.client.sync.tieOut())?.totals).toEqual(before?.totals);
});

it('follows a backup that is restored to the very counters of the book, after a party was read ahead of them', async () => {
  const world = await aSyncedWorld();
  const backup = world.company.backup();
  receive(world.company, 'Asha Stores', '2026-11-22', AMOUNT, 'A-1');
  expect(await refresh(world)).toMatchObject({ tallyPaise: 108_000_50 - AMOUNT });
  world.company.restore(backup);
  await world.engine.client.sync.check();
  await idle(world);
  await expectEqual(world);
  world.tally.forgetRequests();
  await world.engine.client.sync.check();
  expect(world.tally.requests.map((request) => request.kind)).toEqual(['companies']);
});
