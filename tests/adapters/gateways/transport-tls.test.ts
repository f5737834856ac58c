import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callHttp } from '../../../src-engine/transport/http.ts';

// Over TLS the bytes of a request leave only after the handshake: this is where "nothing left" ends for every vendor.

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-tls-'));
const knownBefore = tls.getCACertificates('default');

type Turn = 'answer' | 'reset';
let turn: Turn = 'answer';
let bodies: string[] = [];
let server: https.Server | undefined;
let url = '';

beforeAll(async () => {
  if (!hasOpenssl) return;
  const made = spawnSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=fake',
      '-addext',
      'subjectAltName=IP:127.0.0.1',
      '-keyout',
      'key.pem',
      '-out',
      'cert.pem',
    ],
    { cwd: folder },
  );
  expect(made.status).toBe(0);
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(path.join(folder, name)));
  server = https.createServer({ key, cert }, (request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      bodies.push(body);
      if (turn === 'reset') request.socket.destroy();
      else response.end('fine');
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', () => resolve()));
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(() => {
  tls.setDefaultCACertificates(knownBefore);
  server?.closeAllConnections();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

function post(): ReturnType<typeof callHttp> {
  bodies = [];
  return callHttp({
    method: 'POST',
    url,
    body: 'key=1',
    signal: new AbortController().signal,
    timeoutMs: 2000,
  });
}

describe.skipIf(!hasOpenssl)('one HTTPS call (needs openssl to make a certificate)', () => {
  it('tells a certificate nobody vouches for before anything left', async () => {
    expect(await post()).toEqual({ ok: false, phase: 'not-connected', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(bodies).toEqual([]);
  });

  it('gives the answer of a server whose certificate is known', async () => {
    tls.setDefaultCACertificates([readFileSync(path.join(folder, 'cert.pem'), 'utf8')]);
    turn = 'answer';
    expect(await post()).toMatchObject({ ok: true, status: 200, text: 'fine' });
  });

  it('does not know what became of a request when the connection broke after the handshake', async () => {
    tls.setDefaultCACertificates([readFileSync(path.join(folder, 'cert.pem'), 'utf8')]);
    turn = 'reset';
    expect(await post()).toMatchObject({ ok: false, phase: 'request-written' });
    expect(bodies).toEqual(['key=1']);
  });
});
