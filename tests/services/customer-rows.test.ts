import { day } from '#domain/days.ts';
import { expect, it } from 'vitest';
import { aCustomer, fileOf, rupees } from '../builders/facts.ts';
import { tempBook } from '../builders/temp-engine.ts';

it('tells the last receipt that counted by each day, also after one came and after one was voided', async () => {
  const engine = await tempBook();
  const { client } = engine;
  const customerId = fileOf(engine).write((tx) => aCustomer(tx));
  const pay = async (text: string): Promise<number> => {
    const { id } = await client.receipts.save({
      customerId,
      receiptDay: day(text),
      amountPaise: rupees(10),
    });
    return id;
  };
  const lastOn = async (text: string): Promise<string | null | undefined> => {
    const { rows } = await client.customers.list({ asOf: day(text) });
    return rows[0]?.lastReceiptDay;
  };
  expect(await lastOn('2026-11-20')).toBeNull();
  await pay('2026-11-01');
  const receiptId = await pay('2026-11-10');
  expect(await lastOn('2026-10-31')).toBeNull();
  expect(await lastOn('2026-11-01')).toBe('2026-11-01');
  expect(await lastOn('2026-11-09')).toBe('2026-11-01');
  expect(await lastOn('2026-11-20')).toBe('2026-11-10');
  await client.receipts.void({ receiptId, reason: 'Entered twice' });
  expect(await lastOn('2026-11-20')).toBe('2026-11-01');
});
