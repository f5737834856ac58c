import { addDays, day } from '#domain/days.ts';
import { expect, it } from 'vitest';
import { aBill, aCustomer, fileOf, moneyIn, refusalOf, rupees } from '../builders/facts.ts';
import { NOON, tempBook, type TempEngine } from '../builders/temp-engine.ts';

/** A payer with a branch: the payer's receipt settles the branch's bill and a part of his own. */
function family(engine: TempEngine): { readonly payer: number; readonly branch: number } {
  return fileOf(engine).write((tx) => {
    const payer = aCustomer(tx, 'Asha Group');
    const branch = aCustomer(tx, 'Asha Pune');
    const own = aBill(tx, payer, { amount: 900, billDay: '2026-05-02', dueDay: '2026-06-01' });
    const other = aBill(tx, branch, { amount: 400, billDay: '2026-07-10', dueDay: '2026-08-09' });
    const allocated = new Map([
      [own, 500],
      [other, 400],
    ]);
    moneyIn(tx, payer, { amount: 1000, day: '2026-09-15', allocated });
    moneyIn(tx, payer, { amount: 70, day: '2026-11-20', chequeDay: '2026-12-20' });
    return { payer, branch };
  });
}

it('gives an account that ends on the outstanding of the page, with the cheque at hand beside it', async () => {
  const engine = await tempBook();
  const { payer, branch } = family(engine);
  const account = await engine.client.customers.statement({ customerId: payer });
  expect(account.lines.map(({ kind, debitPaise, creditPaise }) => [kind, debitPaise - creditPaise])).toEqual([
    ['invoice', rupees(900)],
    ['receipt', rupees(-1000)],
    ['paid-for-other', rupees(400)],
  ]);
  expect(account).toMatchObject({ closingPaise: rupees(300), postDatedPaise: rupees(70) });
  for (const customerId of [payer, branch]) {
    const asked = { customerId, asOf: day('2026-10-01') };
    const { figures } = await engine.client.customers.get(asked);
    expect((await engine.client.customers.statement(asked)).closingPaise).toBe(figures.outstandingPaise);
  }
  const refused = await refusalOf(engine.client.customers.statement({ customerId: 99 }));
  expect(refused.code).toBe('customer-gone');
});

it('draws the trend of one customer, and those of all customers add up to the book’s', async () => {
  const engine = await tempBook();
  const { payer, branch } = family(engine);
  const { months } = await engine.client.aging.trend({ months: 8 });
  const own = await Promise.all(
    [payer, branch].map((customerId) => engine.client.aging.trend({ months: 8, customerId })),
  );
  months.forEach((month, at) => {
    const parts = own.map((trend) => trend.months[at]);
    expect(parts.map((part) => part?.day)).toEqual([month.day, month.day]);
    const sums = month.buckets.map((_, bucket) =>
      parts.reduce((sum, part) => sum + (part?.buckets[bucket] ?? 0), 0),
    );
    expect(sums).toEqual(month.buckets);
  });
  expect(own[0]?.months.map(({ outstandingPaise }) => outstandingPaise / 100)).toEqual(
    [0, 900, 900, 900, 900, 300, 300, 300].slice(-8),
  );
  const refused = await refusalOf(engine.client.aging.trend({ customerId: 99 }));
  expect(refused.code).toBe('customer-gone');
});

it('takes out a customer entered by mistake, but not one of whom anything is in the book', async () => {
  const engine = await tempBook();
  const { customerId } = await engine.client.customers.save({ name: 'Mistake', phone: '98765 43210' });
  expect(await engine.client.customers.search({ text: 'mistake' })).toHaveLength(1);
  await engine.client.customers.remove({ customerId });
  expect(await engine.client.customers.search({ text: 'mistake' })).toEqual([]);
  expect(await refusalOf(engine.client.customers.remove({ customerId }))).toMatchObject({
    code: 'customer-gone',
  });

  const keeps = async (put: (id: number) => Promise<unknown>): Promise<number> => {
    const kept = await engine.client.customers.save({ name: `Kept ${NOON}` });
    await put(kept.customerId);
    const refusal = await refusalOf(engine.client.customers.remove(kept));
    expect(refusal.code).toBe('customer-in-use');
    expect((await engine.client.customers.get(kept)).customer.customerId).toBe(kept.customerId);
    return Number(refusal.values?.['count']);
  };
  const today = day('2026-11-22');
  const amountPaise = rupees(5);
  expect(
    await keeps((customerId) => engine.client.customers.tag({ customerIds: [customerId], add: ['A', 'B'] })),
  ).toBe(2);
  expect(await keeps((customerId) => engine.client.notes.add({ customerId, text: 'Called.' }))).toBe(1);
  expect(await keeps((parentId) => engine.client.customers.save({ name: 'Branch', parentId }))).toBe(1);
  expect(await keeps((customerId) => engine.client.customers.save({ customerId, territory: 'Pune' }))).toBe(
    1,
  );
  expect(
    await keeps(async (customerId) => {
      const { id } = await engine.client.bills.save({ customerId, billDay: today, amountPaise });
      // A void bill is out of every figure, and still of the book.
      await engine.client.bills.void({ billId: id, reason: 'Wrong.' });
    }),
  ).toBeGreaterThan(0);
});

it('tells which instalment a receipt was applied to, so that taking it off can be taken back', async () => {
  const engine = await tempBook();
  const { customerId, billId } = fileOf(engine).write((tx) => {
    const id = aCustomer(tx);
    const terms = [
      ['2026-10-01', 300],
      ['2026-12-01', 300],
    ] as const;
    return { customerId: id, billId: aBill(tx, id, { amount: 600, billDay: '2026-09-01', terms }) };
  });
  const page = async () => (await engine.client.customers.get({ customerId })).bills[0];
  const second = (await page())?.instalments[1]?.instalmentId ?? 0;
  const { id } = await engine.client.receipts.save({
    customerId,
    receiptDay: addDays(day('2026-11-22'), -1),
    amountPaise: rupees(200),
    allocate: [{ billId, instalmentId: second, amountPaise: rupees(200) }],
  });
  const before = await page();
  expect(before?.instalments.map((part) => part.openPaise)).toEqual([rupees(300), rupees(100)]);
  const [settlement] = before?.settlements ?? [];
  expect(settlement?.instalmentId).toBe(second);
  await engine.client.allocations.undo({ allocationIds: [settlement?.allocationId ?? 0] });
  await engine.client.allocations.apply({
    money: { kind: 'receipt', id },
    parts: [{ billId, instalmentId: settlement?.instalmentId ?? undefined, amountPaise: rupees(200) }],
  });
  expect((await page())?.instalments).toEqual(before?.instalments);
});
