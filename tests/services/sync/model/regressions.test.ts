import { expect, it } from 'vitest';
import { fileOf } from '#tests/builders/facts.ts';
import {
  aCompany,
  aSyncedWorld,
  aWorld,
  connect,
  expectEqual,
  idle,
  receive,
  sell,
  someEntries,
  type World,
} from '../tally-world.ts';
import { bookOn } from './book-side.ts';

// What the model found, each as the shortest list of operations that shows it.

async function check({ engine }: World): Promise<void> {
  const { failure } = await engine.client.sync.check();
  expect(failure).toBeNull();
  await idle({ engine });
}

function owed({ engine }: World, name: string, on: string): number | undefined {
  const book = fileOf(engine).read((tx) => bookOn(tx, on));
  return [...book.values()].find((party) => party.name === name)?.closing;
}

it('reads the first voucher of a company that had none when it was connected', async () => {
  const world = await aWorld();
  await connect(world);
  await idle(world);
  receive(world.company, 'Bharat & Sons', '2026-04-11', 78_00);
  await check(world);
  await expectEqual(world);
  expect((await world.engine.client.sync.status()).history?.voucherCount).toBe(1);
  expect(owed(world, 'Bharat & Sons', '2025-08-09')).toBe(0);
});

it('forgets a deleted voucher of days to come that was the last of all', async () => {
  const world = await aSyncedWorld();
  const { masterId } = receive(world.company, 'Asha Stores', '2027-04-20', 5_00, 'A-2');
  await check(world);
  world.company.deleteVoucher(masterId);
  await check(world);
  expect((await world.engine.client.sync.status()).history?.voucherCount).toBe(7);
  await expectEqual(world);
});

it('forgets a voucher of days to come that a restored backup does not have', async () => {
  const company = aCompany();
  someEntries(company);
  const world = await aSyncedWorld({ company });
  const backup = company.backup();
  sell(company, 'Asha Stores', '2027-04-20', 5_00);
  await check(world);
  company.restore(backup);
  await check(world);
  expect((await world.engine.client.sync.status()).history).toMatchObject({
    state: 'complete',
    voucherCount: 7,
  });
  await expectEqual(world);
});

it('asks for a customer of a company that was renamed, once it was looked at', async () => {
  const world = await aSyncedWorld();
  const { client } = world.engine;
  const { rows } = await client.customers.list({});
  const customerId = rows.find((row) => row.name === 'Asha Stores')?.customerId ?? 0;
  world.company.rename('Test Private Ltd');
  await check(world);
  expect((await client.sync.status()).connection?.companyName).toBe('Test Private Ltd');
  expect(await client.sync.refreshParty({ customerId })).toMatchObject({
    tallyPaise: 108_000_50,
    tiesOut: true,
  });
});
