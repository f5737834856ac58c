import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from './problem.ts';

// Bodies over the wire: gzip both ways, with a limit on what comes out of it.

/** Answers below this fit a packet or two as they are. */
const PACK_FROM_BYTES = 1_200;

const unzip = promisify(gunzip);
const zip = promisify(gzip);

/** The plain body; at most `most` bytes of it are ever made. */
export async function unpacked(whole: Buffer, encoding: string, most: number): Promise<Buffer> {
  if (encoding === 'identity') {
    if (whole.length > most) throw tooLarge(most);
    return whole;
  }
  if (encoding !== 'gzip')
    throw new ProblemError('bad_request', 'Only gzip is understood.', { at: 'content-encoding' });
  try {
    return await unzip(whole, { maxOutputLength: most });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(most);
    throw new ProblemError('bad_request', 'The body is no gzip.', { at: 'body' });
  }
}

function tooLarge(most: number): ProblemError {
  return new ProblemError('too_large', `The body is larger than ${most / 1024} KiB unpacked.`);
}

export function parsed(bytes: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return value;
  } catch {
    throw new ProblemError('bad_request', 'The body is no JSON.', { at: 'body' });
  }
}

/** Texts that are worth it, for callers who take it. */
export async function packed(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const isWorthIt = typeof payload === 'string' && payload.length >= PACK_FROM_BYTES;
  if (!isWorthIt || !/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return payload;
  reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').removeHeader('content-length');
  return await zip(payload);
}
