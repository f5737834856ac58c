import { describe, expect, it } from 'vitest';
import type { FakeCompany } from '../../../fakes/tally/book.ts';
import { COMPANY, collection, report, type CollectionWish } from './envelopes.ts';
import { attributeOf, billsOf, dayNumber, listsOf, rowsOf, tagsOf, valueOf, valuesOf } from './look.ts';
import { ask } from './wire.ts';
import { customer, emptyCompany, hasSamples, receipt, sale, sample, tallyOf } from './world.ts';

const YEAR = { company: COMPANY, from: '20250401', to: '20260331' };
const HEADER =
  'Date,EffectiveDate,GUID,MasterID,AlterID,VoucherTypeName,VoucherNumber,PartyLedgerName,' +
  'IsCancelled,IsOptional,IsPostDated,IsInvoice,IsDeleted';

async function rows(
  tally: { readonly port: number },
  fetch: string,
  more: Partial<CollectionWish> = {},
): Promise<readonly string[]> {
  const xml = collection({ type: 'Voucher', fetch, ...YEAR, ...more });
  return rowsOf((await ask(tally.port, xml)).text, 'VOUCHER');
}

async function row(tally: { readonly port: number }, fetch: string): Promise<string> {
  return (await rows(tally, fetch))[0] ?? '';
}

async function closing(
  tally: { readonly port: number },
  ledger: string,
  to = '20260331',
): Promise<string | undefined> {
  const xml = collection({ type: 'Ledger', fetch: 'Name,ClosingBalance', company: COMPANY, to });
  const found = rowsOf((await ask(tally.port, xml)).text, 'LEDGER').find(
    (each) => attributeOf(each, 'NAME') === ledger,
  );
  return valueOf(found ?? '', 'CLOSINGBALANCE');
}

function paidBook(): FakeCompany {
  const book = emptyCompany();
  customer(book, 'Anand');
  sale(book, 'Anand', { ref: 'S012', date: '2026-01-10', amount: 23_246_000 });
  receipt(book, 'Anand', { date: '2026-03-01', amount: 23_246_000, ref: 'S012' });
  return book;
}

describe('what a client sees of a voucher', () => {
  // PROTOCOL 2.5: checked on 14 vouchers of 3 companies.
  it('can compute GUID, VCHKEY and VOUCHERKEY from the company, the day and the place in the day', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    for (const date of ['2026-03-01', '2026-03-01', '2025-04-01', '2026-03-01'])
      sale(book, 'Anand', { ref: `R${date}`, date, amount: 100 });
    const tally = await tallyOf([book]);
    const placeOf = new Map<string, number>();
    const found = await rows(tally, HEADER);
    expect(found).toHaveLength(4);
    for (const each of found) {
      const day = (valueOf(each, 'DATE') ?? '').replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
      const place = (placeOf.get(day) ?? 0) + 8;
      placeOf.set(day, place);
      const guid = `${book.guid}-${Number(valueOf(each, 'MASTERID')).toString(16).padStart(8, '0')}`;
      const hex = (value: number): string => value.toString(16).padStart(8, '0');
      expect(valueOf(each, 'GUID')).toBe(guid);
      expect(attributeOf(each, 'REMOTEID')).toBe(guid);
      expect(attributeOf(each, 'VCHKEY')).toBe(`${book.guid}-${hex(dayNumber(day))}:${hex(place)}`);
      expect(attributeOf(each, 'VCHTYPE')).toBe('Sales');
      expect(attributeOf(each, 'OBJVIEW')).toMatch(/ View$/);
      expect(valueOf(each, 'VOUCHERKEY')).toBe(String(BigInt(dayNumber(day)) * 2n ** 32n + BigInt(place)));
    }
    expect(dayNumber('2025-03-08')).toBe(45_723);
  });

  // PROTOCOL 2.1
  it('finds twelve fields it did not ask for', async () => {
    const tally = await tallyOf([paidBook()]);
    const tags = tagsOf(await row(tally, 'Date'));
    const unasked =
      'REQUESTORRULE NUMBERINGSTYLE PERSISTEDVIEW ISDELETED ASORIGINAL ASPAYSLIP ISDELETEDVCHRETAINED ' +
      'ISNEGISPOSSET VOUCHERKEY VOUCHERRETAINKEY REUSEHOLEID VOUCHERNUMBERSERIES';
    for (const tag of unasked.split(' ')) expect(tags, tag).toContain(tag);
    expect(tags).not.toContain('NARRATION');
    expect(tags).not.toContain('ALTERID');
  });

  // Sample p06: the receipt of a real Tally.
  it.skipIf(!hasSamples)(
    'finds the tags of an entry in the order of a real receipt, and its words',
    async () => {
      const known = rowsOf(sample('live-captures/p06_A_vouchers_nested.lastReceipt.xml'), 'VOUCHER')[0] ?? '';
      const tally = await tallyOf([paidBook()]);
      const fetch =
        'Date,GUID,Narration,VoucherTypeName,PartyLedgerName,VoucherNumber,MasterID,AllLedgerEntries.*';
      const made = (await rows(tally, fetch))[1] ?? '';
      const strip = (text: string): string =>
        text
          .replaceAll('Patel Enterprises', 'Anand')
          .replaceAll('HDFC Bank - Current A/c', 'HDFC Bank')
          .replaceAll(/(<BILLID TYPE="Number"> )\d+/g, '$1n');
      const madeEntries = listsOf(made, 'ALLLEDGERENTRIES.LIST', 5).map(strip);
      expect(madeEntries).toEqual(listsOf(known, 'ALLLEDGERENTRIES.LIST', 5).map(strip));
    },
  );

  // PROTOCOL 1.5: on receipts the party is often the bank, and both lines are party ledgers.
  it('finds the money with the entry of the customer, not with the party of the voucher', async () => {
    const tally = await tallyOf([paidBook()]);
    const made = (await rows(tally, 'Date,PartyLedgerName,AllLedgerEntries.*'))[1] ?? '';
    expect(valueOf(made, 'PARTYLEDGERNAME')).toBe('HDFC Bank');
    const [bank = '', anand = ''] = listsOf(made, 'ALLLEDGERENTRIES.LIST', 5);
    expect([valueOf(bank, 'LEDGERNAME'), valueOf(bank, 'AMOUNT')]).toEqual(['HDFC Bank', '-232460.00']);
    expect([valueOf(anand, 'BILLTYPE'), valueOf(anand, 'BILLDATE')]).toEqual(['Agst Ref', '20260110']);
    expect(valuesOf(made, 'ISPARTYLEDGER')).toEqual(['Yes', 'Yes']);
  });

  // PROTOCOL 1.5: as entered, never merged.
  it('finds one ledger twice where it was entered twice, in the order of entry', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    book.createVoucher({
      type: 'Journal',
      date: '2025-06-01',
      lines: [
        { ledger: 'Anand', amount: 300, bills: [{ type: 'New Ref', ref: 'J-1', amount: 300 }] },
        { ledger: 'Sales', amount: -500 },
        { ledger: 'Anand', amount: 200, bills: [{ type: 'New Ref', ref: 'J-2', amount: 200 }] },
      ],
    });
    const tally = await tallyOf([book]);
    const entries = listsOf(await row(tally, 'Date,AllLedgerEntries.*'), 'ALLLEDGERENTRIES.LIST', 5);
    const lines = entries.map((each) => `${valueOf(each, 'LEDGERNAME')} ${valueOf(each, 'AMOUNT')}`);
    expect(lines).toEqual(['Anand -3.00', 'Sales 5.00', 'Anand -2.00']);
  });

  // PROTOCOL 1.5, 6.3.13
  it('gets bill types wrong from a curated list, as each Tally gets them wrong, and right from the wildcard', async () => {
    const types = async (
      licence: 'edu' | 'licensed',
      fetch: string,
    ): Promise<readonly (readonly string[])[]> => {
      const tally = await tallyOf([paidBook()], { profile: { product: 'prime7', licence } });
      const text = (await rows(tally, `Date,${fetch}`)).join('');
      return [
        valuesOf(text, 'BILLTYPE'),
        valuesOf(listsOf(text, 'BILLALLOCATIONS.LIST', 6).join(''), 'NAME'),
      ];
    };
    const right = [
      ['New Ref', 'Agst Ref'],
      ['S012', 'S012'],
    ];
    const curated =
      'AllLedgerEntries.LedgerName,AllLedgerEntries.Amount,AllLedgerEntries.BillAllocations.Name,' +
      'AllLedgerEntries.BillAllocations.BillType,AllLedgerEntries.BillAllocations.Amount';
    const nested = 'AllLedgerEntries.LedgerName,AllLedgerEntries.BillAllocations.*';
    expect(await types('edu', 'AllLedgerEntries.*')).toEqual(right);
    expect(await types('licensed', 'AllLedgerEntries.*')).toEqual(right);
    expect(await types('licensed', nested)).toEqual(right);
    for (const fetch of [curated, nested]) {
      const [kinds = [], names = []] = await types('edu', fetch);
      expect(kinds).toEqual(['On Account', 'On Account']);
      expect(names.every((name) => name === '')).toBe(true);
    }
    const [kinds = []] = await types('licensed', curated);
    expect(kinds.filter((kind) => kind !== '')).toEqual([]);
  });
});

describe('what a client sees of the states of a voucher', () => {
  // PROTOCOL 2.8
  it('finds a cancelled voucher with its number and GUID, and empty otherwise', async () => {
    const book = paidBook();
    const [, paid] = book.vouchers();
    if (!paid) throw new Error('No receipt.');
    book.cancelVoucher(paid.masterId);
    const tally = await tallyOf([book]);
    const made = (await rows(tally, `${HEADER},AllLedgerEntries.*`))[1] ?? '';
    expect(valueOf(made, 'ISCANCELLED')).toBe('Yes');
    expect(valueOf(made, 'VOUCHERNUMBER')).toBe(paid.number);
    expect(valueOf(made, 'GUID')).toMatch(/-00000002$/);
    expect(valueOf(made, 'PARTYLEDGERNAME') ?? '').toBe('');
    expect(valueOf(made, 'PERSISTEDVIEW')).toBe('');
    expect(valueOf(made, 'EFFECTIVEDATE')).toBeUndefined();
    expect(made).toMatch(/<ALLLEDGERENTRIES\.LIST> +<\/ALLLEDGERENTRIES\.LIST>/);
    expect(await closing(tally, 'Anand')).toBe('-232460.00');
  });

  // PROTOCOL 2.8, 6.3.11
  it('finds an optional voucher with all its lines and no effect on balances or bills', async () => {
    const book = paidBook();
    book.makeOptional(2);
    const tally = await tallyOf([book]);
    const made = (await rows(tally, `${HEADER},AllLedgerEntries.*`))[1] ?? '';
    expect(valueOf(made, 'ISOPTIONAL')).toBe('Yes');
    expect(listsOf(made, 'ALLLEDGERENTRIES.LIST', 5)).toHaveLength(2);
    expect(await closing(tally, 'Anand')).toBe('-232460.00');
    const bills = billsOf((await ask(tally.port, report('Bills Receivable', YEAR))).text);
    expect(bills.map((bill) => bill.closing)).toEqual(['-232460.00']);
  });

  // PROTOCOL 2.8, 6.3.11
  it('counts a post-dated receipt once the period reaches its date', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    sale(book, 'Anand', { ref: 'B-1', date: '2025-06-01', amount: 10_000 });
    const masterId = receipt(book, 'Anand', { date: '2025-09-15', amount: 10_000, ref: 'B-1' });
    book.alterVoucher(masterId, { postDated: true });
    const tally = await tallyOf([book]);
    expect(valueOf((await rows(tally, HEADER))[1] ?? '', 'ISPOSTDATED')).toBe('Yes');
    expect(await closing(tally, 'Anand', '20250914')).toBe('-100.00');
    expect(await closing(tally, 'Anand', '20250915')).toMatch(/^(0\.00)?$/);
  });

  // PROTOCOL 2.8
  it('sees no effect of a memorandum', async () => {
    const book = paidBook();
    book.createVoucher({
      type: 'Memorandum',
      date: '2025-06-01',
      lines: [
        { ledger: 'Anand', amount: 99_900 },
        { ledger: 'Sales', amount: -99_900 },
      ],
    });
    const tally = await tallyOf([book]);
    expect(await rows(tally, 'Date')).toHaveLength(3);
    expect(await closing(tally, 'Anand')).toMatch(/^(0\.00)?$/);
  });

  // PROTOCOL 1.5: types are renamed and sub-typed; the class is what counts.
  it('is told the class of a voucher whose type a person has invented', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    book.createVoucherType({ name: 'GST Bill', base: 'Sales' });
    const lines = [
      { ledger: 'Anand', amount: 100 },
      { ledger: 'Sales', amount: -100 },
    ];
    book.createVoucher({ type: 'GST Bill', date: '2025-06-01', lines });
    book.createVoucher({ type: 'Journal', date: '2025-06-02', lines });
    const tally = await tallyOf([book]);
    const compute = ['KSales : $$IsSales:$VoucherTypeName', 'KJrn : $$IsJournal:$VoucherTypeName'];
    const classes = (await rows(tally, 'Date,VoucherTypeName', { compute })).map((each) =>
      ['VOUCHERTYPENAME', 'KSALES', 'KJRN'].map((tag) => valueOf(each, tag)?.trim()).join(' '),
    );
    expect(classes).toEqual(['GST Bill Yes No', 'Journal No Yes']);
  });
});

describe('what a client sees of odd words', () => {
  // PROTOCOL 2.3
  it('reads a line break inside a narration as two character references', async () => {
    const book = paidBook();
    book.alterVoucher(1, { narration: 'First & last\r\n<second> "line"' });
    const tally = await tallyOf([book]);
    const made = await row(tally, 'Date,Narration');
    expect(made).toContain('First &amp; last&#13;&#10;&lt;second&gt;');
    expect(valueOf(made, 'NARRATION')).toBe('First & last\r\n<second> "line"');
  });

  // PROTOCOL 2.5
  it('reads a credit period with the day it counts from', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    sale(book, 'Anand', { ref: 'B-1', date: '2025-06-01', amount: 100, period: '7 Days' });
    const tally = await tallyOf([book]);
    expect(await row(tally, 'Date,AllLedgerEntries.*')).toContain(
      `<BILLCREDITPERIOD JD="${dayNumber('2025-06-01')}" P="7 Days">7 Days</BILLCREDITPERIOD>`,
    );
  });

  // PROTOCOL 2.4: two blanks before the equals sign.
  it('reads a foreign amount with its rate and its worth at home', async () => {
    const book = emptyCompany();
    customer(book, 'Export Inc');
    book.createVoucher({
      type: 'Sales',
      date: '2025-06-01',
      lines: [
        {
          ledger: 'Export Inc',
          amount: 4_200_000,
          bills: [{ type: 'New Ref', ref: 'E-1', amount: 4_200_000 }],
          forex: { symbol: '$', amount: 50_000, rate: '84' },
        },
        { ledger: 'Sales', amount: -4_200_000 },
      ],
    });
    const tally = await tallyOf([book]);
    const amounts = valuesOf(await row(tally, 'Date,AllLedgerEntries.*'), 'AMOUNT');
    expect(amounts[0]).toMatch(/^-\$ 500\.00 @ (I?₹) 84\/\$ {2}= -\1 42000\.00$/);
    const [bill] = billsOf((await ask(tally.port, report('Bills Receivable', YEAR))).text);
    expect(bill?.closing).toBe('-42000.00');
  });
});
