import net from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { endpoints } from '#contract/registry.ts';
import { problemShape } from '#contract/registry/fields.ts';
import { call, gstinOf, member, type TestMember } from '#tests/builders/registry/member.ts';
import { AUTHORITY, signedHeaders } from '#tests/builders/registry/sign.ts';
import { postgresUrl } from '#tests/builders/registry/postgres.ts';
import { addressTurns } from '#registry/api/address-turns.ts';
import { openStore } from '#registry/store/database.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, expect, it, vi } from 'vitest';

let registry: TempRegistry;
let seller: TestMember;
beforeAll(async () => {
  registry = await tempRegistry();
  seller = await member(registry);
});

type Raw = {
  readonly body: Uint8Array | string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Signed bytes of any kind to /blind: the code it answers. */
async function send({ body, headers }: Raw): Promise<string> {
  const bytes = Buffer.from(body);
  const request = { method: 'POST', target: '/v1/blind', body: bytes, idempotencyKey: 'x' } as const;
  const { key, keyId } = seller;
  const signed = signedHeaders(request, { key, keyId, now: registry.registry.now() });
  const answered = await registry.app.inject({
    method: 'POST',
    url: '/v1/blind',
    headers: { ...signed, ...headers },
    payload: bytes,
  });
  if (answered.statusCode === 200) return 'ok';
  expect(answered.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  const problem = problemShape.parse(answered.json());
  expect(problem.status).toBe(answered.statusCode);
  return `${answered.statusCode} ${problem.code}`;
}

const GZIP = { 'content-encoding': 'gzip' };
const IDS = { schema: 'blind.v1', kv: 'h1', ids: [{ kind: 'pan', value: 'AAPFU0939F' }] };

it('takes a body as it is and packed by gzip, and no other packing', async () => {
  expect(await send({ body: JSON.stringify(IDS) })).toBe('ok');
  expect(await send({ body: gzipSync(JSON.stringify(IDS)), headers: GZIP })).toBe('ok');
  expect(await send({ body: JSON.stringify(IDS), headers: GZIP })).toBe('400 bad_request');
  expect(await send({ body: JSON.stringify(IDS), headers: { 'content-encoding': 'br' } })).toBe(
    '400 bad_request',
  );
});

it('unpacks no more than 4 MiB, whatever a small body would become', async () => {
  // Members of a gzip follow each other: 500 KB that become 400 MiB.
  const mebibyte = gzipSync(Buffer.alloc(1024 * 1024, 'a'));
  const bomb = Buffer.concat(Array.from({ length: 400 }, () => mebibyte));
  expect(bomb.length).toBeLessThan(1024 * 1024);
  const before = process.memoryUsage().rss;
  expect(await send({ body: bomb, headers: GZIP })).toBe('413 too_large');
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  const bombInBomb = gzipSync(gzipSync(Buffer.alloc(8 * 1024 * 1024)));
  expect(await send({ body: bombInBomb, headers: GZIP })).toBe('400 bad_request');
});

it('reads no body of more than 1 MiB, and of a stranger none of more than 32 KiB', async () => {
  expect(await send({ body: 'a'.repeat(1024 * 1024 + 1) })).toBe('413 too_large');
  const long = { ...joinOf(1), legal_name: 'x'.repeat(40_000) };
  expect((await call(registry, 'join', { body: long })).problem?.code).toBe('too_large');
  const packed = await call(registry, 'join', { body: long, isZipped: true });
  expect(packed.problem?.code).toBe('too_large');
});

it('refuses what is no JSON, what is deeper than anybody needs, and every other type of body', async () => {
  expect(await send({ body: '{' })).toBe('400 bad_request');
  expect(await send({ body: '['.repeat(500_000) })).toBe('400 bad_request');
  expect(await send({ body: Buffer.from([0xff, 0xfe, 0x00]) })).toBe('400 bad_request');
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'x'])
    expect(await send({ body: JSON.stringify(IDS), headers: { 'content-type': type } }), type).toBe(
      '400 bad_request',
    );
});

it('names the place of a wrong field, and takes no field that it does not know', async () => {
  const wrong = [
    [null, 'body'],
    [[], 'body'],
    [{ ...IDS, schema: 'blind.v2' }, 'body/schema'],
    [{ ...IDS, ids: [] }, 'body/ids'],
    [{ ...IDS, ids: [{ kind: 'name', value: 'x' }] }, 'body/ids/0/kind'],
    [{ ...IDS, ids: Array.from({ length: 501 }, () => IDS.ids[0]) }, 'body/ids'],
    [{ ...IDS, more: 1 }, 'body'],
  ] as const;
  for (const [body, at] of wrong) {
    const { problem } = await seller.call('blind', { body: body as never });
    // A body of null is signed as none.
    expect(problem, JSON.stringify(body)).toMatchObject({ code: 'bad_request', at });
  }
});

it('says the same kind of problem where there is nothing', async () => {
  for (const url of ['/v1', '/v1/nothing', '/v2/meta', '/v1/blind/', '/v1/%ff', `/v1/${'x'.repeat(3000)}`]) {
    const answered = await registry.app.inject({ method: 'GET', url, headers: { host: AUTHORITY } });
    expect(['not_found', 'bad_request'], url).toContain(problemShape.parse(answered.json()).code);
  }
  const wrongMethod = await registry.app.inject({ method: 'PUT', url: '/v1/blind' });
  expect(wrongMethod.statusCode).toBe(404);
});

it('lets nobody in without a signature, and no debtor without a session', async () => {
  for (const [name, { method, path, caller }] of Object.entries(endpoints)) {
    if (caller === 'anybody') continue;
    const url = `/v1${path.replace(':id', registry.registry.newId()).replace(':device', 'd1')}`;
    const answered = await registry.app.inject({ method, url, headers: { host: AUTHORITY } });
    const expected = caller === 'member' ? 'bad_signature' : 'no_session';
    expect(problemShape.parse(answered.json()).code, name).toBe(expected);
  }
});

it('packs long answers for whoever takes gzip, and keeps answers out of caches', async () => {
  const ids = Array.from({ length: 60 }, (_one, at) => ({ kind: 'gstin' as const, value: gstinOf(at) }));
  const request = Buffer.from(JSON.stringify({ ...IDS, ids }));
  const { key, keyId } = seller;
  const headers = signedHeaders(
    { method: 'POST', target: '/v1/blind', body: request, idempotencyKey: 'x' },
    { key, keyId, now: registry.registry.now() },
  );
  const { headers: answered, rawPayload } = await registry.app.inject({
    method: 'POST',
    url: '/v1/blind',
    headers: { ...headers, 'accept-encoding': 'gzip, br' },
    payload: request,
  });
  expect(answered['content-encoding']).toBe('gzip');
  expect(answered['cache-control']).toBe('no-store');
  // No page: nothing of it may run or be framed. What is not of the table may be, and has helmet's own words.
  expect(answered['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
  const { headers: elsewhere } = await registry.app.inject('/openapi.json');
  expect(elsewhere['content-security-policy']).toMatch(/^default-src 'none';script-src 'self';/);
  for (const one of [answered, elsewhere])
    expect(one).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  const { tokens } = JSON.parse(gunzipSync(rawPayload).toString()) as { tokens: readonly string[] };
  expect(tokens).toHaveLength(60);
});

it('describes every call of the table at /openapi.json', async () => {
  const { statusCode, body } = await registry.app.inject('/openapi.json');
  expect(statusCode).toBe(200);
  const { openapi, paths } = JSON.parse(body) as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string; responses: object }>>;
  };
  expect(openapi).toBe('3.1.0');
  const described = Object.values(paths).flatMap((methods) => Object.values(methods));
  expect(described.map(({ operationId }) => operationId).toSorted()).toEqual(
    Object.keys(endpoints).toSorted(),
  );
  for (const { responses } of described) expect(responses).toHaveProperty('default');
});

it('answers /health, and the terms whose digest /meta tells', async () => {
  expect((await registry.app.inject('/health')).json()).toEqual({ status: 'ok' });
  const { answer } = await call(registry, 'meta');
  const { rawPayload } = await registry.app.inject('/terms');
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(rawPayload));
  expect(answer?.terms.sha256).toBe(Buffer.from(digest).toString('hex'));
  expect(answer?.terms.url).toBe('https://registry.test/terms');
});

it('answers what is no HTTP with a problem, too', async () => {
  const raw = await tempRegistry();
  const { port } = new URL(await raw.app.listen({ host: '127.0.0.1', port: 0 }));
  const told = async (bytes: string): Promise<string> => {
    const socket = net.connect(Number(port), '127.0.0.1');
    socket.end(bytes);
    let text = '';
    for await (const part of socket) text += String(part);
    return text;
  };
  const texts = [
    'GARBAGE\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    `GET / HTTP/1.1\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`,
  ];
  for (const text of texts) {
    const [head = '', body = ''] = (await told(text)).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
    expect(problemShape.parse(JSON.parse(body)).code).toBe('bad_request');
  }
});

it('says 503 and when to come back while it has too much to do', async () => {
  const full = await tempRegistry({ pressure: { maxEventLoopDelay: 60_000, maxHeapUsedBytes: 1 } });
  // It looks at itself once in a second.
  await vi.waitFor(
    async () => {
      const { status, problem, headers } = await call(full, 'meta');
      expect([status, problem?.code, headers['retry-after']]).toEqual([503, 'unavailable', '15']);
    },
    { timeout: 10_000 },
  );
});

it('takes no request that was signed for another registry, be it one with the same keys', async () => {
  const named = await tempRegistry({ hosts: ['registry.test', 'staging.test', 'localhost:8740'] });
  const { key, keyId } = await member(named);
  const me = async (authority: string): Promise<string | number> => {
    const request = { method: 'GET', target: '/v1/members/me', body: null } as const;
    const headers = signedHeaders(request, { key, keyId, now: named.registry.now(), authority });
    const { statusCode, json } = await named.app.inject({ method: 'GET', url: request.target, headers });
    return statusCode === 200 ? statusCode : json<{ code: string }>().code;
  };
  expect([await me('staging.test'), await me('elsewhere.test')]).toEqual([200, 'bad_signature']);
});

it('shows strangers who come by another name nothing but that it lives', async () => {
  const named = await tempRegistry({ hosts: ['registry.test'] });
  const statusOf = async (url: string, host: string): Promise<number> =>
    (await named.app.inject({ url, headers: { host } })).statusCode;
  for (const url of ['/', '/login', '/assets/portal.js', '/v1/meta', '/v1/log/checkpoint']) {
    expect([url, await statusOf(url, 'Registry.test')]).toEqual([url, 200]);
    expect([url, await statusOf(url, 'evil.example')]).toEqual([url, 404]);
  }
  expect(await statusOf('/health', '10.0.0.7:8740')).toBe(200);
});

it('counts all spellings of one network as one, and large networks once there are too many', () => {
  const codesOf = (addresses: readonly string[]): number => {
    const take = addressTurns(2, () => 0);
    return addresses.filter((address) => {
      try {
        take(address);
        return false;
      } catch {
        return true;
      }
    }).length;
  };
  expect(codesOf(['2001:db8::1', '2001:0DB8:0:0::2', '2001:db8:0:0:5:6:7:8%eth0', '2001:db8:0:1::1'])).toBe(
    1,
  );
  expect(codesOf(['::ffff:192.0.2.1', '192.0.2.1', '::ffff:192.0.2.1', '192.0.2.2'])).toBe(1);
  expect(codesOf(['::1', '::2', '0:0:0:0:0:0:0:3'])).toBe(1);
  const take = addressTurns(2, () => 0);
  const from = (of: number): string => `10.${(of >> 16) & 255}.${(of >> 8) & 255}.${of & 255}`;
  for (let at = 0; at < 50_000; at += 1) take(from(at));
  take('10.0.0.1');
  // He who was counted stays counted, and newcomers of one large network share their turns.
  expect(() => take('10.0.0.1')).toThrow();
  take('172.16.0.1');
  take('172.16.9.9');
  expect(() => take('172.16.200.1')).toThrow();
  expect(() => take('172.17.0.1')).not.toThrow();
});

it('holds strangers by their address', async () => {
  const held = await tempRegistry({ strangersPerMinute: 3 });
  const codes: (string | undefined)[] = [];
  for (let at = 0; at < 5; at += 1) {
    const { problem, headers } = await call(held, 'join', { body: joinOf(at) });
    codes.push(problem?.code);
    if (problem) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  }
  expect(codes).toEqual([undefined, undefined, undefined, 'too_many', 'too_many']);
  held.pass({ minutes: 1 });
  expect((await call(held, 'join', { body: joinOf(9) })).status).toBe(200);
});

it('says 503 and when to come back while its database is away, and works again once it is there', async () => {
  const shaky = await tempRegistry();
  const one = await member(shaky);
  const server = openStore({ url: await postgresUrl(), onTrouble: () => undefined, connectionsMost: 1 });
  const [, database = ''] = /\/(t_[0-9_]+)\?/.exec(shaky.databaseUrl) ?? [];
  await server.rows({ text: `ALTER DATABASE ${database} WITH ALLOW_CONNECTIONS false` });
  await server.rows({
    text: 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1',
    values: [database],
  });
  const { status, problem, headers } = await one.call('me');
  expect([status, problem?.code]).toEqual([503, 'unavailable']);
  expect(headers['retry-after']).toBe('15');
  expect((await shaky.app.inject('/health')).statusCode).toBe(503);
  await server.rows({ text: `ALTER DATABASE ${database} WITH ALLOW_CONNECTIONS true` });
  expect((await one.call('me')).status).toBe(200);
  expect((await shaky.app.inject('/health')).statusCode).toBe(200);
  expect(shaky.bugs).toEqual([]);
  await server.close();
});

function joinOf(number: number) {
  return {
    schema: 'join.v1' as const,
    application_id: registry.registry.newId(),
    legal_name: 'Anybody',
    gstin: gstinOf(5_000 + number),
    contact: { mobile: '+919876543210', email: null },
    purpose: 'both' as const,
    terms_version: '2026-11',
    device_key: 'C'.repeat(43),
    lang: 'en' as const,
  };
}
