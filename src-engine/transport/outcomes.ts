import type { ErrorClass, Phase } from '#domain/reminders/words.ts';
import type { Pulled, SendOutcome } from '../adapters/message-ports.ts';
import type { HttpAnswer } from './http.ts';

export type Failed = Extract<SendOutcome, { readonly ok: false }>;
export type Answered = Extract<HttpAnswer, { readonly ok: true }>;

/** What an answer that never came means: nothing left, or nobody knows. */
export function brokenOff(answer: Extract<HttpAnswer, { readonly ok: false }>): Failed {
  const { phase, code } = answer;
  const base = { ok: false, phase, code, retryAfterSeconds: null } as const;
  // The settings themselves are wrong: to try again in a minute changes nothing.
  if (code === 'BAD-URL')
    return { ...base, errorClass: 'account-config', detail: 'The address in the settings is not one.' };
  if (code === 'BAD-HEADER')
    return { ...base, errorClass: 'account-config', detail: 'A key in the settings has letters no key has.' };
  if (phase === 'not-connected')
    return { ...base, errorClass: 'transient-before-send', detail: 'The gateway could not be reached.' };
  return {
    ...base,
    errorClass: 'transient-after-send',
    detail: 'The connection broke before an answer came.',
  };
}

/** A status that no vendor gives a meaning of its own. A 5xx after the request left is unknown, never "failed". */
export function byStatus(answer: Answered): Failed {
  const { status } = answer;
  const base = {
    ok: false,
    phase: 'response-read' satisfies Phase,
    code: `HTTP ${status}`,
    detail: `The gateway answered with status ${status}.`,
    retryAfterSeconds: retryAfter(answer),
  } as const;
  if (status === 401 || status === 403) return { ...base, errorClass: 'auth' };
  if (status === 402) return { ...base, errorClass: 'balance' };
  if (status === 429) return { ...base, errorClass: 'throttled' };
  if (status === 408 || status >= 500) return { ...base, errorClass: 'transient-after-send' };
  // A redirect of a POST was not followed: the address in the settings is not the gateway's.
  if (status >= 300 && status < 400) return { ...base, errorClass: 'account-config' };
  return { ...base, errorClass: 'unknown' };
}

/** An answer that is none: a web page, half a JSON, a shape nobody promised. The message may have been taken. */
export function badAnswer(detail = 'The gateway answered something that cannot be read.'): Failed {
  return {
    ok: false,
    errorClass: 'transient-after-send',
    phase: 'response-read',
    code: 'BAD-ANSWER',
    detail,
    retryAfterSeconds: null,
  };
}

/** What the vendor itself said, after it read the request. A "code" that may be a number or a text of somebody is hidden. */
export function saidNo(errorClass: ErrorClass, said: string, detail: string): Failed {
  const isCode = /^[\p{L}\p{N}\p{M} _.:'…-]{1,60}$/u.test(said) && !/\d{8}/.test(said);
  const code = isCode ? said : 'OTHER';
  return { ok: false, errorClass, phase: 'response-read', code, detail, retryAfterSeconds: null };
}

/** The same failure, of a question that sends nothing. */
export function notPulled(failed: Failed): Extract<Pulled<never>, { readonly ok: false }> {
  const { errorClass, code, detail } = failed;
  return { ok: false, errorClass, code, detail };
}

function retryAfter(answer: Answered): number | null {
  const seconds = Number(answer.headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : null;
}
