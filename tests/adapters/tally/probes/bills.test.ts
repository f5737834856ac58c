import { describe, expect, it } from 'vitest';
import type { FakeCompany } from '../../../fakes/tally/book.ts';
import { COMPANY, collection, oldReport, report } from './envelopes.ts';
import { billsOf, rowsOf, valueOf, type BillSeen } from './look.ts';
import { ask } from './wire.ts';
import { customer, emptyCompany, hasSamples, receipt, sale, sample, tallyOf } from './world.ts';

const AS_OF = '20260331';

const receivable = (to = AS_OF): string =>
  report('Bills Receivable', { company: COMPANY, from: '20250401', to });

async function seen(book: FakeCompany, xml = receivable()): Promise<readonly BillSeen[]> {
  const tally = await tallyOf([book]);
  return billsOf((await ask(tally.port, xml)).text);
}

describe('what a client sees of Bills Receivable', () => {
  // PROTOCOL 1.6, 6.3.12: the whole reply, letter by letter.
  it('reads flat rows without HEADER or STATUS, and BILLFIXED closed at the first column', async () => {
    const book = emptyCompany();
    customer(book, 'Sharma & Sons', { creditPeriod: '30 Days' });
    sale(book, 'Sharma & Sons', { ref: 'S-1', date: '2025-12-05', amount: 16_638_000 });
    sale(book, 'Sharma & Sons', { ref: 'S-2', date: '2026-03-20', amount: 105 });
    const tally = await tallyOf([book]);
    const { text } = await ask(tally.port, receivable());
    expect(text.replace('<BILLOVERDUE/>', '<BILLOVERDUE></BILLOVERDUE>')).toBe(
      [
        '<ENVELOPE>',
        ' <BILLFIXED>',
        '  <BILLDATE>5-Dec-25</BILLDATE>',
        '  <BILLREF>S-1</BILLREF>',
        '  <BILLPARTY>Sharma &amp; Sons</BILLPARTY>',
        '</BILLFIXED>',
        ' <BILLCL>-166380.00</BILLCL>',
        ' <BILLDUE>4-Jan-26</BILLDUE>',
        ' <BILLOVERDUE>86</BILLOVERDUE>',
        ' <BILLFIXED>',
        '  <BILLDATE>20-Mar-26</BILLDATE>',
        '  <BILLREF>S-2</BILLREF>',
        '  <BILLPARTY>Sharma &amp; Sons</BILLPARTY>',
        '</BILLFIXED>',
        ' <BILLCL>-1.05</BILLCL>',
        ' <BILLDUE>19-Apr-26</BILLDUE>',
        ' <BILLOVERDUE></BILLOVERDUE>',
        '</ENVELOPE>',
        '',
      ].join('\r\n'),
    );
  });

  // Sample p00: the six bills of a real Tally, made again.
  it.skipIf(!hasSamples)('reads what a real Tally said of the same six bills, byte for byte', async () => {
    const known = sample('live-captures/p00_A_anchors_bills_receivable.xml');
    const book = emptyCompany();
    for (const bill of [...billsOf(known)].reverse()) {
      customer(book, bill.party);
      const [day = '', month = '', year = ''] = bill.date.split('-');
      const number = String('JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(month) / 3 + 1).padStart(2, '0');
      const amount = Number(bill.closing.replace('.', '').replace('-', ''));
      sale(book, bill.party, { ref: bill.ref, date: `20${year}-${number}-${day.padStart(2, '0')}`, amount });
    }
    const tally = await tallyOf([book]);
    expect((await ask(tally.port, receivable())).text).toBe(known);
  });

  // PROTOCOL 1.6: bill date, then party, then ref; Latin before Devanagari.
  it('reads bills by date, then party, then reference, Hindi names last', async () => {
    const book = emptyCompany();
    for (const party of ['शर्मा', 'Bose', 'Anand']) {
      customer(book, party);
      sale(book, party, { ref: 'B-2', date: '2025-07-01', amount: 100 });
      sale(book, party, { ref: 'B-1', date: '2025-07-01', amount: 100 });
    }
    sale(book, 'शर्मा', { ref: 'B-3', date: '2025-06-30', amount: 100 });
    const rows = (await seen(book)).map((bill) => `${bill.date} ${bill.party} ${bill.ref}`);
    expect(rows).toEqual([
      '30-Jun-25 शर्मा B-3',
      '1-Jul-25 Anand B-1',
      '1-Jul-25 Anand B-2',
      '1-Jul-25 Bose B-1',
      '1-Jul-25 Bose B-2',
      '1-Jul-25 शर्मा B-1',
      '1-Jul-25 शर्मा B-2',
    ]);
  });

  // PROTOCOL 1.6, 2.5
  it('reads a due date that is the bill date and the period by the calendar', async () => {
    const cases: readonly (readonly [date: string, period: string, due: string])[] = [
      ['2026-01-31', '1 Month', '28-Feb-26'],
      ['2026-01-31', '1 Months', '28-Feb-26'],
      ['2025-12-31', '2 Months', '28-Feb-26'],
      ['2025-11-15', '3 Weeks', '6-Dec-25'],
      ['2025-11-15', '45 Days', '30-Dec-25'],
      ['2025-11-15', '1 Days', '16-Nov-25'],
      ['2025-11-15', '31-Mar-2026', '31-Mar-26'],
      ['2025-11-15', '', '15-Nov-25'],
      ['2025-11-15', '10000 Days', '15-Nov-25'],
      ['2025-11-15', '1000 Months', '15-Mar-09'],
    ];
    for (const [date, period, due] of cases) {
      const book = emptyCompany();
      customer(book, 'Anand');
      sale(book, 'Anand', { date, amount: 100, period });
      const [bill] = await seen(book);
      // A year from 2100 on has four digits.
      expect(bill?.due, `${date} ${period}`).toBe(period === '1000 Months' ? '15-Mar-2109' : due);
    }
  });

  // PROTOCOL 1.6: 76 rows checked.
  it('can work out the days overdue from the as-of date and the due date', async () => {
    const book = emptyCompany();
    customer(book, 'Anand', { creditPeriod: '10 Days' });
    sale(book, 'Anand', { ref: 'B-1', date: '2025-04-02', amount: 100 });
    sale(book, 'Anand', { ref: 'B-2', date: '2025-05-01', amount: 100 });
    sale(book, 'Anand', { ref: 'B-3', date: '2025-05-21', amount: 100 });
    const tally = await tallyOf([book]);
    const rows = billsOf((await ask(tally.port, receivable('20250531'))).text);
    expect(rows.map((bill) => bill.overdue)).toEqual(['49', '20', expect.stringMatching(/^0?$/)]);
    const earlier = billsOf((await ask(tally.port, receivable('20250502'))).text);
    expect(earlier.map((bill) => [bill.ref, bill.overdue])).toEqual([
      ['B-1', '20'],
      ['B-2', ''],
    ]);
  });

  // PROTOCOL 1.6: as-of = SVTODATE.
  it('sees a bill open on the days before it was paid, for what was open then', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    sale(book, 'Anand', { ref: 'B-1', date: '2025-06-10', amount: 100_000 });
    receipt(book, 'Anand', { date: '2025-08-10', amount: 40_000, ref: 'B-1' });
    receipt(book, 'Anand', { date: '2025-10-10', amount: 60_000, ref: 'B-1' });
    const tally = await tallyOf([book]);
    const open = async (to: string): Promise<readonly string[]> =>
      billsOf((await ask(tally.port, receivable(to))).text).map((bill) => bill.closing);
    expect(await open('20250609')).toEqual([]);
    expect(await open('20250610')).toEqual(['-1000.00']);
    expect(await open('20250930')).toEqual(['-600.00']);
    expect(await open('20251010')).toEqual([]);
  });

  // PROTOCOL 1.6, 6.3.12: by sign of the balance, not by group.
  it('finds a supplier who owes among the receivables and a customer in credit among the payables', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    book.createLedger({ name: 'Supplier', parent: 'Sundry Creditors', billWise: true });
    book.createVoucher({
      type: 'Payment',
      date: '2025-06-01',
      lines: [
        { ledger: 'Supplier', amount: 5000, bills: [{ type: 'Advance', ref: 'ADV-S', amount: 5000 }] },
        { ledger: 'HDFC Bank', amount: -5000 },
      ],
    });
    book.createVoucher({
      type: 'Receipt',
      date: '2025-06-02',
      lines: [
        { ledger: 'HDFC Bank', amount: 7000 },
        { ledger: 'Anand', amount: -7000, bills: [{ type: 'Advance', ref: 'ADV-C', amount: -7000 }] },
      ],
    });
    const tally = await tallyOf([book]);
    const rows = async (id: string): Promise<readonly string[]> =>
      billsOf(
        (await ask(tally.port, report(id, { company: COMPANY, from: '20250401', to: AS_OF }))).text,
      ).map((bill) => `${bill.party} ${bill.ref} ${bill.closing}`);
    expect(await rows('Bills Receivable')).toEqual(['Supplier ADV-S -50.00']);
    expect(await rows('Bills Payable')).toEqual(['Anand ADV-C 70.00']);
  });

  // PROTOCOL 0.5, 1.6, 6.3.12
  it('has to find the money on account by itself: ledger closing less the bills', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    book.createLedger({ name: 'Cash party', parent: 'Sundry Debtors', billWise: false });
    sale(book, 'Anand', { ref: 'B-1', date: '2025-06-10', amount: 100_000 });
    receipt(book, 'Anand', { date: '2025-06-20', amount: 30_000 });
    sale(book, 'Cash party', { ref: 'X-1', date: '2025-06-10', amount: 55_500 });
    const tally = await tallyOf([book]);
    const bills = billsOf((await ask(tally.port, receivable())).text);
    expect(bills.map((bill) => `${bill.ref} ${bill.closing}`)).toEqual(['B-1 -1000.00']);
    const xml = collection({
      type: 'Ledger',
      fetch: 'Name,ClosingBalance,IsBillWiseOn',
      company: COMPANY,
      to: AS_OF,
      filter: '$$IsLedOfGrp:$Name:$$GroupSundryDebtors',
    });
    const [anand = '', cash = ''] = rowsOf((await ask(tally.port, xml)).text, 'LEDGER');
    expect(valueOf(anand, 'CLOSINGBALANCE')).toBe('-700.00');
    expect(valueOf(cash, 'CLOSINGBALANCE')).toBe('-555.00');
    expect(valueOf(cash, 'ISBILLWISEON')).toBe('No');
  });

  // PROTOCOL 1.4, 2.6: bills of before the books began.
  it('finds opening bills under their own dates, and in the ledger as p11 shows them', async () => {
    const book = emptyCompany();
    book.createLedger({
      name: 'Pune Digital',
      parent: 'Sundry Debtors',
      billWise: true,
      opening: 35_505_765,
      openingBills: [{ ref: 'Op/1', billDate: '2022-03-31', amount: 6_250_000 }],
    });
    const tally = await tallyOf([book]);
    const [bill] = billsOf((await ask(tally.port, receivable())).text);
    expect(bill).toEqual({
      date: '31-Mar-22',
      ref: 'Op/1',
      party: 'Pune Digital',
      closing: '-62500.00',
      due: '31-Mar-22',
      overdue: '1461',
    });
    const xml = collection({
      type: 'Ledger',
      fetch: 'Name,OpeningBalance,BillAllocations.*',
      company: COMPANY,
    });
    const row =
      rowsOf((await ask(tally.port, xml)).text, 'LEDGER').find((each) => each.includes('Pune')) ?? '';
    expect(row).toContain('<OPENINGBALANCE TYPE="Amount">-355057.65</OPENINGBALANCE>');
    expect(row).toContain(
      [
        '     <BILLALLOCATIONS.LIST>',
        '      <BILLDATE>20220331</BILLDATE>',
        '      <YEAREND/>',
        '      <NAME>Op/1</NAME>',
        '      <BILLCREDITPERIOD/>',
        '      <ISADVANCE/>',
        '      <OPENINGBALANCE>-62500.00</OPENINGBALANCE>',
        '      <INTERESTCOLLECTION.LIST>      </INTERESTCOLLECTION.LIST>',
        '     </BILLALLOCATIONS.LIST>',
      ].join('\r\n'),
    );
  });

  // PROTOCOL 0.8: a bill is known by its party and its name.
  it('sees two bills where two parties use one reference', async () => {
    const book = emptyCompany();
    for (const party of ['Anand', 'Bose']) {
      customer(book, party);
      sale(book, party, { ref: '17', date: '2025-06-10', amount: 1000 });
    }
    receipt(book, 'Bose', { date: '2025-06-11', amount: 400, ref: '17' });
    expect((await seen(book)).map((bill) => `${bill.party} ${bill.closing}`)).toEqual([
      'Anand -10.00',
      'Bose -6.00',
    ]);
  });

  // PROTOCOL 1.0, 6.2
  it('reads the same bytes through the old envelope', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    sale(book, 'Anand', { ref: 'B-1', date: '2025-06-10', amount: 100_000 });
    const tally = await tallyOf([book]);
    const old = await ask(
      tally.port,
      oldReport('Bills Receivable', { company: COMPANY, from: '20250401', to: AS_OF }),
    );
    expect(old.body.equals((await ask(tally.port, receivable())).body)).toBe(true);
  });

  // PROTOCOL 1.6: the other way to the same bills, with a STATUS.
  it('finds the same open bills in a collection of type Bills', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    sale(book, 'Anand', { ref: 'B-1', date: '2025-06-10', amount: 100_000 });
    sale(book, 'Anand', { ref: 'B-2', date: '2025-06-11', amount: 5_000 });
    receipt(book, 'Anand', { date: '2025-06-12', amount: 100_000, ref: 'B-1' });
    const tally = await tallyOf([book]);
    const xml = collection({
      type: 'Bills',
      fetch: 'Name,Parent,BillDate,ClosingBalance',
      company: COMPANY,
      from: '20250401',
      to: AS_OF,
      filter: 'NOT $$IsEmpty:$ClosingBalance',
    });
    const { text } = await ask(tally.port, xml);
    expect(text).toContain('<STATUS>1</STATUS>');
    const rows = rowsOf(text, 'BILLS').length > 0 ? rowsOf(text, 'BILLS') : rowsOf(text, 'BILL');
    expect(rows.map((row) => valueOf(row, 'CLOSINGBALANCE')?.trim())).toEqual(['-50.00']);
    expect(valueOf(rows[0] ?? '', 'PARENT')).toBe('Anand');
  });

  // PROTOCOL 1.6, 6.2: the other stock report. No capture of it is known; that it has the same rows is a guess.
  it('reads the bills of one ledger in the same rows', async () => {
    const book = emptyCompany();
    for (const party of ['Anand', 'Bose']) {
      customer(book, party);
      sale(book, party, { ref: `${party}-1`, date: '2025-06-10', amount: 100_000 });
    }
    const tally = await tallyOf([book]);
    const xml = report('Ledger Outstandings', { company: COMPANY, from: '20250401', to: AS_OF }).replace(
      '</STATICVARIABLES>',
      '<LEDGERNAME>Bose</LEDGERNAME></STATICVARIABLES>',
    );
    const bills = billsOf((await ask(tally.port, xml)).text);
    expect(bills.map((bill) => `${bill.party} ${bill.ref} ${bill.closing}`)).toEqual([
      'Bose Bose-1 -1000.00',
    ]);
  });
});
