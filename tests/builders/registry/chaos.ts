import { fork, type ChildProcess } from 'node:child_process';
import { request } from 'node:http';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { BodyOf } from '#contract/registry.ts';
import { receiptShape, type Receipt } from '#contract/registry/batches.ts';
import type { SigningKey } from '#registry/crypto.ts';
import { compiledBefore } from './postgres.ts';
import { signedHeaders } from './sign.ts';

// A registry that can be killed, and a desktop on a bad line: it sends until it has a receipt.

const SERVER = path.join(import.meta.dirname, 'crash-server.ts');

export type CrashServer = {
  /** Null while it is away. */
  readonly port: () => number | null;
  readonly kill: () => void;
  /** Until it listens again. */
  readonly start: () => Promise<void>;
  readonly bugs: readonly string[];
};

export function crashServer(databaseUrl: string, keyFolder: string): CrashServer {
  let child: ChildProcess | null = null;
  let port: number | null = null;
  const bugs: string[] = [];
  return {
    port: () => port,
    bugs,
    kill: () => {
      port = null;
      child?.kill('SIGKILL');
      child = null;
    },
    start: async () => {
      const started = fork(SERVER, [databaseUrl, keyFolder], {
        env: { ...process.env, ...compiledBefore() },
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      child = started;
      port = await new Promise<number>((resolve, reject) => {
        started.on('message', (told: { readonly port?: number; readonly bug?: string }) => {
          if (told.bug !== undefined) bugs.push(told.bug);
          if (told.port !== undefined) resolve(told.port);
        });
        started.once('exit', () => reject(new Error('The server ended while it started.')));
      });
    },
  };
}

export type Line = {
  readonly server: CrashServer;
  readonly key: SigningKey;
  readonly keyId: string;
  /** 0 to below `below`. */
  readonly random: (below: number) => number;
  /** Of a hundred requests so many are cut off by the sender at a moment of chance. */
  readonly abortPercent: number;
  readonly counts: { attempts: number; aborts: number };
};

/** Sends the same bytes until a receipt comes back. */
export async function sendUntilReceipt(line: Line, body: NonNullable<BodyOf<'sendBatch'>>): Promise<Receipt> {
  const bytes = gzipSync(JSON.stringify(body), { level: 1 });
  for (;;) {
    const port = line.server.port();
    if (port === null) {
      // The server is away: another process, and no event to wait for.
      await pause(10);
      continue;
    }
    line.counts.attempts += 1;
    const answer = await once(line, port, { bytes, id: body.batch_id });
    if (answer?.status === 200) return receiptShape.parse(JSON.parse(answer.text));
    // Database or server away, or the line broken: again. Anything else is a fault of the test.
    if (answer !== null && answer.status !== 503 && answer.status !== 500)
      throw new Error(`${answer.status} ${answer.text}`);
    await pause(5 + line.random(20));
  }
}

type Answer = { readonly status: number; readonly text: string };

/** One request; null where nothing came back. */
function once(
  line: Line,
  port: number,
  { bytes, id }: { readonly bytes: Buffer; readonly id: string },
): Promise<Answer | null> {
  const unsigned = { method: 'POST', target: '/v1/batches', body: bytes, idempotencyKey: id };
  const headers = {
    ...signedHeaders(unsigned, { key: line.key, keyId: line.keyId, now: Date.now() }),
    'content-encoding': 'gzip',
  };
  return new Promise((resolve) => {
    const sent = request(
      { host: '127.0.0.1', port, method: 'POST', path: '/v1/batches', headers },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.once('error', () => resolve(null));
      },
    );
    sent.once('error', () => resolve(null));
    if (line.random(100) < line.abortPercent) {
      line.counts.aborts += 1;
      setTimeout(() => sent.destroy(), line.random(30));
      sent.once('close', () => resolve(null));
    }
    sent.end(bytes);
  });
}
