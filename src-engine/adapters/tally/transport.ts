import type { Buffer } from 'node:buffer';
import http from 'node:http';
import { performance } from 'node:perf_hooks';
import type { TallyAddress } from '../ports.ts';

/** Content-Type decides in which encoding Tally answers: anything else than UTF-16 loses every Indian letter. */
const CONTENT_TYPE = 'text/xml;charset=utf-16';

/** How long each part of an exchange may take. */
export type ExchangeLimits = {
  readonly connectMs: number;
  /** From the end of the request to the first byte of the answer: Tally works, or a box waits on its screen. */
  readonly firstByteMs: number;
  /** Between two pieces of the answer. */
  readonly idleMs: number;
};

export type ExchangeWish = {
  readonly address: TallyAddress;
  /** Null asks `GET /`, to which every Tally says what it is. */
  readonly body: Buffer | null;
  /** Each piece as it comes; none is kept here. What it throws ends the exchange and is thrown on. */
  readonly take: (chunk: Uint8Array) => void;
  readonly limits: ExchangeLimits;
  readonly signal?: AbortSignal | undefined;
  readonly onSent?: () => void;
  readonly onFirstByte?: () => void;
  /** Nobody waits for the answer: it does not keep the program alive. */
  readonly isIdle?: boolean;
};

/** What happened on the wire. `systemCode` is Node's own, e.g. ECONNREFUSED. */
export type ExchangeEnd =
  /** The answer came to the end that its own header stated. */
  | { readonly kind: 'answered'; readonly httpStatus: number; readonly milliseconds: number }
  | { readonly kind: 'not-connected'; readonly systemCode: string }
  | { readonly kind: 'silent' }
  /** It broke, or no further piece came. */
  | { readonly kind: 'broken'; readonly systemCode: string; readonly hasBegun: boolean }
  /** What answers does not speak HTTP. */
  | { readonly kind: 'not-http' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'thrown'; readonly error: unknown };

/** One request and its answer, in pieces. Never rejects. */
export function exchange(wish: ExchangeWish): Promise<ExchangeEnd> {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    let timer: NodeJS.Timeout | undefined;
    let isOver = false;
    let hasConnected = false;
    let hasBegun = false;
    const request = http.request(optionsOf(wish));
    const finish = (end: ExchangeEnd): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      wish.signal?.removeEventListener('abort', giveUp);
      if (end.kind !== 'answered') request.destroy();
      resolve(end);
    };
    const limit = (milliseconds: number, end: ExchangeEnd): void => {
      clearTimeout(timer);
      timer = setTimeout(() => finish(end), milliseconds);
      if (wish.isIdle) timer.unref();
    };
    const giveUp = (): void => finish({ kind: 'aborted' });
    const fail = (error: NodeJS.ErrnoException): void => {
      const systemCode = error.code ?? 'UNKNOWN';
      if (!hasConnected) finish({ kind: 'not-connected', systemCode });
      else if (systemCode.startsWith('HPE_') && !hasBegun) finish({ kind: 'not-http' });
      else finish({ kind: 'broken', systemCode, hasBegun });
    };
    const connected = (): void => {
      hasConnected = true;
      wish.onSent?.();
      limit(wish.limits.firstByteMs, { kind: 'silent' });
    };
    const taken = (chunk: Uint8Array): void => {
      if (isOver) return;
      limit(wish.limits.idleMs, { kind: 'broken', systemCode: 'ETIMEDOUT', hasBegun: true });
      try {
        wish.take(chunk);
      } catch (error) {
        finish({ kind: 'thrown', error });
      }
    };
    request.on('socket', (socket) => {
      if (wish.isIdle) socket.unref();
      socket.once('connect', connected);
    });
    request.on('response', (response) => {
      hasBegun = true;
      wish.onFirstByte?.();
      limit(wish.limits.idleMs, { kind: 'broken', systemCode: 'ETIMEDOUT', hasBegun });
      response.on('data', taken);
      response.on('error', fail);
      response.on('end', () => {
        const milliseconds = performance.now() - startedAt;
        finish({ kind: 'answered', httpStatus: response.statusCode ?? 0, milliseconds });
      });
    });
    request.on('error', fail);
    wish.signal?.addEventListener('abort', giveUp, { once: true });
    limit(wish.limits.connectMs, { kind: 'not-connected', systemCode: 'ETIMEDOUT' });
    if (wish.signal?.aborted) giveUp();
    else request.end(wish.body ?? undefined);
  });
}

function optionsOf({ address, body }: ExchangeWish): http.RequestOptions {
  return {
    host: address.host,
    port: address.port,
    path: '/',
    method: body === null ? 'GET' : 'POST',
    // A connection of its own each time: one that Tally closed between two requests would look like a broken reply.
    agent: false,
    headers: body === null ? {} : { 'Content-Type': CONTENT_TYPE, 'Content-Length': body.length },
  };
}
