import { describe, expect, it } from 'vitest';
import { createFakeCompany, type FakeCompany } from '../../../fakes/tally/book.ts';
import { COMPANY, collection, functionCall, report } from './envelopes.ts';
import { attributeOf, rowsOf, tagsOf, valueOf, valuesOf, withoutCounters } from './look.ts';
import { ask } from './wire.ts';
import { customer, emptyCompany, hasSamples, sale, sample, tallyOf } from './world.ts';

// PROTOCOL 6.3.5
const COUNTERS =
  'COMPANY GROUP LEDGER COSTCATEGORY COSTCENTRE GODOWN STOCKGROUP STOCKCATEGORY STOCKITEM VOUCHERTYPE CURRENCY UNIT ' +
  'BUDGET CLIENTRULE SERVERRULE STATE TDSRATE TAXCLASSIFICATION STCATEGORY DEDUCTEETYPE ATTENDANCETYPE FBTCATEGORY ' +
  'FBTASSESSEETYPE TARIFFCLASSIFICATION EXCISEDUTYCLASSIFICATION SERIALNUMBER ADJUSTMENTCLASSIFICATION ' +
  'INCOMETAXSLAB INCOMETAXCLASSIFICATION LBTCLASSIFICATION TAXUNIT RETURNMASTER GSTCLASSIFICATION ' +
  'VOUCHERNUMBERSERIES VOUCHER';
const MOVING = ['COMPANY', 'LEDGER', 'VOUCHERTYPE', 'CURRENCY', 'TAXUNIT', 'VOUCHERNUMBERSERIES', 'VOUCHER'];

const COMPANIES = collection({
  type: 'Company',
  fetch: 'Name,GUID,CompanyNumber,StartingFrom,BooksFrom,LastVoucherDate,AltMstId,AltVchId,AlterID',
  compute: [
    'IsActiveCompany : $$IsEqual:$Name:##SVCurrentCompany',
    'IsEdu : $$LicenseInfo:IsEducationalMode',
  ],
});

function bookOfTwo(): FakeCompany {
  const book = emptyCompany();
  customer(book, 'Anand Traders');
  customer(book, 'Bose & Sons');
  sale(book, 'Anand Traders', { date: '2025-06-02', amount: 50_000 });
  sale(book, 'Bose & Sons', { date: '2025-06-03', amount: 70_000 });
  return book;
}

const ledgers = (fetch: string, company = COMPANY): string => collection({ type: 'Ledger', fetch, company });

describe('what a client sees of any collection', () => {
  // PROTOCOL 2.1, 6.3.5
  it('finds 35 counters above the rows, in one order, that move from read to read and count nothing', async () => {
    const tally = await tallyOf([bookOfTwo()]);
    const seen = new Set<string>();
    const moved = new Set<string>();
    for (let round = 0; round < 8; round += 1) {
      const { text } = await ask(tally.port, ledgers('Name'));
      const block = text.slice(text.indexOf('<CMPINFO>') + 9, text.indexOf('</CMPINFO>'));
      expect(tagsOf(block).join(' ')).toBe(COUNTERS);
      expect(rowsOf(text, 'LEDGER')).toHaveLength(6);
      seen.add(block);
      for (const match of block.matchAll(/<(\w+)>(\d+)</g)) if (match[2] !== '0') moved.add(match[1] ?? '');
    }
    expect(seen.size).toBeGreaterThan(1);
    expect([...moved].every((name) => MOVING.includes(name))).toBe(true);
    expect(moved).toContain('LEDGER');
    expect(moved).toContain('VOUCHER');
  });

  // PROTOCOL 2.1: ledgers and vouchers say what they hang on, companies do not.
  it('finds the attributes of COLLECTION that belong to the kind of row', async () => {
    const tally = await tallyOf([bookOfTwo()]);
    const vouchers = collection({ type: 'Voucher', fetch: 'Date', company: COMPANY });
    expect((await ask(tally.port, ledgers('Name'))).text).toContain(
      '\r\n   <COLLECTION ISMSTDEPTYPE="Yes" MSTDEPTYPE="8">\r\n',
    );
    expect((await ask(tally.port, vouchers)).text).toContain(
      '\r\n   <COLLECTION ISCMPDEPTYPE="Yes" CMPLOCUS="4" CMPDEPTYPE="64">\r\n',
    );
    expect((await ask(tally.port, COMPANIES)).text).toContain('\r\n   <COLLECTION>\r\n');
  });

  // PROTOCOL 2.1, 6.3.6
  it('finds a blank before every number and a TYPE on what it fetched', async () => {
    const tally = await tallyOf([bookOfTwo()]);
    const row = rowsOf(
      (await ask(tally.port, ledgers('Name,Parent,MasterID,AlterID,ClosingBalance'))).text,
      'LEDGER',
    )
      .filter((each) => attributeOf(each, 'NAME') === 'Bose & Sons')
      .join('');
    expect(row).toMatch(/<ALTERID TYPE="Number"> \d+<\/ALTERID>/);
    expect(row).toMatch(/<MASTERID TYPE="Number"> \d+<\/MASTERID>/);
    expect(row).toContain('<PARENT TYPE="String">Sundry Debtors</PARENT>');
    expect(row).toContain('<CLOSINGBALANCE TYPE="Amount">-700.00</CLOSINGBALANCE>');
    expect(row).toContain('<LEDGER NAME="Bose &amp; Sons" RESERVEDNAME="">');
  });

  // PROTOCOL 2.1, 6.3.6, sample p15
  it('finds the language names of a ledger without asking, with aliases behind the name', async () => {
    const book = emptyCompany();
    book.createLedger({ name: 'Anand', aliases: ['A-01'], parent: 'Sundry Debtors', billWise: true });
    const tally = await tallyOf([book]);
    const rows = rowsOf((await ask(tally.port, ledgers('Parent'))).text, 'LEDGER');
    expect(rows.find((row) => attributeOf(row, 'NAME') === 'Anand')).toBe(
      [
        '',
        '    <LEDGER NAME="Anand" RESERVEDNAME="">',
        '     <PARENT TYPE="String">Sundry Debtors</PARENT>',
        '     <LANGUAGENAME.LIST>',
        '      <NAME.LIST TYPE="String">',
        '       <NAME>Anand</NAME>',
        '       <NAME>A-01</NAME>',
        '      </NAME.LIST>',
        '      <LANGUAGEID TYPE="Number"> 1033</LANGUAGEID>',
        '     </LANGUAGENAME.LIST>',
        '    </LEDGER>',
      ].join('\r\n'),
    );
  });

  // PROTOCOL 1.0, 1.3, 6.3.7
  it('gets only values that are set, and nothing for names that do not exist', async () => {
    const book = emptyCompany();
    customer(book, 'Anand');
    book.createLedger({ name: 'Bose', parent: 'Sundry Debtors', contact: { email: 'b@example.in' } });
    const tally = await tallyOf([book]);
    const { text } = await ask(tally.port, ledgers('nAmE,EMAIL,NoSuchThing,BillAllocations.LIST'));
    const rows = rowsOf(text, 'LEDGER');
    const anand = rows.find((row) => attributeOf(row, 'NAME') === 'Anand') ?? '';
    const bose = rows.find((row) => attributeOf(row, 'NAME') === 'Bose') ?? '';
    expect(valueOf(bose, 'EMAIL')).toBe('b@example.in');
    expect(valueOf(anand, 'EMAIL')).toBeUndefined();
    expect(text).not.toContain('NOSUCHTHING');
    expect(text).not.toContain('BILLALLOCATIONS');
    expect(rows).toHaveLength(6);
  });

  // PROTOCOL 1.2: the root has no name a person could type.
  it('reads the parent of a root group as a control character and Primary', async () => {
    const tally = await tallyOf([bookOfTwo()]);
    const groups = collection({ type: 'Group', fetch: 'Name,Parent,GUID', company: COMPANY });
    const { text } = await ask(tally.port, groups);
    const root = rowsOf(text, 'GROUP').find((row) => attributeOf(row, 'NAME') === 'Current Assets') ?? '';
    expect(root).toContain('<PARENT TYPE="String">&#4; Primary</PARENT>');
    const debtors = rowsOf(text, 'GROUP').find((row) => attributeOf(row, 'NAME') === 'Sundry Debtors') ?? '';
    expect(valueOf(debtors, 'PARENT')).toBe('Current Assets');
  });

  // PROTOCOL 1.2
  it('still knows the debtors when a person has renamed their group', async () => {
    const book = bookOfTwo();
    book.renameGroup('Sundry Debtors', 'ग्राहक');
    book.createGroup({ name: 'Mumbai', parent: 'ग्राहक' });
    book.createLedger({ name: 'Chitra', parent: 'Mumbai' });
    const tally = await tallyOf([book]);
    const groups = (await ask(tally.port, collection({ type: 'Group', fetch: 'Name', company: COMPANY })))
      .text;
    expect(groups).toContain('<GROUP NAME="ग्राहक" RESERVEDNAME="Sundry Debtors">');
    expect(groups).toContain('<GROUP NAME="Mumbai" RESERVEDNAME="">');
    const names = async (
      wish: Partial<Parameters<typeof collection>[0]>,
    ): Promise<readonly (string | undefined)[]> =>
      rowsOf(
        (await ask(tally.port, collection({ type: 'Ledger', fetch: 'Name', company: COMPANY, ...wish })))
          .text,
        'LEDGER',
      ).map((row) => attributeOf(row, 'NAME'));
    const three = ['Anand Traders', 'Bose & Sons', 'Chitra'];
    expect(await names({ filter: '$$IsLedOfGrp:$Name:$$GroupSundryDebtors' })).toEqual(three);
    expect(
      await names({ more: '<CHILDOF>$$GroupSundryDebtors</CHILDOF><BELONGSTO>Yes</BELONGSTO>' }),
    ).toEqual(three);
  });
});

describe('what a client sees of companies', () => {
  // PROTOCOL 1.1, 6.3.8
  it('is told of open companies only, whichever it names', async () => {
    const first = bookOfTwo();
    const second = createFakeCompany({ name: 'Second & Co' });
    const tally = await tallyOf([first, second]);
    const wish = collection({ type: 'Company', fetch: 'Name,GUID', company: 'Nobody Ltd' });
    const names = async (): Promise<readonly (string | undefined)[]> =>
      rowsOf((await ask(tally.port, wish)).text, 'COMPANY').map((row) => attributeOf(row, 'NAME'));
    expect(await names()).toEqual([COMPANY, 'Second & Co']);
    tally.close(first);
    expect(await names()).toEqual(['Second & Co']);
    tally.close(second);
    expect(await names()).toEqual([]);
    expect((await ask(tally.port, wish)).text).toContain('<STATUS>1</STATUS>');
  });

  // PROTOCOL 1.1, 1.7.1, sample p01
  it('finds the counters of a company, and none of vouchers where there never was one', async () => {
    const fresh = createFakeCompany({ name: 'Fresh Ltd', booksFrom: '2025-04-01' });
    const tally = await tallyOf([bookOfTwo(), fresh]);
    const rows = rowsOf((await ask(tally.port, COMPANIES)).text, 'COMPANY');
    const [used = '', empty = ''] = rows;
    expect(valueOf(used, 'ALTVCHID')).toBe(' 2');
    expect(valueOf(used, 'LASTVOUCHERDATE')).toBe('20250603');
    expect(valueOf(used, 'BOOKSFROM')).toBe('20250401');
    expect(valueOf(used, 'ISACTIVECOMPANY')?.trim()).toBe('Yes');
    expect(valueOf(used, 'ISEDU')?.trim()).toBe('No');
    expect(valueOf(empty, 'ISACTIVECOMPANY')?.trim()).toBe('No');
    expect(valueOf(empty, 'ALTVCHID')).toBeUndefined();
    expect(valueOf(empty, 'ALTMSTID')).toMatch(/^ \d+$/);
  });

  // Sample p01: Tally has its own order of tags, whatever order they are asked in.
  it.skipIf(!hasSamples)('reads the fields of a company in the order Tally keeps them', async () => {
    const tally = await tallyOf([bookOfTwo()]);
    const fetch = 'Name,GUID,AltMstId,AltVchId,AlterID,LastVoucherDate,BooksFrom';
    const [row = ''] = rowsOf(
      (await ask(tally.port, collection({ type: 'Company', fetch }))).text,
      'COMPANY',
    );
    const [known = ''] = rowsOf(sample('live-captures/p01_A_counters_after_create_voucher.xml'), 'COMPANY');
    expect(tagsOf(row)).toEqual(tagsOf(known));
  });

  // PROTOCOL 1.1, 2.5
  it('is told the active company and the period on the screen by functions', async () => {
    const tally = await tallyOf([bookOfTwo()]);
    expect((await ask(tally.port, functionCall('$$CurrentSimpleCompany'))).text).toContain(COMPANY);
    const from = (await ask(tally.port, functionCall('$$SystemPeriodFrom'))).text;
    // Which base the number has here, and how the year is written, nobody has recorded.
    expect(from).toMatch(/<RESULT TYPE="Date" JD="\d+">1-Apr-(20)?25<\/RESULT>/);
  });
});

describe('what a client sees when it names the wrong company', () => {
  // PROTOCOL 2.7, 6.3.9, sample ledger_collection_empty
  it('gets an empty collection with STATUS 1, as from a company without a ledger', async () => {
    const tally = await tallyOf([bookOfTwo()]);
    const { text } = await ask(tally.port, ledgers('Name', 'Kalpana Trader'));
    expect(text).toContain('<STATUS>1</STATUS>');
    expect(text).toContain('   <COLLECTION ISMSTDEPTYPE="Yes" MSTDEPTYPE="8">   </COLLECTION>\r\n');
    if (hasSamples) expect(withoutCounters(text)).toBe(sample('derived-wire/ledger_collection_empty.xml'));
  });

  // PROTOCOL 2.7, 6.3.9, sample p10
  it('is told by a report, and only by a report, that the company could not be set', async () => {
    const tally = await tallyOf([bookOfTwo()]);
    const name = 'Bharat Traders Probe Copy';
    const { text } = await ask(tally.port, report('Bills Receivable', { company: name }));
    expect(text).toContain(
      `<LINEERROR>Could not set &apos;SVCurrentCompany&apos; to &apos;${name}&apos;</LINEERROR>`,
    );
    expect(text).toContain('<STATUS>0</STATUS>');
    if (hasSamples) expect(text).toBe(sample('live-captures/p10_A_no_company_report.xml'));
  });

  // PROTOCOL 2.7, 6.3.9
  it('may leave the company out, or write it in other letters and with blanks around it', async () => {
    const first = bookOfTwo();
    const second = createFakeCompany({ name: 'Second & Co' });
    second.createLedger({ name: 'Only here', parent: 'Sundry Debtors' });
    const tally = await tallyOf([first, second]);
    const named = async (company?: string): Promise<readonly string[]> => {
      const xml = collection({
        type: 'Ledger',
        fetch: 'Name,GUID',
        ...(company === undefined ? {} : { company }),
      });
      return valuesOf((await ask(tally.port, xml)).text, 'GUID');
    };
    expect(await named('  kALPANA tRADERS ')).toEqual(await named(COMPANY));
    expect(await named()).toEqual(await named(COMPANY));
    tally.activate(second);
    expect(await named()).toEqual(await named('second & co'));
    expect(await named()).not.toEqual(await named(COMPANY));
  });
});
