import { describe, expect, it } from 'vitest';
import { COMPANY, collection, report } from './envelopes.ts';
import { attributeOf, billsOf, listsOf, rowsOf, valueOf, valuesOf } from './look.ts';
import { ask } from './wire.ts';
import { customer, emptyCompany, receipt, sale, tallyOf } from './world.ts';

type Wish = Partial<Parameters<typeof collection>[0]>;

async function ledger(tally: { readonly port: number }, name: string, wish: Wish): Promise<string> {
  const xml = collection({ type: 'Ledger', fetch: 'Name', company: COMPANY, ...wish });
  const rows = rowsOf((await ask(tally.port, xml)).text, 'LEDGER');
  return rows.find((row) => attributeOf(row, 'NAME') === name) ?? '';
}

const CONTACT = {
  mailingName: 'Anand Traders',
  address: ['12 Ring Road', 'Mob:9822012345'],
  state: 'Gujarat',
  country: 'India',
  pinCode: '395002',
  email: 'a@example.in',
  emailCc: 'b@example.in',
  phone: '0261-2200000',
  mobile: '9822012345',
  isdCode: '+91',
  person: 'Mr Anand',
  pan: 'AAAPA1234A',
  gstin: '24AAAPA1234A1Z5',
};

describe('what a client sees of a ledger', () => {
  // PROTOCOL 0.6, 1.1, 1.3
  it('finds a GUID that is the company and the number of the master in eight hex digits', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    const tally = await tallyOf([book]);
    const row = await ledger(tally, 'Anand', { fetch: 'Name,GUID,MasterID' });
    const master = Number(valueOf(row, 'MASTERID'));
    expect(master).toBeGreaterThan(0);
    expect(valueOf(row, 'GUID')).toBe(`${book.guid}-${master.toString(16).padStart(8, '0')}`);
  });

  // PROTOCOL 1.3: the tags of what a reminder needs.
  it('finds phones, mail, address, PAN, GSTIN and credit terms under their own tags', async () => {
    const book = emptyCompany();
    book.createLedger({
      name: 'Anand',
      parent: 'Sundry Debtors',
      billWise: true,
      creditPeriod: '45 Days',
      creditLimit: 500_000,
      contact: CONTACT,
    });
    const tally = await tallyOf([book]);
    const row = await ledger(tally, 'Anand', {
      fetch:
        'Name,IsBillWiseOn,BillCreditPeriod,CreditLimit,MailingName,Address,LedStateName,CountryName,PinCode,Email,' +
        'EmailCC,LedgerPhone,LedgerMobile,LedgerCountryISDCode,LedgerContact,IncomeTaxNumber,PartyGSTIN',
    });
    expect(row).toContain(
      [
        '     <ADDRESS.LIST TYPE="String">',
        '      <ADDRESS>12 Ring Road</ADDRESS>',
        '      <ADDRESS>Mob:9822012345</ADDRESS>',
        '     </ADDRESS.LIST>',
      ].join('\r\n'),
    );
    const tags = {
      EMAIL: 'a@example.in',
      EMAILCC: 'b@example.in',
      LEDGERPHONE: '0261-2200000',
      LEDGERMOBILE: '9822012345',
      LEDGERCOUNTRYISDCODE: '+91',
      LEDGERCONTACT: 'Mr Anand',
      INCOMETAXNUMBER: 'AAAPA1234A',
      PARTYGSTIN: '24AAAPA1234A1Z5',
      LEDSTATENAME: 'Gujarat',
      PINCODE: '395002',
      ISBILLWISEON: 'Yes',
      BILLCREDITPERIOD: '45 Days',
    };
    for (const [tag, value] of Object.entries(tags)) expect(valueOf(row, tag), tag).toBe(value);
    expect(valueOf(row, 'CREDITLIMIT')).toMatch(/^-?5000\.00$/);
  });

  // PROTOCOL 1.3, 2.9: from Prime 3 on.
  it('may find the GSTIN and the address only in dated lists of a newer Tally', async () => {
    const book = emptyCompany();
    book.createLedger({ name: 'Anand', parent: 'Sundry Debtors', contact: { ...CONTACT, dated: true } });
    const tally = await tallyOf([book], { profile: { product: 'prime7' } });
    const fetch = 'Name,PartyGSTIN,Address,LedGSTRegDetails.*,LedMailingDetails.*';
    const row = await ledger(tally, 'Anand', { fetch });
    expect(valueOf(row, 'PARTYGSTIN') ?? '').toBe('');
    const [gst = ''] = listsOf(row, 'LEDGSTREGDETAILS.LIST', 5);
    expect(valueOf(gst, 'GSTIN')).toBe('24AAAPA1234A1Z5');
    expect(valueOf(gst, 'APPLICABLEFROM')).toMatch(/^\d{8}$/);
    const [mailing = ''] = listsOf(row, 'LEDMAILINGDETAILS.LIST', 5);
    expect([valueOf(mailing, 'PINCODE'), valueOf(mailing, 'STATE')]).toEqual(['395002', 'Gujarat']);
    expect(valuesOf(mailing, 'ADDRESS')).toEqual(['12 Ring Road', 'Mob:9822012345']);
  });

  // PROTOCOL 2.4: two decimals, no grouping.
  it.each([
    [5, '-0.05'],
    [12_345_678_910, '-123456789.10'],
    [-700, '7.00'],
  ])('reads %i paise of debit as %s', async (amount, text) => {
    const book = emptyCompany();
    book.createLedger({ name: 'Anand', parent: 'Sundry Debtors', opening: amount });
    const tally = await tallyOf([book]);
    expect(valueOf(await ledger(tally, 'Anand', { fetch: 'Name,ClosingBalance' }), 'CLOSINGBALANCE')).toBe(
      text,
    );
  });

  // PROTOCOL 2.6: CE C45.
  it('reads the balance at the start of the screen when it asks for a day before it', async () => {
    const book = emptyCompany({ booksFrom: '2024-04-01', display: { from: '2025-04-01', to: '2026-03-31' } });
    customer(book, 'Anand');
    sale(book, 'Anand', { ref: 'B-1', date: '2024-06-01', amount: 100 });
    sale(book, 'Anand', { ref: 'B-2', date: '2024-12-01', amount: 100 });
    sale(book, 'Anand', { ref: 'B-3', date: '2025-04-15', amount: 100 });
    const tally = await tallyOf([book]);
    const closing = async (to: string): Promise<string | undefined> =>
      valueOf(await ledger(tally, 'Anand', { fetch: 'Name,ClosingBalance', to }), 'CLOSINGBALANCE');
    expect(await closing('20240930')).toBe('-2.00');
    expect(await closing('20250415')).toBe('-3.00');
  });

  // PROTOCOL 1.4: the plain use of a function that kills when it points to itself.
  it('may count the opening bills of a ledger in a filter, and join filters by a comma', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    const openingBills = [{ ref: 'Op/1', billDate: '2024-12-31', amount: 500 }];
    book.createLedger({ name: 'Bose', parent: 'Sundry Debtors', billWise: true, opening: 500, openingBills });
    book.createLedger({
      name: 'Chitra',
      parent: 'Sundry Creditors',
      billWise: true,
      opening: 500,
      openingBills,
    });
    const tally = await tallyOf([book]);
    const names = async (wish: Wish): Promise<readonly (string | undefined)[]> =>
      rowsOf(
        (await ask(tally.port, collection({ type: 'Ledger', fetch: 'Name', company: COMPANY, ...wish })))
          .text,
        'LEDGER',
      ).map((row) => attributeOf(row, 'NAME'));
    expect(await names({ filter: '$$NumItems:BillAllocations > 0' })).toEqual(['Bose', 'Chitra']);
    const both = collection({
      type: 'Ledger',
      fetch: 'Name',
      company: COMPANY,
      filter: '$$NumItems:BillAllocations > 0',
    })
      .replace('<FILTERS>PrFilter<', '<FILTERS>PrFilter,PrSecond<')
      .replace(
        '</TDLMESSAGE>',
        '<SYSTEM TYPE="Formulae" NAME="PrSecond">$Parent = "Sundry Debtors"</SYSTEM></TDLMESSAGE>',
      );
    const rows = rowsOf((await ask(tally.port, both)).text, 'LEDGER');
    expect(rows.map((row) => attributeOf(row, 'NAME'))).toEqual(['Bose']);
  });

  // PROTOCOL 1.3: matching ignores case, spaces and hyphens.
  it('finds the bills of one party under any spelling of its name', async () => {
    const book = emptyCompany();
    for (const party of ['Anand-Sons', 'Bose']) {
      customer(book, party);
      sale(book, party, { ref: `R-${party}`, date: '2025-06-01', amount: 100 });
    }
    const tally = await tallyOf([book]);
    const xml = collection({
      type: 'Bills',
      fetch: 'Name,Parent,ClosingBalance',
      company: COMPANY,
      from: '20250401',
      to: '20260331',
      more: '<CHILDOF>"anand sons"</CHILDOF>',
    });
    const { text } = await ask(tally.port, xml);
    expect(text).toContain('R-Anand-Sons');
    expect(text).not.toContain('R-Bose');
  });
});

describe('what a client sees of bills that turn', () => {
  const both = async (
    tally: { readonly port: number },
    wish: Wish = {},
  ): Promise<readonly (readonly string[])[]> => {
    const seen: string[][] = [];
    for (const id of ['Bills Receivable', 'Bills Payable']) {
      const xml = report(id, { company: COMPANY, from: '20250401', to: '20260331', ...wish });
      seen.push(billsOf((await ask(tally.port, xml)).text).map((bill) => `${bill.ref} ${bill.closing}`));
    }
    return seen;
  };

  // PROTOCOL 1.6: by the sign of the balance.
  it('finds an overpaid bill among the payables', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    sale(book, 'Anand', { ref: 'B-1', date: '2025-06-01', amount: 100 });
    receipt(book, 'Anand', { date: '2025-06-02', amount: 160, ref: 'B-1' });
    const tally = await tallyOf([book]);
    expect(await both(tally)).toEqual([[], ['B-1 0.60']]);
    expect(await both(tally, { to: '20250601' })).toEqual([['B-1 -1.00'], []]);
  });

  // PROTOCOL 1.6: as-of is SVTODATE; where the period begins does not matter.
  it('finds old bills in a report that begins long after them', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    sale(book, 'Anand', { ref: 'B-1', date: '2025-06-01', amount: 100 });
    const tally = await tallyOf([book]);
    expect(await both(tally, { from: '20260301' })).toEqual([['B-1 -1.00'], []]);
  });

  // PROTOCOL 2.8
  it('misses the bill of a voucher that was cancelled', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    const masterId = sale(book, 'Anand', { ref: 'B-1', date: '2025-06-01', amount: 100 });
    sale(book, 'Anand', { ref: 'B-2', date: '2025-06-01', amount: 100 });
    book.cancelVoucher(masterId);
    expect(await both(await tallyOf([book]))).toEqual([['B-2 -1.00'], []]);
  });

  // PROTOCOL 2.4: unadjusted gain or loss.
  it('finds a foreign bill worth more though no counter has moved', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    sale(book, 'Anand', { ref: 'E-1', date: '2025-06-01', amount: 10_000 });
    const tally = await tallyOf([book]);
    const counters = collection({ type: 'Company', fetch: 'Name,AltMstId,AltVchId,AlterID' });
    const before = rowsOf((await ask(tally.port, counters)).text, 'COMPANY');
    book.revalue('Anand', 'E-1', { from: '2025-12-01', amount: 250 });
    expect(rowsOf((await ask(tally.port, counters)).text, 'COMPANY')).toEqual(before);
    expect(await both(tally)).toEqual([['E-1 -102.50'], []]);
    expect(valueOf(await ledger(tally, 'Anand', { fetch: 'Name,ClosingBalance' }), 'CLOSINGBALANCE')).toBe(
      '-102.50',
    );
  });
});
