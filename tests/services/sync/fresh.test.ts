import { day } from '#domain/days.ts';
import { replaceDifferences } from '#engine/storage/tally-differences.ts';
import { ledgerRow } from '#engine/storage/tally-masters.ts';
import { fileOf, rupees } from '#tests/builders/facts.ts';
import { expect, it, vi } from 'vitest';
import { anEngine, aSyncedWorld, customerOf, idle, TODAY, type World } from './tally-world.ts';

/** A write of the user's own is followed by a comparison within a second. */
async function expectTieOut({ engine }: World, wish: { differencePaise: number; differingCount: number }) {
  await vi.waitFor(async () => expect((await engine.client.sync.status()).tieOut).toMatchObject(wish), {
    timeout: 1000,
    interval: 20,
  });
}

const TIES_OUT = { differencePaise: 0, differingCount: 0 } as const;

it('says at once that a receipt entered here is not in Tally, and that it ties out again when it is void', async () => {
  const world = await aSyncedWorld();
  const { client } = world.engine;
  const customerId = await customerOf(world, 'Asha Stores');
  await expectTieOut(world, TIES_OUT);
  const saved = await client.receipts.save({
    customerId,
    receiptDay: day(TODAY),
    amountPaise: rupees(700),
    allocate: 'oldest-first',
  });
  expect(await client.sync.party({ customerId })).toMatchObject({ tiesOut: false });
  await expectTieOut(world, { differencePaise: 0 - rupees(700), differingCount: 1 });
  await client.receipts.void({ receiptId: saved.id, reason: 'Wrong.' });
  expect(await client.sync.party({ customerId })).toMatchObject({ tiesOut: true });
  await expectTieOut(world, TIES_OUT);
});

it('says that it was entered here, and not that Tally’s money was applied here', async () => {
  const world = await aSyncedWorld();
  const { client } = world.engine;
  const customerId = await customerOf(world, 'Asha Stores');
  await client.receipts.save({
    customerId,
    receiptDay: day(TODAY),
    amountPaise: rupees(700),
    allocate: 'oldest-first',
  });
  const state = await client.sync.party({ customerId });
  expect(state?.bills[0]).toMatchObject({ ref: 'A-1', causes: ['entered-here'] });
  const certificate = await client.sync.tieOut();
  const party = certificate?.parties.find((one) => one.customerId === customerId);
  expect(party?.causes).toEqual(['entered-here']);
});

it('names both where money was entered here and Tally’s own was applied here', async () => {
  const world = await aSyncedWorld();
  const { client } = world.engine;
  const customerId = await customerOf(world, 'Bharat & Sons');
  const page = await client.customers.get({ customerId });
  const money = page.moneyIn.find((one) => one.unallocatedPaise !== 0);
  const bill = page.bills[0];
  if (!money || !bill) throw new Error('Nothing to apply.');
  const kind = money.kind === 'receipt' ? 'receipt' : 'credit';
  const applied = await client.allocations.apply({
    money: { kind, id: money.documentId },
    parts: [{ billId: bill.billId, amountPaise: rupees(1000) }],
  });
  await expectTieOut(world, { differencePaise: 0, differingCount: 1 });
  await client.receipts.save({
    customerId,
    receiptDay: day(TODAY),
    amountPaise: rupees(80),
    allocate: 'oldest-first',
  });
  const state = await client.sync.party({ customerId });
  expect(state?.bills[0]?.causes).toEqual(['entered-here', 'applied-here']);
  await expectTieOut(world, { differencePaise: 0 - rupees(80), differingCount: 1 });
  const { allocationIds } = applied;
  await client.allocations.undo({ allocationIds });
  expect((await client.sync.party({ customerId }))?.bills[0]?.causes).toEqual(['entered-here']);
});

it('ties out again when what was applied here is taken back', async () => {
  const world = await aSyncedWorld();
  const { client } = world.engine;
  const customerId = await customerOf(world, 'Bharat & Sons');
  const { allocationIds } = await client.allocations.oldestFirst({ customerId });
  await expectTieOut(world, { differencePaise: 0, differingCount: 1 });
  await client.allocations.undo({ allocationIds });
  expect(await client.sync.party({ customerId })).toMatchObject({ tiesOut: true });
  await expectTieOut(world, TIES_OUT);
});

it('is right after a look that finds nothing new', async () => {
  const world = await aSyncedWorld();
  const { client } = world.engine;
  const customerId = await customerOf(world, 'Chetan Traders');
  await client.receipts.save({ customerId, receiptDay: day(TODAY), amountPaise: rupees(5) });
  const status = await client.sync.check();
  expect(status.tieOut).toMatchObject({ differencePaise: 0 - rupees(5), differingCount: 1 });
  await idle(world);
  const again = await client.sync.run({});
  expect(again.tieOut).toMatchObject({ differencePaise: 0 - rupees(5), differingCount: 1 });
  expect(world.engine.bugs).toEqual([]);
});

it('compares everybody anew when the program starts', async () => {
  const world = await aSyncedWorld();
  const customerId = await customerOf(world, 'Asha Stores');
  const file = fileOf(world.engine);
  const ledgerId = file.read((tx) => ledgerRow(tx, { customerId }))?.ledgerId ?? 0;
  // As a program leaves it that is killed between a write and the comparison behind it.
  file.write((tx) =>
    replaceDifferences(tx, [{ ledgerId, differencePaise: rupees(1), billCount: 1, causes: ['unknown'] }]),
  );
  await world.engine.close();
  const engine = await anEngine(world.clock, world.engine.dataFolder);
  expect((await engine.client.sync.status()).tieOut?.differingCount).toBe(1);
  await vi.waitFor(
    async () => expect((await engine.client.sync.status()).tieOut).toMatchObject(TIES_OUT),
    5000,
  );
});
