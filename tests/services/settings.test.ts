import { day } from '#domain/days.ts';
import { expect, it } from 'vitest';
import { aBill, aCustomer, fileOf, rupees } from '../builders/facts.ts';
import { tempBook } from '../builders/temp-engine.ts';

it('begins with the usual buckets, by due day, without grace, net of credits', async () => {
  const { client } = await tempBook();
  expect(await client.settings.get()).toEqual({
    ageBy: 'due',
    bounds: [0, 30, 60, 90, 120],
    graceDays: 0,
    credits: 'net',
    allocatesOldestFirst: false,
    views: {},
  });
});

it('changes only what is given and keeps it in the book', async () => {
  const engine = await tempBook();
  await engine.client.settings.save({ graceDays: 5, bounds: [0, 15, 45] });
  const saved = await engine.client.settings.save({
    views: { customers: [{ viewId: 'a', name: 'Late', stateJson: '{}' }] },
  });
  expect(saved).toMatchObject({ graceDays: 5, bounds: [0, 15, 45], credits: 'net' });
  const other = await engine.client.books.create({ name: 'Other Traders' });
  expect(await engine.client.settings.get()).toMatchObject({ graceDays: 0, views: {} });
  expect(other).toBeDefined();
});

it('refuses buckets that do not begin at 0 or do not rise', async () => {
  const { client } = await tempBook();
  await expect(client.settings.save({ bounds: [30, 60] })).rejects.toThrow();
  await expect(client.settings.save({ bounds: [0, 60, 60] })).rejects.toThrow();
  expect((await client.settings.get()).bounds).toEqual([0, 30, 60, 90, 120]);
});

it('answers every question about aging as the settings say, unless the question says otherwise', async () => {
  const engine = await tempBook();
  const { client } = engine;
  fileOf(engine).write(
    (tx) => void aBill(tx, aCustomer(tx), { amount: 100, billDay: '2026-10-01', dueDay: '2026-11-02' }),
  );
  const asOf = day('2026-11-22');
  await client.settings.save({ bounds: [0, 15, 45], ageBy: 'bill', graceDays: 20 });
  const table = await client.aging.table({ asOf });
  expect(table.buckets.map((bucket) => bucket.key)).toEqual(['not-due', '1-15', '16-45', '45+']);
  expect(table.totals).toMatchObject({ buckets: [0, 0, 0, rupees(100)], overduePaise: 0 });
  const asked = await client.aging.table({ asOf, by: 'due', graceDays: 0 });
  expect(asked.totals).toMatchObject({ buckets: [0, 0, rupees(100), 0], overduePaise: rupees(100) });
  const list = await client.customers.list({ asOf });
  expect(list.totals).toEqual(table.totals);
});

it('counts a value that is none of its kind as not set', async () => {
  const engine = await tempBook();
  fileOf(engine).write((tx) => {
    const put = tx.sqlite.prepare('insert into settings (key, value_json) values (?, ?)');
    put.run('bounds', '[5]');
    put.run('graceDays', 'not json');
    put.run('credits', '"gross"');
  });
  expect(await engine.client.settings.get()).toMatchObject({
    bounds: [0, 30, 60, 90, 120],
    graceDays: 0,
    credits: 'gross',
  });
});
