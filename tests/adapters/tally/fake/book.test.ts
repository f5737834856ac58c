import { describe, expect, it } from 'vitest';
import { createFakeCompany, type FakeCompany } from '#tests/fakes/tally/book.ts';
import { dueDay, fromJd, keptPeriod, longDay, readDay, shortDay, toJd } from '#tests/fakes/tally/calendar.ts';
import { balancesOf, billsOf } from '#tests/fakes/tally/balances.ts';
import { demoCompany } from '#tests/fakes/tally/demo.ts';
import { outstandingOf } from '#tests/fakes/tally/oracle.ts';

function shop(): FakeCompany {
  const company = createFakeCompany({ name: 'Test P Ltd', booksFrom: '2025-04-01' });
  company.createLedger({
    name: 'Customer',
    parent: 'Sundry Debtors',
    billWise: true,
    creditPeriod: '30 Days',
  });
  company.createLedger({ name: 'Sales', parent: 'Sales Accounts' });
  company.createLedger({ name: 'Bank', parent: 'Bank Accounts' });
  return company;
}

function sell(company: FakeCompany, ref: string, { date = '2025-05-01', amount = 1000_00 } = {}): number {
  return company.createVoucher({
    type: 'Sales',
    date,
    lines: [
      { ledger: 'Customer', amount, bills: [{ type: 'New Ref', ref, amount }] },
      { ledger: 'Sales', amount: -amount },
    ],
  }).masterId;
}

function pay(company: FakeCompany, amount: number, { date = '2025-06-01', ref = '' } = {}): number {
  return company.createVoucher({
    type: 'Receipt',
    date,
    lines: [
      { ledger: 'Bank', amount },
      {
        ledger: 'Customer',
        amount: -amount,
        bills: ref === '' ? [] : [{ type: 'Agst Ref', ref, amount: -amount }],
      },
    ],
  }).masterId;
}

const party = (company: FakeCompany, asOf: string) =>
  outstandingOf(company, asOf).find(({ name }) => name === 'Customer');

describe('the counters of a company', () => {
  it('move by one for a creation, an alteration, a cancelling and a saving without change', () => {
    const company = shop();
    const steps: number[] = [];
    const step = (act: () => void): void => {
      const before = company.view().voucherCounter;
      act();
      steps.push(company.view().voucherCounter - before);
    };
    let id = 0;
    step(() => (id = sell(company, 'A')));
    step(() => company.alterVoucher(id, { narration: 'x' }));
    step(() => company.alterVoucher(id, {}));
    step(() => company.makeOptional(id));
    step(() => company.makeOptional(id, false));
    step(() => company.cancelVoucher(id));
    step(() => company.deleteVoucher(id));
    expect(steps).toEqual([1, 1, 1, 2, 2, 1, 2]);
  });

  it('rename a ledger by moving ALTMSTID alone, and leave the AlterID of its vouchers', () => {
    const company = shop();
    const id = sell(company, 'A');
    const before = { ...company.view(), alterId: company.voucher(id).alterId };
    const renamed = company.renameLedger('Customer', 'Client');
    expect(company.view().masterCounter).toBe(before.masterCounter + 1);
    expect(company.view().voucherCounter).toBe(before.voucherCounter);
    expect(company.voucher(id).alterId).toBe(before.alterId);
    expect(renamed.alterId).toBe(company.view().masterCounter);
  });

  it('number vouchers anew without any AlterID', () => {
    const company = shop();
    const ids = [sell(company, 'A', { date: '2025-05-03' }), sell(company, 'B', { date: '2025-05-01' })];
    const before = company.view();
    company.renumber('Sales');
    expect(ids.map((id) => company.voucher(id).number)).toEqual(['2', '1']);
    expect(company.view().voucherCounter).toBe(before.voucherCounter);
    expect(ids.map((id) => company.voucher(id).alterId)).toEqual(
      ids.map((id) => before.vouchers.get(id)?.alterId),
    );
  });

  it('fall back with a restored backup, under the same GUIDs', () => {
    const company = shop();
    const kept = sell(company, 'A');
    const backup = company.backup();
    const lost = sell(company, 'B');
    company.renameLedger('Customer', 'Client');
    company.restore(backup);
    expect(company.view().voucherCounter).toBe(backup.book.voucherCounter);
    expect(company.view().masterCounter).toBe(backup.book.masterCounter);
    expect(company.voucher(kept).alterId).toBe(1);
    expect(() => company.voucher(lost)).toThrow();
    expect(company.ledger('Customer').name).toBe('Customer');
    // The next voucher takes the number of the lost one: ids alone do not tell them apart.
    expect(sell(company, 'C')).toBe(lost);
  });
});

describe('the keys of a voucher', () => {
  it('count the vouchers of a day by eight, and follow a changed day', () => {
    const company = shop();
    const [first, second] = [sell(company, 'A'), sell(company, 'B')];
    expect([company.voucher(first).sequence, company.voucher(second).sequence]).toEqual([8, 16]);
    company.alterVoucher(second, { date: '2025-05-09' });
    expect(company.voucher(second).sequence).toBe(8);
    company.alterVoucher(second, { narration: 'same day' });
    expect(company.voucher(second).sequence).toBe(8);
  });
});

describe('bills', () => {
  it('are what was billed less what was set against them, and the rest is on account', () => {
    const company = shop();
    sell(company, 'A');
    sell(company, 'B', { date: '2025-05-10' });
    pay(company, 400_00, { ref: 'A' });
    pay(company, 250_00);
    expect(party(company, '2025-12-31')).toMatchObject({
      closing: 1350_00,
      onAccount: -250_00,
      bills: [
        { ref: 'A', billDay: '2025-05-01', dueDay: '2025-05-31', balance: 600_00 },
        { ref: 'B', billDay: '2025-05-10', dueDay: '2025-06-09', balance: 1000_00 },
      ],
    });
    expect(party(company, '2025-05-15')?.onAccount).toBe(0);
  });

  it('take their day and terms from the bill itself, however early money was set against it', () => {
    const company = shop();
    const bill = sell(company, 'A', { date: '2025-07-01' });
    pay(company, 100_00, { ref: 'A', date: '2025-06-01' });
    expect(party(company, '2025-12-31')?.bills).toMatchObject([
      { billDay: '2025-07-01', dueDay: '2025-07-31' },
    ]);
    company.alterVoucher(bill, {
      lines: [
        {
          ledger: 'Customer',
          amount: 1000_00,
          bills: [{ type: 'New Ref', ref: 'A', amount: 1000_00, billDate: '2025-08-01', period: '1 Month' }],
        },
        { ledger: 'Sales', amount: -1000_00 },
      ],
    });
    const expected = { billDay: '2025-08-01', dueDay: '2025-09-01', balance: 900_00 };
    expect(party(company, '2025-12-31')?.bills).toMatchObject([expected]);
    expect(billsOf(company.view(), '2025-12-31')).toMatchObject([expected]);
  });

  it('are untouched by optional, cancelled and memorandum vouchers, and by post-dated ones until their day', () => {
    const company = shop();
    const id = sell(company, 'A');
    company.makeOptional(id);
    expect(party(company, '2025-12-31')?.closing).toBe(0);
    company.makeOptional(id, false);
    company.cancelVoucher(pay(company, 100_00, { ref: 'A' }));
    company.createVoucher({
      type: 'Memorandum',
      date: '2025-06-01',
      lines: [
        { ledger: 'Customer', amount: 5_00 },
        { ledger: 'Sales', amount: -5_00 },
      ],
    });
    company.createVoucher({
      type: 'Receipt',
      date: '2025-10-01',
      postDated: true,
      lines: [
        { ledger: 'Bank', amount: 1000_00 },
        { ledger: 'Customer', amount: -1000_00, bills: [{ type: 'Agst Ref', ref: 'A', amount: -1000_00 }] },
      ],
    });
    expect(party(company, '2025-09-30')).toMatchObject({ closing: 1000_00, bills: [{ ref: 'A' }] });
    expect(party(company, '2025-10-01')).toMatchObject({ closing: 0, bills: [] });
  });

  it('change their worth with a revaluation although no voucher and no counter moved', () => {
    const company = shop();
    sell(company, 'A');
    const before = company.view().voucherCounter;
    company.revalue('Customer', 'A', { from: '2025-06-01', amount: 50_00 });
    expect(party(company, '2025-06-01')).toMatchObject({ closing: 1050_00, bills: [{ balance: 1050_00 }] });
    expect(party(company, '2025-05-31')).toMatchObject({ closing: 1000_00 });
    expect(company.view().voucherCounter).toBe(before);
  });

  it('come to the same in the replies as in the oracle, for a whole trading company on any day', () => {
    const company = demoCompany({ ledgers: 60, bills: 80, vouchers: 700, seed: 7, today: '2026-11-20' });
    for (const asOf of ['2025-03-31', '2025-09-30', '2026-04-01', '2026-11-20']) {
      const book = company.view();
      const { closing } = balancesOf(book, { from: book.booksFrom, to: asOf });
      const bills = billsOf(book, asOf).filter(({ balance }) => balance !== 0);
      for (const known of outstandingOf(company, asOf)) {
        const ledger = company.ledger(known.name);
        expect(closing.get(ledger.masterId)).toBe(known.closing);
        const own = bills.filter(({ ledgerId }) => ledgerId === ledger.masterId);
        const terms = (bill: { ref: string; billDay: string; dueDay: string; balance: number }): string =>
          `${bill.ref} ${bill.billDay} ${bill.dueDay} ${bill.balance}`;
        expect(own.map(terms).sort()).toEqual(known.bills.map(terms).sort());
      }
    }
  });
});

describe('a split company', () => {
  it('keeps the GUID and owes the same, with bills of before as openings', () => {
    const company = shop();
    sell(company, 'A');
    pay(company, 300_00, { ref: 'A' });
    sell(company, 'B', { date: '2026-05-01' });
    const young = company.splitCompany('2026-04-01');
    expect([young.guid, young.name]).toEqual([company.guid, company.name]);
    expect(young.view().number).not.toBe(company.view().number);
    expect(young.view().booksFrom).toBe('2026-04-01');
    expect(party(young, '2026-12-31')).toEqual(party(company, '2026-12-31'));
    expect(young.vouchers()).toHaveLength(1);
    expect(young.ledger('Customer').openingBills).toMatchObject([
      { ref: 'A', billDate: '2025-05-01', amount: 700_00 },
    ]);
  });
});

describe('days as Tally counts and writes them', () => {
  it.each([
    ['1900-01-01', 1],
    ['2025-03-08', 45723],
    ['2018-03-31', 43189],
  ])('counts %s as %i', (day, jd) => {
    expect(toJd(day)).toBe(jd);
    expect(fromJd(jd)).toBe(day);
  });

  it.each([
    ['2026-01-31', '1 Month', '2026-02-28'],
    ['2026-01-31', '2 Months', '2026-03-31'],
    ['2026-01-10', '3 Weeks', '2026-01-31'],
    ['2026-01-10', '1 Days', '2026-01-11'],
    ['2026-01-10', '', '2026-01-10'],
    ['2018-03-01', '31-Mar-2018', '2018-03-31'],
  ])('takes %s with %s to %s', (from, period, due) => {
    expect(dueDay(from, period)).toBe(due);
  });

  it('reads the forms of a date, and none that does not exist', () => {
    expect(['20220401', '1-Apr-2022', '01-04-2022', '1-Apr-22'].map(readDay)).toEqual(
      Array(4).fill('2022-04-01'),
    );
    expect(readDay('20240631')).toBeNull();
    expect([shortDay('2026-03-01'), shortDay('2108-12-01'), longDay('2018-03-31')]).toEqual([
      '1-Mar-26',
      '1-Dec-2108',
      '31-Mar-2018',
    ]);
    expect([keptPeriod('9999 Days'), keptPeriod('10000 Days')]).toEqual(['9999 Days', '']);
  });
});
