import { describe, expect, it } from 'vitest';
import type { FakeTally } from '../../../fakes/tally/index.ts';
import { createFakeCompany, type FakeCompany } from '../../../fakes/tally/book.ts';
import { COMPANY, collection, functionCall, report } from './envelopes.ts';
import { rowsOf, withoutCounters } from './look.ts';
import { ask, get, post } from './wire.ts';
import { customer, emptyCompany, sale, tallyOf } from './world.ts';

const LEDGERS = collection({ type: 'Ledger', fetch: 'Name', company: COMPANY });
const SHORT_MS = 250;

function bookOfMany(): FakeCompany {
  const book = emptyCompany();
  customer(book, 'Anand');
  for (let day = 1; day <= 28; day += 1)
    sale(book, 'Anand', { ref: `B-${day}`, date: `2025-06-${String(day).padStart(2, '0')}`, amount: 100 });
  return book;
}

/** The window of Tally is gone: no reply, and nothing listens until a person starts it again. */
async function expectCrash(tally: FakeTally, xml: string): Promise<void> {
  expect((await post(tally.port, xml)).kind).toBe('hung up');
  expect((await get(tally.port)).kind).toBe('refused');
  await tally.restart();
  expect((await get(tally.port)).kind).toBe('answer');
}

describe('what a client can do to Tally', () => {
  // PROTOCOL 2.7: never send.
  const deadly: readonly (readonly [name: string, xml: string])[] = [
    [
      'a star as native method',
      collection({ type: 'Ledger', company: COMPANY, more: '<NATIVEMETHOD>*</NATIVEMETHOD>' }),
    ],
    [
      'a function whose name has a blank',
      collection({ type: 'Ledger', fetch: 'Name', company: COMPANY, filter: '$$Is Led Of Grp:$Name' }),
    ],
    [
      '$$InDateRange',
      collection({ type: 'Voucher', fetch: 'Date', company: COMPANY, filter: '$$InDateRange:$Date' }),
    ],
    [
      '$$NumItems of the collection itself',
      collection({ type: 'Ledger', fetch: 'Name', company: COMPANY, filter: '$$NumItems:PrRows > 0' }),
    ],
    [
      'nothing but fields that do not exist',
      collection({ type: 'Ledger', fetch: 'Foo,Bar', company: COMPANY }),
    ],
  ];
  it.each(deadly)('kills it with %s', async (_, xml) => {
    await expectCrash(await tallyOf([bookOfMany()]), xml);
  });

  // PROTOCOL 1.1, 2.7
  it('kills it by asking for the active company while that is a group of companies', async () => {
    const group = createFakeCompany({ name: 'All of us', isGroupCompany: true });
    await expectCrash(await tallyOf([group]), functionCall('$$CurrentSimpleCompany'));
  });

  // PROTOCOL 1.0, 2.7: a box on the screen, connection accepted, then silence for ever.
  it.each(['$$NoSuchFunction:$Name', '$Name = "a" AND', 'not a formula at all ((('])(
    'opens a box on its screen with the formula %s, and is silent to everybody until it is closed',
    async (filter) => {
      const tally = await tallyOf([bookOfMany()]);
      const xml = collection({ type: 'Ledger', fetch: 'Name', company: COMPANY, filter });
      const asked = post(tally.port, xml, { patienceMs: SHORT_MS });
      const greeted = get(tally.port, '/', SHORT_MS);
      expect([(await asked).kind, (await greeted).kind]).toEqual(['silence', 'silence']);
      tally.dismiss();
      expect((await get(tally.port)).kind).toBe('answer');
      expect(rowsOf((await ask(tally.port, LEDGERS)).text, 'LEDGER')).not.toEqual([]);
    },
  );

  // PROTOCOL 1.0: a name with a quote closes the text of a formula.
  it('opens a box when it writes a name with a quotation mark into a formula', async () => {
    const tally = await tallyOf([bookOfMany()]);
    const filter = '$Name = "Anand "Best" Traders"';
    const xml = collection({ type: 'Ledger', fetch: 'Name', company: COMPANY, filter });
    expect((await post(tally.port, xml, { patienceMs: SHORT_MS })).kind).toBe('silence');
  });
});

describe('what a client sees when a reply is cut', () => {
  const VOUCHERS = collection({
    type: 'Voucher',
    fetch: 'Date,GUID,AlterID',
    company: COMPANY,
    from: '20250401',
    to: '20260331',
  });

  // PROTOCOL 2.7, sample receipt_truncated_midstream_status1
  it('has STATUS 1 and fewer rows in its hands, and no end tag', async () => {
    const tally = await tallyOf([bookOfMany()]);
    const whole = await ask(tally.port, VOUCHERS);
    tally.faults.when('vouchers', { kind: 'cut', afterBytes: 20_000, how: 'clean' });
    const cut = await ask(tally.port, VOUCHERS);
    expect(cut.statusLine).toBe('HTTP/1.1 200 OK');
    expect(cut.body.length).toBe(20_000);
    expect(cut.text).toContain('<STATUS>1</STATUS>');
    expect(cut.text).not.toContain('</ENVELOPE>');
    const rows = rowsOf(cut.text, 'VOUCHER');
    expect(rows.length).toBeGreaterThan(0);
    expect(rowsOf(whole.text, 'VOUCHER').slice(0, rows.length)).toEqual(rows);
    expect(withoutCounters((await ask(tally.port, VOUCHERS)).text)).toBe(withoutCounters(whole.text));
  });

  // PROTOCOL 6.4
  it('loses its connection in the middle of a reply', async () => {
    const tally = await tallyOf([bookOfMany()]);
    tally.faults.when('vouchers', { kind: 'cut', afterBytes: 20_000, how: 'broken' });
    const reply = await post(tally.port, VOUCHERS);
    if (reply.kind !== 'hung up') throw new Error(reply.kind);
    const head = reply.received.indexOf('\r\n\r\n');
    expect(reply.received.subarray(0, head).toString('latin1')).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(reply.received.length - head - 4).toBeLessThanOrEqual(20_000);
  });

  // PROTOCOL 2.7, 6.4: a login or vault box.
  it('gets an empty list of companies with STATUS 1 while a password is waited for', async () => {
    const tally = await tallyOf([bookOfMany()]);
    tally.faults.when('companies', { kind: 'login' });
    const xml = collection({ type: 'Company', fetch: 'Name,GUID' });
    const { text } = await ask(tally.port, xml);
    expect(text).toContain('<STATUS>1</STATUS>');
    expect(rowsOf(text, 'COMPANY')).toEqual([]);
    expect(rowsOf((await ask(tally.port, xml)).text, 'COMPANY')).toHaveLength(1);
  });

  // PROTOCOL 6.4: third-party TDL inside the bills report.
  it('can still pair bills by position when strange tags stand between', async () => {
    const tally = await tallyOf([bookOfMany()]);
    const xml = report('Bills Receivable', { company: COMPANY, from: '20250401', to: '20260331' });
    const plain = (await ask(tally.port, xml)).text;
    tally.faults.when('bills-receivable', { kind: 'third-party-tags' });
    const strange = (await ask(tally.port, xml)).text;
    expect(strange.length).toBeGreaterThan(plain.length);
    const known =
      /^ {0,2}<\/?(ENVELOPE|BILLFIXED|BILLDATE|BILLREF|BILLPARTY|BILLCL|BILLDUE|BILLOVERDUE)[ />]/;
    const kept = strange.split('\r\n').filter((line) => line === '' || known.test(line));
    expect(kept.join('\r\n')).toBe(plain);
  });
});
