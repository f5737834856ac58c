import { day, type Day } from '#domain/days.ts';
import { expect, it } from 'vitest';
import { aBill, aCustomer, fileOf, refusalOf, rupees } from '../builders/facts.ts';
import { tempBook } from '../builders/temp-engine.ts';

const D = (text: string): Day => day(text);

async function bookWithBill(amount: number) {
  const engine = await tempBook();
  const made = fileOf(engine).write((tx) => {
    const customerId = aCustomer(tx);
    return { customerId, billId: aBill(tx, customerId, { amount, billDay: '2026-10-01' }) };
  });
  return { ...engine, ...made };
}

it('applies a credit note in part and keeps the rest: bill 20 and credit note 20 left of 100 each (B2)', async () => {
  const { client, customerId, billId } = await bookWithBill(100);
  const { id } = await client.credits.save({
    customerId,
    creditDay: D('2026-10-10'),
    amountPaise: rupees(100),
    allocate: [{ billId, amountPaise: rupees(80) }],
  });
  const { rows } = await client.bills.listOpen({});
  expect(rows.map(({ key, openPaise }) => [key, openPaise])).toEqual([
    [`bill:${billId}:1`, rupees(20)],
    [`credit:${id}`, rupees(-20)],
  ]);
  const proposal = await client.allocations.propose({ money: { kind: 'credit', id } });
  expect(proposal).toMatchObject({
    unallocatedPaise: rupees(20),
    parts: [{ billId, openPaise: rupees(20), amountPaise: rupees(20) }],
  });
});

it('holds an advance without a bill as a negative figure, and matches it later (A8)', async () => {
  const { client, customerId, billId } = await bookWithBill(300);
  const { id } = await client.credits.save({
    customerId,
    kind: 'advance',
    creditDay: D('2026-09-10'),
    amountPaise: rupees(1000),
  });
  expect((await client.aging.table({ asOf: D('2026-09-30') })).totals.outstandingPaise).toBe(rupees(-1000));
  await client.allocations.apply({
    money: { kind: 'credit', id },
    parts: [{ billId, amountPaise: rupees(300) }],
  });
  expect((await client.aging.table({})).totals).toMatchObject({
    unallocatedPaise: rupees(-700),
    outstandingPaise: rupees(-700),
  });
});

it('changes, voids and restores a credit, and refuses what would break what is applied', async () => {
  const { client, customerId } = await bookWithBill(100);
  const wish = { customerId, creditDay: D('2026-10-10'), amountPaise: rupees(60) };
  const { id } = await client.credits.save({ ...wish, allocate: 'oldest-first', number: 'CN/1' });
  const again = await client.credits.save({ ...wish, number: 'cn/1' });
  expect(again.warnings).toMatchObject([{ code: 'number-used' }]);
  await client.credits.void({ creditId: again.id, reason: 'Twice' });
  expect(await refusalOf(client.credits.save({ ...wish, creditId: again.id }))).toMatchObject({
    code: 'document-voided',
  });
  expect(
    await refusalOf(client.credits.save({ ...wish, creditId: id, amountPaise: rupees(59) })),
  ).toMatchObject({ code: 'below-applied', values: { amount: '₹59.00', applied: '₹60.00' } });
  await client.credits.save({ ...wish, creditId: id, amountPaise: rupees(70), kind: 'on-account' });
  expect(await client.credits.get({ creditId: id })).toMatchObject({ kind: 'on-account', number: null });
  await client.credits.void({ creditId: id, reason: 'Goods not returned' });
  expect((await client.aging.table({})).totals.outstandingPaise).toBe(rupees(100));
  await client.credits.restore({ creditId: id });
  expect((await client.aging.table({})).totals).toMatchObject({
    outstandingPaise: rupees(30),
    unallocatedPaise: rupees(-10),
  });
  expect(await refusalOf(client.credits.get({ creditId: 99 }))).toMatchObject({ code: 'document-gone' });
});
