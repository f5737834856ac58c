import { addDays, day, laterDay, type Day } from '#domain/days.ts';
import { expect } from 'vitest';
import { fileOf } from './facts.ts';
import { commitDraft, readDraft } from './imports.ts';
import { bindingSpans, openPartsOn, roomOf, wholeOf, type PlainBill, type PlainMoney } from './plain-book.ts';
import { asked, type World } from './plain-world.ts';

// Files imported into the engine, and the same done to the book of plain lists. Which rows were refused is taken from
// the engine's notes; everything else of the file has to be in the figures afterwards.

const NAMES = ['Asha', 'Bina', 'Chetan'] as const;
/** Numbers of the file's bills and vouchers; each has its own customer. */
const LISTED = ['L/1', 'L/2', 'L/3'] as const;
const VOUCHERS = ['S/1', 'S/2', 'R/1', 'R/2', 'C/1'] as const;

const TODAY = day('2026-11-22');
const FAR = addDays(TODAY, 100_000);

export type ImportCell = {
  readonly nth: number;
  readonly day: Day;
  readonly amount: number;
  readonly open: number;
};

type Imported = { readonly batch: number; readonly refused: ReadonlySet<number> };

/** The batch and the rows that were refused, counted from 0; null where none could be taken. */
async function importRows(
  world: World,
  lines: readonly string[],
  isCompleteList = false,
): Promise<Imported | null> {
  const draft = await readDraft(world, { pastedText: lines.join('\n').replaceAll(',', '\t') });
  const map = { ...draft.understood.map, isCompleteList };
  const answer = await asked(commitDraft(world, draft, map));
  if (!('ok' in answer)) {
    expect(answer.code).toBe('nothing-to-take');
    return null;
  }
  const { batchId: batch } = answer.ok;
  world.batches.push(batch);
  const notes = await world.client.imports.notes({ batchId: batch });
  return { batch, refused: new Set(notes.map(({ row }) => row - 2)) };
}

function idsOfBatch(world: World, sql: string, batch: number): ReadonlyMap<string, number> {
  const found = fileOf(world).read((tx) =>
    tx.sqlite
      .prepare<[{ readonly batch: number }], { readonly name: string; readonly id: number }>(sql)
      .all({ batch }),
  );
  return new Map(found.map(({ name, id }) => [name, id]));
}

/** A list of bills with what is still open of each; the answer is whether any of it was taken. */
export async function importList(
  world: World,
  { rows: cells, isComplete }: { readonly rows: readonly ImportCell[]; readonly isComplete: boolean },
): Promise<boolean> {
  const own = cells.flatMap((row) => {
    const number = LISTED[row.nth];
    if (number === undefined) return [];
    const open = Math.max(1, Math.floor((row.amount * row.open) / 100));
    return [
      { ...row, number, customer: NAMES[row.nth] ?? '', paid: row.amount - open, due: addDays(row.day, 30) },
    ];
  });
  if (own.length === 0) return false;
  const texts = own.map((row) =>
    [row.customer, row.number, row.day, row.due, row.amount / 100, (row.amount - row.paid) / 100].join(','),
  );
  const made = await importRows(
    world,
    ['Party Name,Bill No,Bill Date,Due Date,Amount,Balance', ...texts],
    isComplete,
  );
  if (!made) return false;
  const { batch, refused } = made;
  const ids = idsOfBatch(world, 'select number as name, id from bills where import_batch_id = @batch', batch);
  const settling: { readonly bill: PlainBill; readonly from: Day; readonly amount: number }[] = [];
  own.forEach((row, at) => {
    const known = world.bills.find(({ key }) => key === row.number);
    if (refused.has(at)) return;
    expect(known?.isVoid ?? false).toBe(false);
    const bill = known ?? newBill(world, { id: ids.get(row.number) ?? 0, batch, ...row });
    const mine = world.spans.filter((span) => span.bill === bill && span.byFile && !span.money.isVoid);
    const before = mine.reduce((sum, span) => sum + span.amount, 0);
    bill.day = row.day;
    const [whole] = bill.parts;
    if (bill.parts.length === 1 && whole) [whole.due, whole.amount] = [row.due, row.amount];
    expect(wholeOf(bill)).toBe(row.amount);
    if (row.paid < before) for (const { money } of mine) money.isVoid = true;
    const more = row.paid < before ? row.paid : row.paid - before;
    if (more > 0) settling.push({ bill, from: laterDay(TODAY, row.day), amount: more });
  });
  if (isComplete) {
    const inFile = new Set<string | null>(own.map((row) => row.number));
    for (const bill of world.bills) {
      if (bill.isVoid || bill.key === null || !bill.key.startsWith('L/') || inFile.has(bill.key)) continue;
      const open = openPartsOn(world, bill, FAR).reduce((sum, part) => sum + part, 0);
      if (open > 0) settling.push({ bill, from: laterDay(TODAY, bill.day), amount: open });
    }
  }
  for (const one of settling) settle(world, batch, one);
  return true;
}

type NewBill = {
  readonly id: number;
  readonly batch: number;
  readonly number: string;
  readonly customer: string;
};

function newBill(
  world: World,
  of: NewBill & { readonly day: Day; readonly due: Day; readonly amount: number },
): PlainBill {
  const { id, batch, customer, number: key, day: billDay, due, amount: whole } = of;
  const parts = [{ due, amount: whole, id: null }];
  const bill: PlainBill = { id, customer, key, day: billDay, parts, currency: null, isVoid: false, batch };
  world.bills.push(bill);
  return bill;
}

/** A payment that the file tells of, on the first day on which it fits. */
function settle(
  world: World,
  batch: number,
  {
    bill,
    from: wished,
    amount: paid,
  }: { readonly bill: PlainBill; readonly from: Day; readonly amount: number },
): void {
  const binding = bindingSpans(world, bill);
  const later = binding.flatMap(({ until }) => (until !== null && until > wished ? [until] : [])).toSorted();
  const from = [wished, ...later].find((one) => roomOf(wholeOf(bill), binding, one) >= paid) ?? wished;
  const sql = `select r.id as name, a.id from allocations a join receipts r on r.id = a.receipt_id
    where a.import_batch_id = @batch and a.bill_id = ${bill.id}`;
  const [found] = idsOfBatch(world, sql, batch);
  const [receiptId, id] = [Number(found?.[0]), found?.[1] ?? 0];
  const days = { day: from, counts: from };
  const same = { customer: bill.customer, key: `paid ${receiptId}`, currency: null, isVoid: false, batch };
  const money: PlainMoney = { id: receiptId, kind: 'receipt', ...same, ...days, amount: paid };
  world.moneys.push(money);
  world.spans.push({ id, bill, money, part: null, amount: paid, from, until: null, byFile: true });
}

/** A day book of sales, receipts and credit notes. */
export async function importVouchers(
  world: World,
  { rows: cells }: { readonly rows: readonly ImportCell[] },
): Promise<boolean> {
  const own = cells.map((row) => ({ ...row, number: VOUCHERS[row.nth] ?? 'S/1' }));
  const KIND = { S: 'Sales', R: 'Receipt', C: 'Credit Note' } as const;
  const nameOf = (number: string): string => (number.endsWith('2') ? 'Bina' : 'Asha');
  const texts = own.map(({ number, day: on_, amount: whole }) => {
    const letter = number.startsWith('S') ? 'S' : number.startsWith('R') ? 'R' : 'C';
    const sides = letter === 'S' ? `${whole / 100},` : `,${whole / 100}`;
    return `${on_},${nameOf(number)},${KIND[letter]},${number},${sides}`;
  });
  const made = await importRows(world, [
    'Date,Particulars,Vch Type,Vch No.,Debit Amount,Credit Amount',
    ...texts,
  ]);
  if (!made) return false;
  const { batch, refused } = made;
  const ids = idsOfBatch(
    world,
    `select number as name, id from bills where import_batch_id = @batch
     union all select number, id from receipts where import_batch_id = @batch
     union all select number, id from credits where import_batch_id = @batch`,
    batch,
  );
  own.forEach((row, at) => {
    const isBill = row.number.startsWith('S');
    const known = (isBill ? world.bills : world.moneys).find(({ key }) => key === row.number);
    if (refused.has(at)) return expect(known).toBeDefined();
    expect(known?.isVoid ?? false).toBe(false);
    const id = known?.id ?? ids.get(row.number) ?? 0;
    const customer = nameOf(row.number);
    if (known && 'kind' in known) [known.day, known.counts, known.amount] = [row.day, row.day, row.amount];
    else if (known && 'parts' in known) {
      known.day = row.day;
      const [whole] = known.parts;
      if (known.parts.length === 1 && whole) [whole.due, whole.amount] = [row.day, row.amount];
    } else if (isBill) newBill(world, { ...row, id, batch, customer, due: row.day });
    else {
      const kind = row.number.startsWith('R') ? 'receipt' : 'credit';
      const fixed = { id, kind, customer, key: row.number, currency: null, isVoid: false, batch } as const;
      world.moneys.push({ ...fixed, day: row.day, counts: row.day, amount: row.amount });
    }
  });
  return true;
}

/** Takes one of the last imports back, where the engine lets it. */
export async function revert(world: World, nth: number): Promise<boolean> {
  const batch = world.batches.at(-1 - nth);
  if (batch === undefined) return false;
  const answer = await asked(world.client.imports.revert({ batchId: batch }));
  if (!('ok' in answer)) return false;
  world.batches = world.batches.filter((one) => one !== batch);
  world.spans = world.spans.filter((span) => span.bill.batch !== batch && span.money.batch !== batch);
  world.bills = world.bills.filter((bill) => bill.batch !== batch);
  world.moneys = world.moneys.filter((money) => money.batch !== batch);
  return true;
}
