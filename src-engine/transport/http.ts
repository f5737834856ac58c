import http from 'node:http';
import https from 'node:https';
import type { Phase } from '#domain/reminders/words.ts';

// One HTTP call as a gateway needs it: it says how far the request got, which alone decides whether it may be made again.
// Node's own client and not fetch: fetch does not tell a connection that broke before the request from one that broke after.

export type HttpCall = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
  /** From the first look-up to the last byte of the answer. */
  readonly timeoutMs?: number;
  readonly bytesMost?: number;
};

export type HttpAnswer =
  | {
      readonly ok: true;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly bytes: Uint8Array;
      readonly text: string;
    }
  | {
      readonly ok: false;
      /** 'not-connected': nothing left this machine. Anything else: it may have been taken. */
      readonly phase: Exclude<Phase, 'response-read'>;
      /** 'ECONNREFUSED', 'TIMEOUT', 'TOO-LARGE', 'ABORTED', … */
      readonly code: string;
    };

const TIMEOUT_MS = 30_000;
const BYTES_MOST = 8 * 1024 * 1024;

/** Never throws, follows no redirect, tries once. The status is not judged: an answer with 500 is an answer. */
export function callHttp(call: HttpCall): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    let phase: Exclude<Phase, 'response-read'> = 'not-connected';
    let isDone = false;
    const settle = (answer: HttpAnswer): void => {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      call.signal.removeEventListener('abort', onAbort);
      resolve(answer);
      request?.destroy();
    };
    const fail = (code: string): void => settle({ ok: false, phase, code });
    const onAbort = (): void => fail('ABORTED');
    const timer = setTimeout(() => fail('TIMEOUT'), call.timeoutMs ?? TIMEOUT_MS);
    const request = open(call, fail);
    if (!request) return;
    if (call.signal.aborted) return onAbort();
    call.signal.addEventListener('abort', onAbort);
    request.on('socket', (socket) => {
      // The bytes of a request wait in Node until its connection stands; from then on they may be on their way.
      socket.once(request.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        phase = 'request-written';
      });
    });
    request.on('error', (error) => fail(codeOf(error)));
    request.on('response', (response) => {
      take(response, call.bytesMost ?? BYTES_MOST).then(settle, (error: unknown) => fail(codeOf(error)));
    });
    request.end(call.body);
  });
}

function open(call: HttpCall, fail: (code: string) => void): http.ClientRequest | undefined {
  try {
    const url = new URL(call.url);
    const client = url.protocol === 'https:' ? https : http;
    const length = call.body === undefined ? {} : { 'content-length': Buffer.byteLength(call.body) };
    // A connection of its own each time: one kept from before may be dead without our knowing.
    return client.request(url, {
      method: call.method,
      headers: { ...length, ...call.headers },
      agent: false,
    });
  } catch {
    fail('BAD-URL');
    return undefined;
  }
}

async function take(response: http.IncomingMessage, bytesMost: number): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  let byteCount = 0;
  for await (const chunk of response) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    byteCount += bytes.length;
    if (byteCount > bytesMost) return { ok: false, phase: 'request-written', code: 'TOO-LARGE' };
    chunks.push(bytes);
  }
  const bytes = Buffer.concat(chunks);
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  return { ok: true, status: response.statusCode ?? 0, headers, bytes, text: bytes.toString('utf8') };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'BROKEN';
}
