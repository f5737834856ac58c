import { createHash, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import { dltFailure } from '../../transport/dlt-codes.ts';
import { e164Of } from '../../transport/phones.ts';
import { reportAsInbound, untilKept, type UntilKept } from '../../transport/until-kept.ts';
import type { InboundMessage, StatusNews } from '../message-ports.ts';

// Kannel tells reports and replies by calling an address. One listener a port, on this machine only, kept for as long as
// the program runs: channels come and go between two messages.

type Heard = {
  /** For whoever asks about a message: the same reports once more, for one may come before its message is known to have left. */
  readonly news: StatusNews[];
  readonly room: UntilKept;
};

export type Listener = Heard & { readonly close: () => Promise<void> };

const listeners = new Map<string, Promise<Listener>>();
const KEPT_MOST = 10_000;

export type Door = {
  readonly host: string;
  readonly port: number;
  readonly key: string;
  readonly now: () => number;
  /** For tests. */
  readonly answeredWithinMs?: number;
};

/** What only Kannel and we know; it stays the same over restarts, for reports come days later. */
export function keyOf(password: string): string {
  return createHash('sha256').update(`kannel|${password}`).digest('hex').slice(0, 24);
}

export function listenerAt(door: Door): Promise<Listener> {
  const place = `${door.host}:${door.port}:${door.key}`;
  const known = listeners.get(place);
  if (known) return known;
  const opening = listen(door, () => listeners.delete(place));
  listeners.set(place, opening);
  // A port that is taken is tried again the next time.
  opening.catch(() => listeners.delete(place));
  return opening;
}

function listen(door: Door, forget: () => void): Promise<Listener> {
  const heard: Heard = { news: [], room: untilKept(door.answeredWithinMs) };
  const server = http.createServer((request, response) => {
    // Anything on this machine may call: a throw in here would end the program.
    const url = URL.parse(request.url ?? '/', 'http://127.0.0.1');
    const end = (status: number): void => {
      response.writeHead(status, { 'content-type': 'text/plain' });
      // Whatever an answer says would go back to the customer as an SMS.
      response.end('');
    };
    const isOurs = url !== null && isKey(url.searchParams.get('key') ?? '', door.key);
    if (!isOurs) end(403);
    // Kannel keeps what is not answered with 200, and calls again where it is told to retry.
    else take(heard, { url, at: door.now() }, end);
    request.resume();
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(door.port, door.host, () => {
      server.unref();
      const close = (): Promise<void> => {
        forget();
        heard.room.end();
        server.closeAllConnections();
        return new Promise((closed) => server.close(() => closed()));
      };
      resolve({ ...heard, close });
    });
  });
}

function isKey(given: string, key: string): boolean {
  const [givenBytes, keyBytes] = [Buffer.from(given), Buffer.from(key)];
  return givenBytes.length === keyBytes.length && timingSafeEqual(givenBytes, keyBytes);
}

type Call = { readonly url: URL; readonly at: number };

function take({ news, room }: Heard, { url, at }: Call, end: (status: number) => void): void {
  const answer = (isKept: boolean): void => end(isKept ? 200 : 503);
  const ask = (name: string): string => url.searchParams.get(name) ?? '';
  const hand = (message: InboundMessage): void => {
    if (!room.add(message, answer)) end(503);
  };
  if (url.pathname === '/dlr') {
    const one = newsOf({ uid: ask('uid'), type: Number(ask('type')), said: ask('said'), at });
    if (one === null) return end(200);
    if (news.length < KEPT_MOST) news.push(one);
    return hand(reportAsInbound(one, at));
  }
  if (url.pathname !== '/mo') return end(403);
  return hand({
    externalId: ask('id') || createHash('sha256').update(url.search).digest('hex'),
    kind: 'reply',
    from: e164Of(ask('from')),
    at,
    subject: null,
    text: textOf(url),
    about: { uid: null, providerId: null, messageIds: [] },
    attachments: [],
    news: null,
  });
}

/** Kannel hands Unicode over as the bytes it got (UTF-16, high byte first), which no reader of addresses expects. */
function textOf(url: URL): string {
  const raw = /[?&]text=([^&]*)/.exec(url.search)?.[1] ?? '';
  const bytes = Buffer.from(
    raw
      .replaceAll('+', ' ')
      .replaceAll(/%([0-9A-Fa-f]{2})/g, (_all, hex: string) =>
        String.fromCodePoint(Number.parseInt(hex, 16)),
      ),
    'latin1',
  );
  if (url.searchParams.get('coding') !== '2') return bytes.toString('utf8');
  return bytes
    .subarray(0, bytes.length - (bytes.length % 2))
    .swap16()
    .toString('utf16le');
}

type Report = { readonly uid: string; readonly type: number; readonly said: string; readonly at: number };

/** Types of Kannel's mask: 1 delivered, 2 failed, 4 buffered, 8 accepted by the operator, 16 refused by it. */
function newsOf({ uid, type, said, at }: Report): StatusNews | null {
  const base = { uid, providerId: null, at, detail: '', parts: null, costMicros: null };
  // DLT's own codes come back as the error of the report.
  const error = /err:(\w+)/.exec(said)?.[1] ?? null;
  const code = error ?? /NACK\/(\w+)/.exec(said)?.[1] ?? null;
  if (type === 8 || type === 4) return { ...base, state: 'sent', errorClass: null, code: null };
  if (type === 1) return { ...base, state: 'delivered', errorClass: null, code: null };
  if (type === 2)
    return { ...base, state: 'undelivered', errorClass: classOf(error), code: code ?? 'FAILED' };
  if (type === 16) {
    const isNumber = /0x0000000b/i.test(said);
    return {
      ...base,
      state: 'rejected',
      errorClass: isNumber ? 'recipient-permanent' : 'recipient-temporary',
      code: code ?? 'NACK',
    };
  }
  return null;
}

function classOf(error: string | null): StatusNews['errorClass'] {
  return dltFailure(error ?? '')?.errorClass ?? 'recipient-temporary';
}
