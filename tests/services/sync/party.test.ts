import { expect, it } from 'vitest';
import { refusalOf, rupees } from '#tests/builders/facts.ts';
import {
  aCompany,
  aSyncedWorld,
  aWorld,
  connect,
  customerOf,
  expectEqual,
  idle,
  receive,
  sell,
  someEntries,
} from './tally-world.ts';

it('reads one customer from Tally in two requests, and keeps what is new of him', async () => {
  const world = await aSyncedWorld();
  const customerId = await customerOf(world, 'Asha Stores');
  receive(world.company, 'Asha Stores', '2026-11-22', 8_000_00, 'A-1');
  sell(world.company, 'Asha Stores', '2026-11-22', 5_00, 'A-3');
  sell(world.company, 'Bharat & Sons', '2026-11-22', 6_00, 'B-3');
  world.tally.forgetRequests();
  const state = await world.engine.client.sync.refreshParty({ customerId });
  expect(state).toMatchObject({ tallyPaise: 100_005_50, onAccountPaise: 0, tiesOut: true });
  expect(state.bills.map((bill) => [bill.ref, bill.baakiPaise])).toEqual([
    ['A-1', 50_000_00],
    ['A-2', 50_000_50],
    ['A-3', 5_00],
  ]);
  expect(world.tally.requests.filter((request) => request.kind !== 'companies')).toHaveLength(2);
  const page = await world.engine.client.customers.get({ customerId });
  expect(page.figures.outstandingPaise).toBe(100_005_50);
  await world.engine.client.sync.check();
  await idle(world);
  await expectEqual(world);
});

it('writes nothing when the customer is as he was known', async () => {
  const world = await aSyncedWorld();
  const customerId = await customerOf(world, 'Bharat & Sons');
  const before = (await world.engine.client.sync.runs({})).length;
  const state = await world.engine.client.sync.refreshParty({ customerId });
  expect(state).toMatchObject({ tallyPaise: 6_080_00, onAccountPaise: -1_000_00, tiesOut: true });
  expect((await world.engine.client.sync.runs({})).length).toBe(before);
});

it('finds a customer whose ledger was renamed since', async () => {
  const world = await aSyncedWorld();
  const customerId = await customerOf(world, 'Asha Stores');
  world.company.renameLedger('Asha Stores', 'Asha Stores (Pune)');
  const state = await world.engine.client.sync.refreshParty({ customerId });
  expect(state).toMatchObject({ tallyPaise: 108_000_50, tiesOut: true });
});

it('says why a customer cannot be read', async () => {
  const world = await aSyncedWorld();
  const customerId = await customerOf(world, 'Asha Stores');
  world.tally.close(world.company);
  await expect(world.engine.client.sync.refreshParty({ customerId })).rejects.toMatchObject({
    code: 'FAILED',
    data: { code: 'tally-no-company' },
  });
  const own = await world.engine.client.customers.save({ name: 'Only here' });
  await expect(
    refusalOf(world.engine.client.sync.refreshParty({ customerId: own.customerId })),
  ).resolves.toMatchObject({ code: 'not-from-tally' });
  expect(await world.engine.client.sync.party({ customerId: own.customerId })).toBeNull();
});

it('names the company and the address in a failure, for words that show them', async () => {
  const [company, other] = [aCompany(), aCompany('Other Ltd')];
  someEntries(company);
  const world = await aSyncedWorld({ company, books: [company, other] });
  const customerId = await customerOf(world, 'Asha Stores');
  world.tally.close(company);
  await expect(world.engine.client.sync.refreshParty({ customerId })).rejects.toMatchObject({
    code: 'FAILED',
    data: { code: 'tally-other-company', values: { company: 'Test P Ltd' } },
  });
  const { host, port } = world.tally.address;
  await world.tally.stop();
  await expect(world.engine.client.sync.refreshParty({ customerId })).rejects.toMatchObject({
    code: 'FAILED',
    data: { code: 'tally-not-running', values: { host, port } },
  });
});

it('says which bill differs and why, when money was applied here to what Tally has on account', async () => {
  const world = await aSyncedWorld();
  const customerId = await customerOf(world, 'Bharat & Sons');
  const page = await world.engine.client.customers.get({ customerId });
  const money = page.moneyIn.find((one) => one.unallocatedPaise !== 0);
  const bill = page.bills[0];
  if (!money || !bill) throw new Error('Nothing to apply.');
  await world.engine.client.allocations.apply({
    money: { kind: money.kind === 'receipt' ? 'receipt' : 'credit', id: money.documentId },
    parts: [{ billId: bill.billId, amountPaise: rupees(1000) }],
  });
  const state = await world.engine.client.sync.party({ customerId });
  expect(state).toMatchObject({ tiesOut: false });
  expect(state?.bills[0]).toMatchObject({ ref: 'B-1', tallyPaise: 7_080_00, baakiPaise: 6_080_00 });
  expect(state?.bills[0]?.causes).toContain('applied-here');
  const certificate = await world.engine.client.sync.tieOut();
  expect(certificate?.totals).toMatchObject({ differencePaise: 0, differingCount: 1 });
});

it('reads one customer between two windows of the history', async () => {
  const company = aCompany();
  for (let day = 1; day <= 28; day += 1) {
    for (let times = 0; times < 20; times += 1) {
      sell(company, 'Asha Stores', `2026-0${1 + (times % 9)}-${String(day).padStart(2, '0')}`, 10_00);
    }
  }
  const world = await aWorld({ company });
  await connect(world);
  const stop = new AbortController();
  for await (const status of await world.engine.client.sync.watch(undefined, { signal: stop.signal })) {
    if (status.history?.state === 'reading') break;
  }
  stop.abort();
  const customerId = await customerOf(world, 'Asha Stores');
  const started = performance.now();
  const state = await world.engine.client.sync.refreshParty({ customerId });
  expect(performance.now() - started).toBeLessThan(1000);
  expect(state.tiesOut).toBe(true);
  await idle(world);
  await expectEqual(world);
});

it('reads a customer of a company that was renamed a moment ago, and keeps the new name', async () => {
  const world = await aSyncedWorld();
  const customerId = await customerOf(world, 'Asha Stores');
  world.company.rename('Test Private Ltd');
  expect(await world.engine.client.sync.refreshParty({ customerId })).toMatchObject({
    tallyPaise: 108_000_50,
    tiesOut: true,
  });
  const { connection } = await world.engine.client.sync.status();
  expect(connection?.companyName).toBe('Test Private Ltd');
});
