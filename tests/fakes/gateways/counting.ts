import net from 'node:net';
import type { AddressInfo } from 'node:net';
import type {
  Capabilities,
  Gateway,
  GatewayConfig,
  MessageChannel,
  OutgoingMessage,
  SendOutcome,
  StatusNews,
} from '#engine/adapters/message-ports.ts';

// A gateway that counts. The server writes down every message whose request it has read to its end, as a vendor would send
// it then, so that a test can say how often a customer's phone rang, whatever became of the sender.

/** What the server does with a request: '' = takes it and says so. */
export type Play =
  | ''
  | 'hang'
  | 'reset-before-answer'
  | 'reset-after-request'
  | 'throttled'
  | 'auth'
  | 'balance'
  | 'account-config'
  | 'template-config'
  | 'recipient-permanent'
  | 'recipient-temporary'
  | 'policy'
  | 'window';

export type CountingServer = {
  readonly port: number;
  /** Uids in the order in which they were taken: one that stands here twice was sent twice. */
  readonly taken: readonly {
    readonly uid: string;
    readonly to: string;
    readonly text: string;
    readonly id: string;
  }[];
  /** How the next requests are played, first come first served. */
  readonly plays: Play[];
  /** Told at points of a request: 'connected', 'half', 'taken', 'answered'. */
  onPoint: ((point: ServerPoint, uid: string | null) => void) | null;
  /** State by provider's id, which the next pull tells. */
  readonly news: Map<string, StatusNews['state']>;
  /** False: nobody listens. */
  readonly listen: (isListening: boolean) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type ServerPoint = 'connected' | 'half' | 'taken' | 'answered';

type Wire =
  | { readonly kind: 'send'; readonly uid: string; readonly to: string; readonly text: string }
  | { readonly kind: 'find'; readonly uid: string }
  | { readonly kind: 'pull'; readonly uids: readonly string[] };

export async function startCounting(): Promise<CountingServer> {
  const taken: { uid: string; to: string; text: string; id: string }[] = [];
  const plays: Play[] = [];
  const news = new Map<string, StatusNews['state']>();
  const sockets = new Set<net.Socket>();
  let onPoint: CountingServer['onPoint'] = null;
  const answer = (socket: net.Socket, line: string): void => {
    const wire: Wire = JSON.parse(line);
    if (wire.kind === 'find') {
      const found = taken.find(({ uid }) => uid === wire.uid);
      socket.end(`${JSON.stringify({ found: found?.id ?? null })}\n`);
      return;
    }
    if (wire.kind === 'pull') {
      const rows = taken
        .filter(({ uid, id }) => wire.uids.includes(uid) && news.has(id))
        .map(({ uid, id }) => ({ uid, id, state: news.get(id) }));
      socket.end(`${JSON.stringify({ rows })}\n`);
      return;
    }
    const play = plays.shift() ?? '';
    if (play === 'reset-after-request') return void socket.resetAndDestroy();
    const isTaken = play === '' || play === 'hang' || play === 'reset-before-answer';
    if (!isTaken) return void socket.end(`${JSON.stringify({ error: play })}\n`);
    const id = `id-${taken.length + 1}`;
    taken.push({ uid: wire.uid, to: wire.to, text: wire.text, id });
    onPoint?.('taken', wire.uid);
    if (play === 'hang') return;
    if (play === 'reset-before-answer') return void socket.resetAndDestroy();
    socket.end(`${JSON.stringify({ id })}\n`, () => onPoint?.('answered', wire.uid));
  };
  const server = net.createServer((socket) => {
    sockets.add(socket);
    onPoint?.('connected', null);
    let text = '';
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      if (text === '') onPoint?.('half', null);
      text += bytes.toString('utf8');
      const end = text.indexOf('\n');
      if (end >= 0) {
        answer(socket, text.slice(0, end));
        text = text.slice(end + 1);
      }
    });
  });
  const listenOn = (port: number): Promise<void> =>
    new Promise((resolve) => void server.listen(port, '127.0.0.1', () => resolve()));
  await listenOn(0);
  const { port } = server.address() as AddressInfo;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      if (!server.listening) resolve();
      else server.close(() => resolve());
    });
  return {
    port,
    taken,
    plays,
    news,
    get onPoint() {
      return onPoint;
    },
    set onPoint(told) {
      onPoint = told;
    },
    listen: (isListening) => (isListening ? (server.listening ? Promise.resolve() : listenOn(port)) : stop()),
    close: stop,
  };
}

export type CountingWish = {
  readonly kind?: string;
  readonly channel?: 'sms' | 'email' | 'whatsapp' | 'voice';
  readonly can?: Partial<Capabilities>;
  readonly canFind?: boolean;
  /** Called in the sending process at points that only it knows: 'preflight', 'send', 'connected', 'half', 'written', 'answered'. */
  readonly onPoint?: (point: GatewayPoint) => void;
  /** Milliseconds after which an answer is no longer waited for. */
  readonly patienceMs?: number;
};
export type GatewayPoint = 'preflight' | 'send' | 'connected' | 'half' | 'written' | 'answered';

const both = (text: string) => ({ en: text, hi: text });

/** The gateway that talks to it; the port is a field, so that a book remembers it over restarts. */
export function countingGateway(wish: CountingWish = {}): Gateway {
  const { kind = 'sms-counting', channel = 'sms', can = {}, canFind = true } = wish;
  return {
    describe: {
      kind,
      channel,
      name: both('Counting'),
      about: both('Counts.'),
      fields: [
        { key: 'port', label: both('Port'), kind: 'number', isRequired: true },
        { key: 'key', label: both('Key'), kind: 'secret', isRequired: false },
      ],
      capabilities: {
        charsMost: null,
        pullsStatus: 'by-id',
        pullsInbound: false,
        isIdempotent: false,
        canFind,
        takesAttachments: false,
        lookBackDays: 3,
        perMinute: 6000,
        perDay: null,
        dlt: 'none',
        needsInternet: false,
        ...can,
      },
    },
    open: (config) => channelTo(config, wish),
  };
}

function channelTo(config: GatewayConfig, wish: CountingWish): MessageChannel {
  const port = Number(config.fields['port']);
  const point = (at: GatewayPoint): void => wish.onPoint?.(at);
  const base = {
    check: () =>
      Promise.resolve([
        { step: 'settings', outcome: 'ok', detail: both('The settings are complete.') },
        { step: 'connect', outcome: port > 0 ? 'ok' : 'failed', detail: both(`Port ${port}.`) },
      ] as const),
    preflight: (message: OutgoingMessage) => {
      point('preflight');
      const isBad = message.text.includes('UNSENDABLE');
      return isBad ? [{ code: 'BAD-TEXT', detail: both('This text cannot be sent.'), isBlocking: true }] : [];
    },
    send: (message: OutgoingMessage, signal: AbortSignal) => send(message, { port, signal, point, wish }),
    pull: async (sent: Parameters<NonNullable<MessageChannel['pull']>>[0], signal: AbortSignal) => {
      const said = await talk({ kind: 'pull', uids: sent.map(({ uid }) => uid) }, { port, signal });
      if (said === null)
        return { ok: false, errorClass: 'transient-before-send', code: 'DOWN', detail: '' } as const;
      const { rows } = said as { rows: { uid: string; id: string; state: StatusNews['state'] }[] };
      return { ok: true, value: rows.map(newsOf) } as const;
    },
    close: () => Promise.resolve(),
  } satisfies MessageChannel;
  if (wish.canFind === false) return base;
  return {
    ...base,
    find: async ({ uid }, signal) => {
      const said = await talk({ kind: 'find', uid }, { port, signal });
      if (said === null) return { ok: false, errorClass: 'transient-before-send', code: 'DOWN', detail: '' };
      const { found } = said as { found: string | null };
      return { ok: true, value: found === null ? null : { providerId: found, state: 'accepted' } };
    },
  };
}

function newsOf({ uid, id, state }: { uid: string; id: string; state: StatusNews['state'] }): StatusNews {
  return {
    uid,
    providerId: id,
    state,
    at: null,
    errorClass: null,
    code: null,
    detail: '',
    parts: 2,
    costMicros: 240_000,
  };
}

type Line = { readonly port: number; readonly signal: AbortSignal };

/** Null: it could not be asked. */
async function talk(wire: Wire, line: Line): Promise<unknown> {
  const said = await exchange(`${JSON.stringify(wire)}\n`, line, () => undefined);
  return said.text === '' ? null : JSON.parse(said.text);
}

async function send(
  message: OutgoingMessage,
  {
    port,
    signal,
    point,
    wish,
  }: Line & { readonly point: (at: GatewayPoint) => void; readonly wish: CountingWish },
): Promise<SendOutcome> {
  point('send');
  const { uid, to, text } = message;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(wish.patienceMs ?? 10_000)]);
  const said = await exchange(
    `${JSON.stringify({ kind: 'send', uid, to, text })}\n`,
    { port, signal: patience },
    point,
  );
  point('answered');
  if (said.text === '') {
    const how = said.isConnected
      ? ({ errorClass: 'transient-after-send', phase: 'request-written', code: 'ECONNRESET' } as const)
      : ({ errorClass: 'transient-before-send', phase: 'not-connected', code: 'ECONNREFUSED' } as const);
    return { ok: false, ...how, detail: 'No answer.', retryAfterSeconds: null };
  }
  const answer = JSON.parse(said.text) as { id?: string; error?: Exclude<Play, ''> };
  if (answer.id !== undefined) {
    return { ok: true, providerId: answer.id, state: 'accepted', parts: 1, costMicros: 120_000 };
  }
  const errorClass = answer.error as Extract<SendOutcome, { ok: false }>['errorClass'];
  return {
    ok: false,
    errorClass,
    phase: 'response-read',
    code: `E-${errorClass}`,
    detail: 'No.',
    retryAfterSeconds: null,
  };
}

/** Writes a line in two halves and reads the line that answers; an empty text = there was none. */
function exchange(
  line: string,
  { port, signal }: Line,
  point: (at: GatewayPoint) => void,
): Promise<{ readonly text: string; readonly isConnected: boolean }> {
  return new Promise((resolve) => {
    let text = '';
    let isConnected = false;
    const socket = net.connect({ port, host: '127.0.0.1' });
    const end = (): void => {
      signal.removeEventListener('abort', cut);
      resolve({ text: text.includes('\n') ? text : '', isConnected });
    };
    const cut = (): void => void socket.destroy();
    signal.addEventListener('abort', cut, { once: true });
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', end);
    socket.on('data', (bytes) => {
      text += bytes.toString('utf8');
    });
    socket.on('connect', () => {
      isConnected = true;
      point('connected');
      const middle = Math.floor(line.length / 2);
      socket.write(line.slice(0, middle), () => {
        point('half');
        setImmediate(() => socket.write(line.slice(middle), () => point('written')));
      });
    });
    if (signal.aborted) cut();
  });
}
