import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { dltFailure, dltFailureIn } from '../../../src-engine/transport/dlt-codes.ts';
import { findIn, type LogRow } from '../../../src-engine/transport/finding.ts';
import { callHttp, urlOf, type HttpCall } from '../../../src-engine/transport/http.ts';
import { indianDay, indianInstant } from '../../../src-engine/transport/indian-time.ts';
import { furthest, isPlainSms } from '../../../src-engine/transport/news.ts';
import { brokenOff, byStatus } from '../../../src-engine/transport/outcomes.ts';
import { e164Of, indianMobile, isSameIndianNumber } from '../../../src-engine/transport/phones.ts';
import { at, numberAt, readJson, textAt } from '../../../src-engine/transport/read-json.ts';
import { redacted } from '../../../src-engine/transport/redact.ts';
import { startFake, type FakeReply, type FakeServer } from '../../fakes/gateways/server.ts';

const opened: FakeServer[] = [];
const listeners: net.Server[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
  for (const listener of listeners.splice(0)) listener.close();
});

async function fakeWith(reply: FakeReply = { status: 200, body: { ok: true } }): Promise<FakeServer> {
  const server = await startFake(() => reply);
  opened.push(server);
  return server;
}

function post(url: string, more: Partial<HttpCall> = {}): ReturnType<typeof callHttp> {
  return callHttp({
    method: 'POST',
    url,
    body: 'x=1',
    signal: new AbortController().signal,
    timeoutMs: 300,
    ...more,
  });
}

/** A port where a connection is taken and everything it is sent answered so. */
function rawServer(answer: string): Promise<number> {
  const listener = net.createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.end(answer));
  });
  listeners.push(listener);
  return new Promise((resolve) => {
    listener.listen(0, '127.0.0.1', () => resolve((listener.address() as net.AddressInfo).port));
  });
}

describe('one HTTP call', () => {
  it('gives status, headers and text of whatever is answered, and judges none of it', async () => {
    const server = await fakeWith({ status: 418, headers: { 'x-one': '1' }, body: 'नमस्ते ₹' });
    const answer = await post(server.url, { headers: { 'x-mine': 'yes' } });
    expect(answer).toMatchObject({ ok: true, status: 418, text: 'नमस्ते ₹' });
    expect(answer.ok && answer.headers['x-one']).toBe('1');
    expect(server.requests[0]).toMatchObject({ method: 'POST', body: 'x=1' });
    expect(server.requests[0]?.headers).toMatchObject({ 'x-mine': 'yes', 'content-length': '3' });
  });

  it('follows no redirect: the second address would get the key', async () => {
    const second = await fakeWith();
    const first = await fakeWith({ status: 307, headers: { location: second.url }, body: '' });
    const answer = await post(first.url);
    expect(answer).toMatchObject({ ok: true, status: 307 });
    expect(second.requests).toHaveLength(0);
    expect(answer.ok && byStatus(answer).errorClass).toBe('account-config');
  });

  it.each([
    ['http://127.0.0.1:1/', 'ECONNREFUSED'],
    ['http://no-such-host.invalid/', /^(ENOTFOUND|EAI_AGAIN)$/],
  ])('knows that nothing left for %s', async (url, code) => {
    const answer = await post(url, { timeoutMs: 5000 });
    expect(answer).toMatchObject({
      ok: false,
      phase: 'not-connected',
      code: expect.stringMatching(code) as string,
    });
    expect(!answer.ok && brokenOff(answer).errorClass).toBe('transient-before-send');
  });

  it('knows that nothing left when the other side does not speak TLS', async () => {
    const server = await fakeWith();
    const answer = await post(server.url.replace('http:', 'https:'));
    expect(answer).toMatchObject({ ok: false, phase: 'not-connected' });
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    ['an address that is none', 'not an address', {}, 'BAD-URL'],
    ['another protocol', 'ftp://127.0.0.1/', {}, 'BAD-URL'],
    ['a key with a line break', 'http://127.0.0.1:1/', { headers: { key: 'a\nb: c' } }, 'BAD-HEADER'],
  ])('calls %s a matter of settings, not of the network', async (_name, url, more, code) => {
    const answer = await post(url, more);
    expect(answer).toEqual({ ok: false, phase: 'not-connected', code });
    expect(!answer.ok && brokenOff(answer).errorClass).toBe('account-config');
  });

  it.each([
    ['half an answer', 'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"ok":'],
    ['nothing', ''],
    ['noise', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'],
  ])('does not know what became of a request that was answered with %s', async (_name, answered) => {
    const answer = await post(`http://127.0.0.1:${await rawServer(answered)}/`);
    expect(answer).toMatchObject({ ok: false, phase: 'request-written' });
    expect(!answer.ok && brokenOff(answer).errorClass).toBe('transient-after-send');
  });

  it('joins addresses however their ends are written', () => {
    expect(urlOf('http://a.in/x// ', '/y', { q: 'a b&c' })).toBe('http://a.in/x/y?q=a+b%26c');
    expect(urlOf('http://a.in', '/y')).toBe('http://a.in/y');
  });
});

describe('what a status means where the vendor says nothing', () => {
  it.each([
    [401, 'auth'],
    [403, 'auth'],
    [402, 'balance'],
    [429, 'throttled'],
    [302, 'account-config'],
    [400, 'unknown'],
    [404, 'unknown'],
    [408, 'transient-after-send'],
    [500, 'transient-after-send'],
    [503, 'transient-after-send'],
  ])('%i is %s', async (status, errorClass) => {
    const server = await fakeWith({ status, headers: { 'retry-after': '2.4' }, body: '' });
    const answer = await post(server.url);
    const failed = answer.ok ? byStatus(answer) : null;
    expect(failed).toMatchObject({ errorClass, code: `HTTP ${status}`, retryAfterSeconds: 3 });
  });
});

describe('what is read out of foreign answers', () => {
  it('never steps into what is not there', () => {
    const json = readJson('{"a":[{"b":7}],"c":"","d":"1.5"}');
    expect([
      textAt(json, 'a', 0, 'b'),
      textAt(json, 'c'),
      numberAt(json, 'd'),
      at(json, 'a', 5, 'b'),
    ]).toEqual(['7', null, 1.5, undefined]);
    expect([readJson('<html>'), textAt(undefined, 'a'), at(json, 'toString')]).toEqual([
      undefined,
      null,
      undefined,
    ]);
  });

  it('reads Indian times as India means them', () => {
    expect(indianInstant('2026-11-22 00:30:00')).toBe(Date.UTC(2026, 10, 21, 19, 0));
    expect(indianInstant('2026-11-22T17:05')).toBe(Date.UTC(2026, 10, 22, 11, 35));
    expect([indianInstant('2026-02-30 10:00:00'), indianInstant('yesterday')]).toEqual([null, null]);
    expect(indianDay(Date.UTC(2026, 10, 21, 18, 29))).toBe('2026-11-21');
    expect(indianDay(Date.UTC(2026, 10, 21, 18, 30))).toBe('2026-11-22');
  });

  it('knows the same Indian number in each way it is written', () => {
    expect(
      ['+919876543210', '09876543210', '98765 43210'].every((text) =>
        isSameIndianNumber(text, '919876543210'),
      ),
    ).toBe(true);
    expect(isSameIndianNumber('54321', '54321')).toBe(false);
    expect([e164Of('919876543210'), e164Of('9876543210'), e164Of('09876543210')]).toEqual(
      Array.from({ length: 3 }, () => '+919876543210'),
    );
    expect([
      indianMobile('+919876543210'),
      indianMobile('+915876543210'),
      indianMobile('+14155550100'),
    ]).toEqual(['9876543210', null, null]);
  });

  it('hides keys, numbers, addresses and texts, also as they stand in an address', () => {
    const said = 'Key ab+cd/ef12 (ab%2Bcd%2Fef12) bad for +919876543210,\n a.b@shop.in: "Pay Rs. 5"\u0000';
    expect(redacted(said, ['ab+cd/ef12', 'Pay Rs. 5', 'ab'])).toBe('Key … (…) bad for …, … "…"');
    expect(redacted('x. '.repeat(500), [])).toHaveLength(160);
    // A request that is echoed back has user and key in one word that is neither.
    const basic = Buffer.from('AC123:very-secret').toString('base64');
    expect(redacted(`authorization: Basic ${basic}, basic plan`, ['very-secret'])).toBe(
      'authorization: …, basic plan',
    );
    expect(redacted(`token=${'Ab1'.repeat(20)} refused`, [])).toBe('… refused');
  });

  it('takes rupee, curly quotes and backtick for no plain SMS', () => {
    expect(['₹5', 'it’s', '`', 'नमस्ते', '\u00a0', '\t'].some(isPlainSms)).toBe(false);
    expect(isPlainSms('Bill ST/118: Rs. 5 @ 10% [due] {x}\n')).toBe(true);
  });

  it('keeps of several news of a message the furthest', () => {
    const base = {
      uid: 'a',
      providerId: '1',
      at: 1,
      errorClass: null,
      code: null,
      detail: '',
      parts: null,
      costMicros: null,
    };
    const news = [
      { ...base, state: 'delivered' },
      { ...base, state: 'sent' },
      { ...base, state: 'undelivered' },
      { ...base, uid: 'b', state: 'sent' },
    ] as const;
    expect(furthest(news).map(({ uid, state }) => `${uid} ${state}`)).toEqual(['a delivered', 'b sent']);
  });
});

describe('the codes of DLT', () => {
  it.each([
    ['600', 'account-config'],
    ['605', 'account-config'],
    ['618', 'account-config'],
    ['620', 'account-config'],
    ['625', 'account-config'],
    ['630', 'template-config'],
    ['632', 'template-config'],
    ['633', 'template-config'],
    ['650', 'policy'],
  ])('%s is %s', (code, errorClass) => {
    expect(dltFailure(code)).toMatchObject({ code: `DLT ${code}`, errorClass });
  });

  it('are found in what a vendor writes, and not in other numbers', () => {
    expect(dltFailureIn('DLT-630 failed')?.code).toBe('DLT 630');
    expect(['16300', '660', 'none', '599', '6 30'].map(dltFailureIn)).toEqual([null, null, null, null, null]);
  });
});

describe('looking for a message whose answer was lost', () => {
  const sentAt = Date.UTC(2026, 10, 22, 6);
  const mark = {
    uid: 'u',
    providerId: null,
    to: '+919876543210',
    sentAt,
    messageId: null,
    text: 'Pay  bill 7',
  };
  const world = { now: sentAt + 3_600_000, lookBackDays: 3, isWhole: true };
  const row: LogRow = { providerId: '9', to: '919876543210', at: sentAt + 1000, text: null, state: 'sent' };

  it.each<readonly [string, readonly LogRow[], unknown]>([
    ['finds it by number and time', [row], { ok: true, value: { providerId: '9', state: 'sent' } }],
    [
      'finds it by its text',
      [{ ...row, at: sentAt - 7_200_000, text: 'Pay bill 7 ' }],
      { ok: true, value: { providerId: '9', state: 'sent' } },
    ],
    ['leaves out another text', [{ ...row, text: 'Thank you' }], { ok: true, value: null }],
    ['leaves out another number', [{ ...row, to: '919812345678' }], { ok: true, value: null }],
    [
      'does not say no beside a row of another hour',
      [{ ...row, at: sentAt - 7_200_000 }],
      { ok: false, errorClass: 'unknown', code: 'NOT-CLEAR' },
    ],
    ['does not say no beside a row without a time', [{ ...row, at: null }], { ok: false, code: 'NOT-CLEAR' }],
    ['does not say no to hidden numbers', [{ ...row, to: '98XXXXXX10' }], { ok: false, code: 'NOT-CLEAR' }],
    ['does not choose between two', [row, { ...row, providerId: '10' }], { ok: false, code: 'NOT-CLEAR' }],
    ['says no to an empty log that had time', [], { ok: true, value: null }],
  ])('%s', (_name, rows, wanted) => {
    expect(findIn(rows, mark, world)).toMatchObject(wanted as object);
  });

  it('does not say no too early, too late, or of half a log', () => {
    expect(findIn([], mark, { ...world, now: sentAt + 60_000 })).toMatchObject({ code: 'TOO-EARLY' });
    expect(findIn([], mark, { ...world, now: sentAt + 4 * 86_400_000 })).toMatchObject({ code: 'TOO-LATE' });
    expect(findIn([], mark, { ...world, isWhole: false })).toMatchObject({ code: 'NOT-CLEAR' });
  });
});
