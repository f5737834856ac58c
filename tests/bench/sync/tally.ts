// A fake Tally in a process of its own, for ../sync.ts. 'measured': it costs what live Tallys cost. 'kept': what it once
// answered is served again from disk as fast as a disk can, so that the fake's own speed counts for nothing.
import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { demoCompany } from '#tests/fakes/tally/demo.ts';
import { startFakeTally } from '#tests/fakes/tally/index.ts';

const [mode = '', folder = '', ...counts] = process.argv.slice(2);
const [ledgers = 0, bills = 0, vouchers = 0] = counts.map(Number);
const today = '2026-11-20';
const isMeasured = mode === 'measured';
const tally = await startFakeTally({
  books: [
    demoCompany({ ledgers, bills, vouchers, today, booksFrom: isMeasured ? '2026-04-01' : '2024-04-01' }),
  ],
  today,
  cost: isMeasured ? 'measured' : 'none',
});

type Served = { readonly key: string; readonly isKept: boolean };
const served: Served[] = [];
let last: Promise<unknown> = Promise.resolve();

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) if (Buffer.isBuffer(part)) parts.push(part);
  return Buffer.concat(parts);
}

/** Asks the fake itself, and keeps what it answers. */
async function fetchInto(file: string, request: IncomingMessage, body: Buffer): Promise<void> {
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    const { method = 'POST', url = '/', headers } = request;
    ask({ ...tally.address, method, path: url, headers }, resolve)
      .on('error', reject)
      .end(body);
  });
  await pipeline(reply, createWriteStream(`${file}.part`));
  renameSync(`${file}.part`, file);
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(request);
  const key = createHash('sha1').update(`${request.method}`).update(body).digest('hex');
  const file = path.join(folder, key);
  const isKept = existsSync(file);
  served.push({ key, isKept });
  if (!isKept) {
    writeFileSync(`${file}.request`, body);
    await fetchInto(file, request, body);
  }
  const charset = request.method === 'GET' ? 'utf-8' : 'utf-16';
  response.writeHead(200, {
    'content-type': `text/xml; charset=${charset}`,
    'content-length': statSync(file).size,
  });
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), response).catch(() => undefined);
}

const server = createServer((request, response) => {
  last = last.then(() => serve(request, response));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const kept = typeof address === 'object' && address !== null ? address.port : 0;
  process.send?.({ port: isMeasured ? tally.port : kept });
});
process.on('message', (wish: 'told' | 'forget') => {
  if (wish === 'forget') {
    served.splice(0);
    tally.forgetRequests();
    process.send?.({ forgotten: true });
    return;
  }
  const requests = tally.requests.map(({ kind, milliseconds, endedAt, byteCount }) => ({
    kind,
    milliseconds,
    byteCount,
    endedAt: performance.timeOrigin + endedAt,
  }));
  process.send?.({ served, requests });
});
process.on('disconnect', () => process.exit());
