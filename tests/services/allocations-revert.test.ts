import { day } from '#domain/days.ts';
import { expect, it } from 'vitest';
import { fileOf, refusalOf, rupees } from '../builders/facts.ts';
import { importLines } from '../builders/imports.ts';
import { tempBook } from '../builders/temp-engine.ts';

const LINES = [
  'Party Name,Bill No,Bill Date,Due Date,Bill Amount,Pending Amount',
  'Bina Stores,A/1,2026-08-05,2026-09-04,1000,1000',
  'Bina Stores,A/2,2026-08-06,2026-09-05,500,200',
];

it('lets an import be reverted once what was applied by hand to its bills is taken back', async () => {
  const engine = await tempBook();
  const { client } = engine;
  const batch = await importLines(engine, LINES);
  const { customerId = 0 } = (await client.customers.list({})).rows[0] ?? {};
  const { id } = await client.receipts.save({
    customerId,
    receiptDay: day('2026-11-01'),
    amountPaise: rupees(1000),
  });
  const applied = await client.allocations.oldestFirst({});
  expect(await refusalOf(client.imports.revert({ batchId: batch.batchId }))).toMatchObject({
    code: 'revert-settled',
    values: { count: 1 },
  });
  await client.allocations.undo(applied);
  // One that the import itself brought may be taken back too.
  const own = fileOf(engine).read((tx) =>
    tx.sqlite
      .prepare<[], number>('select id from allocations where import_batch_id is not null')
      .pluck()
      .all(),
  );
  await client.allocations.undo({ allocationIds: own });
  await client.imports.revert({ batchId: batch.batchId });
  const { rows } = await client.bills.listOpen({});
  expect(rows).toMatchObject([{ key: `receipt:${id}`, openPaise: rupees(-1000) }]);
});
