import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { measured, type Coding } from './bytes.ts';
import type { Fault } from './faults.ts';
import type { Reply } from './wire.ts';

const BEFORE_BREAK_MILLISECONDS = 5;

/** Always status 200. Gives the number of bytes that were handed over. */
export async function send(
  response: ServerResponse,
  reply: Reply,
  { coding, faults }: { readonly coding: Coding; readonly faults: readonly Fault[] },
): Promise<number> {
  const cut = faults.find((fault) => fault.kind === 'cut');
  const { byteCount: whole, batches } = measured(reply, coding);
  const limit = cut ? Math.min(cut.afterBytes, whole) : whole;
  const isBroken = cut?.how === 'broken' && limit < whole;
  response.statusCode = 200;
  response.setHeader('Content-Type', `text/xml; charset=${coding === 'utf-16' ? 'utf-16' : 'utf-8'}`);
  if (!faults.some((fault) => fault.kind === 'chunked'))
    response.setHeader('Content-Length', isBroken ? whole : limit);
  const sent = await write(response, batches(), limit);
  if (isBroken) {
    await sleep(BEFORE_BREAK_MILLISECONDS);
    response.socket?.destroy();
  } else await finished(response);
  return sent;
}

async function write(response: ServerResponse, batches: Iterable<Buffer>, limit: number): Promise<number> {
  let left = limit;
  for (const bytes of batches) {
    if (left === 0 || response.destroyed) break;
    const part = bytes.length > left ? bytes.subarray(0, left) : bytes;
    left -= part.length;
    if (!response.write(part)) await drained(response);
  }
  return limit - left;
}

function finished(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) resolve();
    response.once('close', resolve);
    response.end(resolve);
  });
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) resolve();
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.once('drain', done);
    response.once('close', done);
  });
}
