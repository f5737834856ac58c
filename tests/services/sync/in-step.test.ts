import type { TallySource } from '#engine/adapters/ports.ts';
import { expect, it } from 'vitest';
import {
  aSyncedWorld,
  DEBTORS,
  expectEqual,
  idle,
  owedInBaaki,
  receive,
  sell,
  type World,
} from './tally-world.ts';

async function check({ engine }: World) {
  const status = await engine.client.sync.check();
  expect(status.failure).toBeNull();
  return await idle({ engine });
}

it('asks Tally once and no more when nothing changed', async () => {
  const world = await aSyncedWorld();
  world.tally.forgetRequests();
  world.clock.now += 60_000;
  const status = await check(world);
  expect(world.tally.requests.map((request) => request.kind)).toEqual(['companies']);
  expect(status).toMatchObject({ light: 'green', inStepAt: world.clock.now });
});

it('follows a bill, a payment and money on account', async () => {
  const world = await aSyncedWorld();
  sell(world.company, 'Chetan Traders', '2026-11-22', 500_00);
  receive(world.company, 'Asha Stores', '2026-11-22', 8_000_00, 'A-1');
  receive(world.company, 'Walk-in', '2026-11-22', 70_00);
  await check(world);
  await expectEqual(world);
  const runs = await world.engine.client.sync.runs({});
  expect(runs[0]).toMatchObject({ kind: 'changes', outcome: 'done', voucherCount: 3 });
});

it('follows a changed amount, a cancelled and an optional voucher', async () => {
  const world = await aSyncedWorld();
  const receipt = receive(world.company, 'Asha Stores', '2026-11-20', 9_000_00, 'A-2');
  const other = receive(world.company, 'Bharat & Sons', '2026-11-20', 80_00, 'B-1');
  await check(world);
  await expectEqual(world);
  world.company.cancelVoucher(receipt.masterId);
  world.company.makeOptional(other.masterId, true);
  await check(world);
  await expectEqual(world);
});

it('keeps a customer and his bills when his ledger is renamed', async () => {
  const world = await aSyncedWorld();
  const before = await world.engine.client.customers.list({});
  world.company.renameLedger('Asha Stores', 'Asha Stores (Pune)');
  await check(world);
  await expectEqual(world, ['Asha Stores (Pune)', 'Bharat & Sons', 'Chetan Traders', 'Walk-in']);
  const after = await world.engine.client.customers.list({});
  expect(new Set(after.rows.map((row) => row.customerId))).toEqual(
    new Set(before.rows.map((row) => row.customerId)),
  );
  const runs = await world.engine.client.sync.runs({});
  expect(runs[0]).toMatchObject({ kind: 'changes', addedCount: 0, goneCount: 0 });
});

it('finds a deleted voucher by a census, and forgets nothing else', async () => {
  const world = await aSyncedWorld();
  const receipt = receive(world.company, 'Asha Stores', '2026-11-20', 9_000_00, 'A-2');
  await check(world);
  world.company.deleteVoucher(receipt.masterId);
  await check(world);
  await expectEqual(world);
  const status = await world.engine.client.sync.status();
  expect(status.history?.voucherCount).toBe(7);
});

it('forgets a bill and its payment that were deleted together', async () => {
  const world = await aSyncedWorld();
  sell(world.company, 'Bharat & Sons', '2026-11-19', 44_00, 'B-9');
  const paid = receive(world.company, 'Bharat & Sons', '2026-11-20', 44_00, 'B-9');
  await check(world);
  world.company.deleteVoucher(paid.masterId - 1);
  world.company.deleteVoucher(paid.masterId);
  await check(world);
  await expectEqual(world);
  expect((await world.engine.client.sync.status()).history?.voucherCount).toBe(7);
});

it('empties a customer whose ledger was deleted, and keeps him', async () => {
  const world = await aSyncedWorld();
  world.company.createLedger({ name: 'Eka', parent: 'Sundry Debtors', billWise: true });
  const sold = sell(world.company, 'Eka', '2026-11-20', 5_00);
  expect(sold).not.toBe('');
  await check(world);
  await expectEqual(world, [...DEBTORS, 'Eka']);
  const vouchers = [...world.company.view().vouchers.values()];
  world.company.deleteVoucher(vouchers.at(-1)?.masterId ?? 0);
  world.company.deleteLedger('Eka');
  await check(world);
  await expectEqual(world);
  expect(owedInBaaki(world).find((one) => one.name === 'Eka')).toMatchObject({ closing: 0, bills: [] });
});

it('takes in a new group of customers, moved ledgers and all', async () => {
  const world = await aSyncedWorld();
  world.company.createGroup({ name: 'Dealers', parent: 'Current Assets' });
  world.company.createLedger({ name: 'Faiz', parent: 'Dealers', billWise: true });
  world.company.createLedger({ name: 'Gita', parent: 'Dealers' });
  sell(world.company, 'Faiz', '2026-11-01', 77_00);
  sell(world.company, 'Gita', '2026-11-01', 88_00);
  await check(world);
  await expectEqual(world);
  world.company.moveGroup('Dealers', 'Sundry Debtors');
  await check(world);
  await expectEqual(world, [...DEBTORS, 'Faiz', 'Gita']);
});

it('moves with the day', async () => {
  const world = await aSyncedWorld();
  world.company.createVoucher({
    type: 'Receipt',
    date: '2026-11-23',
    postDated: true,
    lines: [
      { ledger: 'Asha Stores', amount: -500_00 },
      { ledger: 'HDFC Bank', amount: 500_00 },
    ],
  });
  await check(world);
  await expectEqual(world);
  world.clock.now += 86_400_000;
  const status = await check(world);
  expect(status.asOf).toBe('2026-11-23');
  await expectEqual(world, DEBTORS, '2026-11-23');
});

it('reads everything anew after a backup was restored, and keeps what people wrote', async () => {
  const world = await aSyncedWorld();
  const backup = world.company.backup();
  receive(world.company, 'Asha Stores', '2026-11-20', 9_000_00, 'A-2');
  sell(world.company, 'Bharat & Sons', '2026-11-21', 1_00);
  await check(world);
  const { rows } = await world.engine.client.customers.list({});
  const customerId = rows.find((row) => row.name === 'Asha Stores')?.customerId ?? 0;
  await world.engine.client.notes.add({ customerId, text: 'Calls back on Monday.' });
  world.company.restore(backup);
  await check(world);
  await expectEqual(world);
  const runs = await world.engine.client.sync.runs({});
  expect(runs.find((run) => run.kind === 'full')).toMatchObject({
    outcome: 'done',
    failure: { code: 'tally-restored' },
  });
  expect((await world.engine.client.sync.status()).history).toMatchObject({
    state: 'complete',
    voucherCount: 7,
  });
  const timeline = await world.engine.client.customers.timeline({ customerId });
  expect(JSON.stringify(timeline)).toContain('Calls back on Monday.');
});

/** As an old Tally answers that names no counter. */
const namesNone =
  (...names: readonly ('masterCounter' | 'voucherCounter')[]) =>
  (of: TallySource): TallySource => ({
    ...of,
    companies: async (address, signal) => {
      const answer = await of.companies(address, signal);
      const none = Object.fromEntries(names.map((name) => [name, null]));
      return answer.ok ? { ...answer, value: answer.value.map((one) => ({ ...one, ...none })) } : answer;
    },
  });

it.each([
  ['no counter of vouchers', namesNone('voucherCounter')],
  ['no counter at all', namesNone('masterCounter', 'voucherCounter')],
] as const)('follows what is entered, changed and deleted in a Tally that names %s', async (_, source) => {
  const world = await aSyncedWorld({ source });
  const paid = receive(world.company, 'Asha Stores', '2026-11-22', 8_000_00, 'A-1');
  receive(world.company, 'Walk-in', '2026-11-22', 70_00);
  await check(world);
  await expectEqual(world);
  const status = await world.engine.client.sync.status();
  expect(status.history?.voucherCount).toBe(9);
  world.company.cancelVoucher(paid.masterId);
  await check(world);
  await expectEqual(world);
  world.company.deleteVoucher(paid.masterId);
  await check(world);
  await expectEqual(world);
  expect((await world.engine.client.sync.status()).history?.voucherCount).toBe(8);
});
