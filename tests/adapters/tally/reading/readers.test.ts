import { describe, expect, it } from 'vitest';
import type { ReplyEnd, ReplyReader } from '#engine/adapters/tally/reply.ts';
import {
  billsCollectionReader,
  censusReader,
  companyReader,
  countReader,
  fileReader,
  functionReader,
  groupReader,
  ledgerReader,
  openBillReader,
  plainReader,
  thinLedgerReader,
  voucherReader,
  voucherTypeReader,
} from '#engine/adapters/tally/readers.ts';
import type { TallyVoucher } from '#domain/tally/facts.ts';
import { voucherKinds } from '#engine/adapters/tally/voucher-kinds.ts';

const collection = (rows: string): string =>
  `<ENVELOPE>\r\n <HEADER><VERSION>1</VERSION><STATUS>1</STATUS></HEADER>\r\n <BODY><DESC><CMPINFO><COMPANY>1</COMPANY><GROUP>2</GROUP><LEDGER>36</LEDGER><VOUCHER>18</VOUCHER></CMPINFO></DESC><DATA><COLLECTION>${rows}</COLLECTION></DATA></BODY>\r\n</ENVELOPE>\r\n`;

type Read<T> = { readonly rows: readonly T[]; readonly end: ReplyEnd };

/** As Tally answers: UTF-16 without a mark, in pieces of an odd size. */
function readAll<T>(text: string, readerOf: (take: (row: T) => void) => ReplyReader): Read<T> {
  const rows: T[] = [];
  const reader = readerOf((row) => rows.push(row));
  const bytes = Buffer.from(text, 'utf16le');
  for (let at = 0; at < bytes.length; at += 13) reader.push(bytes.subarray(at, at + 13));
  return { rows, end: reader.end() };
}

const GUID = '710de34a-3661-4a7b-8148-c2206c3b3e17';

describe('a reader of Tally', () => {
  it('reads open companies, which of them is active, and how their counters stand', () => {
    const { rows, end } = readAll(
      collection(
        `<COMPANY NAME="Asha &amp; Co" RESERVEDNAME=""><GUID TYPE="String">${GUID}</GUID><COMPANYNUMBER> 10001</COMPANYNUMBER><BOOKSFROM TYPE="Date">20250401</BOOKSFROM><ALTVCHID TYPE="Number"> 51</ALTVCHID><ALTMSTID TYPE="Number"> 266</ALTMSTID><ISACTIVECOMPANY TYPE="Logical">Yes</ISACTIVECOMPANY><ISEDU>Yes</ISEDU><ISAGGREGATE>No</ISAGGREGATE></COMPANY>`,
      ),
      companyReader,
    );
    expect(rows).toEqual([
      {
        guid: GUID,
        companyNumber: '10001',
        name: 'Asha & Co',
        booksFrom: '2025-04-01',
        startingFrom: null,
        endingAt: null,
        lastVoucherDay: null,
        masterCounter: 266,
        voucherCounter: 51,
        currencyName: null,
        stateName: null,
        gstin: null,
        isActive: true,
        isEducational: true,
        isGroup: false,
      },
    ]);
    expect(end).toMatchObject({
      isWhole: true,
      root: 'ENVELOPE',
      status: 1,
      rowCount: 1,
      unreadCount: 0,
      isBare: false,
    });
  });

  it('reads groups, and knows the root by its control character and a group of the user by its blank reserved name', () => {
    const { rows } = readAll(
      collection(
        `<GROUP NAME="Grahak" RESERVEDNAME="Sundry Debtors"><GUID>${GUID}-00000014</GUID><PARENT TYPE="String">Current Assets</PARENT><ALTERID> 14</ALTERID></GROUP><GROUP NAME="Mine" RESERVEDNAME=""><GUID>${GUID}-00000015</GUID><PARENT>&#4; Primary</PARENT><ALTERID> 15</ALTERID></GROUP>`,
      ),
      groupReader,
    );
    expect(rows).toEqual([
      {
        guid: `${GUID}-00000014`,
        alterId: 14,
        name: 'Grahak',
        parent: 'Current Assets',
        reservedName: 'Sundry Debtors',
      },
      { guid: `${GUID}-00000015`, alterId: 15, name: 'Mine', parent: null, reservedName: null },
    ]);
  });

  it('never takes a counter of CMPINFO for a row', () => {
    for (const readerOf of [thinLedgerReader, groupReader, companyReader, censusReader]) {
      expect(readAll<unknown>(collection(''), readerOf).end).toMatchObject({ rowCount: 0, isWhole: true });
    }
  });

  it('tells a closing balance of zero, printed as an empty tag, from one that is not told', () => {
    const ledger = (balance: string): string =>
      `<LEDGER NAME="A"><GUID>${GUID}-0000002a</GUID><ALTERID> 7</ALTERID>${balance}</LEDGER>`;
    const { rows } = readAll(
      collection(
        ledger('<CLOSINGBALANCE TYPE="Amount"></CLOSINGBALANCE>') +
          ledger('') +
          ledger('<CLOSINGBALANCE>-12.50</CLOSINGBALANCE>'),
      ),
      thinLedgerReader,
    );
    expect(rows.map(({ closingPaise, masterId }) => [closingPaise, masterId])).toEqual([
      [0, 42],
      [null, 42],
      [1250, 42],
    ]);
  });

  it('reads a whole ledger: own name, aliases, opening bills, and the newest of its dated details', () => {
    const { rows } = readAll(
      collection(
        `<LEDGER NAME="शर्मा ट्रेडर्स" RESERVEDNAME=""><GUID>${GUID}-0000002a</GUID><MASTERID TYPE="Number"> 42</MASTERID><ALTERID TYPE="Number"> 105</ALTERID><PARENT>Sundry Debtors</PARENT><ISBILLWISEON>Yes</ISBILLWISEON><BILLCREDITPERIOD>2 Months</BILLCREDITPERIOD><CREDITLIMIT TYPE="Amount">-50000.00</CREDITLIMIT><OPENINGBALANCE>-355057.65</OPENINGBALANCE><CLOSINGBALANCE>10.00</CLOSINGBALANCE><EMAIL>a@example.com</EMAIL><PINCODE>411001</PINCODE><LEDGERMOBILE>9876500000</LEDGERMOBILE><LEDGERCOUNTRYISDCODE>+91</LEDGERCOUNTRYISDCODE>
        <LANGUAGENAME.LIST><NAME.LIST TYPE="String"><NAME>शर्मा ट्रेडर्स</NAME><NAME>Sharma</NAME></NAME.LIST><LANGUAGEID> 1033</LANGUAGEID></LANGUAGENAME.LIST>
        <ADDRESS.LIST TYPE="String"><ADDRESS>Old Road 1</ADDRESS></ADDRESS.LIST>
        <LEDMAILINGDETAILS.LIST><ADDRESS.LIST><ADDRESS>New Road 2&#13;&#10;Pune</ADDRESS><ADDRESS/></ADDRESS.LIST><APPLICABLEFROM>20240401</APPLICABLEFROM><STATE>Maharashtra</STATE></LEDMAILINGDETAILS.LIST>
        <LEDMAILINGDETAILS.LIST><ADDRESS.LIST><ADDRESS>Older Road</ADDRESS></ADDRESS.LIST><APPLICABLEFROM>20170701</APPLICABLEFROM><PINCODE>1</PINCODE></LEDMAILINGDETAILS.LIST>
        <LEDGSTREGDETAILS.LIST><APPLICABLEFROM>20170701</APPLICABLEFROM><GSTIN>27AAPFU0939F1ZV</GSTIN></LEDGSTREGDETAILS.LIST>
        <BILLALLOCATIONS.LIST>      </BILLALLOCATIONS.LIST>
        <BILLALLOCATIONS.LIST><BILLDATE>20220331</BILLDATE><NAME>Op/1</NAME><BILLCREDITPERIOD JD="44650" P="30 Days">30 Days</BILLCREDITPERIOD><ISADVANCE>No</ISADVANCE><OPENINGBALANCE>-62500.00</OPENINGBALANCE></BILLALLOCATIONS.LIST></LEDGER>`,
      ),
      ledgerReader,
    );
    expect(rows[0]).toEqual({
      guid: `${GUID}-0000002a`,
      masterId: 42,
      alterId: 105,
      name: 'शर्मा ट्रेडर्स',
      aliases: ['Sharma'],
      parent: 'Sundry Debtors',
      isBillWise: true,
      creditPeriod: '2 Months',
      creditLimitPaise: 5_000_000,
      openingPaise: 35_505_765,
      closingPaise: -1000,
      contact: {
        mailingName: null,
        addressLines: ['New Road 2\r\nPune'],
        stateName: 'Maharashtra',
        pinCode: '411001',
        email: 'a@example.com',
        phone: null,
        mobile: '9876500000',
        person: null,
        pan: null,
        gstin: '27AAPFU0939F1ZV',
      },
      openingBills: [
        {
          ref: 'Op/1',
          billDay: '2022-03-31',
          dueDay: '2022-04-30',
          isAdvance: false,
          amountPaise: 6_250_000,
        },
      ],
    });
  });

  it('pairs the rows of a bills report by position, over tags of third parties and repeated ones', () => {
    const bill = (ref: string, after: string): string =>
      `<BILLFIXED>\r\n  <BILLDATE>1-Mar-26</BILLDATE><BILLREF>${ref}</BILLREF><BILLPARTY>Rao &amp; Co</BILLPARTY>\r\n</BILLFIXED>${after}`;
    const { rows, end } = readAll(
      `<ENVELOPE>${bill('A', '<AGENT>x</AGENT><BILLCL>-10.00</BILLCL><BILLDUE>31-Mar-26</BILLDUE><BILLOVERDUE></BILLOVERDUE><BILLCL>-99.00</BILLCL>')}${bill('B', '<BILLCL>0.00</BILLCL><BILLDUE>1-Mar-26</BILLDUE>')}${bill('C', '<BILLCL>25.00</BILLCL><BILLDUE/>')}</ENVELOPE>`,
      openBillReader,
    );
    expect(rows).toEqual([
      { party: 'Rao & Co', ref: 'A', billDay: '2026-03-01', dueDay: '2026-03-31', balancePaise: 1000 },
      { party: 'Rao & Co', ref: 'C', billDay: '2026-03-01', dueDay: '2026-03-01', balancePaise: -2500 },
    ]);
    expect(end).toMatchObject({ rowCount: 3, unreadCount: 0, isWhole: true, status: null });
  });

  it('says which bill it could not read, and does not hand it on', () => {
    const { rows, end } = readAll(
      '<ENVELOPE><BILLFIXED><BILLDATE>31-Feb-26</BILLDATE><BILLREF>A</BILLREF><BILLPARTY>P</BILLPARTY></BILLFIXED><BILLCL>-1.00</BILLCL><BILLFIXED><BILLDATE>1-Mar-26</BILLDATE><BILLREF>B</BILLREF><BILLPARTY>P</BILLPARTY></BILLFIXED></ENVELOPE>',
      openBillReader,
    );
    expect(rows).toEqual([]);
    expect(end).toMatchObject({ rowCount: 2, unreadCount: 2, firstUnread: 'BILLDATE is “31-Feb-26”.' });
  });

  it('reads bills of a collection, due by the period', () => {
    const { rows } = readAll(
      collection(
        '<BILL NAME="S1" RESERVEDNAME=""><PARENT>Rao</PARENT><BILLDATE TYPE="Date">20260131</BILLDATE><BILLCREDITPERIOD>1 Month</BILLCREDITPERIOD><CLOSINGBALANCE TYPE="Amount">-$ 5.00 @ I₹ 84/$  = -I₹ 420.00</CLOSINGBALANCE></BILL>',
      ),
      billsCollectionReader,
    );
    expect(rows).toEqual([
      { party: 'Rao', ref: 'S1', billDay: '2026-01-31', dueDay: '2026-02-28', balancePaise: 42_000 },
    ]);
  });

  const VOUCHER = (inside: string): string =>
    `<VOUCHER REMOTEID="x" VCHTYPE="Sales"><DATE TYPE="Date">20260301</DATE><GUID>${GUID}-00000032</GUID><ALTERID> 9</ALTERID><VOUCHERTYPENAME>GST Invoice</VOUCHERTYPENAME>${inside}</VOUCHER>`;
  const vouchers = (inside: string): Read<TallyVoucher> =>
    readAll(collection(VOUCHER(inside)), (take) => voucherReader(take, voucherKinds().kindOf));

  it('reads a voucher line by line, the same ledger twice, stock passed over, kinds by what Tally computes', () => {
    const { rows } = vouchers(
      `<KSALES TYPE="Logical">Yes</KSALES><KRECEIPT>No</KRECEIPT><PARTYLEDGERNAME>Rao</PARTYLEDGERNAME><ALLINVENTORYENTRIES.LIST><AMOUNT>9.00</AMOUNT><ACCOUNTINGALLOCATIONS.LIST><LEDGERNAME>Sales</LEDGERNAME><AMOUNT>9.00</AMOUNT></ACCOUNTINGALLOCATIONS.LIST></ALLINVENTORYENTRIES.LIST>
      <ALLLEDGERENTRIES.LIST><LEDGERNAME>Rao</LEDGERNAME><AMOUNT>-100.00</AMOUNT><BILLALLOCATIONS.LIST><NAME>S1</NAME><BILLTYPE>New Ref</BILLTYPE><BILLDATE>20260301</BILLDATE><BILLCREDITPERIOD JD="46081" P="30 Days">30 Days</BILLCREDITPERIOD><AMOUNT>-60.00</AMOUNT></BILLALLOCATIONS.LIST><BILLALLOCATIONS.LIST><NAME></NAME><BILLTYPE>On Account</BILLTYPE><AMOUNT>-40.00</AMOUNT></BILLALLOCATIONS.LIST></ALLLEDGERENTRIES.LIST>
      <ALLLEDGERENTRIES.LIST><LEDGERNAME>Rao</LEDGERNAME><AMOUNT>-5.00</AMOUNT><BILLALLOCATIONS.LIST>      </BILLALLOCATIONS.LIST></ALLLEDGERENTRIES.LIST>`,
    );
    expect(rows[0]).toMatchObject({
      kind: 'sales',
      partyName: 'Rao',
      day: '2026-03-01',
      masterId: 50,
      alterId: 9,
    });
    expect(rows[0]?.lines).toEqual([
      {
        line: 1,
        ledgerName: 'Rao',
        amountPaise: 10_000,
        allocations: [
          { type: 'new', ref: 'S1', amountPaise: 6000, billDay: '2026-03-01', dueDay: '2026-03-31' },
          { type: 'on-account', ref: null, amountPaise: 4000, billDay: null, dueDay: null },
        ],
      },
      { line: 2, ledgerName: 'Rao', amountPaise: 500, allocations: [] },
    ]);
  });

  it('reads a cancelled voucher as one without lines', () => {
    const { rows } = vouchers(
      '<ISCANCELLED>Yes</ISCANCELLED><PARTYLEDGERNAME></PARTYLEDGERNAME><ALLLEDGERENTRIES.LIST>      </ALLLEDGERENTRIES.LIST>',
    );
    expect(rows[0]).toMatchObject({ isCancelled: true, partyName: null, lines: [] });
  });

  it('refuses an allocation that lost its type, rather than calling it money on account', () => {
    const { rows, end } = vouchers(
      '<ALLLEDGERENTRIES.LIST><LEDGERNAME>Rao</LEDGERNAME><AMOUNT>-1.00</AMOUNT><BILLALLOCATIONS.LIST><NAME>S1</NAME><AMOUNT>-1.00</AMOUNT></BILLALLOCATIONS.LIST></ALLLEDGERENTRIES.LIST>',
    );
    expect(rows).toEqual([]);
    expect(end).toMatchObject({ rowCount: 1, unreadCount: 1, firstUnread: 'BILLTYPE is missing.' });
  });

  it('refuses half a paisa and says where', () => {
    const { end } = vouchers(
      '<ALLLEDGERENTRIES.LIST><LEDGERNAME>Rao</LEDGERNAME><AMOUNT>-1.005</AMOUNT></ALLLEDGERENTRIES.LIST>',
    );
    expect(end.firstUnread).toBe('AMOUNT is “-1.005”.');
  });

  it('reads a census, counts by day, functions and greetings', () => {
    expect(readAll(collection(VOUCHER('')), censusReader).rows).toEqual([
      { guid: `${GUID}-00000032`, alterId: 9, day: '2026-03-01' },
    ]);
    const counts: unknown[] = [];
    readAll<never>(
      collection(
        '<OBJECT><DATE>1-Apr-24</DATE><COUNT> 12</COUNT></OBJECT><OBJECT><DATE>20240402</DATE><COUNT>1,234</COUNT></OBJECT>',
      ),
      () => countReader((day, count) => counts.push([day, count])),
    );
    expect(counts).toEqual([
      ['2024-04-01', 12],
      ['2024-04-02', 1234],
    ]);
    expect(
      readAll(
        '<ENVELOPE><BODY><DATA><RESULT TYPE="Date" JD="45723">8-Mar-25</RESULT></DATA></BODY></ENVELOPE>',
        functionReader,
      ).rows,
    ).toEqual([{ text: '8-Mar-25', type: 'Date', day: '2025-03-08' }]);
    expect(
      readAll<never>('<RESPONSE>TallyPrime Server is Running</RESPONSE>\r\n', () => plainReader()).end,
    ).toMatchObject({ response: 'TallyPrime Server is Running', root: 'RESPONSE', isWhole: true });
    expect(readAll<never>('<ENVELOPE></ENVELOPE>', () => plainReader()).end).toMatchObject({
      isBare: true,
      isWhole: true,
    });
  });

  it('reads kinds by the chain of voucher types, not by a name that was given', () => {
    const kinds = voucherKinds();
    readAll<never>(
      collection(
        '<VOUCHERTYPE NAME="Bikri" RESERVEDNAME=""><PARENT>Sales Export</PARENT></VOUCHERTYPE><VOUCHERTYPE NAME="Sales Export" RESERVEDNAME=""><PARENT>Verkauf</PARENT></VOUCHERTYPE><VOUCHERTYPE NAME="Verkauf" RESERVEDNAME="Sales"><PARENT>Verkauf</PARENT></VOUCHERTYPE><VOUCHERTYPE NAME="Receipt" RESERVEDNAME=""><PARENT>Memo</PARENT></VOUCHERTYPE><VOUCHERTYPE NAME="Ring" RESERVEDNAME=""><PARENT>Ring 2</PARENT></VOUCHERTYPE><VOUCHERTYPE NAME="Ring 2" RESERVEDNAME=""><PARENT>Ring</PARENT></VOUCHERTYPE>',
      ),
      () => voucherTypeReader(kinds.learn),
    );
    const none = { isSales: null, isReceipt: null, isCreditNote: null, isDebitNote: null, isJournal: null };
    expect(
      ['Bikri', 'receipt', 'Payment', 'Ring', 'Memorandum'].map((name) => kinds.kindOf(name, none)),
    ).toEqual(['sales', 'other', 'payment', 'other', 'other']);
    expect(kinds.kindOf('Bikri', { ...none, isCreditNote: true })).toBe('credit-note');
  });

  it('reads a file of masters and day book, both layouts of vouchers, kinds by its own types', () => {
    const taken: unknown[] = [];
    const note =
      (kind: string) =>
      (
        row: { readonly name?: string; readonly kind?: string; readonly lines?: readonly unknown[] } | string,
      ): void =>
        void taken.push([
          kind,
          typeof row === 'string' ? row : (row.name ?? `${row.kind} ${row.lines?.length}`),
        ]);
    const message = (inside: string): string =>
      `<TALLYMESSAGE xmlns:UDF="TallyUDF">${inside}<UDF:X.LIST DESC="\`a\`"><UDF:X>1</UDF:X></UDF:X.LIST></TALLYMESSAGE>`;
    const entry = (list: string): string =>
      `<${list}><LEDGERNAME>Rao</LEDGERNAME><AMOUNT>-1.00</AMOUNT></${list}>`;
    const { end } = readAll<never>(
      `<ENVELOPE><HEADER><TALLYREQUEST>Import Data</TALLYREQUEST></HEADER><BODY><IMPORTDATA><REQUESTDESC><STATICVARIABLES><SVCURRENTCOMPANY>Asha</SVCURRENTCOMPANY></STATICVARIABLES></REQUESTDESC><REQUESTDATA>${message('<COMPANY><REMOTECMPINFO.LIST><REMOTECMPNAME>Asha Two</REMOTECMPNAME></REMOTECMPINFO.LIST></COMPANY>')}${message(`<GROUP NAME="G"><GUID>g</GUID></GROUP>`)}${message('<VOUCHERTYPE NAME="GST Invoice"><PARENT>Sales</PARENT></VOUCHERTYPE>')}${message(`<LEDGER NAME="Rao"><GUID>${GUID}-0000002a</GUID><ALTERID> 3</ALTERID></LEDGER>`)}${message(VOUCHER(entry('LEDGERENTRIES.LIST')))}${message(VOUCHER(entry('ALLLEDGERENTRIES.LIST') + entry('ALLLEDGERENTRIES.LIST')))}</REQUESTDATA></IMPORTDATA></BODY></ENVELOPE>`,
      () =>
        fileReader({
          company: note('company'),
          group: note('group'),
          voucherType: note('type'),
          ledger: note('ledger'),
          voucher: note('voucher'),
        }),
    );
    expect(taken).toEqual([
      ['company', 'Asha'],
      ['group', 'G'],
      ['type', 'GST Invoice'],
      ['ledger', 'Rao'],
      ['voucher', 'sales 1'],
      ['voucher', 'sales 2'],
    ]);
    expect(end).toMatchObject({ rowCount: 5, unreadCount: 0, isWhole: true });
  });
});
