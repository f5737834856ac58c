import http from 'node:http';
import type { AddressInfo } from 'node:net';

// A vendor's server, on a real socket of this machine, with the ways real ones fail.

/**
 * How the next request goes wrong. "Taken" means: the vendor's `handle` ran, so what it was asked to send is sent.
 * - refuse: nothing listens any more, until `faults.clear()`.
 * - hang: taken, and never answered.
 * - reset-after-request: read and not taken; the connection breaks.
 * - reset-before-answer: taken; the connection breaks before a byte of the answer.
 * - error-in-200: given to `handle` as `request.fault`, which answers an error of the vendor's own under status 200.
 * - throttle: not taken; 429 with Retry-After.
 * - status-500: taken, and answered with 500 all the same.
 * - trickle: taken; the answer comes a byte at a time and never ends.
 * - wrong-type: taken; a web page comes as the answer, with status 200.
 * - huge: taken; the answer is larger than anybody should read.
 * - duplicate-status, out-of-order-status: given to `handle`, whose list of events says them twice or backwards.
 */
export const faults = [
  'refuse',
  'hang',
  'reset-after-request',
  'reset-before-answer',
  'error-in-200',
  'throttle',
  'status-500',
  'trickle',
  'wrong-type',
  'huge',
  'duplicate-status',
  'out-of-order-status',
] as const;
export type Fault = (typeof faults)[number];

export type FakeRequest = {
  readonly method: string;
  /** Path and query as they came; `url` is the same, readable. */
  readonly target: string;
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  readonly body: string;
  /** The body read as a form; empty for other bodies. */
  readonly form: URLSearchParams;
  /** The body read as JSON; undefined when it is none. */
  readonly json: unknown;
  /** User and password of a Basic header; null without one. */
  readonly basic: { readonly user: string; readonly password: string } | null;
  /** The fault that the vendor itself has to play for this request; null = behave. */
  readonly fault: Extract<Fault, 'error-in-200' | 'duplicate-status' | 'out-of-order-status'> | null;
  readonly at: number;
};

export type FakeReply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text goes out as it is; anything else as JSON. */
  readonly body: unknown;
};

/** What a vendor's customers' phones have got: a test counts here what was sent twice. */
export type Accepted = {
  readonly to: string;
  readonly text: string;
  readonly ids: Readonly<Record<string, string>>;
  readonly at: number;
};

export type FakeServer = {
  /** 'http://127.0.0.1:PORT', no slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Every request that was read to its end, in order. */
  readonly requests: readonly FakeRequest[];
  readonly faults: {
    /** The next `times` requests fail so, after those already ordered. 'refuse' holds from now on until `clear`. */
    readonly next: (fault: Fault, times?: number) => void;
    /** Forgets what was ordered, drops connections that hang, and listens again. */
    readonly clear: () => Promise<void>;
  };
  readonly close: () => Promise<void>;
};

export const RETRY_AFTER_SECONDS = 7;
const TRICKLE_MS = 20;
const HUGE_BYTES = 9 * 1024 * 1024;

export async function startFake(
  handle: (request: FakeRequest) => FakeReply | Promise<FakeReply>,
): Promise<FakeServer> {
  const requests: FakeRequest[] = [];
  const ordered: Fault[] = [];
  const server = http.createServer((incoming, response) => {
    void serve(incoming, response).catch(() => response.destroy());
  });

  async function serve(incoming: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const bytes = await readWhole(incoming);
    const fault = ordered.shift() ?? null;
    const request = requestOf(incoming, bytes, fault);
    requests.push(request);
    if (fault === 'reset-after-request') return void incoming.socket.resetAndDestroy();
    if (fault === 'throttle') {
      const headers = { 'retry-after': String(RETRY_AFTER_SECONDS) };
      return send(response, { status: 429, headers, body: 'Too many requests' });
    }
    const reply = await handle(request);
    if (fault === 'hang') return;
    if (fault === 'reset-before-answer') return void incoming.socket.resetAndDestroy();
    if (fault === 'trickle') return trickle(response);
    if (fault === 'status-500') return send(response, { status: 500, body: 'Internal Server Error' });
    if (fault === 'wrong-type') return send(response, webPage);
    if (fault === 'huge') return send(response, { ...reply, body: ' '.repeat(HUGE_BYTES) });
    return send(response, reply);
  }

  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    faults: {
      next: (fault, times = 1) => {
        // The listening socket is closed at once; only the connections of before live on.
        if (fault === 'refuse') server.close();
        else ordered.push(...Array.from({ length: times }, () => fault));
      },
      clear: async () => {
        ordered.length = 0;
        server.closeAllConnections();
        if (!server.listening) await listen(server, port);
      },
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const webPage: FakeReply = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<html><body><h1>Sign in to the Wi-Fi of this hotel</h1></body></html>',
};

function listen(server: http.Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function readWhole(incoming: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function requestOf(incoming: http.IncomingMessage, bytes: Buffer, fault: Fault | null): FakeRequest {
  const target = incoming.url ?? '/';
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  const body = bytes.toString('utf8');
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  return {
    method: incoming.method ?? 'GET',
    target,
    url: new URL(target, 'http://127.0.0.1'),
    headers,
    bytes,
    body,
    form: new URLSearchParams(isForm ? body : ''),
    json: jsonOf(body),
    basic: basicOf(headers['authorization']),
    fault:
      fault === 'error-in-200' || fault === 'duplicate-status' || fault === 'out-of-order-status'
        ? fault
        : null,
    at: Date.now(),
  };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function basicOf(header: string | undefined): FakeRequest['basic'] {
  const match = /^Basic (.+)$/.exec(header ?? '');
  if (!match) return null;
  const text = Buffer.from(match[1] ?? '', 'base64').toString('utf8');
  const at = text.indexOf(':');
  return at < 0 ? null : { user: text.slice(0, at), password: text.slice(at + 1) };
}

function send(response: http.ServerResponse, reply: FakeReply): void {
  const isText = typeof reply.body === 'string';
  response.writeHead(reply.status, {
    'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
    ...reply.headers,
  });
  response.end(isText ? reply.body : JSON.stringify(reply.body));
}

function trickle(response: http.ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), TRICKLE_MS);
  response.on('close', () => clearInterval(timer));
}
