import { day } from '#domain/days.ts';
import { describe, expect, it } from 'vitest';
import { codesOf, gridOf, readAll } from './grids.ts';

describe('currencies', () => {
  const FOREIGN = 'Party|Bill No|Date|Currency|Exchange Rate|Amount|Pending';

  it('stand beside the base amount, and the paid part is the exact rest', () => {
    const read = readAll(gridOf([FOREIGN, 'Asha|E/1|25-10-2026|USD|83.333333|100.01|33.34']));
    expect(read.documents).toMatchObject([
      {
        currency: 'USD',
        foreignMinor: 10001,
        rateE6: 83_333_333,
        amountPaise: 833417,
        paid: { amountPaise: 833417 - 277833, foreignMinor: 6667 },
      },
    ]);
    expect(read.currencies).toEqual([
      { currency: 'USD', fileMinor: 10001, takenMinor: 10001, refusedMinor: 0, leftOutMinor: 0 },
    ]);
  });

  it('need a rate: a 1 between two currencies is none, and the user’s own rate helps', () => {
    const grid = gridOf([
      FOREIGN,
      'Asha|E/1|25-10-2026|USD|1.00|100|100',
      'Asha|E/2|25-10-2026|JPY||500|500',
      'Asha|E/3|25-10-2026|INR|1|7|7',
    ]);
    const asked = readAll(grid);
    expect(codesOf(asked)).toEqual([
      [2, 'refused', 'rate-missing'],
      [3, 'refused', 'rate-missing'],
    ]);
    expect(asked.doubts.map(({ code, values }) => [code, values?.['currency']])).toEqual([
      ['rate-missing', 'USD'],
      ['rate-missing', 'JPY'],
    ]);
    const given = readAll(grid, { rates: { USD: '83.25', JPY: '0.55' } });
    expect(given.documents.map(({ amountPaise }) => amountPaise)).toEqual([832500, 27500, 700]);
    expect(given.currencies.map(({ currency, takenMinor }) => [currency, takenMinor])).toEqual([
      ['INR', 700],
      ['JPY', 500],
      ['USD', 10000],
    ]);
  });

  it('are never added to another one, and one that nobody knows is refused', () => {
    const read = readAll(
      gridOf([FOREIGN, 'Asha|E/1|25-10-2026|Cowries||5|5', 'Asha|E/2|25-10-2026|Rs.||5|5']),
    );
    expect(codesOf(read)).toEqual([[2, 'refused', 'currency-unknown']]);
    expect(read.documents).toMatchObject([{ currency: null, amountPaise: 500 }]);
  });

  it('may be written into the amount itself, but not against the column', () => {
    const plain = gridOf([
      'Party|Date|Amount',
      'Asha|25-10-2026|USD 5',
      'Asha|26-10-2026|$5',
      'Asha|27-10-2026|₹5',
    ]);
    expect(codesOf(readAll(plain, { rates: { USD: '80' } }))).toEqual([[3, 'refused', 'currency-unknown']]);
    expect(
      readAll(plain, { currency: 'USD', rates: { USD: '80' } }).documents.map(({ currency }) => currency),
    ).toEqual(['USD', 'USD', null]);
    const against = gridOf([
      'Party|Date|Currency|Amount',
      'Asha|25-10-2026|USD|₹5',
      'Asha|25-10-2026|USD|$5',
    ]);
    expect(codesOf(readAll(against, { rates: { USD: '80' } }))).toEqual([
      [2, 'refused', 'currency-conflict'],
    ]);
  });

  it('of a book in dollars take rupees as the foreign ones', () => {
    const read = readAll(
      gridOf([FOREIGN, 'Asha|E/1|25-10-2026|USD|1.00|100|100', 'Asha|E/2|25-10-2026|INR|0.012|100|100']),
      {},
      'USD',
    );
    expect(read.documents.map(({ currency, amountPaise }) => [currency, amountPaise])).toEqual([
      [null, 10000],
      ['INR', 120],
    ]);
  });
});

it('texts made to mislead a search are read in no time', () => {
  const started = performance.now();
  const texts = ['T', '-+', 'total(', 'grand ', '1,', ', 1', '(', '#', 'Rs', 'sub-'].map((text) =>
    text.repeat(8_000),
  );
  const rows = texts.flatMap((text) => [
    [text, 'B/1', { day: day('2026-10-25') }, 5],
    ['Asha', text, { day: day('2026-10-25') }, 5],
    ['Asha', null, text, 5],
    ['Asha', null, { day: day('2026-10-25') }, text],
  ]);
  const read = readAll(gridOf(['Party|Bill No|Date|Amount', ...rows]));
  expect(read.notes).toHaveLength(40);
  expect(performance.now() - started).toBeLessThan(2000);
});

describe('hostile amounts', () => {
  it('never add up to more than can be counted exactly', () => {
    const rows = Array.from({ length: 1000 }, (_, at) => [
      'Asha',
      `N/${at}`,
      { day: day('2026-10-25') },
      99_999_999_999.99,
    ]);
    const read = readAll(gridOf(['Party|Bill No|Date|Amount', ...rows]));
    expect(read.documents.length + read.notes.length).toBe(1000);
    expect(Number.isSafeInteger(read.currencies[0]?.fileMinor)).toBe(true);
    expect(new Set(read.notes.map(({ reason }) => reason?.code))).toEqual(new Set(['amount-too-large']));
  });

  it('are refused where a rate would carry them beyond that', () => {
    const read = readAll(gridOf(['Party|Date|Amount|Currency', 'Asha|25-10-2026|99999999999|USD']), {
      rates: { USD: '9999999' },
    });
    expect(codesOf(read)).toEqual([[2, 'refused', 'amount-too-large']]);
  });
});
