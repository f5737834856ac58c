import type { ErrorClass, MessageState, Phase } from './words.ts';

// When something is tried again, asked again, or given up (docs/gateways.md 8.4, 8.5, 8.11). Times are milliseconds.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Waits before the second, third, … attempt; there are no more than these. */
const RETRY_WAITS_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS] as const;
/** A reminder that could not leave for a day is no longer worth it. */
const RETRIES_END_MS = DAY_MS;
/** A wait is up to a fifth longer, so that what failed together does not come back together. */
const JITTER_PART = 5;
/** An address that failed for now is tried again on another day, twice at most. */
const TEMPORARY_ATTEMPTS_MOST = 2;

export type Failed = {
  readonly errorClass: ErrorClass;
  readonly phase: Phase;
  readonly retryAfterSeconds: number | null;
};

export type AfterFailure =
  /** Nothing left; it waits and is tried again. */
  | { readonly to: 'retry-wait'; readonly at: number }
  /** Nothing left; it waits until its gateway or template is mended. */
  | { readonly to: 'held'; readonly because: 'gateway' | 'template' }
  /** Not now: the next hours in which it may leave. */
  | { readonly to: 'next-window'; readonly earliest: number }
  | { readonly to: Extract<MessageState, 'unknown' | 'rejected' | 'not-sent'> };

export type TriedSoFar = {
  readonly now: number;
  /** Attempts that were made, this one among them. */
  readonly attemptCount: number;
  readonly firstAttemptAt: number;
  /** 0 … 1, from outside. */
  readonly jitter: number;
  /** The same uid never makes a second message there. */
  readonly isIdempotent: boolean;
};

/** What follows from a failed attempt. Unknown outcomes are never tried again by themselves but at idempotent gateways. */
export function afterFailure(failed: Failed, tried: TriedSoFar): AfterFailure {
  const { errorClass, phase } = failed;
  switch (errorClass) {
    case 'auth':
    case 'balance':
    case 'account-config':
      return { to: 'held', because: 'gateway' };
    case 'template-config':
      return { to: 'held', because: 'template' };
    case 'throttled':
    case 'transient-before-send':
      return retry(failed, tried);
    case 'recipient-temporary':
      return tried.attemptCount <= TEMPORARY_ATTEMPTS_MOST
        ? { to: 'next-window', earliest: tried.now + DAY_MS }
        : { to: 'rejected' };
    case 'window':
      return { to: 'next-window', earliest: tried.now + HOUR_MS };
    case 'recipient-permanent':
    case 'policy':
      return { to: 'rejected' };
    case 'transient-after-send':
    case 'unknown':
      if (phase === 'not-connected' || tried.isIdempotent) return retry(failed, tried);
      return { to: 'unknown' };
  }
}

/** Gives up after five attempts or a day. What may have left is then unknown; what cannot have left was not sent. */
function retry({ errorClass, phase, retryAfterSeconds }: Failed, tried: TriedSoFar): AfterFailure {
  const { now, attemptCount, firstAttemptAt, jitter } = tried;
  const mayHaveLeft =
    (errorClass === 'transient-after-send' || errorClass === 'unknown') && phase !== 'not-connected';
  const givenUp: AfterFailure = { to: mayHaveLeft ? 'unknown' : 'not-sent' };
  const wait = RETRY_WAITS_MS[attemptCount - 1];
  if (wait === undefined) return givenUp;
  const asked = retryAfterSeconds === null ? 0 : retryAfterSeconds * 1000;
  const at = now + Math.max(wait + jitterOf(wait, jitter), asked);
  return at - firstAttemptAt > RETRIES_END_MS ? givenUp : { to: 'retry-wait', at };
}

function jitterOf(wait: number, jitter: number): number {
  return Math.floor((wait / JITTER_PART) * jitter);
}

/** Looks after an unknown outcome, counted from when it became unknown. */
export const FIND_AFTER_MS = [2 * MINUTE_MS, 10 * MINUTE_MS] as const;

/**
 * Waits between two looks at the status of a message: 30 s, 2 min, 10 min, 1 h, 6 h, then daily (docs/gateways.md
 * 8.11).
 */
const POLL_WAITS_MS = [30_000, 2 * MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS] as const;
/** Reports older than three days are lost at most vendors. */
export const LOOK_BACK_DAYS = 3;

export type Asked = {
  readonly sentAt: number;
  readonly pollCount: number;
  readonly lookBackDays: number | null;
};

/** When its status is looked up next; null once its look-back is over. The last look is at its very end. */
export function nextPollAt({ sentAt, pollCount, lookBackDays }: Asked): number | null {
  const last = sentAt + Math.min(lookBackDays ?? LOOK_BACK_DAYS, LOOK_BACK_DAYS) * DAY_MS;
  const at = sentAt + pollOffset(pollCount);
  if (at <= last) return at;
  return sentAt + pollOffset(pollCount - 1) < last ? last : null;
}

/** From the sending to the look after `pollCount` looks. */
function pollOffset(pollCount: number): number {
  const early = POLL_WAITS_MS.slice(0, pollCount + 1).reduce((sum, wait) => sum + wait, 0);
  return early + Math.max(0, pollCount + 1 - POLL_WAITS_MS.length) * DAY_MS;
}
