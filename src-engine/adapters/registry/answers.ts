import { endpoints, type AnswerOf, type Endpoint, type EndpointName } from '#contract/registry.ts';
import { changeShape } from '#contract/registry/batches.ts';
import { pollAfterSeconds } from '#domain/registry/polling.ts';
import { signedText } from '#domain/registry/signed-bodies.ts';
import type { RegistryTrouble } from '../registry-port.ts';
import { bytesOf, isGood } from './crypto.ts';

export type Arrived = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
};

export type Read<T> = { readonly ok: true; readonly value: T; readonly text: string } | RegistryTrouble;

type Fields = Readonly<Record<string, unknown>>;

/** Status 200 proves nothing: a hotel's log-in page has it too. Type, shape and signature must be the registry's. */
export function readAnswer<N extends EndpointName>(
  name: N,
  { headers, text }: Arrived,
  receiptKey: string | null,
): Read<AnswerOf<N>> {
  const { answer }: Endpoint = endpoints[name];
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== (answer === null ? 'text/plain' : 'application/json')) return foreign('BAD-ANSWER');
  if (answer === null) return { ok: true, value: text as AnswerOf<N>, text };
  const raw = jsonOf(text);
  const read = answer.safeParse(name === 'changes' ? onlyKnownChanges(raw) : raw);
  if (!read.success || !isFields(raw)) return foreign('BAD-ANSWER');
  if (receiptKey !== null && !isSignedWhereItMust(name, raw, receiptKey)) return foreign('BAD-SIGNATURE');
  // The table's own shape has just read it.
  return { ok: true, value: read.data as AnswerOf<N>, text };
}

/** 304: there is no news behind the cursor, and when to look again stands in Retry-After. */
export function idleAnswer(etag: string, headers: Arrived['headers']): AnswerOf<'changes'> {
  const wait = retryAfterOf(headers['retry-after']) ?? pollAfterSeconds(AT_MEAN);
  return { changes: [], next: etag.slice(1, -1), more: false, poll_after_s: wait };
}

const AT_MEAN = 0.5;

/** problem+json of any version: only `code` and the clock are read. */
export function readProblem({ status, headers, text }: Arrived): RegistryTrouble & {
  readonly serverTime: number | null;
} {
  const raw = jsonOf(text);
  const type = headers['content-type'] ?? '';
  const retryAfterSeconds = retryAfterOf(headers['retry-after']);
  if (!type.startsWith('application/problem+json') || !isFields(raw) || typeof raw['code'] !== 'string') {
    const isAway = status >= 500;
    const [reason, code] = isAway
      ? (['away', `HTTP-${status}`] as const)
      : (['foreign', 'BAD-ANSWER'] as const);
    return { ok: false, reason, code, retryAfterSeconds, serverTime: null };
  }
  const time = typeof raw['server_time'] === 'string' ? Date.parse(raw['server_time']) : NaN;
  return {
    ok: false,
    reason: status >= 500 ? 'away' : 'refused',
    code: raw['code'],
    retryAfterSeconds,
    serverTime: Number.isNaN(time) ? null : time,
  };
}

/** Whether a kept answer carries the registry's own signature. */
export function isSignedAnswer(receiptKey: string, text: string): boolean {
  const raw = jsonOf(text);
  return isFields(raw) && isSigned(raw, receiptKey);
}

function isSigned(raw: Fields, receiptKey: string): boolean {
  return isGood(bytesOf(receiptKey), signedText(raw), bytesOf(raw['sig']));
}

function isSignedWhereItMust(name: EndpointName, raw: Fields, receiptKey: string): boolean {
  if (name === 'check' || name === 'report') return isSigned(raw, receiptKey);
  const artefact = name === 'consent' ? raw['artefact'] : null;
  if (!isFields(artefact)) return true;
  // Its place in the log is found later, and is no part of what was signed.
  const { log_index: _, ...own } = artefact;
  return isSigned(own, receiptKey);
}

/** A newer registry tells of things that this version does not know: they are passed over, and all others read. */
function onlyKnownChanges(raw: unknown): unknown {
  if (!isFields(raw) || !Array.isArray(raw['changes'])) return raw;
  return { ...raw, changes: raw['changes'].filter((one) => changeShape.safeParse(one).success) };
}

/** Seconds, or a date that is not worth reading. */
function retryAfterOf(header: string | undefined): number | null {
  return header !== undefined && /^[0-9]{1,7}$/.test(header) ? Number(header) : null;
}

export function foreign(code: string): RegistryTrouble {
  return { ok: false, reason: 'foreign', code, retryAfterSeconds: null };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
