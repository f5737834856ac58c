import { describe, expect, it } from 'vitest';
import { codesOf, gridOf, readAll } from './grids.ts';

const HEAD = 'Party|Bill No|Date|Due Date|Amount|Pending';

describe('rows that are no documents', () => {
  it('are left out: totals, sub-totals, headings, balances and the header once more', () => {
    const read = readAll(
      gridOf([
        HEAD,
        'Nashik',
        'Asha|B/1|25-10-2026||100|100',
        'Bina|B/2|25-10-2026||50|50',
        'Sub Total||||150|150',
        HEAD,
        'Opening Balance||01-10-2026||70|70',
        '||||150|150',
        'Asha Total||||100|100',
        'कुल||||300|300',
        'Grand Total||||300|300',
      ]),
    );
    expect(codesOf(read).map(([row, , code]) => [row, code])).toEqual([
      [2, 'section-row'],
      [5, 'totals-row'],
      [6, 'header-row'],
      [7, 'balance-row'],
      [8, 'no-customer'],
      [9, 'totals-row'],
      [10, 'totals-row'],
      [11, 'totals-row'],
    ]);
    expect(read.documents).toHaveLength(2);
  });

  it('include a nameless row whose amount is the sum so far', () => {
    const read = readAll(
      gridOf([HEAD, 'Asha|B/1|25-10-2026||100|100', 'Bina|B/2|25-10-2026||50|50', '||||150|150']),
    );
    expect(codesOf(read)).toEqual([[4, 'left-out', 'totals-row']]);
  });

  it('do not include a customer whose name begins with Total', () => {
    const read = readAll(
      gridOf([
        HEAD,
        'Total Energies Depot|B/1|25-10-2026||100|100',
        'Grand Total Traders|B/2|25-10-2026||5|5',
      ]),
    );
    expect(read.notes).toEqual([]);
  });

  it('and a totals row that says another sum than the rows is told', () => {
    const rows = [HEAD, 'Asha|B/1|25-10-2026||100|100', 'Bina|B/2|25-10-2026||50|50'];
    expect(readAll(gridOf([...rows, 'Total||||150|150'])).doubts).toEqual([]);
    expect(readAll(gridOf([...rows, 'Total||||160|150'])).doubts).toMatchObject([
      { code: 'total-row-differs', values: { row: 4, says: '₹160.00', sum: '₹150.00' } },
    ]);
  });

  it('include drafts, cancelled bills, estimates and zero amounts', () => {
    const read = readAll(
      gridOf([
        'Party|Status|Date|Amount',
        'A|Draft|25-10-2026|1',
        'A|Void|25-10-2026|2',
        'A|Estimate|25-10-2026|3',
        'A|Sent|25-10-2026|0',
        'A|Sent|25-10-2026|',
        'A|Paid|25-10-2026|4',
      ]),
    );
    expect(codesOf(read).map(([, , code]) => code)).toEqual([
      'draft',
      'void',
      'not-a-bill',
      'zero-amount',
      'no-amount',
    ]);
    expect(read.documents).toMatchObject([{ amountPaise: 400, paid: { amountPaise: 400 } }]);
    expect(read.currencies).toEqual([
      { currency: 'INR', fileMinor: 1000, takenMinor: 400, refusedMinor: 0, leftOutMinor: 600 },
    ]);
  });

  it('drafts among them are told of with how to take them, and are bills when that is asked for', () => {
    const grid = gridOf(['Party|Bill|Status|Date|Amount', 'A|1|Draft|25-10-2026|1', 'A|2|Sent|25-10-2026|2']);
    const read = readAll(grid);
    expect(read.doubts).toMatchObject([{ code: 'drafts-left-out', values: { rowCount: 1 } }]);
    const taken = readAll(grid, { takeDrafts: true });
    expect(taken.doubts).toEqual([]);
    expect(taken.documents.map((document) => document.amountPaise)).toEqual([100, 200]);
  });

  it('are refused with a sentence that has the value in it', () => {
    const read = readAll(
      gridOf([
        HEAD,
        '|B/1|25-10-2026|24-11-2026|10|10',
        'Asha|B/2|||20|20',
        'Asha|B/3|31-02-2026||30|30',
        'Asha|B/4|25-10-2026|31-11-2026|40|40',
        'Asha|B/5|25-10-2026||5o|50',
        'Asha|B/6|25-10-2026||60.005|60',
        'Asha|B/7|25-10-2026||70|71',
        'Asha|B/8|25-10-2026||80|-1',
        `${'n'.repeat(201)}|B/9|25-10-2026||90|90`,
      ]),
    );
    expect(read.notes.map(({ reason }) => [reason?.code, reason?.field])).toEqual([
      ['no-customer', 'customerName'],
      ['no-day', 'billDay'],
      ['impossible-day', 'billDay'],
      ['impossible-day', 'dueDay'],
      ['amount-unreadable', 'amount'],
      ['too-many-decimals', 'amount'],
      ['open-above-amount', 'openAmount'],
      ['open-below-zero', 'openAmount'],
      ['name-too-long', 'customerName'],
    ]);
    expect(read.notes.map(({ outcome }) => outcome)).not.toContain('left-out');
    expect(read.notes[6]?.reason?.sentence).toBe('₹71.00 is open of a document of only ₹70.00.');
    expect(read.notes[2]?.reason?.sentence).toContain('31-02-2026');
    // Where the amount could be read the row still counts in the file's sum.
    expect(read.currencies).toEqual([
      {
        currency: 'INR',
        fileMinor: 1000 + 2000 + 3000 + 4000 + 7000 + 8000 + 9000,
        takenMinor: 0,
        refusedMinor: 1000 + 2000 + 3000 + 4000 + 7000 + 8000 + 9000,
        leftOutMinor: 0,
      },
    ]);
  });

  it('are refused while nobody has said which order their dates have, and taken once somebody has', () => {
    const grid = gridOf(['Party|Date|Amount', 'A|01/02/2026|5', 'B|05/05/2026|6']);
    const undecided = readAll(grid);
    expect(codesOf(undecided)).toEqual([[2, 'refused', 'date-order-ambiguous']]);
    expect(undecided.doubts).toMatchObject([{ code: 'date-order-ambiguous', values: { rowCount: 1 } }]);
    expect(readAll(grid, { dateOrder: 'month-first' }).documents[0]?.day).toBe('2026-01-02');
  });

  it('keep their row numbers across blank rows, which count for nothing', () => {
    const read = readAll(
      gridOf([HEAD, '', 'Asha|B/1|25-10-2026||10|10', '', '', '|B/2|25-10-2026||10|10', '', '']),
    );
    expect(read).toMatchObject({ fileRowCount: 2, documents: [{ row: 3 }], notes: [{ row: 6 }] });
  });
});
