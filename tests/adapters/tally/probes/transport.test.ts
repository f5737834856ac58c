import { describe, expect, it } from 'vitest';
import { COMPANY, collection, report } from './envelopes.ts';
import { withoutCounters } from './look.ts';
import { ask, askAndLeave, get, post } from './wire.ts';
import { customer, emptyCompany, hasSamples, sale, sampleBytes, tallyOf } from './world.ts';

const HINDI = 'शर्मा ट्रेडर्स';
const LEDGERS = collection({ type: 'Ledger', fetch: 'Name,Parent', company: COMPANY });
const RECEIVABLE = report('Bills Receivable', { company: COMPANY, from: '20250401', to: '20260331' });
const UNKNOWN = '<RESPONSE>Unknown Request, cannot be processed</RESPONSE>\r\n';

function hindiBook(): ReturnType<typeof emptyCompany> {
  const book = emptyCompany();
  customer(book, HINDI);
  sale(book, HINDI, { ref: 'H-1', date: '2025-06-02', amount: 118_000 });
  return book;
}

describe('what a client sees of the bytes', () => {
  // PROTOCOL 2.1, 6.1.2
  it('is greeted with the same 51 bytes on every path', async () => {
    const tally = await tallyOf([emptyCompany()]);
    for (const path of ['/', '/status', '/anything?x=1']) {
      const reply = await get(tally.port, path);
      if (reply.kind !== 'answer') throw new Error(reply.kind);
      expect(reply.body.toString('latin1')).toBe('<RESPONSE>TallyPrime Server is Running</RESPONSE>\r\n');
      expect(reply.headers.get('content-length')).toBe('51');
      expect(reply.statusLine).toBe('HTTP/1.1 200 OK');
      if (hasSamples) expect(reply.body.equals(sampleBytes('derived-wire/root_get.xml'))).toBe(true);
    }
  });

  // PROTOCOL 2.1
  it('is told by an ERP 9 that it is an ERP 9', async () => {
    const tally = await tallyOf([emptyCompany()], { profile: { product: 'erp9' } });
    const reply = await get(tally.port);
    expect(reply).toMatchObject({ text: '<RESPONSE>Tally.ERP 9 Server is Running</RESPONSE>\r\n' });
  });

  // PROTOCOL 2.2, 6.1.2, 6.1.3
  it('gets UTF-16 without a byte order mark for a question in UTF-16', async () => {
    const tally = await tallyOf([hindiBook()]);
    const reply = await ask(tally.port, LEDGERS);
    expect([...reply.body.subarray(0, 4)]).toEqual([0x3c, 0x00, 0x45, 0x00]);
    expect(reply.headers.get('content-type')).toBe('text/xml; charset=utf-16');
    expect(reply.headers.get('content-length')).toBe(String(reply.body.length));
    expect(reply.body.length % 2).toBe(0);
    expect(reply.text).toContain(`<LEDGER NAME="${HINDI}" RESERVEDNAME="">`);
  });

  // PROTOCOL 2.2
  it('gets the same bytes whether it sends FF FE first or not', async () => {
    const tally = await tallyOf([hindiBook()]);
    const bare = await ask(tally.port, RECEIVABLE);
    const marked = await ask(tally.port, RECEIVABLE, { encoding: 'utf-16-bom' });
    expect(marked.body.equals(bare.body)).toBe(true);
    expect(bare.text).toContain(HINDI);
  });

  // PROTOCOL 2.2, 6.1.3
  it('is not understood when it sends UTF-16 without saying so', async () => {
    const tally = await tallyOf([hindiBook()]);
    for (const contentType of [null, 'text/xml', 'text/xml;charset=utf-8']) {
      const reply = await ask(tally.port, LEDGERS, { contentType });
      expect(reply.text).toBe(UNKNOWN);
      expect(reply.statusLine).toBe('HTTP/1.1 200 OK');
    }
  });

  // PROTOCOL 2.2
  it('gets one question mark for every letter beyond ASCII when it asks in UTF-8', async () => {
    const tally = await tallyOf([hindiBook()]);
    const reply = await ask(tally.port, RECEIVABLE, { encoding: 'utf-8' });
    expect(reply.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(reply.text).toContain('<BILLPARTY>????? ????????</BILLPARTY>\r\n');
    expect(reply.body.every((byte) => byte < 0x80)).toBe(true);
  });

  // PROTOCOL 2.2
  it('finds a company of a Hindi name when it asks in UTF-16', async () => {
    const book = emptyCompany({ name: 'कल्पना' });
    customer(book, 'Anand');
    const tally = await tallyOf([book]);
    const wish = collection({ type: 'Ledger', fetch: 'Name', company: 'कल्पना' });
    expect((await ask(tally.port, wish)).text).toContain('<LEDGER NAME="Anand"');
  });

  // PROTOCOL 2.7
  it('reads HTTP 200 whatever went wrong', async () => {
    const tally = await tallyOf([emptyCompany()]);
    const asked = [
      'not xml at all',
      '<ENVELOPE><HEADER>',
      '',
      report('No Such Report', { company: COMPANY }),
      report('Bills Receivable', { company: 'Nobody Ltd' }),
      collection({ type: 'Ledger', fetch: 'Name', company: 'Nobody Ltd' }),
    ];
    for (const xml of asked) expect((await ask(tally.port, xml)).statusLine).toBe('HTTP/1.1 200 OK');
  });

  // PROTOCOL 2.7: either text is known for a report that does not exist, and only one for what is not a request.
  it('is told that malformed XML cannot be processed', async () => {
    const tally = await tallyOf([emptyCompany()]);
    expect((await ask(tally.port, '<ENVELOPE><HEADER>')).text).toBe(UNKNOWN);
    const unknown = await ask(tally.port, report('No Such Report', { company: COMPANY }));
    expect(unknown.text === UNKNOWN || unknown.text.includes('LINEERROR')).toBe(true);
  });

  // PROTOCOL 1.0, 6.1.2
  it('may post to any path and in pieces that cut characters in half', async () => {
    const tally = await tallyOf([hindiBook()]);
    const whole = await ask(tally.port, RECEIVABLE);
    const pieces = await ask(tally.port, RECEIVABLE, { path: '/xml', pieceBytes: 97 });
    expect(pieces.body.equals(whole.body)).toBe(true);
  });

  // PROTOCOL 2.1: one space a level, CR LF everywhere, also behind the last line.
  it('reads lines that end with CR LF and are indented by one space a level', async () => {
    const tally = await tallyOf([hindiBook()]);
    const { text } = await ask(tally.port, LEDGERS);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.endsWith('</ENVELOPE>\r\n')).toBe(true);
    let depth = 0;
    for (const line of text.split('\r\n').slice(0, -1)) {
      const isClosing = /^ *<\//.test(line);
      if (isClosing) depth -= 1;
      expect(line.length - line.trimStart().length, line).toBe(depth);
      if (!isClosing && !/<\/|\/>/.test(line)) depth += 1;
    }
    expect(depth).toBe(0);
  });

  // PROTOCOL 2.1: the counters are not rows and move, the rows do not.
  it('gets the same rows for the same question twice', async () => {
    const tally = await tallyOf([hindiBook()]);
    const first = await ask(tally.port, LEDGERS);
    const second = await ask(tally.port, LEDGERS);
    expect(withoutCounters(second.text)).toBe(withoutCounters(first.text));
  });
});

describe('what a client sees of the one thread', () => {
  // PROTOCOL 6.1.1, 2.1: GET / queues behind a running request.
  it('waits with its greeting until the read before it is done', async () => {
    const tally = await tallyOf([hindiBook()]);
    tally.faults.at(1, { kind: 'slow', milliseconds: 250 });
    const order: string[] = [];
    const read = post(tally.port, LEDGERS).then(() => order.push('read'));
    await new Promise((resolve) => setTimeout(resolve, 40));
    const greeting = get(tally.port).then(() => order.push('greeting'));
    await Promise.all([read, greeting]);
    expect(order).toEqual(['read', 'greeting']);
  });

  // PROTOCOL 6.1.1, 4: an abandoned request keeps Tally busy.
  it('waits for work that another client has abandoned', async () => {
    const tally = await tallyOf([hindiBook()]);
    tally.faults.at(1, { kind: 'slow', milliseconds: 400 });
    const begun = performance.now();
    await askAndLeave(tally.port, LEDGERS, 60);
    const reply = await get(tally.port);
    expect(reply.kind).toBe('answer');
    expect(performance.now() - begun).toBeGreaterThan(380);
  });

  // PROTOCOL 0.3, 6.1.1
  it('sees six questions asked at once answered one after another, as they came', async () => {
    const tally = await tallyOf([hindiBook()]);
    tally.faults.when('any', { kind: 'slow', milliseconds: 50 }, { times: 6 });
    const order: number[] = [];
    const begun = performance.now();
    const asked = [];
    for (let number = 1; number <= 6; number += 1) {
      asked.push(post(tally.port, LEDGERS).then(() => order.push(number)));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await Promise.all(asked);
    expect(order).toEqual([1, 2, 3, 4, 5, 6]);
    expect(performance.now() - begun).toBeGreaterThan(290);
    expect(tally.busyMost()).toBe(1);
  });

  // PROTOCOL 6.1.1, 6.1.4: what a read costs Tally is the same whether anybody waits for it.
  it('waits for the cost of a read whose reader has gone, and for a filter by AlterID that finds nothing', async () => {
    const cost = { request: 1, scannedVoucher: 200, thinLedgerRow: 80 };
    const tally = await tallyOf([hindiBook()], { cost });
    const begun = performance.now();
    await askAndLeave(tally.port, LEDGERS, 20);
    expect((await get(tally.port)).kind).toBe('answer');
    expect(performance.now() - begun).toBeGreaterThan(380);
    const changed = collection({
      type: 'Voucher',
      fetch: 'Date',
      company: COMPANY,
      from: '20250401',
      to: '20260331',
      filter: '$AlterID > 1000',
    });
    const asked = performance.now();
    expect((await ask(tally.port, changed)).text).not.toContain('<VOUCHER ');
    expect(performance.now() - asked).toBeGreaterThan(190);
  });

  // PROTOCOL 1.3, 8.2: seen on one Tally; until it is settled only SVTODATE is safe.
  it('may freeze one Tally by a first day on a collection of ledgers', async () => {
    const tally = await tallyOf([hindiBook()], { freezesOnLedgerFromDate: true });
    const wish = { type: 'Ledger', fetch: 'Name,ClosingBalance', company: COMPANY, to: '20260331' };
    expect((await post(tally.port, collection(wish))).kind).toBe('answer');
    const frozen = await post(tally.port, collection({ ...wish, from: '20250401' }), { patienceMs: 200 });
    expect(frozen.kind).toBe('silence');
  });
});
