import { addDays, day, formatDay, type Day } from '#domain/days.ts';
import type { Cell } from '#domain/imports/cells.ts';
import { decideOrder, looksLikeDay, readDay } from '#domain/imports/dates.ts';
import type { DateOrder } from '#domain/imports/map.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

function read(cell: Cell, order: DateOrder | null = null): string | null {
  const found = readDay(cell, order);
  return found.ok ? found.value : found.refusal.code;
}

describe('dates are read in every form the trade writes them', () => {
  const cases: readonly (readonly [Cell, DateOrder | null, string | null])[] = [
    [{ day: day('2026-02-03') }, null, '2026-02-03'],
    ['2026-02-03', null, '2026-02-03'],
    ['2026/2/3', null, '2026-02-03'],
    ['2026-02-03T18:30:00.000Z', null, '2026-02-03'],
    ['2026-02-03 10:15:00', null, '2026-02-03'],
    ['20200227', null, '2020-02-27'],
    ['20200227.0', null, '2020-02-27'],
    [20200227, null, '2020-02-27'],
    [45987, null, '2025-11-26'],
    ['45987', null, '2025-11-26'],
    [45987.75, null, '2025-11-26'],
    ['3-Feb-26', null, '2026-02-03'],
    ['03-FEB-2026', null, '2026-02-03'],
    ['3 Feb 2026', null, '2026-02-03'],
    ['3rd February, 2026', null, '2026-02-03'],
    ['3 Sept 2026', null, '2026-09-03'],
    ['Feb 3, 2026', null, '2026-02-03'],
    ['Tue, 3 Feb 2026', null, '2026-02-03'],
    ['3Feb2026', null, '2026-02-03'],
    ['3 फरवरी 2026', null, '2026-02-03'],
    ['०३/०२/२०२६', 'day-first', '2026-02-03'],
    ['25/02/2026', null, '2026-02-25'],
    ['02/25/2026', null, '2026-02-25'],
    ['5/5/26', null, '2026-05-05'],
    ['03/02/2026', 'day-first', '2026-02-03'],
    ['03/02/2026', 'month-first', '2026-03-02'],
    ['03.02.26', 'day-first', '2026-02-03'],
    ['3 - 2 - 2026', 'day-first', '2026-02-03'],
    ['03/02/2026 10:15 AM', 'day-first', '2026-02-03'],
    ['26-02-03', 'year-first', '2026-02-03'],
    ['03/02/99', 'day-first', '1999-02-03'],
    ['', null, null],
    ['-', null, null],
    ['0000-00-00', null, null],
    [null, null, null],
    // Never guessed, and never turned round to make a day of it.
    ['03/02/2026', null, 'date-order-ambiguous'],
    ['02/25/2026', 'day-first', 'impossible-day'],
    ['31-02-2026', 'day-first', 'impossible-day'],
    ['2026-02-30', null, 'impossible-day'],
    ['29 Feb 2026', null, 'impossible-day'],
    ['Total', null, 'day-unreadable'],
    [12, null, 'day-unreadable'],
    [1234567, null, 'day-unreadable'],
    ['3 Foo 2026', null, 'day-unreadable'],
  ];
  it.each(cases)('reads %j (%s) as %j', (cell, order, expected) => {
    expect(read(cell, order)).toBe(expected);
  });

  it('says in the sentence which day is impossible', () => {
    expect(readDay('31-02-2026', 'day-first')).toMatchObject({
      ok: false,
      refusal: { sentence: '“31-02-2026” is no day of the calendar.' },
    });
  });
});

describe('the order of text dates', () => {
  it('is proved by a single part above 12 anywhere in the columns', () => {
    expect(decideOrder(['01/02/2026', '03/04/2026', '25/12/2026']).order).toBe('day-first');
    expect(decideOrder(['1/2/2013', '1/26/2013']).order).toBe('month-first');
  });

  it('is left open, and said so, when nothing proves it or the proofs contradict each other', () => {
    expect(decideOrder(['1/2/2013', '5/5/2013'])).toMatchObject({ order: null, ambiguous: '1/2/2013' });
    expect(decideOrder(['1/2/2013', '25/2/2013', '2/25/2013'])).toMatchObject({
      order: null,
      ambiguous: '1/2/2013',
    });
  });

  it('needs no deciding where every date can be read in one way only', () => {
    const cells: Cell[] = ['2026-02-03', '3-Feb-26', { day: day('2026-02-03') }, '5/5/2026', null, 45987];
    expect(decideOrder(cells)).toEqual({ order: null, ambiguous: null, isMixed: false });
  });

  it('sees the trace of a spreadsheet that turned day and month round', () => {
    const early = ['2026-03-01', '2026-04-02', '2026-05-12'].map((text) => ({ day: day(text) }));
    expect(decideOrder([...early, '25/12/2026']).isMixed).toBe(true);
    expect(decideOrder([...early, { day: day('2026-05-13') }, '25/12/2026']).isMixed).toBe(false);
  });

  it('reads Devanagari digits as proofs too', () => {
    expect(decideOrder(['०१/०२/२०२६', '२५/०२/२०२६']).order).toBe('day-first');
  });
});

describe('any day', () => {
  const days = fc
    .integer({ min: -7000, max: 40_000 })
    .map((number): Day => addDays(day('2000-01-01'), number));

  it('comes back from each of its writings', () => {
    fc.assert(
      fc.property(days, (of) => {
        const [year, month, dayOfMonth] = of.split('-');
        expect(read(of)).toBe(of);
        expect(read(`${year}${month}${dayOfMonth}`)).toBe(of);
        expect(read(`${dayOfMonth}/${month}/${year}`, 'day-first')).toBe(of);
        expect(read(`${Number(month)}.${Number(dayOfMonth)}.${year}`, 'month-first')).toBe(of);
        expect(read(formatDay(of))).toBe(of);
        expect(looksLikeDay(`${dayOfMonth}-${month}-${year}`)).toBe(true);
      }),
    );
  });

  it('is never read in another order than the one decided', () => {
    fc.assert(
      fc.property(days, (of) => {
        const [year, month, dayOfMonth] = of.split('-');
        const found = read(`${dayOfMonth}/${month}/${year}`);
        expect([of, 'date-order-ambiguous']).toContain(found);
      }),
    );
  });
});
