import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { ADJUSTMENT_NARRATION, deriveParty, isAdjustment, refOfBill } from '#domain/tally/derive.ts';
import { expect, it } from 'vitest';
import { asOf, L, line, none, open, paid } from './one-party.ts';

it('makes a bill of a sale and puts a receipt on it, under the later of both days', () => {
  const made = deriveParty({
    ...none,
    closingPaise: paise(600),
    openBills: [open('INV-1', '2026-06-01', '2026-07-01', 600)],
    lines: [
      line({ of: 'v1', on: '2026-06-01', amount: 1000, narration: 'Cotton' }),
      line({ ...paid, of: 'v2', on: '2026-06-20', amount: -400, billDay: day('2026-06-01') }),
    ],
  });
  expect(made.bills).toEqual([
    {
      sourceKey: `${L}|INV-1`,
      kind: 'invoice',
      number: 'INV-1',
      billDay: '2026-06-01',
      dueDay: '2026-07-01',
      amountPaise: 1000,
      narration: 'Cotton',
    },
  ]);
  expect(made.receipts).toEqual([
    { sourceKey: `v2|${L}`, number: 'No v2', receiptDay: '2026-06-20', amountPaise: 400, narration: null },
  ]);
  expect(made.allocations).toEqual([
    {
      sourceKey: `v2|${L}>${L}|INV-1`,
      billKey: `${L}|INV-1`,
      moneyKind: 'receipt',
      moneyKey: `v2|${L}`,
      allocationDay: '2026-06-20',
      amountPaise: 400,
    },
  ]);
  expect(made.credits).toEqual([]);
});

it('opens a bill again from the day its cheque bounced, and keeps it due when it was', () => {
  const made = deriveParty({
    ...none,
    closingPaise: paise(1000),
    openBills: [open('INV-1', '2026-06-01', '2026-07-01', 1000)],
    lines: [
      line({ of: 'v1', on: '2026-06-01', amount: 1000 }),
      line({ ...paid, of: 'v2', on: '2026-06-20', amount: -1000, billDay: day('2026-06-01') }),
      line({
        of: 'v3',
        on: '2026-07-10',
        amount: 1000,
        kind: 'payment',
        type: 'against',
        billDay: day('2026-06-01'),
      }),
    ],
  });
  expect(
    made.bills.map(({ sourceKey, kind, billDay, dueDay }) => [sourceKey, kind, billDay, dueDay]),
  ).toEqual([
    [`${L}|INV-1`, 'invoice', '2026-06-01', '2026-07-01'],
    [`v3|0|0|${L}`, 'charge', '2026-07-10', '2026-07-01'],
  ]);
  expect(made.allocations.map((one) => one.billKey)).toEqual([`${L}|INV-1`]);
});

it('keeps an advance as money until a sale uses it, from the day of the sale', () => {
  const made = deriveParty({
    ...none,
    closingPaise: paise(300),
    openBills: [open('ADV-1', '2026-06-01', '2026-06-01', 300)],
    lines: [
      line({ of: 'v1', on: '2026-06-01', amount: -500, kind: 'receipt', type: 'advance', ref: 'ADV-1' }),
      line({
        of: 'v2',
        on: '2026-06-25',
        amount: 800,
        type: 'against',
        ref: 'ADV-1',
        billDay: day('2026-06-01'),
      }),
    ],
  });
  expect(made.bills.map((bill) => [bill.billDay, bill.amountPaise])).toEqual([['2026-06-25', 800]]);
  expect(made.allocations.map((one) => [one.allocationDay, one.amountPaise])).toEqual([['2026-06-25', 500]]);
});

it('counts a sale under the name of an advance from its own day, whatever day the name bears', () => {
  const advance = { of: 'v1', on: '2026-06-01', amount: -500, kind: 'receipt', type: 'advance' } as const;
  const made = deriveParty({
    ...none,
    closingPaise: paise(300),
    openBills: [open('INV-1', '2026-06-01', '2026-06-01', 300)],
    lines: [line(advance), line({ of: 'v2', on: '2026-06-25', amount: 800, billDay: day('2026-06-01') })],
  });
  expect(made.bills.map((bill) => [bill.billDay, bill.dueDay])).toEqual([['2026-06-25', '2026-06-01']]);
});

it('spreads one receipt over bills, an advance and what is on account, and leaves the rest of it unapplied', () => {
  const money = { ...paid, of: 'v3', on: '2026-06-20' };
  const made = deriveParty({
    ...none,
    closingPaise: paise(-350),
    openBills: [open('ADV-9', '2026-06-20', '2026-06-20', -200)],
    lines: [
      line({ of: 'v1', on: '2026-06-01', amount: 100 }),
      line({ of: 'v2', on: '2026-06-02', amount: 50, ref: 'INV-2' }),
      line({ ...money, amount: -60 }),
      line({ ...money, position: 1, amount: -50, ref: 'INV-2' }),
      line({ ...money, position: 2, amount: -200, ref: 'ADV-9', type: 'advance' }),
      line({ ...money, position: 3, amount: -150, ref: null, type: 'on-account', billDay: null }),
      // The same bill in a second line of the same voucher.
      line({ ...money, line: 1, amount: -40 }),
    ],
  });
  expect(made.receipts.map((one) => one.amountPaise)).toEqual([500]);
  expect(made.allocations.map((one) => [one.billKey, one.amountPaise])).toEqual([
    [`${L}|INV-1`, 100],
    [`${L}|INV-2`, 50],
  ]);
});

it('brings forward what the report knows and no voucher explains, under the bill’s own day', () => {
  const openBills = [
    open('OLD-7', '2026-02-10', '2026-03-12', 700),
    open('MAY-1', '2026-05-05', '2026-06-04', 90),
  ];
  const made = deriveParty({ ...none, historyFrom: null, closingPaise: paise(540), openBills });
  expect(
    made.bills.map((one) => [one.sourceKey, one.kind, one.billDay, one.dueDay, one.amountPaise]),
  ).toEqual([
    [`${L}|OLD-7`, 'opening-bill', '2026-02-10', '2026-03-12', 700],
    [`${L}|MAY-1`, 'invoice', '2026-05-05', '2026-06-04', 90],
  ]);
  expect(made.credits).toEqual([
    {
      sourceKey: `brought-forward|${L}|`,
      kind: 'on-account',
      number: null,
      creditDay: asOf,
      amountPaise: 250,
      narration: null,
    },
  ]);
});

it('dates an opening bill that was paid meanwhile by its opening, and money of before the books by the day before', () => {
  const made = deriveParty({
    ...none,
    closingPaise: paise(-40),
    openingBills: [
      {
        ref: 'OLD-7',
        billDay: day('2026-01-05'),
        dueDay: day('2026-02-04'),
        isAdvance: false,
        amountPaise: paise(700),
      },
    ],
    lines: [line({ ...paid, of: 'v1', on: '2026-06-01', amount: -700, ref: 'OLD-7', billDay: null })],
  });
  expect(made.bills.map((one) => [one.kind, one.billDay, one.dueDay, one.amountPaise])).toEqual([
    ['opening-bill', '2026-01-05', '2026-02-04', 700],
  ]);
  expect(made.credits.map((one) => [one.kind, one.creditDay, one.amountPaise])).toEqual([
    ['on-account', '2026-03-31', 40],
  ]);
});

it('adjusts a revalued bill under the day of the report, and takes it back on account under the same day', () => {
  const made = deriveParty({
    ...none,
    closingPaise: paise(1000),
    openBills: [open('INV-1', '2026-06-01', '2026-07-01', 1080)],
    lines: [line({ of: 'v1', on: '2026-06-01', amount: 1000 })],
  });
  expect(made.bills.map((one) => [one.sourceKey, one.kind, one.billDay, one.amountPaise])).toEqual([
    [`${L}|INV-1`, 'invoice', '2026-06-01', 1000],
    [`adjustment|${L}|INV-1`, 'charge', asOf, 80],
  ]);
  expect(made.bills[1]?.narration).toBe(ADJUSTMENT_NARRATION);
  expect(made.credits.map((one) => [one.kind, one.creditDay, one.amountPaise])).toEqual([
    ['on-account', asOf, 80],
  ]);
  expect([...made.bills, ...made.credits].map((one) => isAdjustment(one.sourceKey))).toEqual([
    false,
    true,
    true,
  ]);
});

it('believes the report about a payment and a bill whose vouchers were not read yet', () => {
  const made = deriveParty({
    ...none,
    closingPaise: paise(300),
    openBills: [open('NEW-1', '2026-11-21', '2026-12-21', 300)],
    lines: [line({ of: 'v1', on: '2026-06-01', amount: 1000 })],
  });
  expect(made.bills.map((one) => [one.number, one.billDay, one.amountPaise])).toEqual([
    ['INV-1', '2026-06-01', 1000],
    ['NEW-1', '2026-11-21', 300],
  ]);
  expect(made.credits.map((one) => [one.kind, one.creditDay, one.amountPaise])).toEqual([
    ['credit-note', asOf, 1000],
  ]);
  expect(made.allocations.map((one) => [one.billKey, one.amountPaise])).toEqual([[`${L}|INV-1`, 1000]]);
});

it('takes a ledger that is not bill-wise as on account altogether, due by its days of credit', () => {
  const made = deriveParty({
    ...none,
    isBillWise: false,
    closingPaise: paise(600),
    lines: [
      line({ of: 'v1', on: '2026-06-01', amount: 1000, ref: 'INV-1' }),
      line({ ...paid, of: 'v2', on: '2026-06-20', amount: -400, ref: null, type: 'on-account' }),
    ],
  });
  expect(made.bills.map((one) => [one.number, one.billDay, one.dueDay])).toEqual([
    ['No v1', '2026-06-01', '2026-07-01'],
  ]);
  expect(made.bills.map((one) => refOfBill(one))).toEqual([null]);
  expect(made.allocations.map((one) => one.amountPaise)).toEqual([400]);
});
