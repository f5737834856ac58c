import { afterEach, describe, expect, it } from 'vitest';
import { createFakeCompany, type FakeCompany } from '#tests/fakes/tally/book.ts';
import { startFakeTally, type FakeTally, type FakeTallyOptions } from '#tests/fakes/tally/index.ts';
import { ask, collection, report, texts } from './ask.ts';

let tally: FakeTally | null = null;

async function start(options: FakeTallyOptions): Promise<FakeTally> {
  tally = await startFakeTally(options);
  return tally;
}

afterEach(async () => {
  await tally?.stop();
  tally = null;
});

function shop(): FakeCompany {
  const company = createFakeCompany({
    name: 'Test P Ltd',
    booksFrom: '2024-04-01',
    display: { from: '2025-04-01', to: '2026-03-31' },
  });
  company.createLedger({ name: 'Customer', parent: 'Sundry Debtors', billWise: true });
  company.createLedger({ name: 'Sales', parent: 'Sales Accounts' });
  for (const [date, amount] of [
    ['2024-06-10', 100_00],
    ['2025-06-10', 200_00],
    ['2025-06-20', 400_00],
    ['2026-05-10', 800_00],
  ] as const)
    company.createVoucher({
      type: 'Sales',
      date,
      lines: [
        { ledger: 'Customer', amount, bills: [{ type: 'New Ref', ref: date, amount }] },
        { ledger: 'Sales', amount: -amount },
      ],
    });
  return company;
}

const days = async (fake: FakeTally, wish: { from?: string; to?: string }): Promise<readonly string[]> =>
  texts((await ask(fake, collection({ type: 'Voucher', fetch: 'Date', ...wish }))).text, 'DATE');

const closing = async (
  fake: FakeTally,
  wish: { from?: string; to?: string },
): Promise<readonly (string | undefined)[]> => {
  const request = collection({
    type: 'Ledger',
    fetch: 'OpeningBalance,ClosingBalance',
    formulas: { C: '$Name = "Customer"' },
    ...wish,
  });
  const { text } = await ask(fake, request);
  return [texts(text, 'OPENINGBALANCE')[0], texts(text, 'CLOSINGBALANCE')[0]];
};

describe('dates', () => {
  it('load the period on the screen where none, an untyped or an impossible one was sent', async () => {
    const fake = await start({ books: [shop()] });
    expect(await days(fake, {})).toEqual(['20250610', '20250620']);
    const untyped = collection({
      type: 'Voucher',
      fetch: 'Date',
      from: '20240401',
      to: '20270331',
    }).replaceAll(' TYPE="Date"', '');
    expect(texts((await ask(fake, untyped)).text, 'DATE')).toHaveLength(2);
    expect(await days(fake, { from: '20240401', to: '20270331' })).toHaveLength(4);
    expect(await days(fake, { from: '20240401', to: '20240631' })).toEqual([]);
  });

  it('give balances as of the end and openings of the beginning of the loaded period', async () => {
    const fake = await start({ books: [shop()] });
    expect(await closing(fake, {})).toEqual(['-100.00', '-700.00']);
    expect(await closing(fake, { from: '20240401', to: '20260531' })).toEqual(['0.00', '-1500.00']);
    // An end before the period on the screen is clamped to its beginning.
    expect(await closing(fake, { to: '20240630' })).toEqual(['-100.00', '-100.00']);
  });

  it('are taken by an Educational Tally on the 1st, 2nd and 31st alone, and otherwise fall back in two ways', async () => {
    const fake = await start({ books: [shop()], profile: { licence: 'edu' } });
    expect(await days(fake, { from: '20250601', to: '20250702' })).toEqual(['20250610', '20250620']);
    // A refused end widens to the end of the period, a refused beginning falls back to its beginning.
    expect(await days(fake, { from: '20240601', to: '20250615' })).toEqual([
      '20240610',
      '20250610',
      '20250620',
    ]);
    expect(await days(fake, { from: '20240605', to: '20260531' })).toEqual([
      '20250610',
      '20250620',
      '20260510',
    ]);
    const licensed = collection({
      type: 'Company',
      fetch: 'Name',
      inner: '<COMPUTE>IsEdu : $$LicenseInfo:IsEducationalMode</COMPUTE>',
    });
    expect(texts((await ask(fake, licensed)).text, 'ISEDU')).toEqual(['Yes']);
  });
});

describe('companies', () => {
  it('are listed when open, whatever company is named, and say nothing when closed or when a login box waits', async () => {
    const [first, second] = [shop(), createFakeCompany({ name: 'Other' })];
    const fake = await start({ books: [first, second] });
    const names = async (): Promise<readonly string[]> =>
      texts(
        (await ask(fake, collection({ type: 'Company', fetch: 'Name', company: 'Nobody' }))).text,
        'NAME',
      );
    expect(await names()).toEqual(['Test P Ltd', 'Other']);
    fake.close(first);
    expect(await names()).toEqual(['Other']);
    const { text } = await ask(fake, collection({ type: 'Voucher', fetch: 'Date', company: 'Test P Ltd' }));
    expect(text).toContain('<STATUS>1</STATUS>');
    expect(texts(text, 'DATE')).toEqual([]);
    fake.open(first);
    fake.faults.when('companies', { kind: 'login' });
    expect(await names()).toEqual([]);
    expect(await names()).toEqual(['Other', 'Test P Ltd']);
  });

  it('are found without regard to case and blanks, and the active one answers where none is named', async () => {
    const fake = await start({ books: [shop(), createFakeCompany({ name: 'Other' })] });
    const rows = async (company?: string): Promise<number> =>
      texts(
        (await ask(fake, collection({ type: 'Voucher', fetch: 'Date', ...(company ? { company } : {}) })))
          .text,
        'DATE',
      ).length;
    expect([await rows('  test p ltd '), await rows()]).toEqual([2, 2]);
  });
});

describe('fields', () => {
  it('come only where they are set, known and not a .LIST; native ones come empty', async () => {
    const fake = await start({ books: [shop()] });
    const asked = 'Date,Narration,NoSuchThing,AllLedgerEntries.LIST';
    const { text } = await ask(fake, collection({ type: 'Voucher', fetch: asked }));
    expect(texts(text, 'DATE')).toHaveLength(2);
    expect(text).not.toMatch(/NARRATION|NOSUCHTHING|ALLLEDGERENTRIES/);
    const native = await ask(fake, collection({ type: 'Voucher', native: ['Date', 'Narration'] }));
    expect(native.text).toContain('<NARRATION TYPE="String"></NARRATION>');
  });

  it.each([
    ['prime7', 'edu', 'AllLedgerEntries.BillAllocations.*', ['On Account', 'On Account']],
    ['prime7', 'licensed', 'AllLedgerEntries.BillAllocations.*', ['New Ref', 'New Ref']],
    [
      'prime7',
      'licensed',
      'AllLedgerEntries.BillAllocations.BillType,AllLedgerEntries.BillAllocations.Name',
      [],
    ],
    ['prime7', 'edu', 'AllLedgerEntries.*', ['New Ref', 'New Ref']],
    ['prime4', 'edu', 'AllLedgerEntries.BillAllocations.*', ['New Ref', 'New Ref']],
  ] as const)('say bill types as a %s %s does for %s', async (product, licence, fetch, types) => {
    const fake = await start({ books: [shop()], profile: { product, licence } });
    const { text } = await ask(fake, collection({ type: 'Voucher', fetch }));
    expect(texts(text, 'BILLTYPE')).toEqual(types);
  });
});

describe('formulas', () => {
  it('filter by AlterID within the loaded period alone', async () => {
    const fake = await start({ books: [shop()] });
    const changed = async (from?: string): Promise<readonly string[]> => {
      const period = from === undefined ? {} : { from, to: '20270331' };
      return texts(
        (
          await ask(
            fake,
            collection({ type: 'Voucher', fetch: 'AlterID', formulas: { F: '$AlterID > 3' }, ...period }),
          )
        ).text,
        'ALTERID',
      );
    };
    expect(await changed()).toEqual([]);
    expect(await changed('20240401')).toEqual(['4']);
  });

  it('walk the tree of groups whatever Sundry Debtors is called', async () => {
    const company = shop();
    company.createGroup({ name: 'West', parent: 'Sundry Debtors' });
    company.moveLedger('Customer', 'West');
    company.renameGroup('Sundry Debtors', 'Ugrahi');
    const fake = await start({ books: [company] });
    const byFormula = collection({
      type: 'Ledger',
      fetch: 'Parent',
      formulas: { F: '$$IsLedOfGrp:$Name:$$GroupSundryDebtors' },
    });
    const byTree = collection({
      type: 'Ledger',
      fetch: 'Parent',
      inner: '<CHILDOF>$$GroupSundryDebtors</CHILDOF><BELONGSTO>Yes</BELONGSTO>',
    });
    for (const request of [byFormula, byTree])
      expect(texts((await ask(fake, request)).text, 'PARENT')).toEqual(['West']);
    const { text } = await ask(
      fake,
      collection({ type: 'Group', fetch: 'Parent', formulas: { F: '$Name = "Ugrahi"' } }),
    );
    expect(text).toContain('<GROUP NAME="Ugrahi" RESERVEDNAME="Sundry Debtors">');
  });

  it('count vouchers by day inside Tally', async () => {
    const company = shop();
    company.cancelVoucher(2);
    const fake = await start({ books: [company] });
    const counted = (filter: string): string =>
      collection({ type: 'Voucher' }).replace(
        /<COLLECTION[\s\S]*<\/COLLECTION>/,
        () =>
          `<COLLECTION NAME="S"><TYPE>Voucher</TYPE>${filter}</COLLECTION><COLLECTION NAME="Probe"><SOURCECOLLECTION>S</SOURCECOLLECTION><BY>Date : $Date</BY><AGGRCOMPUTE>Count : SUM : $$Number:1</AGGRCOMPUTE></COLLECTION>`,
      );
    const all = await ask(fake, counted(''));
    expect([texts(all.text, 'DATE'), texts(all.text, 'COUNT')]).toEqual([
      ['10-Jun-25', '20-Jun-25'],
      ['1', '1'],
    ]);
    const alive = await ask(fake, counted('<FILTERS>IsNonOptionalCancelledVchs</FILTERS>'));
    expect(texts(alive.text, 'DATE')).toEqual(['20-Jun-25']);
  });
});

describe('reports', () => {
  it('stand by the sign of the balance, leave on account and plain ledgers out, and say overdue only when due', async () => {
    const company = shop();
    company.createLedger({ name: 'Supplier', parent: 'Sundry Creditors', billWise: true });
    company.createLedger({ name: 'Plain', parent: 'Sundry Debtors' });
    const book = (ledger: string, amount: number, ref: string): void =>
      void company.createVoucher({
        type: 'Journal',
        date: '2026-01-10',
        lines: [
          { ledger, amount, bills: ref === '' ? [] : [{ type: 'New Ref', ref, amount, period: '90 Days' }] },
          { ledger: 'Sales', amount: -amount },
        ],
      });
    book('Supplier', 50_00, 'D1');
    book('Customer', -30_00, 'ADV');
    book('Plain', 10_00, 'P1');
    book('Customer', 5_00, '');
    const fake = await start({ books: [company] });
    const read = async (id: string): Promise<readonly (readonly string[])[]> => {
      const { text } = await ask(fake, report(id, { to: '20260331' }));
      return [texts(text, 'BILLREF'), texts(text, 'BILLCL'), texts(text, 'BILLOVERDUE')];
    };
    const [refs, amounts, overdue] = await read('Bills Receivable');
    expect(refs).toEqual(['2024-06-10', '2025-06-10', '2025-06-20', 'D1']);
    expect(amounts?.at(-1)).toBe('-50.00');
    expect(overdue?.at(-1)).toBe('');
    expect((await read('Bills Payable')).slice(0, 2)).toEqual([['ADV'], ['30.00']]);
  });
});

describe('amounts and voucher states on the wire', () => {
  it('write foreign money in words, with the base amount last', async () => {
    const company = shop();
    const forex = { symbol: '$', amount: 500_00, rate: '84' };
    company.createVoucher({
      type: 'Sales',
      date: '2025-09-01',
      lines: [
        {
          ledger: 'Customer',
          amount: 42_000_00,
          forex,
          bills: [{ type: 'New Ref', ref: 'USD', amount: 42_000_00 }],
        },
        { ledger: 'Sales', amount: -42_000_00 },
      ],
    });
    const fake = await start({ books: [company] });
    const { text } = await ask(
      fake,
      collection({ type: 'Voucher', fetch: 'AllLedgerEntries.*', from: '20250901', to: '20250901' }),
    );
    expect(texts(text, 'AMOUNT')).toEqual([
      '-$ 500.00 @ I₹ 84/$  = -I₹ 42000.00',
      '-$ 500.00 @ I₹ 84/$  = -I₹ 42000.00',
      '42000.00',
    ]);
  });

  it('leave a cancelled voucher its number and nothing else', async () => {
    const company = shop();
    company.cancelVoucher(2);
    const fake = await start({ books: [company] });
    const fetch = 'Date,EffectiveDate,VoucherNumber,PartyLedgerName,IsCancelled,AllLedgerEntries.*';
    const { text } = await ask(fake, collection({ type: 'Voucher', fetch, formulas: { F: '$IsCancelled' } }));
    expect(texts(text, 'VOUCHERNUMBER')).toEqual(['2']);
    expect(text).toContain('<PARTYLEDGERNAME TYPE="String"></PARTYLEDGERNAME>');
    expect(text).toContain('<PERSISTEDVIEW/>');
    expect(text).toContain('     <ALLLEDGERENTRIES.LIST>     </ALLLEDGERENTRIES.LIST>\r\n');
    expect(text).not.toContain('EFFECTIVEDATE');
  });

  it('greet by the name of the product', async () => {
    const fake = await start({ profile: { product: 'erp9' } });
    const { text } = await ask(fake, '', { method: 'GET', path: '/status' });
    expect(text).toBe('<RESPONSE>Tally.ERP 9 Server is Running</RESPONSE>\r\n');
  });
});
