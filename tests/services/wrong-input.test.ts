import { contract } from '#contract/index.ts';
import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { ORPCError } from '@orpc/server';
import { expect, it } from 'vitest';
import { importLines } from '../builders/imports.ts';
import { tempBook, type TempEngine } from '../builders/temp-engine.ts';

// Every call of the door with what it cannot use: it may answer or refuse with a sentence, it may not break.

const CALLS = Object.entries(contract).flatMap(([noun, verbs]) =>
  // A watch goes on until whoever asked for it goes away.
  Object.keys(verbs).flatMap((verb) => (verb === 'watch' ? [] : [[noun, verb] as const])),
);
const GONE = 999_999;
const DAY = '2026-10-01';
const INPUTS: readonly unknown[] = [
  undefined,
  null,
  'text',
  {},
  [],
  { customerId: 'one', billId: -1, amountPaise: 1.5, asOf: '2026-02-30' },
  {
    customerId: GONE,
    billId: GONE,
    receiptId: GONE,
    creditId: GONE,
    contactId: GONE,
    noteId: GONE,
    batchId: GONE,
    bookId: 'no-such-book',
    draftId: 'none',
    allocationIds: [GONE],
    money: { kind: 'receipt', id: GONE },
    parts: [{ billId: GONE, amountPaise: 1 }],
    customerIds: [GONE],
    reason: 'None',
    text: 'None',
    role: 'owner',
    name: 'Nobody',
    billDay: DAY,
    receiptDay: DAY,
    creditDay: DAY,
    amountPaise: 100,
    pastedText: ' ',
    map: { sheet: 9, headerRow: 9, columns: {} },
    sheet: 9,
    headerRow: 9,
    groupBy: 'tag',
    path: '/no/such/folder/file.xlsx',
    format: 'xlsx',
    table: { title: '', lines: [], columns: [{ label: 'A', kind: 'text' }], rows: [['x', 'y']] },
  },
  // The first and the last day that there are, and one nearly a leap day.
  ...['1900-01-01', '2199-12-31', '2028-02-29'].map((on) => ({
    asOf: on,
    day: on,
    groupBy: 'parent',
    customerId: 1,
    billDay: on,
    receiptDay: on,
    creditDay: on,
    amountPaise: 1,
    months: 36,
    periodDays: 366,
  })),
  { amountPaise: Number.MAX_SAFE_INTEGER, customerId: 1, billDay: DAY, receiptDay: DAY, creditDay: DAY },
  {
    customerId: 1,
    billDay: DAY,
    receiptDay: DAY,
    creditDay: DAY,
    foreign: { currency: 'JPY', foreignMinor: Number.MAX_SAFE_INTEGER, rate: '999999' },
  },
];
const ANSWERS_OF_THE_USER = ['BAD_REQUEST', 'REFUSED', 'FAILED', 'NO_BOOK'];

async function answerOf(
  engine: TempEngine,
  [noun, verb]: readonly [string, string],
  input: unknown,
): Promise<string> {
  try {
    const verbs: unknown = Reflect.get(engine.client, noun);
    const call: unknown =
      typeof verbs === 'function' || typeof verbs === 'object' ? Reflect.get(verbs ?? {}, verb) : null;
    if (typeof call !== 'function') throw new Error(`There is no call ${noun}.${verb}.`);
    const answer: unknown = await Reflect.apply(call, undefined, [input]);
    if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer) {
      for await (const _ of answer as AsyncIterable<unknown>) continue;
    }
    return 'ANSWERED';
  } catch (error) {
    if (error instanceof ORPCError) return error.code;
    throw error;
  }
}

it('knows every noun of the door', () => {
  expect(CALLS.length).toBeGreaterThan(50);
});

it('answers or refuses whatever is put into it, and never breaks', async () => {
  const engine = await tempBook();
  await engine.client.customers.save({ name: 'Asha Stores', creditDays: 3650 });
  const broken: string[] = [];
  for (const [noun, verb] of CALLS) {
    if (noun === 'books' && ['create', 'createDemo', 'close'].includes(verb)) continue;
    for (const [at, input] of INPUTS.entries()) {
      const code = await answerOf(engine, [noun, verb], input);
      if (code !== 'ANSWERED' && !ANSWERS_OF_THE_USER.includes(code)) {
        broken.push(`${noun}.${verb} of input ${at}: ${code} ${String(engine.bugs.at(-1)?.error)}`);
      }
    }
  }
  expect(broken).toEqual([]);
});

it('lets a bill of the last days of the calendar fall due on a day that every call takes', async () => {
  const engine = await tempBook();
  await engine.client.customers.save({ name: 'Asha Stores', creditDays: 3650 });
  const wish = { customerId: 1, billDay: day('2199-12-01'), amountPaise: paise(1) };
  const { id: billId } = await engine.client.bills.save(wish);
  const list = ['Party Name,Bill No,Bill Date,Amount,Credit Days', 'Bina Stores,B/1,2199-12-01,5,90'];
  await importLines(engine, list);
  expect((await engine.client.bills.get({ billId })).dueDay).toBe('2199-12-31');
  expect((await engine.client.bills.get({ billId: billId + 1 })).dueDay).toBe('2199-12-31');
  expect(await engine.client.aging.span()).toEqual({ firstDay: '2199-12-01', lastDay: '2199-12-31' });
});
