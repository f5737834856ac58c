import { Buffer } from 'node:buffer';
import net from 'node:net';

// A client of its own, on a bare socket: what it sends and what it makes of the reply owe nothing to the product.

export type Reply =
  | {
      readonly kind: 'answer';
      readonly statusLine: string;
      readonly headers: ReadonlyMap<string, string>;
      readonly body: Buffer;
      readonly text: string;
    }
  /** The connection was taken and stayed open, and nothing came. */
  | { readonly kind: 'silence' }
  /** The connection ended before a whole reply was there. */
  | { readonly kind: 'hung up'; readonly received: Buffer }
  | { readonly kind: 'refused' };

export type Answer = Extract<Reply, { kind: 'answer' }>;

export type PostOptions = {
  /** How the characters become bytes; 'utf-16' has no byte order mark. */
  readonly encoding?: 'utf-16' | 'utf-16-bom' | 'utf-8';
  /** Content-Type as sent; none is sent for null. */
  readonly contentType?: string | null;
  readonly path?: string;
  /** How long a silence must last to be called one. */
  readonly patienceMs?: number;
  /** Bytes of one write; all at once where it is not given. */
  readonly pieceBytes?: number;
};

const PATIENCE_MS = 3000;

export function get(port: number, path = '/', patienceMs = PATIENCE_MS): Promise<Reply> {
  return exchange(port, Buffer.from(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 'latin1'), {
    patienceMs,
  });
}

export function post(port: number, xml: string, options: PostOptions = {}): Promise<Reply> {
  return exchange(port, postBytes(xml, options), options);
}

/** Asks and insists on a reply. */
export async function ask(port: number, xml: string, options: PostOptions = {}): Promise<Answer> {
  const reply = await post(port, xml, options);
  if (reply.kind !== 'answer') throw new Error(`Tally did not answer: ${reply.kind}.`);
  return reply;
}

export function postBytes(xml: string, options: PostOptions = {}): Buffer {
  const encoding = options.encoding ?? 'utf-16';
  const body = Buffer.concat([
    encoding === 'utf-16-bom' ? Buffer.from([0xff, 0xfe]) : Buffer.alloc(0),
    Buffer.from(xml, encoding === 'utf-8' ? 'utf8' : 'utf16le'),
  ]);
  const usual = encoding === 'utf-8' ? 'text/xml;charset=utf-8' : 'text/xml;charset=utf-16';
  const type = options.contentType === undefined ? usual : options.contentType;
  const head = [
    `POST ${options.path ?? '/'} HTTP/1.1`,
    'Host: localhost',
    ...(type === null ? [] : [`Content-Type: ${type}`]),
    `Content-Length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

/** Sends a request and goes away without waiting for the reply. */
export function askAndLeave(port: number, xml: string, afterMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', reject);
    socket.on('connect', () => {
      socket.write(postBytes(xml));
      setTimeout(() => {
        socket.destroy();
        resolve();
      }, afterMs);
    });
  });
}

function exchange(
  port: number,
  bytes: Buffer,
  options: Pick<PostOptions, 'patienceMs' | 'pieceBytes'>,
): Promise<Reply> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    let received = Buffer.alloc(0);
    const finish = (reply: Reply): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reply);
    };
    const timer = setTimeout(() => finish({ kind: 'silence' }), options.patienceMs ?? PATIENCE_MS);
    socket.on('connect', () => void writePieces(socket, bytes, options.pieceBytes));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const answer = wholeAnswer(received);
      if (answer) finish(answer);
    });
    socket.on('error', (cause: NodeJS.ErrnoException) => {
      finish(cause.code === 'ECONNREFUSED' ? { kind: 'refused' } : { kind: 'hung up', received });
    });
    socket.on('close', () => finish({ kind: 'hung up', received }));
  });
}

async function writePieces(socket: net.Socket, bytes: Buffer, pieceBytes = bytes.length): Promise<void> {
  socket.setNoDelay(true);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    socket.write(bytes.subarray(at, at + pieceBytes));
    if (pieceBytes < bytes.length) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** A reply with the Content-Length it promised, or undefined as long as bytes are missing. */
function wholeAnswer(received: Buffer): Answer | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [statusLine = '', ...rest] = received.subarray(0, end).toString('latin1').split('\r\n');
  const headers = new Map<string, string>();
  for (const line of rest) {
    const colon = line.indexOf(':');
    headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const length = headers.get('content-length');
  if (length === undefined) throw new Error('A reply without Content-Length, which nobody asked for.');
  const body = received.subarray(end + 4);
  if (body.length < Number(length)) return undefined;
  return { kind: 'answer', statusLine, headers, body, text: decoded(body) };
}

/** By its own bytes: interleaved NULs are UTF-16, everything else is read as it stands. */
function decoded(body: Buffer): string {
  return body[1] === 0 ? body.toString('utf16le') : body.toString('utf8');
}
