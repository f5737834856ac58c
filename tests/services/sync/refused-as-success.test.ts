import { expect, it } from 'vitest';
import { aSyncedWorld, idle, owedInBaaki, sell } from './tally-world.ts';

// Case G8: HTTP 200 with STATUS 0, or with an error instead of rows, is a failure. The books stay as they were.

const refusals = [
  ['a report with STATUS 0 and an error line', 'bills-receivable', 'status-0'],
  ['a list that says it does not understand', 'ledgers', 'unknown-request'],
  ['a report that says it does not understand', 'bills-payable', 'unknown-request'],
  ['a list without anything in it', 'ledgers', 'empty-envelope'],
  ['a report without anything in it', 'bills-receivable', 'empty-envelope'],
] as const;

it.each(refusals)('takes %s as a failure, never as "no bills" (G8)', async (_what, kind, how) => {
  const { engine, tally, company } = await aSyncedWorld();
  const { client } = engine;
  const before = owedInBaaki({ engine });
  expect(before.some(({ closing }) => closing > 0)).toBe(true);
  sell(company, 'Asha Stores', '2026-11-22', 1_000_00);
  if (how === 'status-0') {
    // A closed company is answered by reports with STATUS 0 and an error line.
    tally.faults.when(kind, { kind: 'before', act: () => tally.close(company) }, { times: 1 });
    tally.faults.when(kind, { kind: 'after', act: () => tally.open(company) }, { times: 1 });
  } else tally.faults.when(kind, { kind: how }, { times: 9 });

  const failed = await client.sync.run({});
  expect(failed.failure?.code).toMatch(/^tally-/);
  expect(failed.light).not.toBe('green');
  expect(owedInBaaki({ engine })).toEqual(before);

  tally.faults.clear();
  await client.sync.run({});
  const after = await idle({ engine });
  expect(after).toMatchObject({ failure: null, tieOut: { differencePaise: 0 } });
  const total = (rows: typeof before): number => rows.reduce((sum, { closing }) => sum + closing, 0);
  expect(total(owedInBaaki({ engine })) - total(before)).toBe(1_000_00);
});
