import { afterEach, describe, expect, it } from 'vitest';
import { createFakeCompany, type FakeCompany } from '#tests/fakes/tally/book.ts';
import type { Fault } from '#tests/fakes/tally/faults.ts';
import { startFakeTally, type FakeTally, type FakeTallyOptions } from '#tests/fakes/tally/index.ts';
import { ask, collection, report, texts } from './ask.ts';

let tally: FakeTally | null = null;

async function start(options: FakeTallyOptions = {}): Promise<FakeTally> {
  tally = await startFakeTally({ books: [shop()], ...options });
  return tally;
}

afterEach(async () => {
  await tally?.stop();
  tally = null;
});

function shop(): FakeCompany {
  const company = createFakeCompany({ name: 'Test P Ltd' });
  company.createLedger({ name: 'Rao & Sons शर्मा', parent: 'Sundry Debtors', billWise: true });
  company.createLedger({ name: 'Sales', parent: 'Sales Accounts' });
  company.createVoucher({
    type: 'Sales',
    date: '2025-06-10',
    lines: [
      { ledger: 'Rao & Sons शर्मा', amount: 100_00, bills: [{ type: 'New Ref', ref: 'A', amount: 100_00 }] },
      { ledger: 'Sales', amount: -100_00 },
    ],
  });
  return company;
}

const COMPANIES = collection({ type: 'Company', fetch: 'Name' });
const LEDGERS = collection({ type: 'Ledger', fetch: 'Name,Parent' });
const BILLS = report('Bills Receivable', { to: '20260331' });
const greet = (fake: FakeTally): Promise<string> => ask(fake, '', { method: 'GET' }).then(({ text }) => text);

describe('the one queue', () => {
  it('serves one request at a time in the order they came, GET / among them', async () => {
    const fake = await start({ cost: { companies: 60, request: 0 } });
    const order: string[] = [];
    await Promise.all([
      ask(fake, COMPANIES).then(() => order.push('first')),
      new Promise((resolve) => setTimeout(resolve, 20))
        .then(() => greet(fake))
        .then(() => order.push('greeting')),
      new Promise((resolve) => setTimeout(resolve, 40))
        .then(() => ask(fake, COMPANIES))
        .then(() => order.push('second')),
    ]);
    expect(order).toEqual(['first', 'greeting', 'second']);
    expect(fake.busyMost()).toBe(1);
    expect(fake.requests.map(({ kind }) => kind)).toEqual(['companies', 'greeting', 'companies']);
    expect(fake.requests[0]?.milliseconds).toBeGreaterThanOrEqual(55);
  });

  it('goes on with abandoned work, and lets nobody in before it is done', async () => {
    const fake = await start({ cost: { companies: 150 } });
    const began = performance.now();
    const gone = new AbortController();
    fake.faults.at(1, { kind: 'before', act: () => setTimeout(() => gone.abort(), 10) });
    await expect(ask(fake, COMPANIES, { signal: gone.signal })).rejects.toThrow();
    await greet(fake);
    expect(performance.now() - began).toBeGreaterThan(145);
    expect(fake.requests.map(({ kind, isAbandoned }) => [kind, isAbandoned])).toEqual([
      ['companies', true],
      ['greeting', false],
    ]);
  });

  it('costs what was asked for: a scan by AlterID as much as all vouchers of the period', async () => {
    const fake = await start({ cost: { request: 0, voucherHeaderRow: 0, scannedVoucher: 80 } });
    await ask(fake, collection({ type: 'Voucher', fetch: 'AlterID', formulas: { F: '$AlterID > 99' } }));
    await ask(fake, collection({ type: 'Voucher', fetch: 'AlterID' }));
    const [scan, plain] = fake.requests.map(({ milliseconds }) => milliseconds);
    expect(scan).toBeGreaterThanOrEqual(75);
    expect(plain).toBeLessThan(70);
  });
});

describe('faults', () => {
  it('refuse the very request they name, and listen again when Tally is started again', async () => {
    const fake = await start();
    fake.faults.at(2, { kind: 'refused' });
    expect(await greet(fake)).toContain('Running');
    await expect(ask(fake, COMPANIES)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const { port } = fake;
    await fake.restart();
    expect(fake.port).toBe(port);
    expect(await greet(fake)).toContain('Running');
  });

  it('are silent behind a box on the screen until somebody closes it', async () => {
    const fake = await start();
    fake.faults.when('companies', { kind: 'silence' });
    const answered: string[] = [];
    const gone = new AbortController();
    const silent = ask(fake, COMPANIES, { signal: gone.signal }).catch(() => answered.push('given up'));
    const waiting = greet(fake).then(() => answered.push('greeting'));
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(answered).toEqual([]);
    gone.abort();
    await silent;
    fake.dismiss();
    await waiting;
    expect(answered).toEqual(['given up', 'greeting']);
  });

  it('open the same box for a formula nobody knows', async () => {
    const fake = await start();
    const gone = new AbortController();
    const bad = ask(
      fake,
      collection({ type: 'Ledger', fetch: 'Name', formulas: { F: '$$NoSuchThing:$Name' } }),
      { signal: gone.signal },
    );
    setTimeout(() => gone.abort(), 60);
    await expect(bad).rejects.toThrow();
    fake.dismiss();
    expect(await greet(fake)).toContain('Running');
  });

  it.each([
    ['a native *', collection({ type: 'Ledger', native: ['*'] })],
    ['$$InDateRange', collection({ type: 'Voucher', fetch: 'Date', formulas: { F: '$$InDateRange:$Date' } })],
    [
      'a spaced identifier',
      collection({ type: 'Ledger', fetch: 'Name', formulas: { F: '$$Is Equal:$Name:"x"' } }),
    ],
    [
      'a collection that counts itself',
      collection({ type: 'Ledger', fetch: 'Name', inner: '<COMPUTE>N : $$NumItems:Probe</COMPUTE>' }),
    ],
    ['nothing but fields that do not exist', collection({ type: 'Ledger', fetch: 'Nothing,AtAll' })],
  ])('crash Tally for %s, which is gone until it is started again', async (_, body) => {
    const fake = await start();
    await expect(ask(fake, body)).rejects.toThrow();
    expect(fake.isCrashed()).toBe(true);
    await expect(greet(fake)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await fake.restart();
    expect(fake.isCrashed()).toBe(false);
    expect(await greet(fake)).toContain('Running');
  });

  it('crash it for the current company while a group company is on the screen', async () => {
    const fake = await start({ books: [createFakeCompany({ name: 'All of us', isGroupCompany: true })] });
    const called =
      '<ENVELOPE><HEADER><VERSION>1</VERSION><TALLYREQUEST>Export</TALLYREQUEST><TYPE>Function</TYPE><ID>$$CurrentSimpleCompany</ID></HEADER></ENVELOPE>';
    await expect(ask(fake, called)).rejects.toThrow();
    expect(fake.isCrashed()).toBe(true);
  });

  it('cut a reply short, as if that were all or with the connection', async () => {
    const fake = await start();
    const whole = await ask(fake, LEDGERS);
    fake.faults.when('ledgers', { kind: 'cut', afterBytes: 3000 });
    const clean = await ask(fake, LEDGERS);
    expect([clean.bytes.length, clean.isBroken, clean.text.includes('<STATUS>1</STATUS>')]).toEqual([
      3000,
      false,
      true,
    ]);
    fake.faults.when('ledgers', { kind: 'cut', afterBytes: 3000, how: 'broken' });
    const broken = await ask(fake, LEDGERS);
    expect(broken.isBroken).toBe(true);
    expect(Number(broken.headers['content-length'])).toBe(whole.bytes.length);
  });

  it.each<[string, Fault, string, RegExp]>([
    [
      'an unknown request',
      { kind: 'unknown-request' },
      LEDGERS,
      /^<RESPONSE>Unknown Request, cannot be processed<\/RESPONSE>\r\n$/,
    ],
    ['an empty envelope', { kind: 'empty-envelope' }, BILLS, /^<ENVELOPE><\/ENVELOPE>\r\n$/],
    ['lost characters', { kind: 'non-ascii-loss' }, LEDGERS, /Rao &amp; Sons \?{5}/],
    [
      'a raw control character',
      { kind: 'raw-control', code: 5 },
      LEDGERS,
      new RegExp(`Default${String.fromCharCode(5)}Voucher`),
    ],
    ['an undeclared prefix', { kind: 'undeclared-udf' }, LEDGERS, /<UDF:CFTAGENT/],
    ['a bare ampersand', { kind: 'bare-ampersand' }, LEDGERS, /<LEDGER NAME="Rao & Sons/],
    [
      'tags of somebody else',
      { kind: 'third-party-tags' },
      BILLS,
      /<PTYMOBILE>98200 00000<\/PTYMOBILE>\r\n <BILLCL>/,
    ],
  ])('bend a reply into %s once', async (_, fault, body, pattern) => {
    const fake = await start();
    fake.faults.when('any', fault);
    const bent = await ask(fake, body);
    expect(bent.text).toMatch(pattern);
    expect(bent.isBroken).toBe(false);
    expect((await ask(fake, body)).text).not.toMatch(pattern);
  });

  it('send one byte a character, with a lone 0xD7', async () => {
    const fake = await start();
    fake.faults.when('ledgers', { kind: 'latin1' });
    const { bytes } = await ask(fake, LEDGERS);
    expect(bytes.includes(0xd7)).toBe(true);
    expect(bytes[1]).toBe('E'.charCodeAt(0));
  });

  it('send chunks instead of a length', async () => {
    const fake = await start();
    expect((await ask(fake, LEDGERS)).headers['content-length']).toBeDefined();
    fake.faults.when('ledgers', { kind: 'chunked' });
    const { headers, text } = await ask(fake, LEDGERS);
    expect(headers['transfer-encoding']).toBe('chunked');
    expect(text.endsWith('</ENVELOPE>\r\n')).toBe(true);
  });

  it('do something in Tally between two requests', async () => {
    const fake = await start();
    const [company] = fake.companies;
    if (!company) throw new Error('No company.');
    fake.faults.when('vouchers', { kind: 'before', act: () => company.deleteVoucher(1) });
    fake.faults.when('vouchers', { kind: 'before', act: () => fake.close(company) }, { skip: 1 });
    const marks = async (): Promise<number> =>
      texts(
        (await ask(fake, collection({ type: 'Voucher', fetch: 'Date', company: 'Test P Ltd' }))).text,
        'DATE',
      ).length;
    expect(await marks()).toBe(0);
    expect(company.view().voucherCounter).toBe(3);
    await marks();
    expect(texts((await ask(fake, COMPANIES)).text, 'NAME')).toEqual([]);
  });

  it('take dates as an Educational Tally, lose bill types, or are slow, for one request', async () => {
    const fake = await start();
    const vouchers = collection({
      type: 'Voucher',
      fetch: 'Date,AllLedgerEntries.BillAllocations.*',
      from: '20250611',
      to: '20250630',
    });
    expect(texts((await ask(fake, vouchers)).text, 'DATE')).toHaveLength(0);
    fake.faults.when('vouchers', { kind: 'edu-dates' });
    fake.faults.when('vouchers', { kind: 'wrong-bill-types' });
    fake.faults.when('vouchers', { kind: 'slow', milliseconds: 60 });
    const { text } = await ask(fake, vouchers);
    expect(texts(text, 'BILLTYPE')).toEqual(['On Account']);
    expect(fake.requests.at(-1)?.milliseconds).toBeGreaterThan(55);
  });
});
