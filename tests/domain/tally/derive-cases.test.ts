import { day, type Day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { ADJUSTMENT_NARRATION, deriveParty, isAdjustment, refOfBill } from '#domain/tally/derive.ts';
import type { PartyFacts, PartyLine } from '#domain/tally/party.ts';
import { expect, it } from 'vitest';

const L = 'co-00000011';
const asOf = day('2026-11-22');
const none: PartyFacts = {
  ledgerGuid: L,
  isBillWise: true,
  creditDays: 30,
  closingPaise: paise(0),
  asOf,
  booksFrom: day('2026-04-01'),
  historyFrom: day('2026-04-01'),
  openBills: [],
  openingBills: [],
  lines: [],
};

type Row = Partial<PartyLine> & { readonly of: string; readonly on: string; readonly amount: number };

function line({ of, on, amount, ...more }: Row): PartyLine {
  return {
    voucherGuid: of,
    day: day(on),
    kind: 'sales',
    number: `No ${of}`,
    narration: null,
    line: 0,
    position: 0,
    type: 'new',
    ref: 'INV-1',
    billDay: day(on),
    dueDay: null,
    amountPaise: paise(amount),
    ...more,
  };
}

function open(
  ref: string,
  billDay: string,
  dueDay: string,
  balance: number,
): PartyFacts['openBills'][number] {
  return { ref, billDay: day(billDay), dueDay: day(dueDay), balancePaise: paise(balance) };
}

const paid = { kind: 'receipt', type: 'against' } as const;
const days = (...list: readonly string[]): readonly Day[] => list.map(day);

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
  expect(made.bills.map((one) => refOfBill(L, one))).toEqual([null]);
  expect(made.allocations.map((one) => one.amountPaise)).toEqual([400]);
});

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
  expect(made.bills.map((one) => [one.sourceKey, one.number, refOfBill(L, one)])).toEqual([
    [`on-account|v1|0|0|${L}`, 'No v1', null],
    [`${L}|No v1`, 'No v1', 'No v1'],
  ]);
});
