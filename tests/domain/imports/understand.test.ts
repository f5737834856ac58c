import { day } from '#domain/days.ts';
import type { ImportField } from '#domain/imports/map.ts';
import { understandSheet } from '#domain/imports/understand.ts';
import { describe, expect, it } from 'vitest';
import { gridOf, understood } from './grids.ts';

/** Header → field, as understood from a header and one row of fitting values. */
function fieldsOf(header: string, ...rows: readonly string[]): Partial<Record<ImportField, string>> {
  const { guesses, headers } = understood(gridOf([header, ...rows]));
  return Object.fromEntries(guesses.map(({ field, column }) => [field, headers[column]]));
}

describe('columns are understood by their words and their values', () => {
  it('reads the words of Indian books', () => {
    expect(
      fieldsOf(
        'Sl No|Party Name|Mobile No.|GSTIN/UIN|Bill No.|Bill Date|Due Date|Bill Amt (Rs.)|Balance Amt|Salesman|Area',
        '1|Asha Stores|9876500000|27AAPFU0939F1ZV|B/1|25-10-2026|24-11-2026|1,000.00|400.00|Ravi|Nashik',
      ),
    ).toEqual({
      customerName: 'Party Name',
      phone: 'Mobile No.',
      gstin: 'GSTIN/UIN',
      billNumber: 'Bill No.',
      billDay: 'Bill Date',
      dueDay: 'Due Date',
      amount: 'Bill Amt (Rs.)',
      openAmount: 'Balance Amt',
      salesperson: 'Salesman',
      territory: 'Area',
    });
  });

  it('reads Hindi headers', () => {
    expect(
      fieldsOf('ग्राहक का नाम|बिल नंबर|दिनांक|देय तिथि|राशि|बकाया राशि', 'आशा|1|25-10-2026|24-11-2026|100|40'),
    ).toEqual({
      customerName: 'ग्राहक का नाम',
      billNumber: 'बिल नंबर',
      billDay: 'दिनांक',
      dueDay: 'देय तिथि',
      amount: 'राशि',
      openAmount: 'बकाया राशि',
    });
  });

  it.each([
    // Xero, QuickBooks, ERPNext, Vyapar and SAP.
    [
      'ContactName|InvoiceNumber|InvoiceDate|DueDate|Total|InvoiceAmountDue',
      'Asha|1|2026-10-25|2026-11-25|100|40',
    ],
    ['Customer|Num|Transaction Date|Due Date|Amount|Open Balance', 'Asha|1|2026-10-25|2026-11-25|100|40'],
    [
      'Customer|Voucher No|Posting Date|Due Date|Invoiced Amount|Outstanding Amount',
      'Asha|1|2026-10-25|2026-11-25|100|40',
    ],
    ['Party Name|Invoice No|Date|Due Date|Total Amount|Balance Due', 'Asha|1|25/10/2026|25/11/2026|100|40'],
    ['KUNNR|BELNR|Document Date|Net due date|Document Amount|Open Amount', 'C1|1|20261025|20261125|100|40'],
  ])('finds customer, number, days and amounts in “%s”', (header, row) => {
    const fields = fieldsOf(header, row);
    expect(fields.customerName ?? fields.customerCode).toBeDefined();
    for (const field of ['billNumber', 'billDay', 'dueDay', 'openAmount'] as const)
      expect(fields[field], field).toBeDefined();
  });

  it('does not believe a header whose values say otherwise', () => {
    const fields = fieldsOf(
      'Party|Due Date|Date|Amount',
      'Asha|soon|25-10-2026|100',
      'Bina|later|26-10-2026|200',
    );
    expect(fields.dueDay).toBeUndefined();
    expect(fields.billDay).toBe('Date');
  });

  it('guesses from the values alone where the words say nothing, and is not sure of it', () => {
    const { guesses } = understood(
      gridOf(['Aaa|Bbb|Ccc', 'Asha Stores|25-10-2026|1,000.50', 'Bina Traders|26-10-2026|2,000.00']),
    );
    expect(guesses.map(({ field, column }) => [field, column])).toEqual([
      ['billDay', 1],
      ['amount', 2],
      ['customerName', 0],
    ]);
    for (const guess of guesses) expect(guess.confidence).toBeLessThan(60);
  });

  it('puts a meaning on one column and a column under one meaning only', () => {
    const { guesses } = understood(
      gridOf([
        'Date|Date|Party|Party Name|Amount|Total|Bill No|Invoice No',
        '25-10-2026|26-10-2026|a|b|1|2|3|4',
      ]),
    );
    expect(new Set(guesses.map(({ field }) => field)).size).toBe(guesses.length);
    expect(new Set(guesses.map(({ column }) => column)).size).toBe(guesses.length);
  });

  it('is not led astray by a header that is the name of an object part', () => {
    const header = '__proto__|constructor|Party|Date|Amount|toString';
    const answer = understood(gridOf([header, 'x|y|Asha|25-10-2026|100|z']));
    expect(answer.headers).toEqual(header.split('|'));
    expect(answer.map.columns).toEqual({ customerName: 2, billDay: 3, amount: 4 });
  });
});

describe('the header is found', () => {
  it('below title rows and blank rows', () => {
    const grid = gridOf([
      'Asha Wholesale',
      '',
      'Outstanding as on 31-10-2026',
      '',
      'Party|Bill No|Date|Amount',
      'A|1|25-10-2026|5',
    ]);
    expect(understood(grid)).toMatchObject({ headerRow: 4, dataRowCount: 1 });
  });

  it('in two rows, of which the second gives the amounts their words', () => {
    const grid = gridOf([
      'Bills Receivable',
      "Date|Ref. No.|Party's Name|Opening|Pending|Due on|Overdue",
      '|||Amount|Amount||by days',
      '1-Apr-26|1|Asha|100|40|1-May-26|12',
    ]);
    const answer = understood(grid);
    expect(answer).toMatchObject({ layout: 'tally-bills-receivable', headerRow: 1, dataRowCount: 1 });
    expect(answer.map.columns).toEqual({
      billDay: 0,
      billNumber: 1,
      customerName: 2,
      amount: 3,
      openAmount: 4,
      dueDay: 5,
    });
  });

  it('of the day book, whose quantities below the amounts are no row of data', () => {
    const answer = understood(
      gridOf([
        'Day Book',
        'Date|Particulars|Vch Type|Vch No.|Debit Amount|Credit Amount',
        '||||Inwards Qty|Outwards Qty',
        [{ day: day('2023-12-04') }, 'Asha', 'GST Supply', '114', 422581.77],
      ]),
    );
    expect(answer).toMatchObject({ layout: 'tally-day-book', headerRow: 1, dataRowCount: 1 });
  });

  it('and a first row of words is not taken for its second row', () => {
    const grid = gridOf(['Party|Status|Date|Amount', 'Asha|Open|25-10-2026|5']);
    expect(understood(grid).dataRowCount).toBe(1);
  });

  it('on the sheet that holds the bills, not on the first one', () => {
    const notes = gridOf(['Notes', 'Please read'], 'Notes');
    const bills = gridOf(['Party|Bill No|Date|Amount', 'A|1|25-10-2026|5'], 'Bills');
    expect(
      understandSheet([notes, bills], { sheet: null, headerRow: null, baseCurrency: 'INR' }),
    ).toMatchObject({
      sheet: 1,
      headerRow: 0,
    });
  });

  it('where the user says it is', () => {
    const grid = gridOf([
      'Party|Bill No|Date|Amount',
      'Customer|Invoice No|Due Date|Total',
      'A|1|25-10-2026|5',
    ]);
    const answer = understandSheet([grid], { sheet: 0, headerRow: 1, baseCurrency: 'INR' });
    expect(answer.headers[0]).toBe('Customer');
    expect(answer.dataRowCount).toBe(1);
  });
});

describe('doubts are told', () => {
  const codes = (...rows: readonly string[]): string[] =>
    understood(gridOf(rows)).doubts.map(({ code }) => code);

  it('when nothing proves the order of the dates', () => {
    expect(codes('Party|Date|Amount', 'A|01/02/2026|5', 'B|03/04/2026|5')).toEqual(['date-order-ambiguous']);
    expect(codes('Party|Date|Amount', 'A|01/02/2026|5', 'B|13/04/2026|5')).toEqual([]);
  });

  it('when the due dates prove the order of the bill dates, there is none', () => {
    const grid = gridOf(['Party|Date|Due Date|Amount', 'A|01/02/2026|28/02/2026|5']);
    expect(understood(grid)).toMatchObject({ doubts: [], map: { dateOrder: 'day-first' } });
  });

  it('when a column is missing', () => {
    expect(codes('Colour|Weight', 'red|x')).toEqual(expect.arrayContaining(['no-amount', 'no-day']));
  });

  it('when amounts are in another currency and no rate is in the file', () => {
    expect(codes('Party|Date|Amount|Currency', 'A|25-10-2026|5|USD', 'A|25-10-2026|5|INR')).toEqual([
      'rate-missing',
    ]);
    expect(codes('Party|Date|Amount|Currency|Exchange Rate', 'A|25-10-2026|5|USD|1.00')).toEqual([
      'rate-missing',
    ]);
    expect(codes('Party|Date|Amount|Currency|Exchange Rate', 'A|25-10-2026|5|USD|83.2')).toEqual([]);
  });

  it('when the file holds nothing', () => {
    expect(understandSheet([], { sheet: null, headerRow: null, baseCurrency: 'INR' }).doubts[0]?.code).toBe(
      'no-rows',
    );
    expect(codes('Party|Date|Amount')).toContain('no-rows');
  });
});
