import { randomBytes } from 'node:crypto';
import { fromBase64, toBase64Url } from '#domain/registry/bytes.ts';
import { signatureBase, signatureParameters } from '#domain/registry/signatures.ts';
import { isSigned, publicKeyOf, signingKey } from '#registry/crypto.ts';
import { member, type TestMember } from '#tests/builders/registry/member.ts';
import { AUTHORITY, signedHeaders } from '#tests/builders/registry/sign.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, describe, expect, it } from 'vitest';

const bytesOf = (text: string): Uint8Array => {
  const bytes = fromBase64(text);
  if (bytes === null) throw new Error('no base64');
  return bytes;
};

describe('Ed25519 as RFC 9421 B.2.6 has it', () => {
  // The keys of B.1.4: the last 32 bytes of the PEM files.
  const seed = bytesOf('n4Ni+HpISpVObnQMW0wOhCKROaIKqKtW/2ZYb2p9KcU=');
  const publicKey = bytesOf('JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=');
  const signature = bytesOf(
    'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==',
  );
  const base = Buffer.from(
    [
      '"date": Tue, 20 Apr 2021 02:07:55 GMT',
      '"@method": POST',
      '"@path": /foo',
      '"@authority": example.com',
      '"content-type": application/json',
      '"content-length": 18',
      '"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    ].join('\n'),
  );

  it('verifies the published signature and makes the same one', () => {
    expect(isSigned(publicKeyOf(publicKey), base, signature)).toBe(true);
    expect(signingKey(seed).publicKey).toEqual(publicKey);
    expect(signingKey(seed).sign(base)).toEqual(signature);
  });

  it('refuses it over any other byte', () => {
    for (let at = 0; at < base.length; at += 1) {
      const other = Buffer.from(base);
      other.writeUInt8(other.readUInt8(at) ^ 1, at);
      expect(isSigned(publicKeyOf(publicKey), other, signature), `byte ${at}`).toBe(false);
    }
  });

  it('writes what is signed in the form of RFC 9421 2.5, the parameters last and without a line’s end', () => {
    const terms = { created: 1, expires: 301, nonce: 'A'.repeat(22), keyId: 'm_x/d1' };
    const request = {
      method: 'POST',
      authority: 'example.com',
      path: '/foo',
      query: '?param=Value&Pet=dog',
      contentDigest: 'sha-256=:abc=:',
      idempotencyKey: '7',
    };
    expect(signatureBase(request, terms)).toBe(
      `"@method": POST
"@authority": example.com
"@path": /foo
"@query": ?param=Value&Pet=dog
"content-digest": sha-256=:abc=:
"idempotency-key": 7
"@signature-params": ("@method" "@authority" "@path" "@query" "content-digest" "idempotency-key");created=1;expires=301;nonce="AAAAAAAAAAAAAAAAAAAAAA";keyid="m_x/d1";alg="ed25519";tag="registry-v1"`,
    );
  });
});

type Sent = {
  readonly method: 'GET' | 'POST';
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
};

const BODY = Buffer.from(
  JSON.stringify({ schema: 'blind.v1', kv: 'h1', ids: [{ kind: 'pan', value: 'AAPFU0939F' }] }),
);

describe('the profile of signed requests', () => {
  let registry: TempRegistry;
  let seller: TestMember;
  beforeAll(async () => {
    registry = await tempRegistry();
    seller = await member(registry);
  });

  const signed = (wish: Partial<Parameters<typeof signedHeaders>[1]> = {}): Sent => {
    const request = {
      method: 'POST',
      target: '/v1/blind',
      body: BODY,
      idempotencyKey: toBase64Url(randomBytes(12)),
    } as const;
    const { key, keyId } = seller;
    const headers = signedHeaders(request, { key, keyId, now: registry.registry.now(), ...wish });
    return { ...request, headers };
  };
  const send = async ({ method, target, headers, body }: Sent): Promise<string> => {
    const { statusCode, body: text } = await registry.app.inject({
      method,
      url: target,
      headers,
      ...(body !== null && { payload: body }),
    });
    return statusCode === 200 ? 'ok' : (JSON.parse(text) as { code: string }).code;
  };

  it('takes a request that is signed right', async () => {
    expect(await send(signed())).toBe('ok');
  });

  it('refuses it with any single byte of the body changed', async () => {
    const good = signed();
    for (let at = 0; at < BODY.length; at += 1) {
      const body = Buffer.from(BODY);
      body.writeUInt8(body.readUInt8(at) ^ 1, at);
      expect(await send({ ...good, body }), `byte ${at}`).toBe('bad_signature');
    }
    expect(await send({ ...good, body: BODY.subarray(1) })).toBe('bad_signature');
    expect(await send({ ...good, body: Buffer.concat([BODY, Buffer.from(' ')]) })).toBe('bad_signature');
    expect(await send({ ...good, body: null })).toBe('bad_signature');
    // All these were refused, and none of them used the request up.
    expect(await send(good)).toBe('ok');
  });

  it('refuses it with any single byte of a signed header changed', async () => {
    const good = signed();
    const names = ['host', 'content-digest', 'idempotency-key', 'signature-input', 'signature'];
    const codes = new Set<string>();
    for (const name of names) {
      const value = good.headers[name] ?? '';
      expect(value.length, name).toBeGreaterThan(0);
      for (let at = 0; at < value.length; at += 1) {
        const other = String.fromCharCode(value.charCodeAt(at) ^ 1);
        const changed = value.slice(0, at) + other + value.slice(at + 1);
        const outcome = await send({ ...good, headers: { ...good.headers, [name]: changed } });
        expect(outcome, `${name} ${at}: ${changed}`).not.toBe('ok');
        codes.add(outcome);
      }
    }
    expect([...codes].toSorted()).toEqual(['bad_signature', 'clock_skew', 'unknown_key']);
    expect(await send(good)).toBe('ok');
  });

  it('refuses it under another method, path or query', async () => {
    const good = signed();
    expect(await send({ ...good, target: '/v1/blind?x=1' })).toBe('bad_signature');
    expect(await send({ ...good, target: '/v1/members/me/devices' })).toBe('bad_signature');
    const get = {
      method: 'GET',
      target: '/v1/changes?cursor=0',
      headers: signedHeaders(
        { method: 'GET', target: '/v1/changes?cursor=0', body: null },
        { key: seller.key, keyId: seller.keyId, now: registry.registry.now() },
      ),
      body: null,
    } as const;
    expect(await send({ ...get, target: '/v1/changes?cursor=1' })).toBe('bad_signature');
    expect(await send({ ...get, target: '/v1/changes' })).toBe('bad_signature');
  });

  it('refuses a request without its signature, and one with the headers twice', async () => {
    const good = signed();
    for (const name of ['signature', 'signature-input', 'content-digest', 'idempotency-key']) {
      const { [name]: value = '', ...rest } = good.headers;
      expect(await send({ ...good, headers: rest }), `without ${name}`).toBe('bad_signature');
      const twice = { ...rest, [name]: `${value}, ${value}` };
      expect(await send({ ...good, headers: twice }), `twice ${name}`).toBe('bad_signature');
    }
  });

  it('refuses other components, though the device signed just these', async () => {
    const all = ['@method', '@authority', '@path', '@query', 'content-digest', 'idempotency-key'];
    const lists = [
      ...all.map((_name, at) => all.toSpliced(at, 1)),
      ...all.map((name) => [...all, name]),
      all.toReversed(),
      all.toSpliced(0, 2, '@authority', '@method'),
      [...all, 'content-type'],
      [],
    ];
    const good = signed();
    const now = Math.floor(registry.registry.now() / 1000);
    for (const names of lists) {
      const terms = { created: now, expires: now + 300, nonce: 'A'.repeat(22), keyId: seller.keyId };
      const request = {
        method: 'POST',
        authority: AUTHORITY,
        path: '/v1/blind',
        query: '?',
        contentDigest: good.headers['content-digest'] ?? '',
        idempotencyKey: good.headers['idempotency-key'] ?? '',
      };
      const values: Readonly<Record<string, string>> = {
        '@method': 'POST',
        '@authority': AUTHORITY,
        '@path': '/v1/blind',
        '@query': '?',
        'content-digest': request.contentDigest,
        'idempotency-key': request.idempotencyKey,
        'content-type': 'application/json',
      };
      const list = names.map((name) => `"${name}"`).join(' ');
      const input = signatureParameters(request, terms).replace(/^\([^)]*\)/, `(${list})`);
      const base = [...names.map((name) => `"${name}": ${values[name]}`), `"@signature-params": ${input}`];
      const signature = Buffer.from(seller.key.sign(Buffer.from(base.join('\n')))).toString('base64');
      const headers = { ...good.headers, 'signature-input': `reg=${input}`, signature: `reg=:${signature}:` };
      expect(await send({ ...good, headers }), list).toBe('bad_signature');
    }
  });

  it('takes clocks that differ by five minutes, and says the time to those that differ by more', async () => {
    const now = Math.floor(registry.registry.now() / 1000);
    const at = (created: number, expires: number): Promise<string> =>
      send(signed({ terms: { created, expires } }));
    expect(await at(now - 300, now)).toBe('ok');
    expect(await at(now + 300, now + 600)).toBe('ok');
    expect(await at(now - 301, now - 1)).toBe('clock_skew');
    expect(await at(now + 301, now + 601)).toBe('clock_skew');
    expect(await at(now - 10, now - 1)).toBe('bad_signature');
    expect(await at(now, now + 301)).toBe('bad_signature');
    expect(await at(now, now)).toBe('bad_signature');
    const { headers, method, target } = signed({ terms: { created: 1, expires: 301 } });
    const told = await registry.app.inject({ method, url: target, headers, payload: BODY });
    expect(told.json()).toMatchObject({ code: 'clock_skew', server_time: '2026-11-22T04:30:00.000Z' });
  });

  it('takes a request once: at another server of the same registry it is a replay, too', async () => {
    const again = await registry.second();
    const good = signed();
    const first = await Promise.all(Array.from({ length: 5 }, () => send(good)));
    expect(first.toSorted()).toEqual(['ok', 'replayed', 'replayed', 'replayed', 'replayed']);
    const there = await again.app.inject({
      method: good.method,
      url: good.target,
      headers: good.headers,
      payload: BODY,
    });
    expect(there.json()).toMatchObject({ code: 'replayed' });
    // Another member may draw the same number.
    const other = await member(registry);
    const nonce = /nonce="([^"]+)"/.exec(good.headers['signature-input'] ?? '')?.[1] ?? '';
    expect(await send(signed({ key: other.key, keyId: other.keyId, terms: { nonce } }))).toBe('ok');
  });

  it('remembers a request for as long as its signature could hold', async () => {
    const now = Math.floor(registry.registry.now() / 1000);
    const good = signed({ terms: { created: now + 300, expires: now + 600 } });
    expect(await send(good)).toBe('ok');
    registry.pass({ seconds: 600 });
    for (const job of registry.jobs) await job.run(registry.registry);
    expect(await send(good)).toBe('replayed');
    registry.pass({ seconds: 1 });
    expect(await send(good)).toBe('clock_skew');
  });

  it('knows no device that is not enrolled, nor one that signs with another’s key', async () => {
    const other = await member(registry);
    expect(await send(signed({ keyId: `${seller.member.member_id}/d9` }))).toBe('unknown_key');
    expect(await send(signed({ keyId: 'm_AAAAAAAAAAA/d1' }))).toBe('unknown_key');
    expect(await send(signed({ key: other.key }))).toBe('bad_signature');
  });
});
