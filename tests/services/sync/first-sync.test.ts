import { expect, it } from 'vitest';
import { aSyncedWorld, expectEqual, owedInBaaki } from './tally-world.ts';

it('shows the same outstanding as Tally after the first sync, bill by bill', async () => {
  const world = await aSyncedWorld();
  await expectEqual(world);
  expect(owedInBaaki(world).find((one) => one.name === 'Asha Stores')?.closing).toBe(108_000_50);
  const status = await world.engine.client.sync.status();
  expect(status).toMatchObject({ light: 'green', failure: null, asOf: '2026-11-22' });
  expect(status.history).toMatchObject({ state: 'complete', from: '2025-04-01', voucherCount: 7 });
});
