import { Buffer } from 'node:buffer';
import net from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ReplyReader } from '../../../../src-engine/adapters/tally/reply.ts';
import {
  ask,
  usualTimings,
  type Asked,
  type AskWish,
} from '../../../../src-engine/adapters/tally/transport-turn.ts';
import {
  goodReply,
  GREETING,
  headOf,
  scriptedTally,
  type Answer,
  type ScriptedTally,
} from './scripted-tally.ts';

/** Generous where nothing is silent: a machine that is busy with other tests must not look like a busy Tally. */
const timings = usualTimings;
const silent = { ...usualTimings, urgentSilenceMs: 80, idleMs: 80, dialogMs: 400, recoverMs: 5_000 };
const open: ScriptedTally[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((tally) => tally.stop()));
});

async function tallyThat(answer: Answer): Promise<ScriptedTally> {
  const tally = await scriptedTally(answer);
  open.push(tally);
  return tally;
}

const answersAtOnce: Answer = ({ id }, socket) =>
  void socket.end(goodReply(id === 'GET' ? GREETING : bodyOf(id)));

function bodyOf(id: string): string {
  return `<ENVELOPE><OF>${id}</OF></ENVELOPE>`;
}

function requestFor(id: string): Buffer {
  return Buffer.from(`<ENVELOPE><ID>${id}</ID></ENVELOPE>`, 'utf16le');
}

/** A reader that keeps the bytes, so that a test sees what came and in how many pieces. */
function keeper(): ReplyReader & { readonly text: () => string; readonly pieces: () => number } {
  const chunks: Uint8Array[] = [];
  const text = (): string => new TextDecoder('utf-16le').decode(Buffer.concat(chunks));
  return {
    push: (chunk) => void chunks.push(Buffer.from(chunk)),
    text,
    pieces: () => chunks.length,
    end: () => ({
      isWhole: text().trimEnd().endsWith('</ENVELOPE>'),
      root: text().includes('<RESPONSE>') ? 'RESPONSE' : 'ENVELOPE',
      status: null,
      lineError: null,
      response: null,
      isBare: false,
      rowCount: 0,
      unreadCount: 0,
      firstUnread: null,
      byteCount: chunks.reduce((sum, { length }) => sum + length, 0),
    }),
  };
}

function asking(
  tally: { readonly address: AskWish['address'] },
  id: string,
  more: Partial<AskWish> = {},
): Promise<Asked> {
  const { address } = tally;
  return ask({ address, body: requestFor(id), reader: keeper(), isPatient: false, timings, ...more });
}

function codeOf(asked: Asked): string {
  return asked.ok ? 'ok' : asked.failure.code;
}

function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function arrivedAt(tally: ScriptedTally, count: number): Promise<unknown> {
  return vi.waitUntil(() => tally.arrived.length >= count, { interval: 5, timeout: 10_000 });
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (at === null || typeof at === 'string') throw new Error('No port.');
  return at.port;
}

describe('one request on the wire', () => {
  it('is sent in UTF-16LE with its length in bytes, and says its encoding', async () => {
    const tally = await tallyThat(answersAtOnce);
    const body = Buffer.from('<ENVELOPE><ID>मोहन ₹</ID></ENVELOPE>', 'utf16le');
    expect(codeOf(await asking(tally, '', { body }))).toBe('ok');
    const [one] = tally.arrived;
    expect(one?.id).toBe('मोहन ₹');
    expect(one?.head).toMatch(/^POST \/ HTTP\/1\.1/);
    expect(one?.head).toMatch(/content-type: text\/xml;charset=utf-16\r/i);
    expect(one?.head).toMatch(new RegExp(`content-length: ${body.length}`, 'i'));
  });

  const text = `<ENVELOPE>${'<A>मोहन</A>'.repeat(40)}</ENVELOPE>`;
  const bytes = Buffer.from(text, 'utf16le');
  const servers: readonly (readonly [string, Answer])[] = [
    ['with a Content-Length', (_, socket) => void socket.end(goodReply(text))],
    [
      'without any length, until the connection closes',
      (_, socket) => void socket.end(Buffer.concat([headOf('X: y'), bytes])),
    ],
    [
      'in chunks cut anywhere',
      (_, socket) => {
        socket.write(headOf('Transfer-Encoding: chunked'));
        for (let at = 0; at < bytes.length; at += 7) {
          const piece = bytes.subarray(at, at + 7);
          socket.write(
            Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]),
          );
        }
        socket.end('0\r\n\r\n');
      },
    ],
    [
      'one byte at a time',
      async (_, socket) => {
        socket.setNoDelay(true);
        for (const byte of goodReply(text)) {
          await new Promise((resolve) => socket.write(Buffer.from([byte]), resolve));
        }
        socket.end();
      },
    ],
  ];

  it.each(servers)('reads a reply %s', async (_, answer) => {
    const tally = await tallyThat(answer);
    const reader = keeper();
    const asked = await asking(tally, 'A', { reader });
    expect(codeOf(asked)).toBe('ok');
    expect(reader.text()).toBe(text);
    if (asked.ok) expect(asked.cost.byteCount).toBe(bytes.length);
  });

  it('finds nothing that listens on this machine, or on another', async () => {
    const port = await freePort();
    const here = await asking({ address: { host: 'localhost', port } }, 'A');
    expect(here).toMatchObject({ failure: { code: 'tally-not-running', values: { port } } });
    const there = await asking({ address: { host: 'no-such-machine.invalid', port } }, 'A');
    expect(there).toMatchObject({ failure: { code: 'tally-port-closed', retryable: true } });
  });

  it.each([
    ['a web server that knows no such page', headOf('Content-Length: 0', '404 Not Found')],
    ['something that speaks no HTTP', Buffer.from('220 mail.example ESMTP\r\n')],
    ['a page', Buffer.concat([headOf('Content-Length: 13'), Buffer.from('<html></html>')])],
  ])('tells %s from a Tally', async (name, reply) => {
    const tally = await tallyThat((_, socket) => void socket.end(reply));
    const kept = keeper();
    const reader = name === 'a page' ? { ...kept, end: () => ({ ...kept.end(), root: 'html' }) } : kept;
    expect(await asking(tally, 'A', { reader })).toMatchObject({
      failure: { code: 'tally-not-tally', retryable: false },
    });
  });

  it('says that the connection broke when less comes than was stated, or nothing more', async () => {
    const cut = goodReply(text).subarray(0, 300);
    const closing = await tallyThat((_, socket) => void socket.end(cut));
    expect(codeOf(await asking(closing, 'A'))).toBe('tally-cut-off');
    const resetting = await tallyThat((_, socket) => void socket.write(cut, () => socket.resetAndDestroy()));
    expect(codeOf(await asking(resetting, 'A'))).toBe('tally-cut-off');
    const stalling = await tallyThat((_, socket) => void socket.write(cut));
    expect(codeOf(await asking(stalling, 'A', { timings: silent }))).toBe('tally-cut-off');
    const chunked = Buffer.concat([headOf('Transfer-Encoding: chunked'), Buffer.from('FF\r\nabc')]);
    const breaking = await tallyThat((_, socket) => void socket.end(chunked));
    expect(codeOf(await asking(breaking, 'A'))).toBe('tally-cut-off');
  });

  it('believes no reply that came one byte a character with its letters lost', async () => {
    const lossy = Buffer.from('<ENVELOPE><NAME>???? Traders</NAME></ENVELOPE>', 'latin1');
    const tally = await tallyThat((_, socket) => void socket.end(Buffer.concat([headOf('X: y'), lossy])));
    const reader: ReplyReader = {
      ...keeper(),
      end: () => ({ ...keeper().end(), isWhole: true, root: 'ENVELOPE' }),
    };
    expect(codeOf(await asking(tally, 'A', { reader }))).toBe('tally-refused');
  });

  it('lets an error of whoever takes the rows through, and frees the address', async () => {
    const tally = await tallyThat(answersAtOnce);
    const reader: ReplyReader = {
      ...keeper(),
      push: () => {
        throw new Error('A bug of ours.');
      },
    };
    await expect(asking(tally, 'A', { reader })).rejects.toThrow('A bug of ours.');
    expect(codeOf(await asking(tally, 'B'))).toBe('ok');
  });
});

describe('a Tally that says nothing', () => {
  it('is busy first, has a box on its screen when it lasts, and is asked nothing more meanwhile', async () => {
    const tally = await tallyThat(() => undefined);
    const first = await asking(tally, 'A', { timings: silent });
    expect(first).toMatchObject({ failure: { code: 'tally-busy', retryable: true, values: { seconds: 0 } } });
    const codes: string[] = [];
    while (codes.at(-1) !== 'tally-dialog' && codes.length < 10)
      codes.push(codeOf(await asking(tally, 'B', { timings: silent })));
    expect(codes.at(-1)).toBe('tally-dialog');
    expect(codes.length).toBeGreaterThan(1);
    expect(tally.ids()).toEqual(['A', 'GET']);
  });

  it('is asked again as soon as it answers GET /', async () => {
    const waiting: (() => void)[] = [];
    const tally = await tallyThat(({ id }, socket) => {
      if (id === 'GET') waiting.push(() => socket.end(goodReply(GREETING)));
    });
    expect(codeOf(await asking(tally, 'A', { timings: silent }))).toBe('tally-busy');
    const second = asking(tally, 'B', { isPatient: true });
    await arrivedAt(tally, 2);
    expect(tally.ids()).toEqual(['A', 'GET']);
    tally.answer = answersAtOnce;
    waiting[0]?.();
    expect(codeOf(await second)).toBe('ok');
    expect(tally.ids()).toEqual(['A', 'GET', 'B']);
    expect(codeOf(await asking(tally, 'C'))).toBe('ok');
  });

  it('is given up on by who aborts at once, and stays occupied until it answered', async () => {
    const waiting: (() => void)[] = [];
    const tally = await tallyThat(({ id }, socket) => {
      if (id === 'GET') waiting.push(() => socket.end(goodReply(GREETING)));
    });
    const stop = new AbortController();
    const first = asking(tally, 'A', { signal: stop.signal });
    await arrivedAt(tally, 1);
    const never = asking(tally, 'N', { signal: stop.signal });
    const second = asking(tally, 'B', { timings: usualTimings });
    stop.abort(new Error('Enough.'));
    await expect(first).rejects.toThrow('Enough.');
    await expect(never).rejects.toThrow('Enough.');
    await arrivedAt(tally, 2);
    expect(tally.ids()).toEqual(['A', 'GET']);
    tally.answer = answersAtOnce;
    waiting[0]?.();
    expect(codeOf(await second)).toBe('ok');
    expect(tally.ids()).toEqual(['A', 'GET', 'B']);
  });

  it('is free at once when it was ended meanwhile', async () => {
    const tally = await tallyThat(() => undefined);
    const { port } = tally.address;
    const stop = new AbortController();
    const first = asking(tally, 'A', { signal: stop.signal });
    await arrivedAt(tally, 1);
    const ended = tally.stop();
    stop.abort(new Error('Enough.'));
    await expect(first).rejects.toThrow();
    await ended;
    expect(codeOf(await asking({ address: { host: '127.0.0.1', port } }, 'B'))).toBe('tally-not-running');
  });
});

describe('many who ask one Tally', () => {
  it('speak one at a time over the socket, patient ones last', async () => {
    const tally = await tallyThat(async ({ id }, socket) => {
      await later(3);
      socket.end(goodReply(bodyOf(id)));
    });
    const wishes = ['p1', 'u1', 'p2', 'u2', 'p3'].map((id) =>
      asking(tally, id, { isPatient: id.startsWith('p') }),
    );
    expect((await Promise.all(wishes)).map(codeOf)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect(tally.ids()).toEqual(['p1', 'u1', 'u2', 'p2', 'p3']);
    expect(tally.mostAtOnce()).toBe(1);
  });
});
