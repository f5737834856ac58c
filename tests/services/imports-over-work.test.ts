import { day, type Day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { expect, it } from 'vitest';
import { rupees } from '../builders/facts.ts';
import { commitDraft, importLines, readDraft } from '../builders/imports.ts';
import { tempBook, type TempEngine } from '../builders/temp-engine.ts';

// A file that comes again after somebody worked on its documents by hand: no figure of any day may break.

const DAY_BOOK = [
  'Date,Particulars,Vch Type,Vch No.,Debit Amount,Credit Amount',
  '5-Oct-26,Bina Stores,Sales,S/1,7000.00,',
  '6-Oct-26,Bina Stores,Receipt,R/1,,500.00',
  '7-Oct-26,Bina Stores,Credit Note,C/1,,300.00',
];
const BILL_ID = 1;

function edited(before: string, after: string): readonly string[] {
  return DAY_BOOK.map((line) => line.replace(before, after));
}

/** The table and the list, which are worked out apart, agree as of a day; the answer is what is outstanding. */
async function outstanding({ client, bugs }: TempEngine, asOf?: string): Promise<number> {
  const wish = asOf === undefined ? {} : { asOf: day(asOf) };
  const { totals } = await client.aging.table(wish);
  const list = await client.bills.listOpen(wish);
  expect(list.openPaise).toBe(totals.outstandingPaise);
  expect(bugs).toEqual([]);
  return totals.outstandingPaise;
}

async function refusedRows(engine: TempEngine, batchId: number): Promise<readonly (string | undefined)[]> {
  const notes = await engine.client.imports.notes({ batchId });
  return notes.map(({ row, outcome, reason }) => `${row} ${outcome} ${reason?.code}`);
}

it('refuses a row whose receipt or credit was voided by hand, instead of failing for ever', async () => {
  const engine = await tempBook();
  await importLines(engine, DAY_BOOK);
  await engine.client.receipts.void({ receiptId: 1, reason: 'Entered twice' });
  await engine.client.credits.void({ creditId: 1, reason: 'Never given' });
  const { batchId } = await importLines(engine, DAY_BOOK);
  expect(await refusedRows(engine, batchId)).toEqual([
    '3 refused document-voided',
    '4 refused document-voided',
  ]);
  expect(await outstanding(engine)).toBe(rupees(7000));
  await engine.client.receipts.restore({ receiptId: 1 });
  await importLines(engine, DAY_BOOK);
  expect(await outstanding(engine)).toBe(rupees(6500));
});

it('adds no payment to a bill that was voided by hand', async () => {
  const engine = await tempBook();
  const list = ['Party Name,Bill No,Bill Date,Amount,Balance', 'Bina Stores,B/1,2026-10-01,3000,2000'];
  await importLines(engine, [...list, 'Asha Stores,B/2,2026-10-02,500,500']);
  await engine.client.bills.void({ billId: BILL_ID, reason: 'Cancelled' });
  const before = await outstanding(engine);
  const { batchId } = await importLines(engine, [
    list[0] ?? '',
    'Bina Stores,B/1,2026-10-01,3000,500',
    'Asha Stores,B/2,2026-10-02,500,500',
  ]);
  expect(await refusedRows(engine, batchId)).toEqual(['2 refused document-voided']);
  expect(await outstanding(engine)).toBe(before);
});

it('refuses a receipt that would fall below what is applied of it, and takes one that stays above', async () => {
  const engine = await tempBook();
  await importLines(engine, DAY_BOOK);
  const money = { kind: 'receipt' as const, id: 1 };
  await engine.client.allocations.apply({ money, parts: [{ billId: BILL_ID, amountPaise: rupees(450) }] });
  const lower = await importLines(engine, edited('500.00', '400.00'));
  expect(await refusedRows(engine, lower.batchId)).toEqual(['3 refused below-applied']);
  expect(await outstanding(engine)).toBe(rupees(6200));
  await importLines(engine, edited('500.00', '460.00'));
  expect(await outstanding(engine)).toBe(rupees(6240));
});

it('refuses a credit note that would fall below what is applied of it', async () => {
  const engine = await tempBook();
  await importLines(engine, DAY_BOOK);
  const money = { kind: 'credit' as const, id: 1 };
  await engine.client.allocations.apply({ money, parts: [{ billId: BILL_ID, amountPaise: rupees(300) }] });
  const { batchId } = await importLines(engine, edited('300.00', '100.00'));
  expect(await refusedRows(engine, batchId)).toEqual(['4 refused below-applied']);
  expect(await outstanding(engine)).toBe(rupees(6200));
});

it('refuses a bill that would fall below what was applied on a day gone by, though it was taken back since', async () => {
  const engine = await tempBook();
  await importLines(engine, DAY_BOOK);
  await applyAndUndo(engine, { amount: 500, from: day('2026-10-10'), until: day('2026-10-20') });
  const { batchId } = await importLines(engine, edited('7000.00', '400.00'));
  expect(await refusedRows(engine, batchId)).toEqual(['2 refused below-allocated']);
  for (const asOf of ['2026-10-09', '2026-10-15', '2026-10-20', '2026-11-22']) {
    expect(await outstanding(engine, asOf)).toBe(rupees(6200));
  }
  await importLines(engine, edited('7000.00', '600.00'));
  expect(await outstanding(engine, '2026-10-15')).toBe(rupees(-200));
});

async function applyAndUndo(
  { client }: TempEngine,
  of: { readonly amount: number; readonly from: Day; readonly until: Day },
): Promise<void> {
  const parts = [{ billId: BILL_ID, amountPaise: rupees(of.amount) }];
  const money = { kind: 'receipt' as const, id: 1 };
  const { allocationIds } = await client.allocations.apply({ money, parts, day: of.from });
  await client.allocations.undo({ allocationIds, day: of.until });
}

it('lets a bill keep the instalments it was given by hand, and refuses an amount to which they do not add up', async () => {
  const engine = await tempBook();
  await importLines(engine, DAY_BOOK);
  const bill = await engine.client.bills.get({ billId: BILL_ID });
  const instalments = [
    { dueDay: day('2026-11-05'), amountPaise: rupees(3000) },
    { dueDay: day('2026-12-05'), amountPaise: rupees(4000) },
  ];
  await engine.client.bills.save({ ...bill, instalments });
  const again = await importLines(engine, DAY_BOOK);
  expect(again.changedBillCount).toBe(0);
  expect((await engine.client.bills.get({ billId: BILL_ID })).dueDay).toBe('2026-12-05');
  const more = await importLines(engine, edited('7000.00', '9000.00'));
  expect(await refusedRows(engine, more.batchId)).toEqual(['2 refused instalments-short']);
  const less = await importLines(engine, edited('7000.00', '2000.00'));
  expect(await refusedRows(engine, less.batchId)).toEqual(['2 refused instalments-over']);
  expect(await outstanding(engine)).toBe(rupees(6200));
});

const PAID_ON = (balance: string): readonly string[] => [
  'Party Name,Bill No,Bill Date,Amount,Balance,Last Receipt Date',
  `Bina Stores,B/1,2026-10-01,3000,${balance},2026-10-10`,
];

it('counts a further payment of the file only once the money that paid the bill then was taken back', async () => {
  const engine = await tempBook();
  await importLines(engine, PAID_ON('2000'));
  const { id } = await engine.client.receipts.save({
    customerId: 1,
    receiptDay: day('2026-10-12'),
    amountPaise: rupees(2000),
    allocate: [{ billId: BILL_ID, amountPaise: rupees(2000) }],
  });
  await undoReceipt(engine, id, day('2026-11-01'));
  await importLines(engine, PAID_ON('0'));
  const days = ['2026-10-11', '2026-10-20', '2026-10-31', '2026-11-01', '2026-11-22'];
  const figures = [];
  for (const asOf of days) figures.push(await outstanding(engine, asOf));
  // From November on the receipt by hand lies unapplied, and the file's own payment closes the bill.
  expect(figures).toEqual([2000, 0, 0, -2000, -2000].map(rupees));
});

async function undoReceipt({ client }: TempEngine, receiptId: number, on: Day): Promise<void> {
  const { bills } = await client.customers.get({ customerId: 1 });
  const settlement = bills[0]?.settlements.find(({ documentId }) => documentId === receiptId);
  await client.allocations.undo({ allocationIds: [settlement?.allocationId ?? 0], day: on });
}

it('settles what a complete list lacks on the first day on which it was open', async () => {
  const engine = await tempBook();
  await importLines(engine, PAID_ON('2000'));
  const wish = { customerId: 1, receiptDay: day('2026-10-12'), amountPaise: paise(200_000) };
  const allocate = [{ billId: BILL_ID, amountPaise: rupees(2000) }];
  const { id } = await engine.client.receipts.save({ ...wish, allocate });
  await undoReceipt(engine, id, day('2026-11-10'));
  const lines = [PAID_ON('0')[0] ?? '', 'Asha Stores,B/9,2026-10-15,100,100,2026-10-20'];
  const draft = await readDraft(engine, { pastedText: lines.join('\n').replaceAll(',', '\t') });
  const map = { ...draft.understood.map, isCompleteList: true, balancesDay: day('2026-10-31') };
  await commitDraft(engine, draft, map);
  expect(await outstanding(engine, '2026-10-31')).toBe(rupees(100));
  expect(await outstanding(engine, '2026-11-09')).toBe(rupees(100));
  expect(await outstanding(engine, '2026-11-10')).toBe(rupees(-1900));
});

const NAMED = ['Party Name,Bill No,Bill Date,Amount', 'Bina Stores,B/1,2026-10-01,3000'];
const CODED = ['Customer Code,Party Name,Bill No,Bill Date,Amount', 'C7,Bina Stores,B/1,2026-10-01,3000'];

it.each([
  ['by name and then by code', NAMED, CODED],
  ['by code and then by name', CODED, NAMED],
])('brings no bill twice when its customer is known %s', async (_how, first, second) => {
  const engine = await tempBook();
  await importLines(engine, first);
  const again = await importLines(engine, second);
  expect(again.addedBillCount).toBe(0);
  expect(await outstanding(engine)).toBe(rupees(3000));
});

it('brings no bill twice when its customer got another name, by which the next file calls him', async () => {
  const engine = await tempBook();
  await importLines(engine, NAMED);
  await engine.client.customers.save({ name: 'Asha Traders' });
  await importLines(engine, [NAMED[0] ?? '', 'Asha Traders,A/1,2026-10-01,500']);
  await engine.client.customers.save({ customerId: 1, name: 'Bina Stores Pvt Ltd' });
  await engine.client.customers.save({ customerId: 2, name: 'Asha & Sons' });
  const later = [NAMED[0] ?? '', 'Bina Stores Pvt Ltd,B/1,2026-10-01,3000', 'Asha & Sons,A/1,2026-10-01,500'];
  expect((await importLines(engine, later)).addedBillCount).toBe(0);
  expect(await outstanding(engine)).toBe(rupees(3500));
});

it('refuses one of two rows of one number when the file names one customer in two ways', async () => {
  const engine = await tempBook();
  await importLines(engine, CODED);
  const { batchId } = await importLines(engine, [...CODED, ',Bina Stores,B/1,2026-10-01,3000']);
  expect(await refusedRows(engine, batchId)).toEqual(['3 refused duplicate-number']);
  expect(await outstanding(engine)).toBe(rupees(3000));
});
