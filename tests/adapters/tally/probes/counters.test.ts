import { describe, expect, it } from 'vitest';
import { companyOf, type FakeCompany } from '../../../fakes/tally/book.ts';
import { COMPANY, collection, report } from './envelopes.ts';
import { attributeOf, billsOf, rowsOf, valueOf } from './look.ts';
import { ask } from './wire.ts';
import { customer, emptyCompany, receipt, sale, tallyOf } from './world.ts';

const YEAR = { company: COMPANY, from: '20250401', to: '20260331' };

type Counters = readonly [masters: number, vouchers: number];

async function counters(tally: { readonly port: number }): Promise<Counters> {
  const xml = collection({ type: 'Company', fetch: 'Name,AltMstId,AltVchId,AlterID' });
  const [row = ''] = rowsOf((await ask(tally.port, xml)).text, 'COMPANY');
  return [Number(valueOf(row, 'ALTMSTID')), Number(valueOf(row, 'ALTVCHID') ?? 0)];
}

/** GUID → AlterID, VCHKEY and number of every voucher. */
async function census(tally: { readonly port: number }): Promise<ReadonlyMap<string, readonly string[]>> {
  const xml = collection({ type: 'Voucher', fetch: 'Date,GUID,AlterID,VoucherNumber', ...YEAR });
  const rows = rowsOf((await ask(tally.port, xml)).text, 'VOUCHER');
  return new Map(
    rows.map((row) => [
      valueOf(row, 'GUID') ?? '',
      [
        valueOf(row, 'ALTERID')?.trim() ?? '',
        attributeOf(row, 'VCHKEY') ?? '',
        valueOf(row, 'VOUCHERNUMBER') ?? '',
      ],
    ]),
  );
}

function bookOfThree(): FakeCompany {
  const book = emptyCompany();
  customer(book, 'Anand');
  sale(book, 'Anand', { ref: 'B-1', date: '2025-06-01', amount: 10_000 });
  sale(book, 'Anand', { ref: 'B-2', date: '2025-06-05', amount: 20_000 });
  receipt(book, 'Anand', { date: '2025-06-09', amount: 4_000, ref: 'B-1' });
  return book;
}

describe('what a client sees of the counters', () => {
  // PROTOCOL 1.7.5: steps of ALTMSTID and ALTVCHID for everything a person can do.
  const operations: readonly (readonly [
    name: string,
    act: (book: FakeCompany) => unknown,
    steps: Counters,
  ])[] = [
    [
      'enters a voucher',
      (book) => sale(book, 'Anand', { ref: 'B-3', date: '2025-07-01', amount: 1 }),
      [0, 1],
    ],
    ['alters a voucher', (book) => book.alterVoucher(2, { narration: 'changed' }), [0, 1]],
    ['saves a voucher again without a change', (book) => book.alterVoucher(2, {}), [0, 1]],
    ['cancels a voucher', (book) => book.cancelVoucher(2), [0, 1]],
    ['deletes a voucher', (book) => book.deleteVoucher(2), [0, 2]],
    ['makes a voucher optional', (book) => book.makeOptional(2), [0, 2]],
    ['adds a ledger', (book) => customer(book, 'Bose'), [1, 0]],
    ['alters a ledger', (book) => book.alterLedger('Anand', { creditPeriod: '30 Days' }), [1, 0]],
    ['renames a ledger', (book) => book.renameLedger('Anand', 'Anand & Sons'), [1, 0]],
    ['renames a group', (book) => book.renameGroup('Sundry Debtors', 'Customers'), [1, 0]],
    ['numbers sales anew', (book) => book.renumber('Sales', 100), [0, 0]],
    ['looks at another period', (book) => book.setDisplay('2025-06-01', '2025-06-30'), [0, 0]],
  ];
  it.each(operations)('sees the counters move as they should when a person %s', async (_, act, steps) => {
    const book = bookOfThree();
    const tally = await tallyOf([book]);
    const [masters, vouchers] = await counters(tally);
    act(book);
    const after = await counters(tally);
    expect([after[0] - masters, after[1] - vouchers]).toEqual(steps);
  });

  // PROTOCOL 1.7.5: deleting a master is deleting.
  it('sees the masters move by two when a ledger is deleted', async () => {
    const book = bookOfThree();
    customer(book, 'Unused');
    const tally = await tallyOf([book]);
    const [masters, vouchers] = await counters(tally);
    book.deleteLedger('Unused');
    expect(await counters(tally)).toEqual([masters + 2, vouchers]);
  });

  // PROTOCOL 1.7.4, 1.7.5: the row that changed bears the counter's new value, and only it.
  it('finds the changed voucher, and no other, above the counter it knew', async () => {
    const book = bookOfThree();
    const tally = await tallyOf([book]);
    const [, known] = await counters(tally);
    book.makeOptional(1);
    book.alterVoucher(2, { narration: 'changed' });
    const xml = collection({
      type: 'Voucher',
      fetch: 'Date,AlterID,MasterID',
      ...YEAR,
      filter: `$AlterID > ${known}`,
    });
    const rows = rowsOf((await ask(tally.port, xml)).text, 'VOUCHER');
    expect(rows.map((row) => valueOf(row, 'MASTERID')?.trim())).toEqual(['1', '2']);
    expect(rows.map((row) => Number(valueOf(row, 'ALTERID')))).toEqual([known + 2, known + 3]);
    expect((await counters(tally))[1]).toBe(known + 3);
  });

  // PROTOCOL 1.7.6
  it('reads a new name inside vouchers that say they have not changed', async () => {
    const book = bookOfThree();
    const tally = await tallyOf([book]);
    const before = await census(tally);
    const wish = collection({ type: 'Ledger', fetch: 'Name,GUID', company: COMPANY });
    const guidOf = async (name: string): Promise<string | undefined> =>
      valueOf(
        rowsOf((await ask(tally.port, wish)).text, 'LEDGER').find(
          (row) => attributeOf(row, 'NAME') === name,
        ) ?? '',
        'GUID',
      );
    const guid = await guidOf('Anand');
    book.renameLedger('Anand', 'Anand & Sons');
    expect(await census(tally)).toEqual(before);
    expect(await guidOf('Anand & Sons')).toBe(guid);
    const { text } = await ask(
      tally.port,
      collection({ type: 'Voucher', fetch: 'Date,AllLedgerEntries.*', ...YEAR }),
    );
    expect(text).not.toContain('>Anand<');
    expect(text.split('<LEDGERNAME>Anand &amp; Sons</LEDGERNAME>')).toHaveLength(4);
    const bills = billsOf((await ask(tally.port, report('Bills Receivable', YEAR))).text);
    expect(new Set(bills.map((bill) => bill.party))).toEqual(new Set(['Anand & Sons']));
  });

  // PROTOCOL 1.7.7, 6.3.14
  it('finds no trace of a deleted voucher, and its GUID never again', async () => {
    const book = bookOfThree();
    const tally = await tallyOf([book]);
    const before = await census(tally);
    book.deleteVoucher(3);
    const after = await census(tally);
    expect([...after.keys()]).toEqual([...before.keys()].slice(0, 2));
    for (const [guid, row] of after) expect(row).toEqual(before.get(guid));
    sale(book, 'Anand', { ref: 'B-9', date: '2025-06-09', amount: 1 });
    const [newest] = [...(await census(tally)).keys()].slice(-1);
    expect(before.has(newest ?? '')).toBe(false);
  });

  // PROTOCOL 1.7.8
  it('reads other voucher numbers under the same AlterIDs, and the same names of bills', async () => {
    const book = bookOfThree();
    const tally = await tallyOf([book]);
    const before = await census(tally);
    const bills = billsOf((await ask(tally.port, report('Bills Receivable', YEAR))).text);
    book.renumber('Sales', 50);
    const after = await census(tally);
    const numbers = [...after.values()].map((row) => row[2]);
    expect(numbers.slice(0, 2)).toEqual(['50', '51']);
    for (const [guid, [alterId, key]] of after) expect([alterId, key]).toEqual(before.get(guid)?.slice(0, 2));
    expect(billsOf((await ask(tally.port, report('Bills Receivable', YEAR))).text)).toEqual(bills);
  });

  // PROTOCOL 2.5: VCHKEY is not an identity.
  it('finds another VCHKEY under the same GUID when the date of a voucher is changed', async () => {
    const book = bookOfThree();
    const tally = await tallyOf([book]);
    const before = await census(tally);
    book.alterVoucher(2, { date: '2025-06-20' });
    const after = await census(tally);
    expect(new Set(after.keys())).toEqual(new Set(before.keys()));
    const guid = `${book.guid}-00000002`;
    expect(after.get(guid)?.[1]).not.toBe(before.get(guid)?.[1]);
  });
});

describe('what a client sees when the books themselves are changed', () => {
  // PROTOCOL 1.7.3, 6.3.14
  it('finds the same GUIDs with lower counters after a backup is restored', async () => {
    const book = bookOfThree();
    const tally = await tallyOf([book]);
    const before = await census(tally);
    const stood = await counters(tally);
    const snapshot = book.backup();
    book.alterVoucher(1, { narration: 'after the backup' });
    sale(book, 'Anand', { ref: 'B-4', date: '2025-08-01', amount: 500 });
    customer(book, 'Bose');
    expect((await counters(tally))[1]).toBe(stood[1] + 2);
    book.restore(snapshot);
    expect(await counters(tally)).toEqual(stood);
    expect(await census(tally)).toEqual(before);
    // What is entered next takes the number that another voucher had before the restore.
    sale(book, 'Anand', { ref: 'B-5', date: '2025-08-02', amount: 700 });
    expect((await counters(tally))[1]).toBe(stood[1] + 1);
  });

  // PROTOCOL 0.6, 1.1, 6.3.14
  it('finds two companies of one GUID after a split, told apart by number and first day', async () => {
    const book = bookOfThree();
    const tally = await tallyOf([book]);
    tally.open(book.splitCompany('2026-04-01', 'Kalpana Traders 26'));
    const xml = collection({ type: 'Company', fetch: 'Name,GUID,CompanyNumber,BooksFrom' });
    const [first = '', second = ''] = rowsOf((await ask(tally.port, xml)).text, 'COMPANY');
    expect(valueOf(second, 'GUID')).toBe(valueOf(first, 'GUID'));
    expect(valueOf(second, 'COMPANYNUMBER')).not.toBe(valueOf(first, 'COMPANYNUMBER'));
    expect([valueOf(first, 'BOOKSFROM'), valueOf(second, 'BOOKSFROM')]).toEqual(['20250401', '20260401']);
  });

  // PROTOCOL 2.6: bills of before BOOKSFROM exist as opening bills only.
  it('finds the open bills of the old company as opening bills of the new one', async () => {
    const book = bookOfThree();
    const next = book.splitCompany('2026-04-01', 'Kalpana Traders 26');
    const tally = await tallyOf([book, next]);
    const bills = async (company: string, to: string): Promise<readonly string[]> =>
      billsOf(
        (await ask(tally.port, report('Bills Receivable', { company, from: '20250401', to }))).text,
      ).map((bill) => `${bill.date} ${bill.ref} ${bill.closing}`);
    const open = ['1-Jun-25 B-1 -60.00', '5-Jun-25 B-2 -200.00'];
    expect(await bills(COMPANY, '20260331')).toEqual(open);
    expect(await bills('Kalpana Traders 26', '20260401')).toEqual(open);
    const vouchers = collection({
      type: 'Voucher',
      fetch: 'Date',
      company: 'Kalpana Traders 26',
      from: '20260401',
      to: '20270331',
    });
    expect(rowsOf((await ask(tally.port, vouchers)).text, 'VOUCHER')).toEqual([]);
  });

  // PROTOCOL 6.4: closed between two windows.
  it('gets an empty answer, and no error, when the company is closed between two questions', async () => {
    const book = bookOfThree();
    const tally = await tallyOf([book]);
    expect((await census(tally)).size).toBe(3);
    tally.close(book);
    expect((await census(tally)).size).toBe(0);
    tally.open(book);
    expect((await census(tally)).size).toBe(3);
  });

  // PROTOCOL 6.4: switched to a same-named one.
  it('is answered by another company of the same name, and can only tell by GUIDs', async () => {
    const book = bookOfThree();
    const other = companyOf({
      ...book.view(),
      guid: 'ffffffff-0000-4000-8000-000000000001',
      number: '99999',
    });
    const tally = await tallyOf([book]);
    const before = await census(tally);
    tally.close(book);
    tally.open(other);
    const after = await census(tally);
    expect(after.size).toBe(before.size);
    expect([...after.keys()].some((guid) => before.has(guid))).toBe(false);
  });
});
