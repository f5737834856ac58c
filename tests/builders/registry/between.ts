import net from 'node:net';
import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

// What may stand between a desktop and its registry: a slow line that breaks, a hotel's log-in page, a proxy that meddles.

export type LineWish = {
  /** Each way; 64 kbit/s is 8,000. */
  readonly bytesPerSecond: number;
  /** There and back. */
  readonly roundTripMs: number;
  /** Of a hundred connections, how many break somewhere on their way. */
  readonly resetsOfHundred: number;
  /** Chance of the test's own, so that it can be run again. */
  readonly seed: number;
};

export type Line = {
  readonly address: string;
  /** Connections that were broken on purpose. */
  readonly resets: () => number;
  readonly connections: () => number;
};

/** A line of TCP to a registry that has a speed, a distance and a temper. */
export async function badLine(to: string, wish: LineWish): Promise<Line> {
  const target = new URL(to);
  let [connections, resets, state] = [0, 0, wish.seed >>> 0];
  const chance = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const server = net.createServer((near) => {
    connections += 1;
    const far = net.connect(Number(target.port), target.hostname);
    const isDoomed = chance() * 100 < wish.resetsOfHundred;
    // Somewhere within what a batch and its answer are long.
    let left = isDoomed ? Math.floor(chance() * 9_000) + 200 : Infinity;
    const carry = async (from: net.Socket, into: net.Socket): Promise<void> => {
      for await (const chunk of from) {
        const bytes: Buffer = chunk;
        await pause(wish.roundTripMs / 2 + (bytes.length / wish.bytesPerSecond) * 1000);
        left -= bytes.length;
        if (left < 0) {
          resets += 1;
          left = Infinity;
          near.resetAndDestroy();
          far.resetAndDestroy();
          return;
        }
        into.write(bytes);
      }
      into.end();
    };
    for (const socket of [near, far]) socket.on('error', () => undefined);
    void carry(near, far).catch(() => undefined);
    void carry(far, near).catch(() => undefined);
  });
  const address = await listening(server);
  return { address, resets: () => resets, connections: () => connections };
}

export type Meddler = {
  readonly address: string;
  /** What is done to answers from now on; null = nothing. Undefined bodies pass. */
  readonly meddle: (how: ((path: string, answer: Answered) => Answered) | null) => void;
  /** The requests that came by, oldest first. */
  readonly seen: { readonly method: string; readonly path: string; readonly body: Buffer }[];
  /** How the registry itself answered them. */
  readonly statuses: { readonly path: string; readonly status: number }[];
  /** Told of each request before it is passed on. */
  onRequest: ((path: string) => void) | null;
};

export type Answered = { readonly status: number; readonly type: string; readonly text: string };

/** Passes requests on as they are and may change the answers. The registry sees the host that was signed. */
export async function meddler(to: string): Promise<Meddler> {
  const target = new URL(to);
  const seen: Meddler['seen'] = [];
  const statuses: Meddler['statuses'] = [];
  let how: ((path: string, answer: Answered) => Answered) | null = null;
  const made: { -readonly [K in keyof Meddler]: Meddler[K] } = {
    address: '',
    meddle: (by) => {
      how = by;
    },
    seen,
    statuses,
    onRequest: null,
  };
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const path = request.url ?? '/';
      seen.push({ method: request.method ?? '', path, body });
      made.onRequest?.(path);
      const { 'accept-encoding': _, ...headers } = request.headers;
      const options = { host: target.hostname, port: target.port, method: request.method, path, headers };
      const on = http.request(options, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => parts.push(chunk));
        answer.on('end', () => {
          const plain = {
            status: answer.statusCode ?? 500,
            type: String(answer.headers['content-type'] ?? ''),
            text: Buffer.concat(parts).toString('utf8'),
          };
          statuses.push({ path, status: plain.status });
          const { status, type, text } = how === null ? plain : how(path, plain);
          const wait = answer.headers['retry-after'];
          response
            .writeHead(status, { 'content-type': type, ...(wait !== undefined && { 'retry-after': wait }) })
            .end(text);
        });
      });
      on.on('error', () => response.destroy());
      on.end(body);
    });
  });
  made.address = await listening(server);
  return made;
}

async function listening(server: net.Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    if (server instanceof http.Server) server.closeAllConnections();
  });
  const at = server.address();
  return `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`;
}
