import { afterEach, describe, expect, it } from 'vitest';
import { startFast2sms } from './fast2sms.ts';
import { startMsg91 } from './msg91.ts';
import { RETRY_AFTER_SECONDS, startFake, type FakeServer } from './server.ts';
import { startTextlocal } from './textlocal.ts';

// The fakes against what is recorded of the real ones, asked with a client that is not ours.

const opened: FakeServer[] = [];
afterEach(() => Promise.all(opened.splice(0).map((server) => server.close())));

const NOW = Date.UTC(2026, 10, 22, 6, 30);
const now = (): number => NOW;

async function opening<T extends FakeServer>(starting: Promise<T>): Promise<T> {
  const server = await starting;
  opened.push(server);
  return server;
}

describe('the fake server', () => {
  it('reads forms, JSON, queries and Basic headers', async () => {
    const server = await opening(startFake(() => ({ status: 201, body: { id: 1 } })));
    const headers = { authorization: `Basic ${Buffer.from('me:a:b').toString('base64')}` };
    const answer = await fetch(`${server.url}/x?a=1`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ b: 'ह' }),
    });
    expect([answer.status, await answer.json()]).toEqual([201, { id: 1 }]);
    await fetch(server.url, { method: 'POST', body: '{"c":2}' });
    const [form, json] = server.requests;
    expect([form?.url.searchParams.get('a'), form?.form.get('b'), form?.basic]).toEqual([
      '1',
      'ह',
      { user: 'me', password: 'a:b' },
    ]);
    expect([json?.json, json?.basic]).toEqual([{ c: 2 }, null]);
  });

  it('plays faults in the order they were given, each so often, then behaves', async () => {
    const server = await opening(startFake(() => ({ status: 200, body: 'fine' })));
    server.faults.next('throttle', 2);
    server.faults.next('status-500');
    const statuses = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const answer = await fetch(server.url);
      statuses.push([answer.status, answer.headers.get('retry-after')]);
    }
    const wait = String(RETRY_AFTER_SECONDS);
    expect(statuses).toEqual([
      [429, wait],
      [429, wait],
      [500, null],
      [200, null],
    ]);
  });

  it('listens again on the same port after it refused', async () => {
    const server = await opening(startFake(() => ({ status: 200, body: 'fine' })));
    server.faults.next('refuse');
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
    await server.faults.clear();
    expect((await fetch(server.url)).status).toBe(200);
  });

  it('has taken the message in the faults that say so', async () => {
    let takenCount = 0;
    const server = await opening(
      startFake(() => {
        takenCount += 1;
        return { status: 200, body: 'fine' };
      }),
    );
    for (const fault of ['reset-after-request', 'throttle'] as const) {
      server.faults.next(fault);
      await fetch(server.url).catch(() => null);
    }
    expect(takenCount).toBe(0);
    for (const fault of ['reset-before-answer', 'status-500', 'wrong-type'] as const) {
      server.faults.next(fault);
      await fetch(server.url).catch(() => null);
    }
    expect(takenCount).toBe(3);
  });
});

describe('the fake vendors', () => {
  const msg91 = { authKey: 'k', templates: {}, dlt: null, now };

  it('MSG91 says success to a wrong key, and its log does not', async () => {
    const server = await opening(startMsg91(msg91));
    const headers = { authkey: 'wrong' };
    const sent = await fetch(`${server.url}/api/v5/flow`, { method: 'POST', headers, body: '{}' });
    expect(await sent.json()).toMatchObject({ type: 'success' });
    const log = await fetch(`${server.url}/api/v5/report/logs/p/sms`, { method: 'POST', headers });
    expect([log.status, await log.json()]).toMatchObject([401, { hasError: true }]);
    expect(server.accepted).toEqual([]);
  });

  it('MSG91 gives no range of more than three days', async () => {
    const server = await opening(startMsg91(msg91));
    const ask = async (first: string): Promise<unknown> => {
      const url = `${server.url}/api/v5/report/logs/p/sms?startDate=${first}&endDate=2026-11-22`;
      return (await fetch(url, { headers: { authkey: 'k' } })).json();
    };
    expect(await ask('2026-11-20')).toMatchObject({
      data: [],
      metadata: { total: 0, paginationToken: null },
    });
    expect(await ask('2026-11-19')).toMatchObject({ hasError: true });
  });

  it('Fast2SMS takes the key only in its header, without "Bearer"', async () => {
    const server = await opening(startFast2sms({ apiKey: 'k', templates: {}, dlt: null, now }));
    const url = `${server.url}/dev/bulkV2`;
    const inBody = await fetch(url, { method: 'POST', body: '{"authorization":"k"}' });
    const bearer = await fetch(url, { method: 'POST', headers: { authorization: 'Bearer k' }, body: '{}' });
    for (const answer of [inBody, bearer])
      expect([answer.status, await answer.json()]).toMatchObject([401, { return: false, status_code: 412 }]);
  });

  it('Fast2SMS moves the values after a "|" that stands in one', async () => {
    const templates = { '7': { text: '{#var#} owes {#var#}', entityId: '1', dltTemplateId: '2' } };
    const server = await opening(startFast2sms({ apiKey: 'k', templates, dlt: null, now }));
    const body = {
      route: 'dlt',
      sender_id: 'ABCDEF',
      message: '7',
      numbers: '9876543210',
      variables_values: 'A|B|5',
    };
    const headers = { authorization: 'k' };
    await fetch(`${server.url}/dev/bulkV2`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(server.accepted.map(({ text }) => text)).toEqual(['A owes B']);
  });

  it('Textlocal says every failure under 200', async () => {
    const server = await opening(startTextlocal({ apiKey: 'k', senders: [], dlt: null, now }));
    const answer = await fetch(`${server.url}/send/`, {
      method: 'POST',
      body: new URLSearchParams({ apikey: 'x' }),
    });
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      { status: 'failure', errors: [{ code: 3 }] },
    ]);
  });
});
