import { day } from '#domain/days.ts';
import { describe, expect, it } from 'vitest';
import { codesOf, gridOf, readAll, TODAY, understood } from './grids.ts';

const HEAD = 'Party|Bill No|Date|Due Date|Amount|Pending';

describe('a row becomes a document', () => {
  it('with its customer, days and amount, and nothing paid where all of it is pending', () => {
    const read = readAll(gridOf([HEAD, 'Asha  Stores|B/1|25-10-2026|24-11-2026|1,18,000.50|1,18,000.50']));
    expect(read).toMatchObject({ notes: [], fileRowCount: 1, doubts: [] });
    expect(read.documents).toMatchObject([
      {
        row: 2,
        customerKey: 'name:ashastores',
        customer: { name: 'Asha Stores', nameKey: 'ashastores', code: null },
        kind: 'invoice',
        number: 'B/1',
        day: '2026-10-25',
        dueDay: '2026-11-24',
        amountPaise: 11800050,
        currency: null,
        foreignMinor: null,
        rateE6: null,
        sourceKey: 'name:ashastores|invoice|b/1',
        paid: null,
      },
    ]);
  });

  it('whose paid part is what is no longer pending, on the day the balances hold for', () => {
    const grid = gridOf([HEAD, 'Asha|B/1|25-10-2026||1,000.00|400.00']);
    expect(readAll(grid).documents[0]?.paid).toEqual({ day: TODAY, amountPaise: 60000, foreignMinor: null });
    const asOf = readAll(grid, { balancesDay: day('2026-10-31') });
    expect(asOf.documents[0]?.paid?.day).toBe('2026-10-31');
    // Never before the bill itself.
    const early = readAll(grid, { balancesDay: day('2026-01-01') });
    expect(early.documents[0]?.paid?.day).toBe('2026-10-25');
  });

  it('that is paid on the day of the last receipt where the file names it', () => {
    const grid = gridOf([`${HEAD}|Last Payment Date`, 'Asha|B/1|25-10-2026||1,000|400|30-10-2026']);
    expect(readAll(grid).documents[0]?.paid?.day).toBe('2026-10-30');
  });

  it('that falls due by credit days of the row, else of the map, else by nothing', () => {
    const grid = gridOf(['Party|Date|Amount|Credit Days', 'Asha|25-10-2026|5|30 days', 'Bina|25-10-2026|5|']);
    expect(readAll(grid).documents.map(({ dueDay }) => dueDay)).toEqual(['2026-11-24', null]);
    expect(readAll(grid, { creditDays: 7 }).documents.map(({ dueDay }) => dueDay)).toEqual([
      '2026-11-24',
      '2026-11-01',
    ]);
  });

  it('and a due day before the bill day is kept as it is', () => {
    expect(readAll(gridOf([HEAD, 'Asha|1/x|25-10-2026|20-10-2026|5|5'])).documents[0]?.dueDay).toBe(
      '2026-10-20',
    );
  });

  it('whose bill amount is the pending one where there is no other', () => {
    const read = readAll(gridOf(['Party|Date|Balance Due', 'Asha|25-10-2026|5.25']));
    expect(read.documents).toMatchObject([{ kind: 'invoice', amountPaise: 525, paid: null }]);
  });

  it('which is a credit note where the amount is negative or its type says so', () => {
    const read = readAll(
      gridOf([
        'Party|Vch Type|Date|Amount',
        'Asha|Sales|25-10-2026|-50',
        'Asha|Credit Note|25-10-2026|60',
        'Asha|Receipt|25-10-2026|70',
        'Asha|Debit Note|25-10-2026|80',
        'Asha|Credit Note|25-10-2026|90 Cr',
      ]),
    );
    expect(read.documents.map(({ kind, amountPaise }) => [kind, amountPaise])).toEqual([
      ['credit-note', 5000],
      ['credit-note', 6000],
      ['receipt', 7000],
      ['debit-note', 8000],
      ['credit-note', 9000],
    ]);
    expect(read.currencies[0]).toMatchObject({ fileMinor: -5000 - 6000 - 7000 + 8000 - 9000 });
  });

  it('and of a credit only what is still open counts, because its used part closed other bills', () => {
    const read = readAll(gridOf([HEAD, 'Asha|C/1|25-10-2026||-100|-40', 'Asha|C/2|25-10-2026||-100|0']));
    expect(read.documents).toMatchObject([{ kind: 'credit-note', amountPaise: 4000, paid: null }]);
    expect(codesOf(read)).toEqual([[3, 'left-out', 'used-up']]);
  });

  it('with the code as the surer identity, leading zeros and all', () => {
    const read = readAll(
      gridOf([
        'Cust No|Party Name|Date|Amount|Phone',
        '0007|Asha|25-10-2026|5|',
        '0007|Asha Stores|26-10-2026|6|98765',
      ]),
    );
    expect(read.documents.map(({ customerKey }) => customerKey)).toEqual(['code:0007', 'code:0007']);
    // All rows of a customer bear the same facts: the first name, and the phone that only the second row knows.
    for (const { customer } of read.documents)
      expect(customer).toMatchObject({ name: 'Asha', phone: '98765', code: '0007' });
  });

  it('without the residues of other programs', () => {
    const read = readAll(
      gridOf([
        'Customer Code|Invoice No|Date|Amount',
        '77.0|1930571429.0|25-10-2026|5',
        'A_x000D_|B|26-10-2026|5',
      ]),
    );
    expect(read.documents[0]).toMatchObject({ number: '1930571429', customer: { code: '77' } });
    expect(read.documents[1]).toMatchObject({ customer: { code: 'A' } });
  });

  it('without a phone that a spreadsheet has cut, which is told once', () => {
    const read = readAll(gridOf(['Party|Mobile|Date|Amount', 'Asha|9.87654E+09|25-10-2026|5']));
    expect(read.documents[0]?.customer.phone).toBeNull();
    expect(read.doubts).toMatchObject([{ code: 'phone-lost', values: { text: '9.87654E+09', count: 1 } }]);
  });
});

describe('a day book', () => {
  const BOOK_HEAD = 'Date|Particulars|Vch Type|Vch No.|Debit Amount|Credit Amount';
  const read = readAll(
    gridOf([
      BOOK_HEAD,
      '4-Dec-23|Asha|GST Supply|114|422581.77|',
      '5-Dec-23|Asha|Receipt|9||400000',
      '5-Dec-23|Asha|Credit Note|3||581.77',
      '6-Dec-23|Asha|Journal|7||1000',
      '6-Dec-23|Asha|Journal|8|250|',
      '6-Dec-23|Asha|Debit Note|2|99|',
      '7-Dec-23|Nippon|Purchase|1||5000',
      '7-Dec-23|Rent|Payment|4|7000|',
      '7-Dec-23|HDFC Bank|Contra|5|7000|',
      '8-Dec-23|Asha|Sales|115|10|20',
      '|Bank charges||||15',
      '|Total|||437940.77|413581.77',
    ]),
  );

  it('gives bills, receipts and credits by the voucher’s own words', () => {
    expect(read.documents.map(({ kind, number, amountPaise }) => [kind, number, amountPaise])).toEqual([
      ['invoice', '114', 42258177],
      ['receipt', '9', 40000000],
      ['credit-note', '3', 58177],
      ['on-account', '7', 100000],
      ['charge', '8', 25000],
      ['debit-note', '2', 9900],
    ]);
  });

  it('leaves out what is no matter of customers and refuses a row of both sides', () => {
    expect(codesOf(read)).toEqual([
      [8, 'left-out', 'not-a-bill'],
      [9, 'left-out', 'not-a-bill'],
      [10, 'left-out', 'not-a-bill'],
      [11, 'refused', 'both-sides'],
      [12, 'left-out', 'detail-row'],
      [13, 'left-out', 'totals-row'],
    ]);
  });

  it('knows a short number only within its financial year, so that bill 1 of the next one is another bill', () => {
    const two = readAll(gridOf([BOOK_HEAD, '31-Mar-24|Asha|Sales|1|10|', '1-Apr-24|Asha|Sales|1|20|']));
    expect(two.notes).toEqual([]);
    expect(two.documents.map(({ sourceKey }) => sourceKey)).toEqual([
      'name:asha|invoice|1@2023',
      'name:asha|invoice|1@2024',
    ]);
  });
});

describe('several rows of one number', () => {
  const ZOHO =
    'Invoice Date|Invoice ID|Invoice Number|Invoice Status|Customer Name|Customer ID|Due Date|Currency Code|Exchange Rate|Item Name|Item Total|Total|Balance|Last Payment Date';
  const line = (item: string, total = '489.75', number = 'INV-1'): string =>
    `2026-10-28|25${number}|${number}|Overdue|Asha|77|2026-11-10|INR|1.00|${item}|5|${total}|100.00|`;

  it('are one bill when its total is repeated on each of its lines', () => {
    const grid = gridOf([
      ZOHO,
      line('a'),
      line('b'),
      line('c'),
      line('a', '60.00', 'INV-2').replace('|100.00|', '|60.00|'),
    ]);
    expect(understood(grid).layout).toBe('zoho-invoices');
    const read = readAll(grid);
    expect(read.documents).toMatchObject([
      { number: 'INV-1', amountPaise: 48975, paid: { amountPaise: 38975 }, customerKey: 'code:77' },
      { number: 'INV-2', amountPaise: 6000, paid: null },
    ]);
    expect(codesOf(read)).toEqual([
      [3, 'left-out', 'line-of-bill'],
      [4, 'left-out', 'line-of-bill'],
    ]);
    // The file's sum has the total once, as the program that wrote it does.
    expect(read.currencies).toEqual([
      { currency: 'INR', fileMinor: 54975, takenMinor: 54975, refusedMinor: 0, leftOutMinor: 0 },
    ]);
  });

  it('are refused, not guessed, when they say different totals', () => {
    const read = readAll(
      gridOf([
        HEAD,
        'Asha|B/1|25-10-2026||10|10',
        'Asha|B/1|25-10-2026||20|20',
        'Bina|B/1|25-10-2026||20|20',
      ]),
    );
    expect(read.documents).toHaveLength(2);
    expect(read.notes).toMatchObject([
      {
        row: 3,
        reason: {
          code: 'duplicate-number',
          values: { number: 'B/1', row: 2, here: '₹20.00', there: '₹10.00' },
        },
      },
    ]);
  });

  it('and rows without a number are told apart by counting equals', () => {
    const read = readAll(
      gridOf(['Party|Date|Amount', 'Asha|25-10-2026|5', 'Asha|25-10-2026|5', 'Asha|25-10-2026|6']),
    );
    expect(read.documents.map(({ sourceKey }) => sourceKey)).toEqual([
      'name:asha|invoice|2026-10-25|500|1',
      'name:asha|invoice|2026-10-25|500|2',
      'name:asha|invoice|2026-10-25|600|1',
    ]);
  });
});
