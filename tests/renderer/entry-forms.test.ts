// What the forms of documents tell the engine, from what was typed.
import type { OpenItem } from '#contract/engine/bills.ts';
import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { billFaults, billValuesOf, billWishOf, equalParts } from '#features/documents/bill-values.ts';
import { moneyFaults, moneyValuesOf, receiptWishOf } from '#features/documents/money-values.ts';
import { givenSum, givenTo, shareOut } from '#features/documents/share-out.ts';
import { describe, expect, it } from 'vitest';

const today = day('2026-11-22');
const given = { customerId: 7, today, base: 'INR' };

describe('the form of a bill', () => {
  it('leaves the due day to the terms while none is typed', () => {
    const values = { ...billValuesOf(undefined, given), amount: '1,200', number: ' A/1 ' };
    const wish = billWishOf(values, { ...given, billId: undefined });
    expect(wish).toMatchObject({ customerId: 7, number: 'A/1', billDay: today, amountPaise: 120_000 });
    expect(wish).not.toHaveProperty('dueDay');
    expect(wish).not.toHaveProperty('billId');
  });

  it('tells a foreign amount in its own minor unit and leaves the base to the engine', () => {
    const values = {
      ...billValuesOf(undefined, given),
      isForeign: true,
      currency: 'USD',
      foreignAmount: '100.50',
      rate: '83.25',
    };
    const wish = billWishOf(values, { ...given, billId: undefined });
    expect(wish.foreign).toEqual({ currency: 'USD', foreignMinor: 10_050, rate: '83.25' });
    expect(wish).not.toHaveProperty('amountPaise');
  });

  it('gives the odd paise to the last of equal parts', () => {
    const parts = equalParts(paise(10_000), 3, { firstDay: today, base: 'INR' });
    expect(parts.map(({ amount }) => amount)).toEqual(['33.33', '33.33', '33.34']);
    expect(parts.map(({ dueDay }) => dueDay)).toEqual(['22-11-2026', '22-12-2026', '21-01-2027']);
  });

  it('names each field that lacks something', () => {
    const values = { ...billValuesOf(undefined, { ...given, customerId: undefined }), billDay: '31/02' };
    expect(Object.keys(billFaults(values, given)).toSorted()).toEqual(['amount', 'billDay', 'customerId']);
  });
});

describe('the form of a receipt', () => {
  const start = moneyValuesOf(undefined, { ...given, manner: 'none' });

  it('has a cheque day only where it came as a cheque', () => {
    const typed = { ...start, amount: '500', chequeDay: '01/12/2026' };
    const context = { today, base: 'INR', bills: [] };
    expect(receiptWishOf({ ...typed, mode: 'cheque' }, context).chequeDay).toBe('2026-12-01');
    expect(receiptWishOf({ ...typed, mode: 'bank' }, context).chequeDay).toBeNull();
  });

  it('asks for an amount above zero', () => {
    expect(moneyFaults({ ...start, amount: '0' }, given)).toEqual({ amount: 'fault.amount' });
  });
});

describe('sharing out money', () => {
  const item = (key: string, dueDay: string, open: number, currency: string | null = null): OpenItem => ({
    key,
    kind: 'invoice',
    customerId: 7,
    customerName: 'Sharma',
    number: key,
    day: today,
    dueDay: day(dueDay),
    amountPaise: paise(open),
    openPaise: paise(open),
    daysLate: 0,
    bucket: 0,
    currency,
    foreignMinor: null,
  });
  const items = [
    item('bill:2:1', '2026-03-01', 500),
    item('bill:1:1', '2026-01-01', 300),
    item('bill:2:2', '2026-04-01', 200),
    item('bill:3:1', '2026-02-01', 900, 'USD'),
    { ...item('receipt:4', '2026-01-01', 1), openPaise: paise(-1) },
  ];

  it('fills the oldest due day first, instalments of one bill in one line, other currencies left out', () => {
    const bills = shareOut(items, paise(900), null);
    expect(bills.map(({ billId, openPaise, amountPaise }) => [billId, openPaise, amountPaise])).toEqual([
      [1, 300, 300],
      [2, 700, 600],
    ]);
  });

  it('lets what is typed win over what is proposed', () => {
    const bills = givenTo(shareOut(items, paise(900), null), new Map([[2, paise(50)]]));
    expect(givenSum(bills)).toBe(350);
  });
});
