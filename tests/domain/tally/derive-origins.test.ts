import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { deriveParty, refOfBill } from '#domain/tally/derive.ts';
import { expect, it } from 'vitest';
import { asOf, days, L, line, none, open, paid } from './one-party.ts';

it('counts a bill of a journal from the day it bears, never before the report can know of it', () => {
  const journal = { of: 'v1', on: '2026-06-01', amount: 500, kind: 'journal' } as const;
  const billDayOf = (billDay: string, on: string = journal.on): string | undefined =>
    deriveParty({
      ...none,
      closingPaise: paise(on > asOf ? 0 : 500),
      openBills: on > asOf ? [] : [open('INV-1', billDay, billDay, 500)],
      lines: [line({ ...journal, on, billDay: day(billDay) })],
    }).bills[0]?.billDay;
  expect(billDayOf('2026-01-15')).toBe('2026-01-15');
  // Dated after the report, which has it open all the same.
  expect(billDayOf('2026-12-15')).toBe('2026-06-01');
  // A post-dated voucher whose bill bears a day gone by.
  expect(billDayOf('2026-06-01', '2026-12-05')).toBe('2026-12-05');
});

it('names a document by what its voucher is, and money by receipt or credit', () => {
  const kinds = ['sales', 'debit-note', 'payment', 'journal', 'receipt', 'purchase', 'credit-note'] as const;
  const debits = kinds.map((kind, at) =>
    line({ of: `d${at}`, on: '2026-06-01', amount: 10, kind, ref: `D${at}` }),
  );
  const credits = kinds.map((kind, at) =>
    line({ of: `m${at}`, on: '2026-06-02', amount: -10, kind, ref: `M${at}` }),
  );
  const made = deriveParty({ ...none, lines: [...debits, ...credits] });
  const born = made.bills.filter((one) => one.sourceKey.startsWith(`${L}|D`));
  expect(born.map((one) => one.kind)).toEqual([
    'invoice',
    'debit-note',
    'charge',
    'debit-note',
    'debit-note',
    'debit-note',
    'debit-note',
  ]);
  expect(made.receipts.map((one) => one.sourceKey)).toEqual([`m4|${L}`]);
  const notes = made.credits.filter((one) => one.sourceKey.startsWith('m'));
  expect(new Set(notes.map((one) => one.kind))).toEqual(new Set(['credit-note']));
  expect(notes).toHaveLength(6);
});

it('puts what has no day of its own under today where Educational mode reports of a later one', () => {
  const facts = { ...none, historyFrom: null, asOf: day('2026-12-01'), closingPaise: paise(-500) };
  expect(deriveParty(facts).credits.map((one) => one.creditDay)).toEqual(days('2026-12-01'));
  expect(deriveParty({ ...facts, today: asOf }).credits.map((one) => one.creditDay)).toEqual(
    days('2026-11-22'),
  );
});

it('does not take a later bill of the same name, or a post-dated one, for the beginning of the old', () => {
  const opening = {
    ref: 'INV-1',
    billDay: day('2026-01-05'),
    dueDay: null,
    isAdvance: false,
    amountPaise: paise(70),
  };
  const again = line({ of: 'v1', on: '2026-06-01', amount: 30 });
  const all = line({ ...paid, of: 'v2', on: '2026-06-09', amount: -100, billDay: day('2026-01-05') });
  const reused = deriveParty({ ...none, openingBills: [opening], lines: [again, all] });
  expect(reused.bills.map((one) => [one.sourceKey, one.kind, one.billDay, one.amountPaise])).toEqual([
    [`${L}|INV-1`, 'opening-bill', '2026-01-05', 70],
    [`v1|0|0|${L}`, 'invoice', '2026-06-01', 30],
  ]);
  const postDated = deriveParty({
    ...none,
    closingPaise: paise(70),
    openBills: [open('INV-1', '2026-01-05', '2026-02-04', 70)],
    lines: [line({ of: 'v1', on: '2026-12-05', amount: 30, billDay: day('2026-01-05') })],
  });
  expect(postDated.bills.map((one) => [one.kind, one.billDay, one.amountPaise])).toEqual([
    ['opening-bill', '2026-01-05', 70],
    ['invoice', '2026-12-05', 30],
  ]);
});

it('takes the voucher that was entered first for the beginning of a bill, whatever order they are read in', () => {
  const lines = [
    line({ of: 'v1', on: '2026-06-01', amount: 10 }),
    line({ of: 'v2', on: '2026-06-01', amount: 20 }),
  ];
  for (const order of [lines, lines.toReversed()]) {
    const made = deriveParty({ ...none, closingPaise: paise(30), lines: order });
    const own = made.bills.find((one) => one.sourceKey === `${L}|INV-1`);
    expect(own?.amountPaise).toBe(10);
  }
});

it('keys a later debit by where its voucher begins to name the bill, and takes money on account by its type', () => {
  const again = {
    of: 'v2',
    on: '2026-06-02',
    kind: 'payment',
    type: 'against',
    billDay: day('2026-06-01'),
  } as const;
  const made = deriveParty({
    ...none,
    closingPaise: paise(95),
    openBills: [open('INV-1', '2026-06-01', '2026-06-01', 100)],
    lines: [
      line({ of: 'v1', on: '2026-06-01', amount: 10 }),
      line({ ...again, line: 2, position: 0, amount: 30 }),
      line({ ...again, line: 1, position: 3, amount: 60 }),
      // Some Tallys name the bill in money that they keep on account.
      line({ of: 'v3', on: '2026-06-03', amount: -5, kind: 'receipt', type: 'on-account' }),
    ],
  });
  expect(made.bills.map((one) => [one.sourceKey, one.amountPaise])).toEqual([
    [`${L}|INV-1`, 10],
    [`v2|1|3|${L}`, 90],
  ]);
  expect(made.allocations).toEqual([]);
});

it('tells a debit on account from a bill that bears the same number', () => {
  const made = deriveParty({
    ...none,
    closingPaise: paise(300),
    openBills: [open('No v1', '2026-06-02', '2026-06-02', 200)],
    lines: [
      line({ of: 'v1', on: '2026-06-01', amount: 100, ref: null, type: 'on-account' }),
      line({ of: 'v2', on: '2026-06-02', amount: 200, ref: 'No v1' }),
    ],
  });
  // Never by the ledger alone: another would take its place when older vouchers are read.
  expect(made.bills.map((one) => [one.sourceKey, one.number, refOfBill(one)])).toEqual([
    [`on-account|v1|0|0|${L}`, 'No v1', null],
    [`${L}|No v1`, 'No v1', 'No v1'],
  ]);
});
