import { Buffer } from 'node:buffer';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TallyLedger, TallyVoucher } from '#domain/tally/facts.ts';
import type { ReadOptions, TallyFiles } from '../../../../src-engine/adapters/ports.ts';
import { tallyFiles } from '../../../../src-engine/adapters/tally/files.ts';
import { bookParts, madeZip } from '../../made-zip.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'baaki-tally-files-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const guid = '710de34a-3661-4a7b-8148-c2206c3b3e17';

function exportOf(report: string, messages: string): string {
  return (
    '<ENVELOPE>\r\n <HEADER>\r\n  <TALLYREQUEST>Import Data</TALLYREQUEST>\r\n </HEADER>\r\n <BODY>\r\n  <IMPORTDATA>\r\n' +
    `   <REQUESTDESC>\r\n    <REPORTNAME>${report}</REPORTNAME>\r\n    <STATICVARIABLES>\r\n` +
    '     <SVCURRENTCOMPANY>Asha Traders</SVCURRENTCOMPANY>\r\n    </STATICVARIABLES>\r\n   </REQUESTDESC>\r\n' +
    `   <REQUESTDATA>\r\n    <TALLYMESSAGE xmlns:UDF="TallyUDF">\r\n${messages}    </TALLYMESSAGE>\r\n` +
    '   </REQUESTDATA>\r\n  </IMPORTDATA>\r\n </BODY>\r\n</ENVELOPE>\r\n'
  );
}

const ledger =
  `     <LEDGER NAME="मोहन &amp; Sons" RESERVEDNAME="">\r\n      <GUID>${guid}-00000011</GUID>\r\n` +
  '      <PARENT>Sundry Debtors</PARENT>\r\n      <ISBILLWISEON>Yes</ISBILLWISEON>\r\n      <ALTERID> 105</ALTERID>\r\n' +
  '      <OPENINGBALANCE>-1500.50</OPENINGBALANCE>\r\n     </LEDGER>\r\n';
const type =
  `     <VOUCHERTYPE NAME="Counter" RESERVEDNAME="">\r\n      <GUID>${guid}-00000020</GUID>\r\n` +
  '      <PARENT>Sales</PARENT>\r\n      <ALTERID> 20</ALTERID>\r\n     </VOUCHERTYPE>\r\n';
const voucher =
  `     <VOUCHER REMOTEID="${guid}-00000001" VCHKEY="${guid}-0000b4f1:00000008" VCHTYPE="Counter" ACTION="Create" OBJVIEW="Accounting Voucher View">\r\n` +
  `      <DATE>20261015</DATE>\r\n      <GUID>${guid}-00000001</GUID>\r\n      <VOUCHERTYPENAME>Counter</VOUCHERTYPENAME>\r\n` +
  '      <VOUCHERNUMBER>7</VOUCHERNUMBER>\r\n      <ALTERID> 33</ALTERID>\r\n      <MASTERID> 1</MASTERID>\r\n' +
  '      <ISCANCELLED>No</ISCANCELLED>\r\n      <ISOPTIONAL>No</ISOPTIONAL>\r\n' +
  '      <ALLLEDGERENTRIES.LIST>\r\n       <LEDGERNAME>मोहन &amp; Sons</LEDGERNAME>\r\n       <ISDEEMEDPOSITIVE>Yes</ISDEEMEDPOSITIVE>\r\n' +
  '       <AMOUNT>-100.00</AMOUNT>\r\n      </ALLLEDGERENTRIES.LIST>\r\n' +
  '      <ALLLEDGERENTRIES.LIST>\r\n       <LEDGERNAME>Sales</LEDGERNAME>\r\n       <ISDEEMEDPOSITIVE>No</ISDEEMEDPOSITIVE>\r\n' +
  '       <AMOUNT>100.00</AMOUNT>\r\n      </ALLLEDGERENTRIES.LIST>\r\n     </VOUCHER>\r\n';

const masters = utf16(exportOf('All Masters', type + ledger));
const dayBook = utf16(exportOf('Vouchers', voucher));

function utf16(text: string): Buffer {
  return Buffer.from(`\uFEFF${text}`, 'utf16le');
}

type Found = {
  readonly answer: Awaited<ReturnType<TallyFiles['read']>>;
  readonly ledgers: readonly TallyLedger[];
  readonly vouchers: readonly TallyVoucher[];
};

let fileCount = 0;

async function written(bytes: Uint8Array): Promise<string> {
  fileCount += 1;
  const file = path.join(folder, `export-${fileCount}.xml`);
  await writeFile(file, bytes);
  return file;
}

async function read(bytes: Uint8Array, options: ReadOptions = {}): Promise<Found> {
  const ledgers: TallyLedger[] = [];
  const vouchers: TallyVoucher[] = [];
  const takers = {
    group: () => undefined,
    ledger: (one: TallyLedger) => void ledgers.push(one),
    voucher: (one: TallyVoucher) => void vouchers.push(one),
  };
  return { answer: await tallyFiles.read(await written(bytes), takers, options), ledgers, vouchers };
}

async function codeOf(bytes: Uint8Array): Promise<string> {
  const { answer } = await read(bytes);
  return answer.ok ? 'ok' : answer.failure.code;
}

describe('an export of Tally', () => {
  it.each([
    ['as Tally writes it, in UTF-16', masters],
    ['in UTF-8 with a mark', Buffer.from(`\uFEFF${exportOf('All Masters', ledger)}`)],
    ['in UTF-8', Buffer.from(exportOf('All Masters', ledger))],
    ['packed with gzip', gzipSync(masters)],
    ['zipped', madeZip([['Master.xml', masters]])],
    ['zipped without packing, in a folder', madeZip([['out/Master.XML', masters]], { isPacked: false })],
    ['zipped by a program that streams', madeZip([['Master.xml', masters]], { isStreamed: true })],
  ])('is read %s', async (_, bytes) => {
    const steps: number[] = [];
    const { answer, ledgers } = await read(bytes, { onProgress: (done) => steps.push(done) });
    expect(answer).toMatchObject({ ok: true, value: { byteCount: bytes.length } });
    expect(ledgers).toMatchObject([{ name: 'मोहन & Sons', openingPaise: 150_050, isBillWise: true }]);
    expect(steps.at(-1)).toBeLessThanOrEqual(bytes.length);
    expect(steps.length).toBeGreaterThan(0);
  });

  it('learns the types of vouchers from the masters of the same zip, wherever they lie in it', async () => {
    const bytes = madeZip([
      ['DayBook.xml', dayBook],
      ['Master.xml', masters],
    ]);
    const { answer, ledgers, vouchers } = await read(bytes);
    expect(answer).toMatchObject({ ok: true });
    expect(ledgers).toHaveLength(1);
    expect(vouchers).toMatchObject([{ kind: 'sales', typeName: 'Counter', day: '2026-10-15', number: '7' }]);
  });

  it('names the company it was exported from', async () => {
    const { answer } = await read(masters);
    expect(answer).toMatchObject({ value: { companyName: 'Asha Traders' } });
  });
});

describe('a file that cannot be read whole', () => {
  it('has a code for what is wrong with it', async () => {
    expect(await codeOf(Buffer.alloc(0))).toBe('empty');
    expect(await codeOf(masters.subarray(0, -40))).toBe('truncated');
    expect(await codeOf(gzipSync(masters).subarray(0, 300))).toBe('truncated');
    expect(await codeOf(Buffer.from('%PDF-1.7 something'))).toBe('unreadable');
    expect(await codeOf(utf16(exportOf('All Masters', '')))).toBe('reads-as-empty');
    expect(await codeOf(Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><ENVELOPE>&b;</ENVELOPE>'))).toBe(
      'unreadable',
    );
  });

  it('has one for each fault of a zip', async () => {
    const good = madeZip([['Master.xml', masters]]);
    const damaged = Buffer.from(good);
    damaged[60] = (damaged[60] ?? 0) ^ 0xff;
    expect(await codeOf(good.subarray(0, -30))).toBe('truncated');
    expect(['unreadable', 'truncated']).toContain(await codeOf(damaged));
    const swapped = madeZip([['Master.xml', masters]], { isPacked: false });
    swapped[200] = (swapped[200] ?? 0) ^ 0x01;
    expect(await codeOf(swapped)).toBe('unreadable');
    expect(await codeOf(madeZip([['Master.xml', masters]], { isLocked: true }))).toBe('password');
    expect(await codeOf(madeZip([['Master.xml', masters]], { method: 12 }))).toBe('unreadable');
    expect(await codeOf(madeZip([['Readme.txt', 'Hello']]))).toBe('unreadable');
    expect(await codeOf(madeZip([['[Content_Types].xml', '<Types/>'], ...bookParts('<worksheet/>')]))).toBe(
      'unreadable',
    );
  });

  it('is not found where there is none', async () => {
    const takers = { group: () => undefined, ledger: () => undefined, voucher: () => undefined };
    const answer = await tallyFiles.read(path.join(folder, 'nowhere.xml'), takers);
    expect(answer).toMatchObject({ failure: { code: 'not-found' } });
    expect(await tallyFiles.read(folder, takers)).toMatchObject({ failure: { code: 'not-found' } });
  });

  it('stops when it is aborted, with the reason', async () => {
    const stop = new AbortController();
    const many = utf16(exportOf('All Masters', ledger.repeat(2000)));
    const reading = read(many, {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('Enough.')),
    });
    await expect(reading).rejects.toThrow('Enough.');
  });

  it('lets an error of whoever takes the rows through', async () => {
    const takers = {
      group: () => undefined,
      ledger: () => {
        throw new Error('A bug of ours.');
      },
      voucher: () => undefined,
    };
    await expect(tallyFiles.read(await written(masters), takers)).rejects.toThrow('A bug of ours.');
  });
});
