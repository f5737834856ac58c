import { existsSync } from 'node:fs';
import path from 'node:path';
import { day } from '#domain/days.ts';
import { describe, expect, it } from 'vitest';
import { fileOf, moneyIn, rupees } from '../builders/facts.ts';
import { commitDraft, dryRun, fileIn, importFile, importLines, readDraft } from '../builders/imports.ts';
import { tempBook } from '../builders/temp-engine.ts';

const HEAD = 'Party Name,Bill No,Bill Date,Amount';
const LIST = [HEAD, 'Bina Stores,B/1,2026-10-01,3000', 'Asha Traders,B/2,2026-10-02,500'];

describe('a list with headings that were read before', () => {
  it('is read as the user last read it', async () => {
    const engine = await tempBook();
    const odd = ['Party,Ref,Raised,Kept,Owed', 'Bina Stores,B/1,2026-10-01,7,100'];
    const first = await readDraft(engine, { path: fileIn(engine, odd) });
    expect(first.understood.isRemembered).toBe(false);
    const columns = { customerName: 0, billNumber: 1, billDay: 2, openAmount: 4 };
    await commitDraft(engine, first, { ...first.understood.map, columns, creditDays: 30, sheet: 0 });
    const later = await readDraft(engine, {
      path: fileIn(engine, [...odd, 'Asha,B/2,2026-10-02,9,50'], 'next.csv'),
    });
    expect(later.understood).toMatchObject({
      isRemembered: true,
      map: { columns, creditDays: 30, fixes: [] },
    });
    const { draftId } = later;
    const again = await engine.client.imports.understand({ draftId, sheet: 0, headerRow: null });
    expect(again).toMatchObject({ isRemembered: true, map: { columns } });
  });

  it('takes the order of its dates from its own days where they prove it', async () => {
    const engine = await tempBook();
    await importLines(engine, [HEAD, 'Bina,B/1,25-10-2026,5'], { dateOrder: 'day-first' });
    const american = await readDraft(engine, {
      pastedText: [HEAD, 'Bina,B/2,10-25-2026,5'].join('\n').replaceAll(',', '\t'),
    });
    expect(american.understood).toMatchObject({ isRemembered: true, map: { dateOrder: 'month-first' } });
  });
});

describe('a refused row', () => {
  it('shows its cells and is taken once they are corrected, without a touch to the file', async () => {
    const engine = await tempBook();
    const file = fileIn(engine, [...LIST, 'Deepa Mart,B/3,31-02-2026,70']);
    const looked = await dryRun(engine, file);
    const [note] = looked.preview.notes;
    expect(note).toMatchObject({ row: 4, outcome: 'refused' });
    expect(note?.cells).toContainEqual({ column: 2, text: '31-02-2026' });
    const map = { ...looked.map, fixes: [{ row: 3, column: 2, text: '28-02-2026' }] };
    const { draftId } = looked.draft;
    const fixed = await engine.client.imports.preview({ draftId, map });
    expect(fixed).toMatchObject({ rowCounts: { taken: 3, refused: 0 }, notes: [] });
    expect(await commitDraft(engine, looked.draft, map)).toMatchObject({ addedBillCount: 3 });
  });
});

describe('the totals of the file beside the totals taken', () => {
  it('stand for each customer, those with a difference first', async () => {
    const engine = await tempBook();
    const file = fileIn(engine, [
      ...LIST,
      'Asha Traders,B/4,31-02-2026,70',
      ',B/5,2026-10-02,3',
      'Bina Stores,B/6,2026-10-09,1',
    ]);
    const { preview } = await dryRun(engine, file);
    const shown = preview.customerTotals.map(
      ({ customerName, fileMinor, takenMinor, refusedMinor, leftOutMinor }) => [
        customerName,
        fileMinor,
        takenMinor,
        refusedMinor,
        leftOutMinor,
      ],
    );
    expect(shown).toEqual([
      ['Asha Traders', 57_000, 50_000, 7000, 0],
      ['', 300, 0, 300, 0],
      ['Bina Stores', 300_100, 300_100, 0, 0],
    ]);
    const sum = (pick: (one: (typeof preview.customerTotals)[number]) => number): number =>
      preview.customerTotals.reduce((all, one) => all + pick(one), 0);
    expect(sum((one) => one.fileMinor)).toBe(preview.currencies[0]?.fileMinor);
    expect(sum((one) => one.takenMinor)).toBe(preview.currencies[0]?.takenMinor);
  });
});

describe('the same customer', () => {
  it('is asked for by spelling, never merged by itself, and remembered once said', async () => {
    const engine = await tempBook();
    await importLines(engine, LIST);
    const misspelt = [
      'Bina Store,B/1,2026-10-01,3000',
      'Asha Treders,B/7,2026-10-02,500',
      'Gita Mills,B/8,2026-10-02,5',
    ];
    const draft = await readDraft(engine, { path: fileIn(engine, [HEAD, ...misspelt]) });
    const { map } = draft.understood;
    const { draftId } = draft;
    const looked = await engine.client.imports.preview({ draftId, map });
    expect(looked.customers.added).toBe(3);
    expect(looked.suggestions.map(({ name, customerName, why }) => [name, customerName, why])).toEqual([
      ['Bina Store', 'Bina Stores', 'spelling'],
      ['Asha Treders', 'Asha Traders', 'spelling'],
    ]);
    const sameCustomers = Object.fromEntries(looked.suggestions.map((one) => [one.nameKey, one.customerId]));
    const said = await engine.client.imports.preview({ draftId, map: { ...map, sameCustomers } });
    // The bill that the book knows under the right name is not brought again.
    expect(said).toMatchObject({ customers: { added: 1 }, bills: { added: 2, same: 1 }, suggestions: [] });
    await commitDraft(engine, draft, { ...map, sameCustomers });
    const { preview } = await dryRun(
      engine,
      fileIn(engine, [HEAD, 'Bina Store,B/9,2026-10-05,1'], 'later.csv'),
    );
    expect(preview).toMatchObject({ customers: { added: 0, same: 1 }, suggestions: [] });
  });

  it('is asked for by GSTIN, PAN and telephone', async () => {
    const engine = await tempBook();
    const head = 'Party Name,GSTIN,Mobile No,Bill No,Bill Date,Amount';
    await importLines(engine, [
      head,
      'Bina Stores,27AAPFU0939F1ZV,,B/1,2026-10-01,1',
      'Asha Traders,,98765 43210,B/2,2026-10-01,1',
      'Chetan,24AUTPV8831F1ZZ,,B/3,2026-10-01,1',
    ]);
    const { preview } = await dryRun(
      engine,
      fileIn(engine, [
        head,
        'Uttam Retail,27AAPFU0939F1ZV,,C/1,2026-10-01,1',
        'A. T. & Co,,+91-9876543210,C/2,2026-10-01,1',
        'Patel Foods,29AUTPV8831F1ZP,,C/3,2026-10-01,1',
      ]),
    );
    expect(
      preview.suggestions.map(({ name, customerName, why }) => `${name} = ${customerName} by ${why}`),
    ).toEqual([
      'Uttam Retail = Bina Stores by gstin',
      'A. T. & Co = Asha Traders by phone',
      'Patel Foods = Chetan by pan',
    ]);
  });

  it('who is not in the book is refused', async () => {
    const engine = await tempBook();
    const looked = await dryRun(engine, fileIn(engine, LIST));
    const map = { ...looked.map, sameCustomers: { binastores: 999 } };
    await expect(engine.client.imports.preview({ draftId: looked.draft.draftId, map })).rejects.toMatchObject(
      {
        data: { code: 'no-customer', values: { customerId: 999 } },
      },
    );
  });
});

describe('a complete list', () => {
  const SHORT = [HEAD, 'Bina Stores,B/1,2026-10-01,3000', 'Gita Mills,B/8,2026-10-20,5'];

  it('tells always which open bills vanished, and settles them only when it is complete', async () => {
    const engine = await tempBook();
    await importLines(engine, LIST);
    const looked = await dryRun(engine, fileIn(engine, SHORT));
    expect(looked.preview.vanished).toEqual({ billCount: 1, openPaise: rupees(500) });
    await importFile(engine, fileIn(engine, SHORT), { isCompleteList: true, balancesDay: day('2026-10-31') });
    const on = async (asOf: string): Promise<number> =>
      (await engine.client.aging.table({ asOf: day(asOf) })).totals.outstandingPaise;
    expect([await on('2026-10-30'), await on('2026-10-31')]).toEqual([rupees(3505), rupees(3005)]);
  });

  it('is reverted with its settlements', async () => {
    const engine = await tempBook();
    await importLines(engine, LIST);
    const others = [HEAD, 'Gita Mills,B/8,2026-10-20,5'];
    const batch = await importLines(engine, others, { isCompleteList: true });
    const before = await engine.client.aging.table({});
    expect(before.totals.outstandingPaise).toBe(rupees(5));
    await engine.client.imports.revert({ batchId: batch.batchId });
    expect((await engine.client.aging.table({})).totals.outstandingPaise).toBe(rupees(3500));
  });

  it('opens a bill again that a later list names once more', async () => {
    const engine = await tempBook();
    await importLines(engine, LIST);
    await importLines(engine, SHORT, { isCompleteList: true });
    await importLines(engine, [...SHORT, 'Asha Traders,B/2,2026-10-02,500'], { isCompleteList: true });
    expect((await engine.client.aging.table({})).totals.outstandingPaise).toBe(rupees(3505));
  });

  it('leaves a bill alone whose row was refused, and bills of lists of another kind', async () => {
    const engine = await tempBook();
    await importLines(engine, LIST);
    await importLines(engine, [
      'Customer,Invoice No,Invoice Date,Due Date,Amount',
      'Esha,E/1,2026-10-01,2026-10-02,9',
    ]);
    const { preview } = await dryRun(
      engine,
      fileIn(engine, [HEAD, 'Bina Stores,B/1,2026-10-01,x', 'Gita,B/8,2026-10-20,5']),
    );
    expect(preview.vanished).toEqual({ billCount: 1, openPaise: rupees(500) });
  });
});

it('reads pasted cells like a file', async () => {
  const engine = await tempBook();
  const draft = await readDraft(engine, { pastedText: LIST.join('\n').replaceAll(',', '\t') });
  expect(await commitDraft(engine, draft, draft.understood.map)).toMatchObject({ addedBillCount: 2 });
});

it('looks at the book anew when it was changed between the dry run and the import', async () => {
  const engine = await tempBook();
  await importLines(engine, LIST);
  const looked = await dryRun(
    engine,
    fileIn(
      engine,
      LIST.map((line) => line.replace('3000', '2500')),
    ),
  );
  expect(looked.preview.bills.changed).toBe(1);
  fileOf(engine).write((tx) =>
    moneyIn(tx, 1, { amount: 2800, day: '2026-11-01', allocated: new Map([[1, 2800]]) }),
  );
  const batch = await commitDraft(engine, looked.draft, looked.map);
  expect(batch).toMatchObject({ changedBillCount: 0, refusedRowCount: 1 });
});

it('stops between two steps when it is called off', async () => {
  const engine = await tempBook();
  const lines = Array.from({ length: 9000 }, (_, at) => `Party ${at % 50},B/${at},2026-10-01,5`);
  const looked = await readDraft(engine, { pastedText: [HEAD, ...lines].join('\n').replaceAll(',', '\t') });
  const stop = new AbortController();
  const { draftId, understood } = looked;
  const events = await engine.client.imports.commit(
    { draftId, map: understood.map },
    { signal: stop.signal },
  );
  const phases: string[] = [];
  await expect(async () => {
    for await (const { phase, done } of events) {
      phases.push(phase);
      if (done > 0) stop.abort();
    }
  }).rejects.toThrow();
  expect(new Set(phases)).toEqual(new Set(['checking']));
  expect(await engine.client.imports.list()).toEqual([]);
});

it('warns of numbers that do not hold, names the row, and takes the row all the same', async () => {
  const engine = await tempBook();
  const { preview } = await dryRun(
    engine,
    fileIn(engine, [
      'Party Name,Mobile No,GSTIN,PAN,Bill No,Bill Date,Amount',
      'Bina Stores,9.87654E+09,24AANFA2641L1ZK,AAPFU0939,B/1,2026-10-01,3000',
      'Asha Traders,98765 43210 / 022-26543210,27AAPFU0939F1ZV,AAPFU0939F,B/2,2026-10-02,500',
    ]),
  );
  expect(preview.rowCounts).toEqual({ taken: 2, refused: 0, leftOut: 0 });
  expect(preview.doubts.map(({ code, values }) => [code, values?.['row'], values?.['text']])).toEqual([
    ['phone-lost', 2, '9.87654E+09'],
    ['gstin-doubtful', 2, '24AANFA2641L1ZK'],
    ['pan-doubtful', 2, 'AAPFU0939'],
  ]);
});

const DATA = path.resolve(import.meta.dirname, '../../../shared/data');

describe.skipIf(!existsSync(DATA))(
  'exports of other programs (skipped where ../shared/data is absent)',
  () => {
    it.each([
      ['csv-exports/frappe-books/sales_invoices.csv', 'frappe-sales-invoices'],
      ['csv-exports/invoiceninja/zoho_invoices.csv', 'zoho-invoices'],
      ['ar/dev/highradius_open_9700.csv', 'highradius'],
      ['tally-excel/tally_daybook_titlerows_pseudonymised.xlsx', 'tally-day-book'],
    ])('%s is known as %s', async (file, layout) => {
      const draft = await readDraft(await tempBook(), { path: path.join(DATA, file) });
      expect(draft.understood.layout).toBe(layout);
    });
  },
);
