import { Buffer } from 'node:buffer';
import net from 'node:net';
import { describe, expect, it } from 'vitest';
import type { FakeCompany } from '../../../fakes/tally/book.ts';
import { COMPANY, collection, importVouchers, oldReport, report } from './envelopes.ts';
import { rowsOf, valueOf, valuesOf, withoutCounters } from './look.ts';
import { ask, get, post, postBytes } from './wire.ts';
import { customer, emptyCompany, sale, tallyOf } from './world.ts';

const YEAR = { company: COMPANY, from: '20250401', to: '20260331' };
const LEDGERS = collection({ type: 'Ledger', fetch: 'Name,Parent', company: COMPANY });

function bookOfFive(): FakeCompany {
  const book = emptyCompany();
  customer(book, 'Anand & Sons');
  customer(book, 'शर्मा');
  for (const [ref, date] of [
    ['B-1', '2025-06-01'],
    ['B-2', '2025-06-01'],
    ['B-3', '2025-06-01'],
    ['B-4', '2025-07-09'],
    ['B-5', '2025-07-09'],
  ] as const)
    sale(book, ref === 'B-5' ? 'शर्मा' : 'Anand & Sons', { ref, date, amount: 100 });
  return book;
}

/** Everything a connection gives until it goes quiet, for replies whose length nobody told. */
function rawReply(port: number, xml: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => void socket.write(postBytes(xml)));
    let received = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.toString('latin1').endsWith('0\r\n\r\n')) socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(received.toString('latin1')));
  });
}

describe('what a client sees of other questions', () => {
  // PROTOCOL 1.7.11: counts per day, with optional and cancelled vouchers left out.
  it('is told how many vouchers each day has', async () => {
    const book = bookOfFive();
    book.cancelVoucher(1);
    book.makeOptional(4);
    const tally = await tallyOf([book]);
    const xml = collection({
      type: 'Voucher',
      ...YEAR,
      more: '<FILTERS>IsNonOptionalCancelledVchs</FILTERS>',
    })
      .replace('<ID>PrRows</ID>', '<ID>PrCounts</ID>')
      .replace(
        '</TDLMESSAGE>',
        // As a function, since a dollar sign means something in a text that replaces.
        () =>
          '<COLLECTION NAME="PrCounts" ISMODIFY="No"><SOURCECOLLECTION>PrRows</SOURCECOLLECTION>' +
          '<BY>Date : $Date</BY><AGGRCOMPUTE>Count : SUM : $$Number:1</AGGRCOMPUTE></COLLECTION></TDLMESSAGE>',
      );
    const { text } = await ask(tally.port, xml);
    const rows = rowsOf(text, 'OBJECT');
    expect(rows.map((row) => `${valueOf(row, 'DATE')} ${valueOf(row, 'COUNT')?.trim()}`)).toEqual([
      '1-Jun-25 2',
      '9-Jul-25 1',
    ]);
  });

  // PROTOCOL 1.1: all fields of a company in one read.
  it('gets a company by its name as an object', async () => {
    const book = bookOfFive();
    const tally = await tallyOf([book]);
    const xml =
      '<ENVELOPE><HEADER><VERSION>1</VERSION><TALLYREQUEST>Export</TALLYREQUEST><TYPE>Object</TYPE>' +
      `<SUBTYPE>Company</SUBTYPE><ID TYPE="Name">${COMPANY}</ID></HEADER><BODY><DESC><FETCHLIST>` +
      '<FETCH>Name</FETCH><FETCH>GUID</FETCH><FETCH>AltMstId</FETCH></FETCHLIST></DESC></BODY></ENVELOPE>';
    const { text } = await ask(tally.port, xml);
    expect(valueOf(text, 'GUID')).toBe(book.guid);
    expect(text).toContain('<STATUS>1</STATUS>');
  });

  // PROTOCOL 1.0, 2.7: the old family meets the same walls.
  it('is told through the old envelope as well that a company could not be set', async () => {
    const tally = await tallyOf([bookOfFive()]);
    const { text } = await ask(tally.port, oldReport('Bills Receivable', { company: "O'Neil & Co" }));
    expect(text).toContain('&apos;SVCurrentCompany&apos; to &apos;O&apos;Neil &amp; Co&apos;</LINEERROR>');
  });

  // PROTOCOL 1.7.1, 1.7.5: the counter stays though nothing is left.
  it('still finds a counter of vouchers when the last voucher is deleted', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    book.deleteVoucher(sale(book, 'Anand', { date: '2025-06-01', amount: 1 }));
    const tally = await tallyOf([book]);
    const { text } = await ask(tally.port, collection({ type: 'Company', fetch: 'Name,AltVchId' }));
    expect(valueOf(text, 'ALTVCHID')).toBe(' 3');
  });

  // PROTOCOL 1.5: one source needed it; it must do no harm.
  it('gets the same vouchers when it says it wants vouchers of all types', async () => {
    const tally = await tallyOf([bookOfFive()]);
    const plain = await ask(tally.port, collection({ type: 'Voucher', fetch: 'Date,GUID', ...YEAR }));
    const more = '<CHILDOF>$$VchTypeAllVouchers</CHILDOF><BELONGSTO>Yes</BELONGSTO>';
    const all = await ask(tally.port, collection({ type: 'Voucher', fetch: 'Date,GUID', ...YEAR, more }));
    expect(rowsOf(all.text, 'VOUCHER')).toEqual(rowsOf(plain.text, 'VOUCHER'));
    expect(rowsOf(all.text, 'VOUCHER')).toHaveLength(5);
  });

  // PROTOCOL 3: the new form may wrap the counters.
  it('may import by the new envelope too', async () => {
    const tally = await tallyOf([bookOfFive()]);
    const old = importVouchers(
      '<VOUCHER VCHTYPE="Journal" ACTION="Create"><DATE>20250801</DATE><VOUCHERTYPENAME>Journal</VOUCHERTYPENAME>' +
        '<ALLLEDGERENTRIES.LIST><LEDGERNAME>HDFC Bank</LEDGERNAME><ISDEEMEDPOSITIVE>Yes</ISDEEMEDPOSITIVE>' +
        '<AMOUNT>-1.00</AMOUNT></ALLLEDGERENTRIES.LIST><ALLLEDGERENTRIES.LIST><LEDGERNAME>Sales</LEDGERNAME>' +
        '<ISDEEMEDPOSITIVE>No</ISDEEMEDPOSITIVE><AMOUNT>1.00</AMOUNT></ALLLEDGERENTRIES.LIST></VOUCHER>',
    );
    const message = /<TALLYMESSAGE[\s\S]*<\/TALLYMESSAGE>/.exec(old)?.[0] ?? '';
    const xml =
      '<ENVELOPE><HEADER><VERSION>1</VERSION><TALLYREQUEST>Import</TALLYREQUEST><TYPE>Data</TYPE><ID>Vouchers</ID>' +
      `</HEADER><BODY><DESC><STATICVARIABLES><SVCURRENTCOMPANY>${COMPANY}</SVCURRENTCOMPANY></STATICVARIABLES></DESC>` +
      `<DATA>${message}</DATA></BODY></ENVELOPE>`;
    const { text } = await ask(tally.port, xml);
    expect([valueOf(text, 'CREATED'), valueOf(text, 'ERRORS'), valueOf(text, 'EXCEPTIONS')]).toEqual([
      '1',
      '0',
      '0',
    ]);
    const unbalanced = xml.replace('<AMOUNT>1.00<', '<AMOUNT>2.00<');
    const refused = (await ask(tally.port, unbalanced)).text;
    expect(valueOf(refused, 'CREATED')).toBe('0');
    expect(Number(valueOf(refused, 'ERRORS')) + Number(valueOf(refused, 'EXCEPTIONS'))).toBe(1);
  });
});

describe('what a client sees of the faults of PROTOCOL 6.4', () => {
  it('reads a raw control byte that no parser of XML would take', async () => {
    const tally = await tallyOf([bookOfFive()]);
    tally.faults.when('ledgers', { kind: 'raw-control', code: 5 });
    expect((await ask(tally.port, LEDGERS)).text).toContain('\u0005');
    expect((await ask(tally.port, LEDGERS)).text).not.toContain('\u0005');
  });

  it('reads a UDF prefix that nobody declared, and an ampersand that nobody escaped', async () => {
    const tally = await tallyOf([bookOfFive()]);
    tally.faults.when('ledgers', { kind: 'undeclared-udf' });
    const udf = (await ask(tally.port, LEDGERS)).text;
    expect(udf).toMatch(/<UDF:[A-Z]/);
    expect(udf).not.toContain('xmlns:UDF');
    tally.faults.when('ledgers', { kind: 'bare-ampersand' });
    expect((await ask(tally.port, LEDGERS)).text).toMatch(/&(?!#?\w+;)/);
  });

  it('loses its Hindi though it asked in UTF-16, or gets single bytes', async () => {
    const tally = await tallyOf([bookOfFive()]);
    tally.faults.when('ledgers', { kind: 'non-ascii-loss' });
    const lost = await ask(tally.port, LEDGERS);
    expect(lost.text).toContain('<LEDGER NAME="?????" RESERVEDNAME="">');
    tally.faults.when('ledgers', { kind: 'latin1' });
    const bytes = (await ask(tally.port, LEDGERS)).body;
    expect(bytes.includes(0xd7)).toBe(true);
    expect(bytes.includes(0x00)).toBe(false);
  });

  it('gets an unknown request or an empty envelope in place of its rows', async () => {
    const tally = await tallyOf([bookOfFive()]);
    tally.faults.when('ledgers', { kind: 'unknown-request' });
    expect((await ask(tally.port, LEDGERS)).text).toBe(
      '<RESPONSE>Unknown Request, cannot be processed</RESPONSE>\r\n',
    );
    tally.faults.when('bills-receivable', { kind: 'empty-envelope' });
    expect((await ask(tally.port, report('Bills Receivable', YEAR))).text).toMatch(
      /^<ENVELOPE><\/ENVELOPE>(\r\n)?$/,
    );
  });

  it('gets the same reply in chunks without a length', async () => {
    const tally = await tallyOf([bookOfFive()]);
    const whole = await ask(tally.port, report('Bills Receivable', YEAR));
    tally.faults.when('bills-receivable', { kind: 'chunked' });
    const raw = await rawReply(tally.port, report('Bills Receivable', YEAR));
    const [head = '', ...rest] = raw.split('\r\n\r\n');
    expect(head.toLowerCase()).toContain('transfer-encoding: chunked');
    expect(head.toLowerCase()).not.toContain('content-length');
    let left = rest.join('\r\n\r\n');
    let body = '';
    for (let size = Number.parseInt(left, 16); size > 0; size = Number.parseInt(left, 16)) {
      const begin = left.indexOf('\r\n') + 2;
      body += left.slice(begin, begin + size);
      left = left.slice(begin + size + 2);
    }
    expect(Buffer.from(body, 'latin1').equals(whole.body)).toBe(true);
  });

  it('is refused, waits for a busy screen, and is answered afterwards as if nothing had been', async () => {
    const tally = await tallyOf([bookOfFive()]);
    const plain = withoutCounters((await ask(tally.port, LEDGERS)).text);
    tally.faults.clear();
    tally.faults.at(1, { kind: 'busy', milliseconds: 200 });
    tally.faults.at(2, { kind: 'refused', milliseconds: 150 });
    const begun = performance.now();
    expect(withoutCounters((await ask(tally.port, LEDGERS)).text)).toBe(plain);
    expect(performance.now() - begun).toBeGreaterThan(190);
    expect((await post(tally.port, LEDGERS)).kind).toBe('refused');
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect((await get(tally.port)).kind).toBe('answer');
  });

  it('can tell that a voucher was entered between its count and its read only by counting again', async () => {
    const book = bookOfFive();
    const tally = await tallyOf([book]);
    const xml = collection({ type: 'Voucher', fetch: 'Date,GUID', ...YEAR });
    expect(valuesOf((await ask(tally.port, xml)).text, 'GUID')).toHaveLength(5);
    const act = (): void => void sale(book, 'शर्मा', { ref: 'B-6', date: '2025-06-01', amount: 1 });
    tally.faults.when('vouchers', { kind: 'before', act });
    const guids = valuesOf((await ask(tally.port, xml)).text, 'GUID');
    expect(guids).toHaveLength(6);
    expect(guids[3]).toMatch(/-00000006$/);
  });
});
