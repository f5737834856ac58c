import { expect, it } from 'vitest';
import { aBill, fileOf } from '../builders/facts.ts';
import { NOON, tempBook } from '../builders/temp-engine.ts';

it('adds notes to a customer and to a bill, newest first, and takes them away and back', async () => {
  let now = NOON;
  const engine = await tempBook(() => (now += 1000));
  const { client } = engine;
  const { customerId } = await client.customers.save({ name: 'Asha' });
  const billId = fileOf(engine).write((tx) => aBill(tx, customerId, { amount: 1, billDay: '2026-01-01' }));
  const first = await client.notes.add({ customerId, text: ' Called; will pay on Friday. ' });
  const second = await client.notes.add({ customerId, billId, text: 'Short by two cartons.' });
  const noted = async () => {
    const { events } = await client.customers.timeline({ customerId });
    return events.filter((one) => one.kind === 'note').map((one) => [one.documentId, one.subject, one.text]);
  };
  const both = [
    [second.noteId, 'bill', 'Short by two cartons.'],
    [first.noteId, 'customer', 'Called; will pay on Friday.'],
  ];
  expect(await noted()).toEqual(both);
  await client.notes.remove(second);
  expect(await noted()).toEqual(both.slice(1));
  await client.notes.restore(second);
  expect(await noted()).toEqual(both);
});

it('refuses a note of nobody, of another’s bill, and one that is not there', async () => {
  const engine = await tempBook();
  const { client } = engine;
  const { customerId } = await client.customers.save({ name: 'Asha' });
  const other = await client.customers.save({ name: 'Iyer' });
  const billId = fileOf(engine).write((tx) => aBill(tx, customerId, { amount: 1, billDay: '2026-01-01' }));
  const { add, remove } = client.notes;
  await expect(add({ customerId: 99, text: 'X' })).rejects.toMatchObject({ data: { code: 'customer-gone' } });
  await expect(add({ customerId: other.customerId, billId, text: 'X' })).rejects.toMatchObject({
    data: { code: 'bill-gone' },
  });
  await expect(remove({ noteId: 99 })).rejects.toMatchObject({ data: { code: 'note-gone' } });
  await expect(add({ customerId, text: '  ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});
