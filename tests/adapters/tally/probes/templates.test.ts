import net from 'node:net';
import { describe, expect, it } from 'vitest';
import type { FakeCompany } from '../../../fakes/tally/book.ts';
import { COMPANY, collection, functionCall, report, type CollectionWish } from './envelopes.ts';
import { attributeOf, billsOf, listsOf, rowsOf, valueOf, valuesOf } from './look.ts';
import { ask, get, post, postBytes } from './wire.ts';
import { customer, emptyCompany, receipt, sale, tallyOf } from './world.ts';

const YEAR = { company: COMPANY, from: '20250401', to: '20260331' };

function busyBook(): FakeCompany {
  const book = emptyCompany();
  book.createGroup({ name: 'Mumbai', parent: 'Sundry Debtors' });
  book.createLedger({
    name: 'Anand',
    parent: 'Mumbai',
    billWise: true,
    opening: 50_000,
    openingBills: [{ ref: 'Op/1', billDate: '2024-12-31', amount: 50_000 }],
  });
  book.createLedger({ name: 'Supplier', parent: 'Sundry Creditors', billWise: true });
  sale(book, 'Anand', { ref: 'B-1', date: '2025-06-01', amount: 100_000 });
  receipt(book, 'Anand', { date: '2025-07-01', amount: 20_000, ref: 'Op/1' });
  book.createVoucher({
    type: 'Payment',
    date: '2025-07-02',
    lines: [
      { ledger: 'Supplier', amount: 700, bills: [{ type: 'Advance', ref: 'ADV', amount: 700 }] },
      { ledger: 'HDFC Bank', amount: -700 },
    ],
  });
  return book;
}

async function names(
  tally: { readonly port: number },
  wish: Partial<CollectionWish> & { readonly type: string },
  tag: string,
): Promise<readonly (string | undefined)[]> {
  const xml = collection({ fetch: 'Name', ...YEAR, ...wish });
  return rowsOf((await ask(tally.port, xml)).text, tag).map((row) => attributeOf(row, 'NAME'));
}

describe('what a client gets for the questions PROTOCOL writes down', () => {
  // PROTOCOL 1.1 to 1.6: every FETCH as it stands there, with fields this book does not have.
  const written: readonly (readonly [type: string, tag: string, count: number, fetch: string])[] = [
    [
      'Company',
      'COMPANY',
      1,
      'Name,GUID,CompanyNumber,StartingFrom,EndingAt,BooksFrom,LastVoucherDate,AltMstId,AltVchId,AlterID,' +
        'CurrencyName,StateName,PinCode,GSTRegistrationNumber',
    ],
    [
      'Group',
      'GROUP',
      29,
      'Name,Parent,GUID,MasterID,AlterID,ReservedName,IsRevenue,IsDeemedPositive,_PrimaryGroup,SortPosition',
    ],
    [
      'Ledger',
      'LEDGER',
      6,
      'Name,GUID,MasterID,AlterID,Parent,OnlyAlias,LanguageName,IsBillWiseOn,BillCreditPeriod,CreditLimit,' +
        'IsCreditDaysChkOn,OpeningBalance,ClosingBalance,CurrencyName,MailingName,Address,LedStateName,CountryName,' +
        'PinCode,Email,EmailCC,LedgerPhone,LedgerMobile,LedgerCountryISDCode,LedgerContact,IncomeTaxNumber,PartyGSTIN,' +
        'GSTRegistrationType,LedGSTRegDetails.*,LedMailingDetails.*,ContactDetails.*,BillAllocations.*',
    ],
    [
      'Voucher',
      'VOUCHER',
      3,
      'Date,EffectiveDate,GUID,MasterID,AlterID,VoucherTypeName,VoucherNumber,Reference,ReferenceDate,Narration,' +
        'PartyLedgerName,IsCancelled,IsOptional,IsPostDated,IsInvoice,IsDeleted,AllLedgerEntries.*',
    ],
  ];
  it.each(written)('gets whole rows of type %s', async (type, tag, count, fetch) => {
    const tally = await tallyOf([busyBook()]);
    const { text } = await ask(tally.port, collection({ type, fetch, ...YEAR }));
    const rows = rowsOf(text, tag);
    expect(rows).toHaveLength(count);
    for (const row of rows) expect(valueOf(row, 'GUID')).toMatch(/^[0-9a-f-]{36}(-[0-9a-f]{8})?$/);
    expect(text.endsWith('</ENVELOPE>\r\n')).toBe(true);
  });

  // PROTOCOL 1.2: 28 groups of Tally's own, each under one of them or the root.
  it('can walk every group up to the root by names', async () => {
    const tally = await tallyOf([busyBook()]);
    const { text } = await ask(tally.port, collection({ type: 'Group', fetch: 'Name,Parent', ...YEAR }));
    const parents = new Map(
      rowsOf(text, 'GROUP').map((row) => [attributeOf(row, 'NAME'), valueOf(row, 'PARENT')]),
    );
    for (const start of parents.keys()) {
      let at: string | undefined = start;
      for (let step = 0; step < 5 && at !== '\u0004 Primary'; step += 1) at = parents.get(at);
      expect(at, start).toBe('\u0004 Primary');
    }
  });

  // PROTOCOL 1.6: the long formula another connector uses.
  it('may ask for the bills of debtors alone by a formula over three masters', async () => {
    const tally = await tallyOf([busyBook()]);
    const filter =
      '$$IsEqual:($_PrimaryGroup:Group:($Parent:Ledger:$Parent)):"Sundry Debtors" AND NOT $$IsEmpty:$ClosingBalance';
    expect(await names(tally, { type: 'Bills', filter }, 'BILL')).toEqual(['Op/1', 'B-1']);
  });

  // PROTOCOL 1.5: the allocation bears the first bill's date, also of one from before the books.
  it('finds the date of an opening bill on the money set against it', async () => {
    const tally = await tallyOf([busyBook()]);
    const { text } = await ask(
      tally.port,
      collection({ type: 'Voucher', fetch: 'Date,AllLedgerEntries.*', ...YEAR }),
    );
    const [, paid = ''] = rowsOf(text, 'VOUCHER');
    const bill = listsOf(paid, 'BILLALLOCATIONS.LIST', 6).join('');
    expect([valueOf(bill, 'NAME'), valueOf(bill, 'BILLDATE')]).toEqual(['Op/1', '20241231']);
    expect(valueOf(bill, 'BILLID')).toMatch(/^ \d+$/);
  });

  // PROTOCOL 1.5: the chain of PARENT is the other way to a class.
  it('can follow an invented voucher type to the one it was made from', async () => {
    const book = busyBook();
    book.createVoucherType({ name: 'GST Bill', base: 'Sales' });
    const tally = await tallyOf([book]);
    const { text } = await ask(
      tally.port,
      collection({ type: 'VoucherType', fetch: 'Name,Parent', ...YEAR }),
    );
    const row = rowsOf(text, 'VOUCHERTYPE').find((each) => attributeOf(each, 'NAME') === 'GST Bill') ?? '';
    expect(valueOf(row, 'PARENT')).toBe('Sales');
  });

  // PROTOCOL 2.2: the sign was lost in the company itself, not on the way.
  it('may find a question mark for the rupee though it asked in UTF-16', async () => {
    const tally = await tallyOf([emptyCompany({ currency: '?' })]);
    expect((await ask(tally.port, collection({ type: 'Currency', fetch: 'Name', ...YEAR }))).text).toContain(
      '<CURRENCY NAME="?"',
    );
  });

  // PROTOCOL 1.0: an ID of no collection, and a report nobody is owed money in.
  it('gets no rows, and no STATUS, from a report of a book without bills', async () => {
    const tally = await tallyOf([emptyCompany()]);
    const { text } = await ask(tally.port, report('Bills Receivable', YEAR));
    expect(text.replaceAll('\r\n', '')).toBe('<ENVELOPE></ENVELOPE>');
    expect(billsOf(text)).toEqual([]);
  });

  // PROTOCOL 1.7.4, 2.8: a filter may speak of states and days together.
  it('may join, turn round and bracket what it filters by', async () => {
    const book = busyBook();
    book.makeOptional(2);
    book.cancelVoucher(3);
    const tally = await tallyOf([book]);
    const found = async (filter: string): Promise<readonly string[]> => {
      const { text } = await ask(
        tally.port,
        collection({ type: 'Voucher', fetch: 'Date,MasterID', ...YEAR, filter }),
      );
      return valuesOf(text, 'MASTERID').map((each) => each.trim());
    };
    expect(await found('NOT $IsOptional AND NOT $IsCancelled')).toEqual(['1']);
    expect(await found('$IsOptional OR $IsCancelled')).toEqual(['2', '3']);
    expect(await found('($IsOptional OR $IsCancelled) AND $Date > $$Date:"1-Jul-2025"')).toEqual(['3']);
    expect(await found('$VoucherTypeName = "Sales"')).toEqual(['1']);
    expect(await found('$Date < $$Date:"20250401"')).toEqual([]);
  });
});

describe('what a client sees of a Tally in trouble', () => {
  // PROTOCOL 2.7, 6.3.7: a crash takes everybody with it.
  it('loses its own connection when another client kills Tally', async () => {
    const tally = await tallyOf([busyBook()]);
    tally.faults.at(1, { kind: 'slow', milliseconds: 80 });
    const star = collection({ type: 'Ledger', company: COMPANY, more: '<NATIVEMETHOD>*</NATIVEMETHOD>' });
    const killer = post(tally.port, star);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const waiting = post(tally.port, functionCall('$$CurrentSimpleCompany'));
    expect([(await killer).kind, (await waiting).kind]).toEqual(['hung up', 'hung up']);
    expect((await get(tally.port)).kind).toBe('refused');
  });

  // PROTOCOL 6.1.1: a client that goes away in the middle of a big reply.
  it('is served after another client has left in the middle of a big reply', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    for (let number = 1; number <= 150; number += 1)
      sale(book, 'Anand', { ref: `B-${number}`, date: '2025-06-01', amount: 100 });
    const tally = await tallyOf([book]);
    const xml = collection({ type: 'Voucher', fetch: 'Date,AllLedgerEntries.*', ...YEAR });
    await new Promise<void>((resolve, reject) => {
      const socket = net.connect(tally.port, '127.0.0.1', () => void socket.write(postBytes(xml)));
      socket.on('error', reject);
      socket.once('data', () => {
        socket.destroy();
        resolve();
      });
    });
    expect((await get(tally.port)).kind).toBe('answer');
    expect(rowsOf((await ask(tally.port, xml)).text, 'VOUCHER')).toHaveLength(150);
  });

  // PROTOCOL 6.1.1: a greeting asked by a client that left is work like any other.
  it('is served when clients connect, say nothing and leave', async () => {
    const tally = await tallyOf([busyBook()]);
    const silent = net.connect(tally.port, '127.0.0.1');
    const half = net.connect(
      tally.port,
      '127.0.0.1',
      () => void half.write('POST / HTTP/1.1\r\nContent-Length: 50\r\n\r\nabc'),
    );
    for (const socket of [silent, half]) socket.on('error', () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 30));
    silent.destroy();
    half.destroy();
    expect((await get(tally.port)).kind).toBe('answer');
  });
});
