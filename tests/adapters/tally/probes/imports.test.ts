import { describe, expect, it } from 'vitest';
import type { FakeCompany } from '../../../fakes/tally/book.ts';
import { COMPANY, collection, importVouchers, report } from './envelopes.ts';
import { attributeOf, billsOf, listsOf, rowsOf, tagsOf, valueOf, valuesOf } from './look.ts';
import { ask } from './wire.ts';
import { customer, emptyCompany, hasSamples, sale, sample, tallyOf } from './world.ts';

const YEAR = { company: COMPANY, from: '20250401', to: '20260331' };

type ReceiptWish = {
  readonly attributes?: string;
  readonly date?: string;
  readonly party?: string;
  readonly amount?: string;
  readonly bill?: string;
  readonly more?: string;
};

/** A receipt of PROTOCOL 3, with everything a probe may want to spoil. */
function receiptXml(wish: ReceiptWish = {}): string {
  const {
    attributes = 'ACTION="Create"',
    date = '20250801',
    party = 'Anand',
    amount = '40.00',
    more = '',
  } = wish;
  const bill = wish.bill ?? `<NAME>B-1</NAME><BILLTYPE>Agst Ref</BILLTYPE><AMOUNT>${amount}</AMOUNT>`;
  return (
    `<VOUCHER VCHTYPE="Receipt" ${attributes} OBJVIEW="Accounting Voucher View">` +
    `<DATE>${date}</DATE><EFFECTIVEDATE>${date}</EFFECTIVEDATE><VOUCHERTYPENAME>Receipt</VOUCHERTYPENAME>` +
    `<PARTYLEDGERNAME>${party}</PARTYLEDGERNAME>${more}` +
    `<ALLLEDGERENTRIES.LIST><LEDGERNAME>${party}</LEDGERNAME><ISDEEMEDPOSITIVE>No</ISDEEMEDPOSITIVE>` +
    `<AMOUNT>${amount}</AMOUNT><BILLALLOCATIONS.LIST>${bill}</BILLALLOCATIONS.LIST></ALLLEDGERENTRIES.LIST>` +
    '<ALLLEDGERENTRIES.LIST><LEDGERNAME>HDFC Bank</LEDGERNAME><ISDEEMEDPOSITIVE>Yes</ISDEEMEDPOSITIVE>' +
    `<AMOUNT>-${amount}</AMOUNT></ALLLEDGERENTRIES.LIST></VOUCHER>`
  );
}

function bookOfOne(): FakeCompany {
  const book = emptyCompany();
  customer(book, 'Anand');
  book.createLedger({ name: 'Cash party', parent: 'Sundry Debtors', billWise: false });
  sale(book, 'Anand', { ref: 'B-1', date: '2025-06-01', amount: 10_000 });
  return book;
}

type Told = { readonly [name: string]: number };

/** The counters of a reply, whether or not it is wrapped. */
async function put(tally: { readonly port: number }, messages: string): Promise<Told> {
  return told((await ask(tally.port, importVouchers(messages))).text);
}

/** The same voucher under another type. */
function typed(xml: string, type: string): string {
  return xml
    .replace('VCHTYPE="Receipt"', `VCHTYPE="${type}"`)
    .replace('<VOUCHERTYPENAME>Receipt<', `<VOUCHERTYPENAME>${type}<`);
}

function told(text: string): Told {
  const names = ['CREATED', 'ALTERED', 'DELETED', 'COMBINED', 'IGNORED', 'ERRORS', 'CANCELLED', 'EXCEPTIONS'];
  return Object.fromEntries(
    names.map((name) => [name, Number(valueOf(text, name))]).filter(([, value]) => value !== 0),
  );
}

async function vouchers(tally: { readonly port: number }): Promise<readonly string[]> {
  const fetch = 'Date,GUID,MasterID,AlterID,Narration,VoucherNumber,IsCancelled,AllLedgerEntries.*';
  return rowsOf((await ask(tally.port, collection({ type: 'Voucher', fetch, ...YEAR }))).text, 'VOUCHER');
}

async function open(tally: { readonly port: number }): Promise<readonly string[]> {
  const { text } = await ask(tally.port, report('Bills Receivable', YEAR));
  return billsOf(text).map((bill) => `${bill.ref} ${bill.closing}`);
}

async function counters(tally: { readonly port: number }): Promise<readonly (string | undefined)[]> {
  const { text } = await ask(tally.port, collection({ type: 'Company', fetch: 'Name,AltMstId,AltVchId' }));
  return [valueOf(text, 'ALTMSTID'), valueOf(text, 'ALTVCHID')];
}

describe('what a client sees when it writes', () => {
  // PROTOCOL 3, sample import_receipt_ok
  it('is told what was made by ten counters in one order, and finds the bill paid', async () => {
    const tally = await tallyOf([bookOfOne()]);
    const { text } = await ask(tally.port, importVouchers(receiptXml()));
    const inner = text.slice(text.indexOf('<CREATED>'));
    expect(tagsOf(inner)).toEqual(
      'CREATED ALTERED DELETED LASTVCHID LASTMID COMBINED IGNORED ERRORS CANCELLED EXCEPTIONS'.split(' '),
    );
    expect(told(text)).toEqual({ CREATED: 1 });
    expect(valueOf(text, 'LASTVCHID')).toBe('2');
    if (hasSamples) expect(text).toBe(sample('derived-wire/import_receipt_ok.xml').replace('>295<', '>2<'));
    expect(await open(tally)).toEqual(['B-1 -60.00']);
  });

  // PROTOCOL 3: our idempotency.
  it('changes its own voucher when it sends the same REMOTEID again, and makes a second one without', async () => {
    const tally = await tallyOf([bookOfOne()]);
    const mine = 'REMOTEID="a1b2" ACTION="Create"';
    expect(await put(tally, receiptXml({ attributes: mine }))).toEqual({ CREATED: 1 });
    expect(await put(tally, receiptXml({ attributes: mine, amount: '25.00' }))).toEqual({ ALTERED: 1 });
    expect(await vouchers(tally)).toHaveLength(2);
    expect(await open(tally)).toEqual(['B-1 -75.00']);
    expect(await put(tally, receiptXml())).toEqual({ CREATED: 1 });
    expect(await put(tally, receiptXml())).toEqual({ CREATED: 1 });
    expect(await vouchers(tally)).toHaveLength(4);
  });

  // PROTOCOL 1.7.9, 3
  it('cannot read back the REMOTEID it sent, only its marker in the narration', async () => {
    const book = bookOfOne();
    const tally = await tallyOf([book]);
    const more = '<NARRATION>UPI 123 [app:a1b2]</NARRATION><UDF:OURS>lost</UDF:OURS>';
    await put(tally, receiptXml({ attributes: 'REMOTEID="a1b2" ACTION="Create"', more }));
    const [, row = ''] = await vouchers(tally);
    expect(attributeOf(row, 'REMOTEID')).toBe(`${book.guid}-00000002`);
    expect(valueOf(row, 'NARRATION')).toBe('UPI 123 [app:a1b2]');
    expect(row.replace('[app:a1b2]', '')).not.toContain('a1b2');
    expect(row).not.toContain('lost');
  });

  // PROTOCOL 3: a cancel reports as ALTERED.
  it('is told DELETED for a deletion and ALTERED for a cancellation', async () => {
    const tally = await tallyOf([bookOfOne()]);
    const by = (action: string): string => receiptXml({ attributes: `REMOTEID="a1b2" ACTION="${action}"` });
    await put(tally, by('Create'));
    expect(await put(tally, by('Cancel'))).toEqual({ ALTERED: 1 });
    expect(valueOf((await vouchers(tally))[1] ?? '', 'ISCANCELLED')).toBe('Yes');
    expect(await open(tally)).toEqual(['B-1 -100.00']);
    expect(await put(tally, by('Delete'))).toEqual({ DELETED: 1 });
    expect(await vouchers(tally)).toHaveLength(1);
  });

  // PROTOCOL 1.7.5
  it('moves the counter of vouchers by one for each one it writes', async () => {
    const tally = await tallyOf([bookOfOne()]);
    const before = await counters(tally);
    expect(before[1]).toBe(' 1');
    expect(await put(tally, receiptXml() + receiptXml() + receiptXml())).toEqual({ CREATED: 3 });
    expect(await counters(tally)).toEqual([before[0], ' 4']);
  });
});

describe('what a client loses without a word', () => {
  // PROTOCOL 3: VOUCHERNUMBER under Automatic numbering.
  it('loses its voucher number', async () => {
    const book = bookOfOne();
    book.createVoucherType({ name: 'Online Receipt', base: 'Receipt', numbering: 'Automatic' });
    const tally = await tallyOf([book]);
    const xml = typed(receiptXml({ more: '<VOUCHERNUMBER>OURS-77</VOUCHERNUMBER>' }), 'Online Receipt');
    expect(await put(tally, xml)).toEqual({ CREATED: 1 });
    const made = (await vouchers(tally)).join('');
    expect(made).toContain('VCHTYPE="Online Receipt"');
    expect(made).not.toContain('OURS-77');
  });

  // PROTOCOL 3: BILLDATE of a New Ref becomes the voucher's date.
  it('loses the date of a new bill', async () => {
    const tally = await tallyOf([bookOfOne()]);
    const bill =
      '<BILLDATE>20250615</BILLDATE><NAME>N-1</NAME><BILLTYPE>New Ref</BILLTYPE><AMOUNT>40.00</AMOUNT>';
    expect(await put(tally, receiptXml({ bill }))).toEqual({ CREATED: 1 });
    const made = listsOf((await vouchers(tally))[1] ?? '', 'BILLALLOCATIONS.LIST', 6).join('');
    expect([valueOf(made, 'NAME'), valueOf(made, 'BILLDATE')]).toEqual(['N-1', '20250801']);
  });

  // PROTOCOL 3: an Advance that names an existing ref, and the name of what is on account.
  it('finds its advance set against the bill it named, and no name on account', async () => {
    const tally = await tallyOf([bookOfOne()]);
    const advance = '<NAME>B-1</NAME><BILLTYPE>Advance</BILLTYPE><AMOUNT>40.00</AMOUNT>';
    const account = '<NAME>B-1</NAME><BILLTYPE>On Account</BILLTYPE><AMOUNT>40.00</AMOUNT>';
    expect(await put(tally, receiptXml({ bill: advance }) + receiptXml({ bill: account }))).toEqual({
      CREATED: 2,
    });
    const made = (await vouchers(tally))
      .slice(1)
      .map((row) => listsOf(row, 'BILLALLOCATIONS.LIST', 6).join(''));
    expect(made.map((row) => valueOf(row, 'BILLTYPE'))).toEqual(['Agst Ref', 'On Account']);
    expect(valueOf(made[1] ?? '', 'NAME') ?? '').toBe('');
    expect(await open(tally)).toEqual(['B-1 -60.00']);
  });

  // PROTOCOL 3: allocations on a ledger that is not bill-wise.
  it('loses the bills of a party that is not kept bill by bill', async () => {
    const tally = await tallyOf([bookOfOne()]);
    expect(await put(tally, receiptXml({ party: 'Cash party' }))).toEqual({ CREATED: 1 });
    expect(valuesOf((await vouchers(tally))[1] ?? '', 'BILLTYPE')).toEqual([]);
    expect(await open(tally)).toEqual(['B-1 -100.00']);
  });

  // PROTOCOL 3: TC 5, 23.
  it('finds a second voucher when it alters one whose numbers are automatic', async () => {
    const book = bookOfOne();
    book.createVoucherType({ name: 'Auto', base: 'Receipt', numbering: 'Automatic' });
    const tally = await tallyOf([book]);
    const auto = (action: string): string => typed(receiptXml({ attributes: `ACTION="${action}"` }), 'Auto');
    await put(tally, auto('Create'));
    await put(tally, auto('Alter'));
    expect(await vouchers(tally)).toHaveLength(3);
  });
});

describe('what a client is told when nothing was written', () => {
  // PROTOCOL 3
  it('is told which ledger does not exist, and nothing moves', async () => {
    const tally = await tallyOf([bookOfOne()]);
    const before = await counters(tally);
    const reply = await ask(tally.port, importVouchers(receiptXml({ party: 'Nobody' })));
    expect(reply.statusLine).toBe('HTTP/1.1 200 OK');
    expect(valueOf(reply.text, 'LINEERROR')).toContain("Ledger 'Nobody' does not exist!");
    const counted = told(reply.text);
    expect(counted['CREATED']).toBeUndefined();
    expect((counted['ERRORS'] ?? 0) + (counted['EXCEPTIONS'] ?? 0)).toBe(1);
    expect(await counters(tally)).toEqual(before);
    expect(await vouchers(tally)).toHaveLength(1);
  });

  // PROTOCOL 3: one object fails, the others are in.
  it('finds the good ones of a batch written though one of them failed', async () => {
    const tally = await tallyOf([bookOfOne()]);
    const batch = receiptXml() + receiptXml({ party: 'Nobody' }) + receiptXml();
    const { text } = await ask(tally.port, importVouchers(batch));
    expect(told(text)['CREATED']).toBe(2);
    expect(valuesOf(text, 'LINEERROR')).toEqual(["Ledger 'Nobody' does not exist!"]);
    expect(await vouchers(tally)).toHaveLength(3);
  });

  // PROTOCOL 3: the date is there; Educational mode refuses it.
  it('is told by an Educational Tally that a date is missing which it has sent', async () => {
    const tally = await tallyOf([bookOfOne()], { profile: { licence: 'edu' } });
    const refused = (await ask(tally.port, importVouchers(receiptXml({ date: '20250815' })))).text;
    expect(valueOf(refused, 'LINEERROR')).toMatch(/^Voucher date is missing for:/);
    expect(told(refused)['CREATED']).toBeUndefined();
    expect(await vouchers(tally)).toHaveLength(1);
    expect(await put(tally, receiptXml({ date: '20250802' }))).toEqual({ CREATED: 1 });
  });
});
