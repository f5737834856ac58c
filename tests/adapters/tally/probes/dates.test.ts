import { describe, expect, it } from 'vitest';
import type { FakeCompany } from '../../../fakes/tally/book.ts';
import { COMPANY, collection, report, type Wish } from './envelopes.ts';
import { attributeOf, billsOf, rowsOf, valueOf, valuesOf } from './look.ts';
import { ask } from './wire.ts';
import { customer, emptyCompany, sale, tallyOf } from './world.ts';

/** A sale on the tenth of each month of two years; the screen shows the second one. */
function twoYears(): FakeCompany {
  const book = emptyCompany({ booksFrom: '2024-04-01', display: { from: '2025-04-01', to: '2026-03-31' } });
  customer(book, 'Anand');
  for (let month = 0; month < 24; month += 1) {
    const year = 2024 + Math.floor((month + 3) / 12);
    const number = String(((month + 3) % 12) + 1).padStart(2, '0');
    sale(book, 'Anand', { ref: `${year}-${number}`, date: `${year}-${number}-10`, amount: 100 });
  }
  return book;
}

async function days(
  tally: { readonly port: number },
  wish: Wish,
  more: { readonly filter?: string; readonly company?: string } = {},
): Promise<readonly string[]> {
  const xml = collection({ type: 'Voucher', fetch: 'Date,AlterID', company: COMPANY, ...wish, ...more });
  const { text } = await ask(tally.port, xml);
  expect(text).toContain('<STATUS>1</STATUS>');
  return rowsOf(text, 'VOUCHER').map((row) => valueOf(row, 'DATE') ?? '');
}

async function ledger(
  tally: { readonly port: number },
  wish: Wish,
): Promise<readonly [opening: string | undefined, closing: string | undefined]> {
  const xml = collection({
    type: 'Ledger',
    fetch: 'Name,OpeningBalance,ClosingBalance',
    company: COMPANY,
    ...wish,
  });
  const rows = rowsOf((await ask(tally.port, xml)).text, 'LEDGER');
  const row = rows.find((each) => attributeOf(each, 'NAME') === 'Anand') ?? '';
  return [valueOf(row, 'OPENINGBALANCE'), valueOf(row, 'CLOSINGBALANCE')];
}

describe('what a client sees of periods', () => {
  // PROTOCOL 1.0, 2.5, 2.6, 6.3.10
  it('gets only the period on the screen when it sends no dates, or dates without a type', async () => {
    const book = twoYears();
    const tally = await tallyOf([book]);
    expect(await days(tally, {})).toHaveLength(12);
    expect(await days(tally, { from: '20240401', to: '20260331' })).toHaveLength(24);
    const untyped = await days(tally, { from: '20240401', to: '20240630', isUntyped: true });
    expect(untyped[0]).toBe('20250410');
    expect(untyped).toHaveLength(12);
    book.setDisplay('2024-04-01', '2024-06-30');
    expect(await days(tally, {})).toEqual(['20240410', '20240510', '20240610']);
  });

  // PROTOCOL 1.0: 0 of 1,587 rows.
  it('misses changes of other years when it filters by AlterID without dates', async () => {
    const book = twoYears();
    book.alterVoucher(1, { narration: 'late' });
    const tally = await tallyOf([book]);
    expect(await days(tally, {}, { filter: '$AlterID > 24' })).toEqual([]);
    expect(await days(tally, { from: '20240401', to: '20260331' }, { filter: '$AlterID > 24' })).toEqual([
      '20240410',
    ]);
  });

  // PROTOCOL 2.5
  it('may write a typed date in three ways', async () => {
    const tally = await tallyOf([twoYears()]);
    for (const [from, to] of [
      ['20240401', '20240630'],
      ['1-Apr-2024', '30-Jun-2024'],
      ['01-04-2024', '30-06-2024'],
    ])
      expect(await days(tally, { from, to }), from).toHaveLength(3);
  });

  // PROTOCOL 2.5
  it('gets no rows and STATUS 1 for a day that does not exist', async () => {
    const tally = await tallyOf([twoYears()]);
    expect(await days(tally, { from: '20240401', to: '20240631' })).toEqual([]);
  });

  // PROTOCOL 1.3, 6.3.11
  it('reads a balance at the end of the period it names, and an opening balance at its start', async () => {
    const tally = await tallyOf([twoYears()]);
    expect((await ledger(tally, { to: '20250930' }))[1]).toBe('-18.00');
    expect(await ledger(tally, { from: '20250401', to: '20260331' })).toEqual(['-12.00', '-24.00']);
    expect((await ledger(tally, { from: '20240401', to: '20250331' }))[1]).toBe('-12.00');
  });
});

describe('what a client sees of an Educational Tally', () => {
  const edu = { profile: { licence: 'edu' } } as const;

  // PROTOCOL 2.6, 6.3.10
  it('gets the days 1, 2 and 31 as it asks for them', async () => {
    const tally = await tallyOf([twoYears()], edu);
    expect(await days(tally, { from: '20240501', to: '20240731' })).toEqual([
      '20240510',
      '20240610',
      '20240710',
    ]);
    expect(await days(tally, { from: '20240502', to: '20240702' })).toEqual(['20240510', '20240610']);
  });

  // PROTOCOL 2.6: a refused SVTODATE widens to the period's end.
  it('gets more than it asked for when the last day is refused', async () => {
    const tally = await tallyOf([twoYears()], edu);
    const got = await days(tally, { from: '20250501', to: '20250630' });
    expect(got[0]).toBe('20250510');
    expect(got.at(-1)).toBe('20260310');
  });

  // PROTOCOL 2.6: a refused SVFROMDATE falls back to the period on the screen.
  it('gets the start of the screen when the first day is refused', async () => {
    const tally = await tallyOf([twoYears()], edu);
    const got = await days(tally, { from: '20240915', to: '20250731' });
    expect(got).toEqual(['20250410', '20250510', '20250610', '20250710']);
  });

  // PROTOCOL 1.0, 2.6: the literal bound holds where date variables are refused.
  it('keeps its rows exact by a date written into the filter', async () => {
    const tally = await tallyOf([twoYears()], edu);
    const filter = '$Date >= $$Date:"20250515" AND $Date <= $$Date:"20250820"';
    expect(await days(tally, { from: '20250501', to: '20250831' }, { filter })).toEqual([
      '20250610',
      '20250710',
      '20250810',
    ]);
  });

  // PROTOCOL 2.6: reports are widened as well, and nothing says so.
  it('reads bills as of another day than it named, without a word about it', async () => {
    const tally = await tallyOf([twoYears()], edu);
    const refs = async (to: string): Promise<number> => {
      const xml = report('Bills Receivable', { company: COMPANY, from: '20240401', to });
      return billsOf((await ask(tally.port, xml)).text).length;
    };
    expect(await refs('20250531')).toBe(14);
    expect(await refs('20250530')).toBe(24);
  });

  // PROTOCOL 2.6
  it('is told by the company list what Tally it speaks to', async () => {
    const tally = await tallyOf([twoYears()], edu);
    const xml = collection({
      type: 'Company',
      fetch: 'Name',
      compute: ['IsEdu : $$LicenseInfo:IsEducationalMode'],
    });
    expect(valuesOf((await ask(tally.port, xml)).text, 'ISEDU').map((text) => text.trim())).toEqual(['Yes']);
  });
});
