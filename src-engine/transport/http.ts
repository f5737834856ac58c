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
  /** Until the connection stands; as long as the whole where it is not given. */
  readonly connectTimeoutMs?: number;
  readonly bytesMost?: number;
};

/** What a test makes small. */
export type HttpLimits = Pick<HttpCall, 'timeoutMs' | 'bytesMost'>;

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
      /** 'ECONNREFUSED', 'TIMEOUT', 'TOO-LARGE', 'ABORTED', 'BAD-URL', 'BAD-HEADER', … */
      readonly code: string;
    };

const TIMEOUT_MS = 30_000;
const BYTES_MOST = 8 * 1024 * 1024;

/** Never throws, follows no redirect, tries once. The status is not judged: an answer with 500 is an answer. */
export function callHttp(call: HttpCall): Promise<HttpAnswer> {
  if (call.signal.aborted) return Promise.resolve({ ok: false, phase: 'not-connected', code: 'ABORTED' });
  const opened = openRequest(call);
  if (typeof opened === 'string') return Promise.resolve({ ok: false, phase: 'not-connected', code: opened });
  return answerOf(opened, call);
}

/** A path and a query on a base address that may end in slashes. */
export function urlOf(base: string, path: string, query: Readonly<Record<string, string>> = {}): string {
  const asked = new URLSearchParams(query).toString();
  return `${base.trim().replace(/\/+$/, '')}${path}${asked === '' ? '' : `?${asked}`}`;
}

function answerOf(request: http.ClientRequest, call: HttpCall): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    let phase: Exclude<Phase, 'response-read'> = 'not-connected';
    let hasResponse = false;
    const settle = (answer: HttpAnswer): void => {
      clearTimeout(timer);
      clearTimeout(connecting);
      call.signal.removeEventListener('abort', onAbort);
      // Only the first of several ends counts; a promise keeps it.
      resolve(answer);
      request.destroy();
    };
    const fail = (code: string): void => settle({ ok: false, phase, code });
    const onAbort = (): void => fail('ABORTED');
    const timer = setTimeout(() => fail('TIMEOUT'), call.timeoutMs ?? TIMEOUT_MS);
    const connecting =
      call.connectTimeoutMs === undefined
        ? undefined
        : setTimeout(() => fail('TIMEOUT'), call.connectTimeoutMs);
    call.signal.addEventListener('abort', onAbort);
    request.on('socket', (socket) => {
      const onStanding = (): void => {
        phase = 'request-written';
        clearTimeout(connecting);
      };
      // The bytes of a request wait in Node until its connection stands; from then on they may be on their way.
      if (!socket.connecting) onStanding();
      socket.once(request.protocol === 'https:' ? 'secureConnect' : 'connect', onStanding);
    });
    request.on('error', (error) => fail(codeOf(error)));
    request.on('response', (response) => {
      hasResponse = true;
      take(response, call.bytesMost ?? BYTES_MOST).then(settle, (error: unknown) => fail(codeOf(error)));
    });
    // An answer that asks for another protocol ends without a word.
    request.on('close', () => {
      if (!hasResponse) fail('BROKEN');
    });
    request.end(call.body);
  });
}

/** The request, not yet sent, or why none can be made. */
function openRequest(call: HttpCall): http.ClientRequest | 'BAD-URL' | 'BAD-HEADER' {
  const url = URL.parse(call.url);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return 'BAD-URL';
  const client = url.protocol === 'https:' ? https : http;
  const length = call.body === undefined ? {} : { 'content-length': Buffer.byteLength(call.body) };
  try {
    return client.request(url, {
      method: call.method,
      // An answer that somebody packed nevertheless would not be read.
      headers: { 'accept-encoding': 'identity', ...length, ...call.headers },
      // A connection of its own each time: one kept from before may be dead without our knowing.
      agent: false,
    });
  } catch {
    // A key that was pasted with a line break or with letters a header cannot carry.
    return 'BAD-HEADER';
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
