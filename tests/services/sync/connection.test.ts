import { expect, it } from 'vitest';
import { aCustomer, aBill, fileOf, refusalOf } from '#tests/builders/facts.ts';
import {
  aCompany,
  aSyncedWorld,
  aWorld,
  connect,
  DEBTORS,
  expectEqual,
  idle,
  owedInBaaki,
  receive,
  sell,
  someEntries,
} from './tally-world.ts';

it('refuses a book that holds other entries, the demo company and a second company', async () => {
  const other = aCompany('Other P Ltd');
  const company = aCompany();
  const world = await aWorld({ books: [company, other], company });
  fileOf(world.engine).write((tx) => {
    aBill(tx, aCustomer(tx), { amount: 10, billDay: '2026-01-01' });
  });
  await expect(refusalOf(connect(world))).resolves.toMatchObject({
    code: 'book-has-others',
    values: { count: 1 },
  });
  await world.engine.client.books.create({ name: 'Fresh' });
  await connect(world);
  await idle(world);
  await expect(refusalOf(connect(world, {}, 1))).resolves.toMatchObject({ code: 'other-company-connected' });
});

it('refuses a group company, and two open companies of one name', async () => {
  const company = aCompany();
  const world = await aWorld({ books: [company, aCompany('Test P Ltd')], company });
  await expect(refusalOf(connect(world))).resolves.toMatchObject({ code: 'company-same-name' });
});

it('knows nothing of Tally before it is connected, and asks it nothing', async () => {
  const world = await aWorld();
  expect(await world.engine.client.sync.status()).toMatchObject({ connection: null, light: 'off' });
  await world.engine.client.sync.check();
  expect(world.tally.requests).toEqual([]);
  await expect(refusalOf(world.engine.client.sync.run({}))).resolves.toMatchObject({ code: 'not-connected' });
});

it('keeps what was read after a disconnect, and goes on from there', async () => {
  const world = await aSyncedWorld();
  const off = await world.engine.client.sync.disconnect();
  expect(off).toMatchObject({ connection: null, light: 'off', asOf: '2026-11-22' });
  world.tally.forgetRequests();
  await world.engine.client.sync.check();
  expect(world.tally.requests).toEqual([]);
  sell(world.company, 'Asha Stores', '2026-11-22', 12_00);
  await connect(world);
  const status = await idle(world);
  expect(status).toMatchObject({ light: 'green', history: { state: 'complete', voucherCount: 8 } });
  await expectEqual(world);
  const kinds = (await world.engine.client.sync.runs({})).map((run) => run.kind);
  expect(kinds.filter((kind) => kind === 'first')).toHaveLength(1);
});

it('leaves the book as it was whatever stands between, and says what it is', async () => {
  const world = await aSyncedWorld();
  const before = owedInBaaki(world);
  sell(world.company, 'Asha Stores', '2026-11-22', 12_00);
  const { faults } = world.tally;
  const cases = [
    ['groups', { kind: 'unknown-request' }],
    ['ledgers', { kind: 'cut', afterBytes: 900, how: 'clean' }],
    ['bills-receivable', { kind: 'empty-envelope' }],
    ['bills-payable', { kind: 'cut', afterBytes: 20, how: 'broken' }],
    ['companies', { kind: 'login' }],
    ['vouchers', { kind: 'cut', afterBytes: 4000, how: 'clean' }],
  ] as const;
  for (const [kind, fault] of cases) {
    faults.clear();
    faults.when(kind, fault, { times: 20 });
    const status = await world.engine.client.sync.check();
    expect(status.failure, kind).not.toBeNull();
    expect(['amber', 'red']).toContain(status.light);
    expect(owedInBaaki(world), kind).toEqual(before);
  }
  faults.clear();
  world.tally.close(world.company);
  expect((await world.engine.client.sync.check()).failure).toMatchObject({ code: 'tally-no-company' });
  const other = aCompany('Other P Ltd');
  world.tally.open(other);
  expect((await world.engine.client.sync.check()).failure).toMatchObject({
    code: 'tally-other-company',
    values: { company: 'Test P Ltd' },
  });
  expect(owedInBaaki(world)).toEqual(before);
  world.tally.open(world.company);
  expect((await world.engine.client.sync.check()).failure).toBeNull();
  await idle(world);
  await expectEqual(world);
});

it('gives up after five reads in which the books moved, and reads them when they stand still', async () => {
  const world = await aSyncedWorld();
  sell(world.company, 'Asha Stores', '2026-11-22', 12_00);
  const act = (): void => void sell(world.company, 'Asha Stores', '2026-11-22', 1_00);
  world.tally.faults.when('bills-payable', { kind: 'after', act }, { times: 5 });
  const status = await world.engine.client.sync.check();
  expect(status.failure).toMatchObject({ code: 'tally-moved', values: { times: 5 } });
  expect((await world.engine.client.sync.check()).failure).toBeNull();
  await idle(world);
  await expectEqual(world);
});

it('lets nobody change by hand what comes from Tally, but all else', async () => {
  const world = await aSyncedWorld();
  const { client } = world.engine;
  const { rows } = await client.customers.list({});
  const customerId = rows.find((row) => row.name === 'Asha Stores')?.customerId ?? 0;
  const page = await client.customers.get({ customerId });
  const bill = page.bills[0];
  const receipt = page.moneyIn[0];
  if (!bill || receipt?.kind !== 'receipt') throw new Error('No bill or no receipt.');
  await expect(
    refusalOf(client.bills.void({ billId: bill.billId, reason: 'Wrong.' })),
  ).resolves.toMatchObject({ code: 'comes-from-tally' });
  await expect(
    refusalOf(client.receipts.void({ receiptId: receipt.documentId, reason: 'Wrong.' })),
  ).resolves.toMatchObject({ code: 'comes-from-tally' });
  await expect(refusalOf(client.customers.remove({ customerId }))).resolves.toMatchObject({
    code: 'comes-from-tally',
  });
  await client.bills.doNotChase({ billId: bill.billId, reason: 'Disputed.' });
  await client.customers.save({ customerId, name: 'Asha Stores', phone: '98765 43210' });
  await client.sync.run({ isFull: true });
  await idle(world);
  const after = await client.customers.get({ customerId });
  expect(after.bills.find((one) => one.billId === bill.billId)).toMatchObject({
    doNotChaseReason: 'Disputed.',
  });
  expect(after.customer.phone).toContain('98765');
  await expectEqual(world, DEBTORS);
});

it('offers a phone from the address, takes it when told, and never offers it twice', async () => {
  const company = aCompany();
  company.alterLedger('Asha Stores', {
    contact: { address: ['12 MG Road', 'Mob: 98765 43210', 'PAN ABCPE1234F'] },
  });
  someEntries(company);
  const world = await aSyncedWorld({ company });
  const { client } = world.engine;
  const [offer, ...more] = await client.sync.offers();
  expect(more).toEqual([]);
  expect(offer).toMatchObject({ customerName: 'Asha Stores', field: 'phone' });
  expect((await client.sync.status()).offerCount).toBe(1);
  const customerId = offer?.customerId ?? 0;
  const { customer } = await client.customers.get({ customerId });
  expect(customer.phone).toBeNull();
  expect(customer.address).not.toContain('ABCPE1234F');
  await client.sync.takeOffer({ offerId: offer?.offerId ?? 0 });
  expect((await client.customers.get({ customerId })).customer.phone).toContain('98765');
  await client.sync.run({ isFull: true });
  await idle(world);
  expect(await client.sync.offers()).toEqual([]);
  await expect(refusalOf(client.sync.declineOffer({ offerId: offer?.offerId ?? 0 }))).resolves.toMatchObject({
    code: 'offer-gone',
  });
});

it('reads an Educational Tally as of a day that it obeys', async () => {
  const company = aCompany();
  someEntries(company);
  const world = await aSyncedWorld({ company, profile: { licence: 'edu' } });
  expect((await world.engine.client.sync.status()).asOf).toBe('2026-12-01');
  receive(company, 'Asha Stores', '2026-11-22', 1_00);
  await world.engine.client.sync.check();
  await idle(world);
  await expectEqual(world, DEBTORS, '2026-12-01');
});
