import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { refusalOf } from '#tests/builders/facts.ts';
import { NOON, tempBook, type TempEngine } from '#tests/builders/temp-engine.ts';
import { aSyncedWorld, TODAY } from './tally-world.ts';

const COMPANY = 'f0e1d2c3-0000-4000-8000-00000000abcd';

function exported(messages: string): string {
  return `<ENVELOPE>\r\n <HEADER>\r\n  <TALLYREQUEST>Import Data</TALLYREQUEST>\r\n </HEADER>\r\n <BODY>\r\n  <IMPORTDATA>\r\n   <REQUESTDESC>\r\n    <REPORTNAME>All Masters</REPORTNAME>\r\n    <STATICVARIABLES>\r\n     <SVCURRENTCOMPANY>Test P Ltd</SVCURRENTCOMPANY>\r\n    </STATICVARIABLES>\r\n   </REQUESTDESC>\r\n   <REQUESTDATA>\r\n${messages}   </REQUESTDATA>\r\n  </IMPORTDATA>\r\n </BODY>\r\n</ENVELOPE>\r\n`;
}

const message = (inner: string): string =>
  `    <TALLYMESSAGE xmlns:UDF="TallyUDF">\r\n${inner}    </TALLYMESSAGE>\r\n`;

function group(id: number, name: string, parent: string, reserved: string): string {
  return message(
    `     <GROUP NAME="${name}" RESERVEDNAME="${reserved}">\r\n      <GUID>${guid(id)}</GUID>\r\n      <PARENT>${parent}</PARENT>\r\n      <ALTERID> ${id}</ALTERID>\r\n     </GROUP>\r\n`,
  );
}

function guid(id: number): string {
  return `${COMPANY}-${id.toString(16).padStart(8, '0')}`;
}

function ledger(id: number, name: string, parent: string, more = ''): string {
  return message(
    `     <LEDGER NAME="${name}" RESERVEDNAME="">\r\n      <GUID>${guid(id)}</GUID>\r\n      <PARENT>${parent}</PARENT>\r\n      <ALTERID> ${id}</ALTERID>\r\n${more}     </LEDGER>\r\n`,
  );
}

type Part = { readonly ledger: string; readonly amount: string; readonly bill?: string };

function voucher(
  id: number,
  wish: { type: string; date: string; alter?: number; lines: readonly Part[] },
): string {
  const lines = wish.lines
    .map(
      (line) =>
        `      <ALLLEDGERENTRIES.LIST>\r\n       <LEDGERNAME>${line.ledger}</LEDGERNAME>\r\n       <ISDEEMEDPOSITIVE>${line.amount.startsWith('-') ? 'Yes' : 'No'}</ISDEEMEDPOSITIVE>\r\n       <AMOUNT>${line.amount}</AMOUNT>\r\n${line.bill ?? ''}      </ALLLEDGERENTRIES.LIST>\r\n`,
    )
    .join('');
  return message(
    `     <VOUCHER REMOTEID="${guid(id)}" VCHTYPE="${wish.type}" ACTION="Create">\r\n      <DATE>${wish.date}</DATE>\r\n      <GUID>${guid(id)}</GUID>\r\n      <VOUCHERTYPENAME>${wish.type}</VOUCHERTYPENAME>\r\n      <VOUCHERNUMBER>${id}</VOUCHERNUMBER>\r\n      <ALTERID> ${wish.alter ?? id}</ALTERID>\r\n      <MASTERID> ${id}</MASTERID>\r\n      <ISCANCELLED>No</ISCANCELLED>\r\n      <ISOPTIONAL>No</ISOPTIONAL>\r\n${lines}     </VOUCHER>\r\n`,
  );
}

const bill = (ref: string, type: string, amount: string): string =>
  `       <BILLALLOCATIONS.LIST>\r\n        <NAME>${ref}</NAME>\r\n        <BILLTYPE>${type}</BILLTYPE>\r\n        <AMOUNT>${amount}</AMOUNT>\r\n       </BILLALLOCATIONS.LIST>\r\n`;

const masters = exported(
  group(10, 'Sundry Debtors', 'Current Assets', 'Sundry Debtors') +
    group(11, 'Dealers', 'Sundry Debtors', '') +
    ledger(20, 'Sales', 'Sales Accounts') +
    ledger(21, 'HDFC Bank', 'Bank Accounts') +
    ledger(
      22,
      'Asha &amp; Sons',
      'Dealers',
      `      <ISBILLWISEON>Yes</ISBILLWISEON>\r\n      <OPENINGBALANCE>-1500.00</OPENINGBALANCE>\r\n      <BILLALLOCATIONS.LIST>\r\n       <BILLDATE>20250310</BILLDATE>\r\n       <NAME>OLD-1</NAME>\r\n       <OPENINGBALANCE>-1500.00</OPENINGBALANCE>\r\n      </BILLALLOCATIONS.LIST>\r\n`,
    ),
);

function dayBook(paid = '400.00'): string {
  return exported(
    voucher(1, {
      type: 'Sales',
      date: '20260501',
      lines: [
        { ledger: 'Asha &amp; Sons', amount: '-1000.00', bill: bill('S-1', 'New Ref', '-1000.00') },
        { ledger: 'Sales', amount: '1000.00' },
      ],
    }) +
      voucher(2, {
        type: 'Receipt',
        date: '20260601',
        alter: paid === '400.00' ? 2 : 9,
        lines: [
          { ledger: 'HDFC Bank', amount: `-${paid}` },
          { ledger: 'Asha &amp; Sons', amount: paid, bill: bill('OLD-1', 'Agst Ref', paid) },
        ],
      }),
  );
}

async function importAll(engine: TempEngine, files: Record<string, string>) {
  const paths = Object.entries(files).map(([name, text]) => {
    const file = path.join(engine.dataFolder, name);
    writeFileSync(file, text);
    return file;
  });
  let last: { report?: unknown } = {};
  for await (const step of await engine.client.sync.importFiles({ paths })) last = step;
  return last.report;
}

async function openBills(engine: TempEngine) {
  const { rows } = await engine.client.customers.list({});
  const customerId = rows[0]?.customerId ?? 0;
  const page = await engine.client.customers.get({ customerId });
  return page.bills
    .filter((one) => one.openPaise !== 0)
    .map((one) => [one.number, one.billDay, one.openPaise])
    .toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
}

it('takes masters and day book from files, in any order', async () => {
  const engine = await tempBook();
  const report = await importAll(engine, { 'DayBook.xml': dayBook(), 'Master.xml': masters });
  expect(report).toEqual({
    companyName: 'Test P Ltd',
    ledgerCount: 3,
    voucherCount: 2,
    customerCount: 1,
    openPaise: 2_100_00,
    leftOutCount: 0,
  });
  expect(await openBills(engine)).toEqual([
    ['OLD-1', '2025-03-10', 1_100_00],
    ['S-1', '2026-05-01', 1_000_00],
  ]);
  expect(await engine.client.sync.status()).toMatchObject({
    connection: null,
    files: { companyName: 'Test P Ltd', asOf: TODAY, readAt: NOON },
    tieOut: { differencePaise: 0, differingCount: 0 },
  });
  const certificate = await engine.client.sync.tieOut();
  expect(certificate?.totals).toMatchObject({ tallyPaise: 2_100_00, differencePaise: 0, differingCount: 0 });
  expect(engine.bugs).toEqual([]);
});

it('says of no live book that it was read from files', async () => {
  const world = await aSyncedWorld();
  expect((await world.engine.client.sync.status()).files).toBeNull();
});

it('changes nothing when the same files come again, and takes a later export over an earlier one', async () => {
  const engine = await tempBook();
  await importAll(engine, { 'Master.xml': masters, 'DayBook.xml': dayBook() });
  await importAll(engine, { 'Master.xml': masters, 'DayBook.xml': dayBook() });
  const [again] = await engine.client.sync.runs({});
  expect(again).toMatchObject({ kind: 'files', addedCount: 0, changedCount: 0, goneCount: 0 });
  await importAll(engine, { 'DayBook2.xml': dayBook('600.00') });
  expect(await openBills(engine)).toEqual([
    ['OLD-1', '2025-03-10', 900_00],
    ['S-1', '2026-05-01', 1_000_00],
  ]);
});

it('takes the later of two vouchers of one GUID in one import, and counts each once', async () => {
  const engine = await tempBook();
  const report = await importAll(engine, {
    'Master.xml': masters,
    'DayBook.xml': dayBook(),
    'DayBook2.xml': dayBook('600.00'),
  });
  expect(report).toMatchObject({ voucherCount: 2, openPaise: 1_900_00 });
  expect(await openBills(engine)).toEqual([
    ['OLD-1', '2025-03-10', 900_00],
    ['S-1', '2026-05-01', 1_000_00],
  ]);
});

it('counts the vouchers that name a ledger of no file, however many there are', async () => {
  const engine = await tempBook();
  const lines = [
    { ledger: 'Asha &amp; Sons', amount: '-10.00' },
    { ledger: 'Nowhere', amount: '10.00' },
  ];
  const many = Array.from({ length: 1200 }, (_, at) =>
    voucher(at + 1, { type: 'Journal', date: '20260501', lines }),
  );
  const report = await importAll(engine, { 'Master.xml': masters, 'DayBook.xml': exported(many.join('')) });
  expect(report).toMatchObject({ voucherCount: 1200, leftOutCount: 1200, openPaise: 13_500_00 });
  expect((await engine.client.sync.status()).tieOut).toMatchObject({ differencePaise: 0, differingCount: 0 });
});

it('refuses a day book without masters, and files while Tally is connected', async () => {
  const engine = await tempBook();
  await expect(refusalOf(importAll(engine, { 'DayBook.xml': dayBook() }))).resolves.toMatchObject({
    code: 'masters-missing',
  });
  const world = await aSyncedWorld();
  await expect(refusalOf(importAll(world.engine, { 'Master.xml': masters }))).resolves.toMatchObject({
    code: 'connected-live',
  });
});
