import type { Phase } from '#domain/reminders/words.ts';
import type { Pulled, SendOutcome } from '../adapters/message-ports.ts';
import type { HttpAnswer } from './http.ts';

type Failed = Extract<SendOutcome, { readonly ok: false }>;

/** What an answer that never came means: nothing left, or nobody knows. */
export function brokenOff(answer: Extract<HttpAnswer, { readonly ok: false }>): Failed {
  const hasLeft = answer.phase !== 'not-connected';
  return {
    ok: false,
    errorClass: hasLeft ? 'transient-after-send' : 'transient-before-send',
    phase: answer.phase,
    code: answer.code,
    detail: hasLeft ? 'The connection broke before an answer came.' : 'The gateway could not be reached.',
    retryAfterSeconds: null,
  };
}

/** A status that no vendor gives a meaning of its own. A 5xx after the request left is unknown, never "failed". */
export function byStatus(answer: Extract<HttpAnswer, { readonly ok: true }>): Failed {
  const { status, headers } = answer;
  const wait = Number(headers['retry-after']);
  const base = {
    ok: false,
    phase: 'response-read' satisfies Phase,
    code: `HTTP ${status}`,
    detail: `The gateway answered with status ${status}.`,
    retryAfterSeconds: Number.isFinite(wait) && wait > 0 ? Math.ceil(wait) : null,
  } as const;
  if (status === 401 || status === 403) return { ...base, errorClass: 'auth' };
  if (status === 402) return { ...base, errorClass: 'balance' };
  if (status === 429) return { ...base, errorClass: 'throttled' };
  if (status >= 500) return { ...base, errorClass: 'transient-after-send' };
  // A redirect of a POST was not followed: the address in the settings is not the gateway's.
  if (status >= 300 && status < 400) return { ...base, errorClass: 'account-config' };
  return { ...base, errorClass: 'unknown' };
}

/** The same failure, of a question that sends nothing. */
export function notPulled(failed: Failed): Extract<Pulled<never>, { readonly ok: false }> {
  const { errorClass, code, detail } = failed;
  return { ok: false, errorClass, code, detail };
}
