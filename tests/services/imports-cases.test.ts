import { expect, it } from 'vitest';
import { day } from '#domain/days.ts';
import { fileOf, rupees } from '../builders/facts.ts';
import { commitDraft, importLines, readDraft, type Looked } from '../builders/imports.ts';
import { tempBook, type TempEngine } from '../builders/temp-engine.ts';

// Cases G1–G11 of the collection of errors that peers were caught by, through the contract. Cells are parted by '|'.

async function look(engine: TempEngine, lines: readonly string[]): Promise<Looked> {
  const draft = await readDraft(engine, { pastedText: lines.join('\n').replaceAll('|', '\t') });
  const { map } = draft.understood;
  return { draft, map, preview: await engine.client.imports.preview({ draftId: draft.draftId, map }) };
}

/** 'customer kind number amount' of every document as it would be taken. */
function taken({ preview }: Looked): string[] {
  return preview.samples.map(({ customerName, kind, number, amountPaise }) =>
    [customerName, kind, number ?? '-', amountPaise / 100].join(' '),
  );
}

it('G1: Tally’s own balances are debits below zero, and a suffix wins over the sign', async () => {
  const engine = await tempBook();
  const looked = await look(engine, [
    '$Name|$Parent|$_ClosingBalance',
    'Asha Stores|Sundry Debtors|-5000.00',
    'Bina Stores|Sundry Debtors|5000.00',
    'Chetan & Sons|Sundry Debtors|5000.00 Dr',
  ]);
  expect(looked.draft.understood.layout).toBe('tally-ledgers');
  expect(taken(looked)).toEqual([
    'Asha Stores opening-bill - 5000',
    'Bina Stores on-account - 5000',
    'Chetan & Sons opening-bill - 5000',
  ]);
});

it('G2: a ledger with three bills below it is three bills, without a plug', async () => {
  const looked = await look(await tempBook(), [
    'Date|Ref. No.|Opening Amount|Pending Amount|Due on|Overdue by days',
    'Bina Stores||30,000.00|30,000.00||',
    '1-Oct-26|B/1|3,000.00|3,000.00|31-Oct-26|22',
    '5-Oct-26|B/2|6,000.00|6,000.00|4-Nov-26|18',
    '7-Oct-26|B/3|21,000.00|21,000.00|6-Nov-26|16',
  ]);
  expect(taken(looked)).toEqual([
    'Bina Stores invoice B/1 3000',
    'Bina Stores invoice B/2 6000',
    'Bina Stores invoice B/3 21000',
  ]);
  expect(looked.preview.billPaise).toBe(rupees(30_000));
});

it('G3: a ledger with a balance and no bills is one opening bill, which a later list says anew', async () => {
  const engine = await tempBook();
  const list = ['Party Name|Closing Balance', 'Bina Stores|8,000.00 Dr', 'Asha Stores|250.00 Dr'];
  const looked = await look(engine, list);
  expect(taken(looked)).toEqual(['Bina Stores opening-bill - 8000', 'Asha Stores opening-bill - 250']);
  expect(looked.preview.doubts).toMatchObject([{ code: 'balances-only', values: { day: '2026-11-22' } }]);
  await commitDraft(engine, looked.draft, { ...looked.map, balancesDay: day('2026-10-31') });
  const later = await look(engine, [list[0] ?? '', 'Bina Stores|9,000.00 Dr', 'Asha Stores|250.00 Dr']);
  await commitDraft(engine, later.draft, later.map);
  const { totals } = await engine.client.aging.table({});
  expect(totals.outstandingPaise).toBe(rupees(9250));
});

it('G5: what is flagged an advance but stands on the debit side stays a bill', async () => {
  const looked = await look(await tempBook(), [
    'Date|Particulars|Vch Type|Vch No.|Debit Amount|Credit Amount',
    '5-Oct-26|Bina Stores|Advance|A/1|7,000.00|',
    '6-Oct-26|Bina Stores|Advance|A/2||500.00',
  ]);
  expect(taken(looked)).toEqual(['Bina Stores invoice A/1 7000', 'Bina Stores advance A/2 500']);
});

it('G6: a foreign amount beside its base amount keeps both as they are written', async () => {
  const engine = await tempBook();
  const looked = await look(engine, [
    '$Name|$ClosingBalance',
    'Carter Inc|-$8500.00 @ ₹ 83/$ = -₹ 705500.00',
    'Dunn Ltd|10.00$ = 800.00',
  ]);
  expect(taken(looked)).toEqual(['Carter Inc opening-bill - 705500', 'Dunn Ltd on-account - 800']);
  await commitDraft(engine, looked.draft, looked.map);
  const { rows } = await engine.client.bills.listOpen({});
  expect(rows).toMatchObject([
    { openPaise: rupees(705_500), currency: 'USD', foreignMinor: 850_000 },
    { openPaise: rupees(-800), currency: 'USD', foreignMinor: 1000 },
  ]);
});

it('G7: 20200310 is the tenth of March, and 20200231 is no day', async () => {
  const { preview } = await look(await tempBook(), [
    'Party|Bill No|Bill Date|Amount',
    'Bina Stores|B/1|20200310|100',
    'Bina Stores|B/2|20200231|100',
  ]);
  expect(preview.samples.map((sample) => sample.day)).toEqual(['2020-03-10']);
  expect(preview.notes).toMatchObject([{ row: 3, outcome: 'refused', reason: { code: 'impossible-day' } }]);
});

it('G9: of groups, sub-groups, leaves and a total only the leaves are taken', async () => {
  const { preview } = await look(await tempBook(), [
    'Customer|Balance',
    'West|1,500,000.00',
    'Pune|900,000.00',
    'Asha Stores|400,000.00',
    'Bina Stores|500,000.00',
    'Nashik|600,000.00',
    'Chetan & Sons|350,000.00',
    'Dev Agencies|250,000.00',
    'South|913,076.00',
    'Esha Sons|413,076.00',
    'Farid Mills|500,000.00',
    'Total|2,413,076.00',
  ]);
  expect(preview.openPaise).toBe(rupees(2_413_076));
  expect(preview.customers.added).toBe(6);
  expect(preview.notes.map(({ row, reason }) => [row, reason?.code])).toEqual([
    [2, 'totals-row'],
    [3, 'totals-row'],
    [6, 'totals-row'],
    [9, 'totals-row'],
    [12, 'totals-row'],
  ]);
});

it('G9: two customers who happen to come to a third one’s balance are no group', async () => {
  const { preview } = await look(await tempBook(), [
    'Customer|Balance',
    'Asha|300',
    'Bina|100',
    'Chetan|200',
  ]);
  expect(preview.openPaise).toBe(rupees(600));
});

it('G10: what lies in “Current” is not late', async () => {
  const engine = await tempBook();
  const looked = await look(engine, [
    'Customer|Current|1-30|31-60|61-90|Over 90|Total',
    'Asha Stores|10.00|20.30|||5.00|35.30',
    'Bina Stores|6.00||30.00|||36.00',
    'Total|16.00|20.30|30.00||5.00|71.30',
  ]);
  expect(looked.preview.rowCounts).toEqual({ taken: 2, refused: 0, leftOut: 1 });
  await commitDraft(engine, looked.draft, looked.map);
  const { totals } = await engine.client.aging.table({});
  expect(totals.outstandingPaise).toBe(rupees(71.3));
  expect(totals.overduePaise).toBe(rupees(55.3));
  expect(totals.buckets).toEqual([rupees(16), rupees(20.3), rupees(30), 0, rupees(5), 0]);
});

const LIST = [
  'Party Name,Bill No,Bill Date,Amount',
  'Bina Stores,B/1,2026-10-01,3000',
  'Asha Stores,B/2,2026-10-02,500',
];

it('G11: a file twice makes no duplicates; an edited row is changed, and the old value is kept', async () => {
  const engine = await tempBook();
  await importLines(engine, LIST);
  await importLines(engine, LIST);
  const edited = await importLines(
    engine,
    LIST.map((line) => line.replace('2026-10-02,500', '2026-10-03,750')),
  );
  expect(edited).toMatchObject({ addedBillCount: 0, changedBillCount: 1 });
  const { totals } = await engine.client.aging.table({});
  expect(totals).toMatchObject({ outstandingPaise: rupees(3750), openBillCount: 2 });
  const edits = fileOf(engine).read(({ sqlite }) =>
    sqlite
      .prepare('select noun, field, before, after, import_batch_id as batchId from edits order by field')
      .all(),
  );
  const { batchId } = edited;
  expect(edits).toEqual([
    { noun: 'bill', field: 'amountPaise', before: '50000', after: '75000', batchId },
    { noun: 'bill', field: 'billDay', before: '2026-10-02', after: '2026-10-03', batchId },
    { noun: 'bill', field: 'dueDay', before: '2026-10-02', after: '2026-10-03', batchId },
  ]);
});
