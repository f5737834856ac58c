import { gunzipSync, gzipSync } from 'node:zlib';
import {
  BODY_BYTES_MOST,
  endpoints,
  type AnswerOf,
  type Endpoint,
  type EndpointName,
} from '#contract/registry.ts';
import { callHttp, urlOf, type HttpAnswer } from '../../transport/http.ts';
import type { RegistryAnswer, RegistryAsk, RegistryLink } from '../registry-port.ts';
import { foreign, idleAnswer, readAnswer, readProblem } from './answers.ts';
import { signatureHeaders } from './sign-request.ts';

const CONNECT_MS = 10_000;
const ANSWER_MS = 60_000;
/** Below this packing costs more than it saves. */
const PACKED_FROM_BYTES = 600;

type Request = {
  readonly url: URL;
  readonly method: Endpoint['method'];
  readonly body: Uint8Array | null;
  readonly isPacked: boolean;
  readonly idempotencyKey: string;
  /** What is known already; the registry then answers 304 and nothing more where that is all. */
  readonly etag: string | null;
};

/**
 * One call of the table. A clock that is wrong is found out and set right for the signature alone: signed anew by the
 * registry's time and asked once more.
 */
export async function call<N extends EndpointName>(
  link: RegistryLink,
  name: N,
  ask: RegistryAsk<N> = {},
): Promise<RegistryAnswer<AnswerOf<N>>> {
  const request = requestOf(link, name, ask);
  if (request === null) return foreign('BAD-URL');
  const first = await once(link, name, { request, offset: link.clockOffsetMs });
  const serverTime = first.ok || first.code !== 'clock_skew' ? null : (first.serverTime ?? null);
  return serverTime === null ? first : await once(link, name, { request, offset: serverTime - link.now() });
}

type Attempt = { readonly request: Request; readonly offset: number };

async function once<N extends EndpointName>(
  link: RegistryLink,
  name: N,
  { request, offset }: Attempt,
): Promise<RegistryAnswer<AnswerOf<N>> & { readonly serverTime?: number | null }> {
  const { url, method, body, isPacked, etag } = request;
  const signature = link.signer && signatureHeaders(request, link.signer, link.now() + offset);
  const answer = await callHttp({
    method,
    url: url.href,
    headers: {
      'accept-encoding': 'gzip',
      ...(body !== null && { 'content-type': 'application/json' }),
      ...(isPacked && { 'content-encoding': 'gzip' }),
      ...(etag !== null && { 'if-none-match': etag }),
      ...signature,
    },
    ...(body !== null && { body }),
    signal: link.signal,
    connectTimeoutMs: CONNECT_MS,
    timeoutMs: ANSWER_MS,
    bytesMost: BODY_BYTES_MOST,
  });
  if (!answer.ok) return { ok: false, reason: 'away', code: answer.code, retryAfterSeconds: null };
  const { status, headers } = answer;
  if (status === 304 && etag !== null)
    return { ok: true, text: '', clockOffsetMs: offset, value: idleAnswer(etag, headers) as AnswerOf<N> };
  const text = unpacked(answer);
  if (text === null) return foreign('BAD-ANSWER');
  if (status !== 200) return readProblem({ status, headers, text });
  const read = readAnswer(name, { status, headers, text }, link.receiptKey);
  return read.ok ? { ...read, clockOffsetMs: offset } : read;
}

function requestOf<N extends EndpointName>(
  { address }: RegistryLink,
  name: N,
  { body, frozen, idempotencyKey = '', params = {}, query = {} }: RegistryAsk<N>,
): Request | null {
  const { method, path }: Endpoint = endpoints[name];
  const filled = path.replaceAll(/:([a-z]+)/g, (_all, key: string) => encodeURIComponent(params[key] ?? ''));
  const url = URL.parse(urlOf(address, `/v1${filled}`, query));
  if (url === null) return null;
  const cursor = query['cursor'];
  const common = { url, method, idempotencyKey, etag: cursor === undefined ? null : `"${cursor}"` };
  if (frozen !== undefined) return { ...common, body: frozen, isPacked: true };
  if (body === undefined || body === null) return { ...common, body: null, isPacked: false };
  const plain = Buffer.from(JSON.stringify(body), 'utf8');
  const isPacked = plain.length > PACKED_FROM_BYTES;
  return { ...common, body: isPacked ? gzipSync(plain) : plain, isPacked };
}

/** Null where what came is not packed as it says, or is larger than anything the registry says. */
function unpacked({ headers, bytes, text }: Extract<HttpAnswer, { ok: true }>): string | null {
  if (headers['content-encoding'] !== 'gzip') return text;
  try {
    return gunzipSync(bytes, { maxOutputLength: BODY_BYTES_MOST }).toString('utf8');
  } catch {
    return null;
  }
}
