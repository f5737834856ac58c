import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeCompany, type FakeCompany } from '#tests/fakes/tally/book.ts';
import { readDay } from '#tests/fakes/tally/calendar.ts';
import { startFakeTally, type FakeTally } from '#tests/fakes/tally/index.ts';
import { childOf, childrenOf, readXml, textOf, unescapeXml, type XmlNode } from '#tests/fakes/tally/xml.ts';
import { ask, collection, report } from './ask.ts';

// The fake is held against what live Tallys said. The captures stand outside the project and are never copied into it:
// each book is built from the capture itself, then the capture's request is sent and the bytes are compared.
const samples = path.resolve(import.meta.dirname, '../../../../../shared/tally/samples');
const isThere = fs.existsSync(samples);

function captured(file: string): string {
  return fs.readFileSync(path.join(samples, file), 'utf8');
}

/**
 * EXPLAINED DIFFERENCE, the only one: the 35 numbers of CMPINFO are what that Tally had in memory. Their tags must be
 * the same in the same order; the values are taken from the capture.
 */
function withCountersOf(capture: string, text: string): string {
  const block = /<CMPINFO>[\s\S]*<\/CMPINFO>/;
  const tags = (xml: string): readonly string[] =>
    [...(block.exec(xml)?.[0] ?? '').matchAll(/<([A-Z]+)>\d+</g)].map((m) => m[1] ?? '');
  expect(tags(text)).toEqual(tags(capture));
  expect(tags(text)).toHaveLength(35);
  return text.replace(block, () => block.exec(capture)?.[0] ?? '');
}

function rowOf(xml: string, tag: string): XmlNode {
  const row = childOf(readXml(xml) ?? undefined, 'BODY', 'DATA', 'COLLECTION', tag);
  if (!row) throw new Error(`No ${tag} in the capture.`);
  return row;
}

function need(text: string | undefined): string {
  if (text === undefined || text === '') throw new Error('The capture lacks a value.');
  return text;
}

const dayOf = (text: string | undefined): string => need(readDay(need(text)) ?? undefined);
/** Tally's text → paise, debit positive. */
const paiseOf = (text: string | undefined): number => -Math.round(Number(need(text)) * 100);

let tally: FakeTally | null = null;

async function tallyWith(...books: readonly FakeCompany[]): Promise<FakeTally> {
  tally = await startFakeTally({ books, profile: { product: 'prime7', licence: 'edu', editLog: true } });
  return tally;
}

afterEach(async () => {
  await tally?.stop();
  tally = null;
});

describe.skipIf(!isThere)(
  'the fake against what live Tallys said (skipped where ../shared is absent)',
  () => {
    it('lists companies byte for byte', async () => {
      const capture = captured('live-captures/p00_A_company_list.xml');
      const name = need(rowOf(capture, 'COMPANY').attributes['NAME']);
      const fake = await tallyWith(createFakeCompany({ name }));
      const { text } = await ask(fake, collection({ type: 'Company', native: ['Name'] }));
      expect(withCountersOf(capture, text)).toBe(capture);
    });

    it('says counters and dates of a company byte for byte', async () => {
      const capture = captured('live-captures/p01_A_counters_after_create_voucher.xml');
      const row = rowOf(capture, 'COMPANY');
      const company = createFakeCompany({
        name: need(row.attributes['NAME']),
        guid: need(textOf(row, 'GUID')),
        booksFrom: dayOf(textOf(row, 'BOOKSFROM')),
      });
      company.createVoucher({ type: 'Journal', date: dayOf(textOf(row, 'LASTVOUCHERDATE')), lines: [] });
      company.setNext({
        voucherCounter: Number(textOf(row, 'ALTVCHID')),
        masterCounter: Number(textOf(row, 'ALTMSTID')),
      });
      const fake = await tallyWith(company);
      const native = ['Name', 'GUID', 'AltVchId', 'AltMstId', 'BooksFrom', 'LastVoucherDate', 'AlterID'];
      const { text } = await ask(fake, collection({ type: 'Company', native }));
      expect(withCountersOf(capture, text)).toBe(capture);
    });

    it('says an opening bill byte for byte', async () => {
      const capture = captured('live-captures/p11_B_opening_bills.xml');
      const row = rowOf(capture, 'LEDGER');
      const bill = childOf(row, 'BILLALLOCATIONS.LIST');
      const name = need(row.attributes['NAME']);
      const company = createFakeCompany({ name: 'Openings', booksFrom: '2022-04-01' });
      company.createLedger({
        name,
        parent: 'Sundry Debtors',
        billWise: true,
        opening: paiseOf(textOf(row, 'OPENINGBALANCE')),
        openingBills: [
          {
            ref: need(textOf(bill, 'NAME')),
            billDate: dayOf(textOf(bill, 'BILLDATE')),
            amount: paiseOf(textOf(bill, 'OPENINGBALANCE')),
          },
        ],
      });
      const fake = await tallyWith(company);
      const request = collection({
        type: 'Ledger',
        native: ['Name', 'OpeningBalance', 'BillAllocations'],
        formulas: { IsParty: `$Name = "${name}"` },
      });
      const { text } = await ask(fake, request);
      expect(withCountersOf(capture, text)).toBe(capture);
    });

    it('says a Hindi name byte for byte in UTF-16, and loses it in any other encoding', async () => {
      const capture = captured('live-captures/p15_B_hindi_ledger.xml');
      const row = rowOf(capture, 'LEDGER');
      const name = need(row.attributes['NAME']);
      const company = createFakeCompany({ name: 'Names' });
      company.createLedger({ name, parent: need(textOf(row, 'PARENT')) });
      const fake = await tallyWith(company);
      const request = collection({
        type: 'Ledger',
        native: ['Name', 'Parent'],
        formulas: { IsIt: `$Name = "${name}"` },
      });
      const told = await ask(fake, request);
      expect(withCountersOf(capture, told.text)).toBe(capture);
      expect([...told.bytes.subarray(0, 4)]).toEqual([0x3c, 0, 0x45, 0]);
      const lossy = captured('derived-wire/hindi_ledger.nonutf16_request_lossy.xml');
      const utf8 = await ask(
        fake,
        collection({
          type: 'Ledger',
          native: ['Name', 'Parent'],
          formulas: { Of: '$Parent = "Sundry Debtors"' },
        }),
        { coding: 'utf-8' },
      );
      expect(withCountersOf(lossy, utf8.text)).toBe(lossy);
    });

    it('refuses a report for a company that is not open byte for byte', async () => {
      const capture = captured('live-captures/p10_A_no_company_report.xml');
      const name = /to '([^']*)'/.exec(unescapeXml(capture))?.[1];
      const fake = await tallyWith(createFakeCompany({ name: 'Another' }));
      const { text, status } = await ask(fake, report('Bills Receivable', { company: need(name) }));
      expect(text).toBe(capture);
      expect(status).toBe(200);
    });

    it.each([
      ['live-captures/p00_A_anchors_bills_receivable.xml', 'utf8'],
      ['derived-wire/bills_receivable.utf16le_nobom.xml', 'utf16le'],
    ] as const)('makes the whole bills report %s byte for byte from entries', async (file, encoding) => {
      const bytes = fs.readFileSync(path.join(samples, file));
      const capture = bytes.toString(encoding);
      const fake = await tallyWith(companyOfBills(capture));
      const { text } = await ask(fake, report('Bills Receivable', { from: '20260331', to: '20260331' }));
      expect(text).toBe(capture);
    });

    it('loses what is not ASCII in the bills report for a request in another encoding', async () => {
      const whole = fs
        .readFileSync(path.join(samples, 'derived-wire/bills_receivable.utf16le_nobom.xml'))
        .toString('utf16le');
      const fake = await tallyWith(companyOfBills(whole));
      const { text } = await ask(fake, report('Bills Receivable', { to: '20260331' }), { coding: 'utf-8' });
      expect(text).toBe(captured('derived-wire/bills_receivable.nonutf16_request_lossy.xml'));
    });

    it('says a receipt with every field of its entries byte for byte, and cut where it was cut', async () => {
      const capture = captured('live-captures/p06_A_vouchers_nested.lastReceipt.xml');
      const company = companyOfReceipt(capture);
      const fake = await tallyWith(company);
      const native = ['Date', 'VoucherTypeName', 'VoucherNumber', 'MasterId', 'PartyLedgerName', 'Narration'];
      const request = collection({
        type: 'Voucher',
        native: [...native, 'AllLedgerEntries', 'LedgerEntries', 'AllInventoryEntries'],
        inner: '<CHILDOF>$$VchTypeAllVouchers</CHILDOF>',
      });
      const { text } = await ask(fake, request);
      expect(withCountersOf(capture, text)).toBe(capture);
      const part = captured('derived-wire/receipt_truncated_midstream_status1.xml');
      fake.faults.when('vouchers', { kind: 'cut', afterBytes: part.length });
      const cut = await ask(fake, request, { coding: 'utf-8' });
      expect(cut.text).toHaveLength(part.length);
      const afterCounters = (xml: string): string => xml.slice(xml.indexOf('</CMPINFO>'));
      expect(afterCounters(part).startsWith(afterCounters(cut.text).slice(0, -10))).toBe(true);
    });

    it('says nothing for a company it does not have, byte for byte', async () => {
      const capture = captured('derived-wire/ledger_collection_empty.xml');
      const fake = await tallyWith(createFakeCompany({ name: 'Another' }));
      const { text, bytes } = await ask(
        fake,
        collection({ type: 'Ledger', fetch: 'Name', company: 'Nobody' }),
      );
      expect(withCountersOf(capture, text)).toBe(capture);
      expect(bytes).toHaveLength(2994);
    });

    it('greets, and does not understand, byte for byte', async () => {
      const fake = await tallyWith(createFakeCompany({ name: 'Any' }));
      const greeting = await ask(fake, '', { method: 'GET' });
      expect(greeting.text).toBe(captured('derived-wire/root_get.xml'));
      expect(greeting.bytes).toHaveLength(51);
      const unknown = captured('derived-wire/unknown_request.xml');
      expect((await ask(fake, report('No Such Report'), { coding: 'utf-8' })).text).toBe(unknown);
      expect((await ask(fake, '<ENVELOPE><HEADER>', { coding: 'utf-8' })).text).toBe(unknown);
      const wide = await ask(fake, report('Bills Receivable'), { contentType: 'text/xml' });
      expect(wide.bytes.toString('latin1')).toBe(unknown);
    });

    it('takes a posted receipt and answers byte for byte', async () => {
      const capture = captured('derived-wire/import_receipt_ok.xml');
      const company = createFakeCompany({ name: 'Post' });
      company.createLedger({ name: 'Customer', parent: 'Sundry Debtors', billWise: true });
      company.setNext({ lastVoucherId: Number(/<LASTVCHID>(\d+)/.exec(capture)?.[1]) - 1 });
      const fake = await tallyWith(company);
      const { text } = await ask(
        fake,
        `<ENVELOPE><HEADER><TALLYREQUEST>Import Data</TALLYREQUEST></HEADER><BODY><IMPORTDATA><REQUESTDESC><REPORTNAME>Vouchers</REPORTNAME></REQUESTDESC>
<REQUESTDATA><TALLYMESSAGE><VOUCHER REMOTEID="a-1" VCHTYPE="Receipt" ACTION="Create"><DATE>20260301</DATE><VOUCHERTYPENAME>Receipt</VOUCHERTYPENAME>
<ALLLEDGERENTRIES.LIST><LEDGERNAME>Customer</LEDGERNAME><AMOUNT>100.00</AMOUNT></ALLLEDGERENTRIES.LIST>
<ALLLEDGERENTRIES.LIST><LEDGERNAME>Cash</LEDGERNAME><AMOUNT>-100.00</AMOUNT></ALLLEDGERENTRIES.LIST></VOUCHER></TALLYMESSAGE></REQUESTDATA></IMPORTDATA></BODY></ENVELOPE>`,
      );
      expect(text).toBe(capture);
    });
  },
);

/** A company in which each row of a report is a bill of its own, with the terms that give its due day. */
function companyOfBills(xml: string): FakeCompany {
  const company = createFakeCompany({
    name: 'Bills',
    booksFrom: '2022-04-01',
    display: { from: '2025-04-01', to: '2026-03-31' },
  });
  const known = new Set<string>();
  const rows = [
    ...xml.matchAll(
      /<BILLDATE>(.*?)<[\s\S]*?<BILLREF>(.*?)<[\s\S]*?<BILLPARTY>(.*?)<[\s\S]*?<BILLCL>(.*?)<[\s\S]*?<BILLDUE>(.*?)</g,
    ),
  ];
  // Entered in another order than the report's own.
  for (const [, date, ref, party, amount, due] of rows.reverse()) {
    const ledger = unescapeXml(need(party));
    if (!known.has(ledger)) company.createLedger({ name: ledger, parent: 'Sundry Debtors', billWise: true });
    known.add(ledger);
    const day = dayOf(date);
    const days = (Date.parse(dayOf(due)) - Date.parse(day)) / 86_400_000;
    company.createVoucher({
      type: 'Sales',
      date: day,
      lines: [
        {
          ledger,
          amount: paiseOf(amount),
          bills: [
            {
              type: 'New Ref',
              ref: unescapeXml(need(ref)),
              amount: paiseOf(amount),
              period: days === 0 ? '' : `${days} Days`,
            },
          ],
        },
      ],
    });
  }
  return company;
}

/** The company and the one receipt that the capture shows, down to its keys. */
function companyOfReceipt(xml: string): FakeCompany {
  const row = rowOf(xml, 'VOUCHER');
  const guid = need(textOf(row, 'GUID'));
  const company = createFakeCompany({ name: 'Receipts', guid: guid.slice(0, 36), booksFrom: '2025-04-01' });
  const entries = childrenOf(row, 'ALLLEDGERENTRIES.LIST');
  const lines = entries.map((entry) => {
    const bill = childOf(entry, 'BILLALLOCATIONS.LIST');
    const isBillWise = bill !== undefined && bill.children.length > 0;
    const ledger = need(textOf(entry, 'LEDGERNAME'));
    company.createLedger({
      name: ledger,
      parent: isBillWise ? 'Sundry Debtors' : 'Bank Accounts',
      billWise: isBillWise,
    });
    const amount = paiseOf(textOf(entry, 'AMOUNT'));
    if (!isBillWise) return { ledger, amount };
    const ref = need(textOf(bill, 'NAME'));
    const billDate = dayOf(textOf(bill, 'BILLDATE'));
    return {
      ledger,
      amount,
      bills: [{ type: 'Agst Ref' as const, ref, amount, billDate, billId: Number(textOf(bill, 'BILLID')) }],
    };
  });
  const masterId = Number(textOf(row, 'MASTERID'));
  company.setNext({ lastVoucherId: masterId - 1 });
  company.createVoucher({
    type: need(textOf(row, 'VOUCHERTYPENAME')),
    date: dayOf(textOf(row, 'DATE')),
    number: need(textOf(row, 'VOUCHERNUMBER')),
    narration: need(textOf(row, 'NARRATION')),
    lines,
  });
  // The second voucher of its day; its own retain key cannot be told from anything else.
  company.patchVoucher(masterId, { sequence: 16, retainKey: Number(textOf(row, 'VOUCHERRETAINKEY')) });
  return company;
}
