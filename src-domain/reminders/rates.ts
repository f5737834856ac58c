import type { Day } from '../days.ts';

// The pace of a gateway: a bucket of tokens that fills with time, kept in the book so that a restart does not begin with a
// full one (docs/gateways.md 8.8). A token is 1000 `tokensE3`; instants are UTC milliseconds.

const TOKEN_E3 = 1000;
const MINUTE_MS = 60_000;
/** What may leave at once after a rest: six seconds' worth, and at least one. */
const BURST_PARTS = 10;
/** An open circuit closes again after a minute (docs/gateways.md 8.5). */
const CIRCUIT_MS = MINUTE_MS;
/** So long after a rest that was asked for, or forced, a gateway goes at half its pace. */
const SLOW_MS = 10 * MINUTE_MS;
/** Failures in a row that open it. */
const FAILURES_MOST = 3;
/** A clock that was set back must not close a gateway for years. */
const CLOSED_MOST_MS = 24 * 60 * MINUTE_MS;

export type Bucket = {
  readonly tokensE3: number;
  readonly filledAt: number;
  readonly day: Day;
  readonly dayCount: number;
  readonly closedUntil: number | null;
  readonly failuresInRow: number;
};

export type Pace = {
  readonly perMinute: number;
  readonly perDay: number | null;
  /** What may leave at once after a rest; a tenth of a minute's worth unless told otherwise. */
  readonly burst?: number;
};

/**
 * Of one mail gateway towards one domain of recipients, whatever the gateway itself could do: the big ones grow
 * suspicious of a sender who is suddenly there with hundreds (docs/gateways.md 8.8).
 */
export const DOMAIN_PACE = { perMinute: 10, perDay: null, burst: 5 } as const satisfies Pace;

/** What stands behind the @ of a mail address, lower case; null for what is none. */
export function domainOf(address: string): string | null {
  const at = address.lastIndexOf('@');
  return at === -1 ? null : address.slice(at + 1).toLowerCase();
}

export type Taken =
  | { readonly ok: true; readonly bucket: Bucket }
  /** No token: when there is one. 'day' = not before the next day. */
  | { readonly ok: false; readonly at: number | 'day'; readonly bucket: Bucket };

export function fullBucket(pace: Pace, now: number, day: Day): Bucket {
  return { tokensE3: burstE3(pace), filledAt: now, day, dayCount: 0, closedUntil: null, failuresInRow: 0 };
}

function burstE3({ perMinute, burst }: Pace): number {
  if (burst !== undefined) return burst * TOKEN_E3;
  return Math.max(TOKEN_E3, Math.floor((perMinute * TOKEN_E3) / BURST_PARTS));
}

/** Takes one token, or says when there is one. A clock that went back gives no tokens and starts no new day. */
export function takeToken(before: Bucket, usual: Pace, { now, day }: { now: number; day: Day }): Taken {
  const pace = isSlow(before, now) ? halved(usual) : usual;
  const bucket = filled(before, pace, { now, day });
  const { closedUntil } = bucket;
  if (closedUntil !== null && closedUntil > now) return { ok: false, at: closedUntil, bucket };
  if (pace.perDay !== null && bucket.dayCount >= pace.perDay) return { ok: false, at: 'day', bucket };
  if (bucket.tokensE3 < TOKEN_E3) {
    const lacking = TOKEN_E3 - bucket.tokensE3;
    const wait = Math.ceil((lacking * MINUTE_MS) / (pace.perMinute * TOKEN_E3));
    return { ok: false, at: now + wait, bucket };
  }
  const taken = { ...bucket, tokensE3: bucket.tokensE3 - TOKEN_E3, dayCount: bucket.dayCount + 1 };
  return { ok: true, bucket: taken };
}

function isSlow({ closedUntil }: Bucket, now: number): boolean {
  return closedUntil !== null && now - closedUntil < SLOW_MS;
}

function halved({ perMinute, perDay, burst }: Pace): Pace {
  const half = (count: number): number => Math.max(1, Math.floor(count / 2));
  return { perMinute: half(perMinute), perDay, ...(burst === undefined ? {} : { burst: half(burst) }) };
}

function filled(before: Bucket, pace: Pace, { now, day }: { now: number; day: Day }): Bucket {
  const passed = Math.max(0, Math.min(now - before.filledAt, MINUTE_MS));
  const gained = Math.floor((passed * pace.perMinute * TOKEN_E3) / MINUTE_MS);
  const isNewDay = day > before.day;
  const { closedUntil } = before;
  return {
    ...before,
    tokensE3: Math.min(burstE3(pace), before.tokensE3 + gained),
    filledAt: now,
    day: isNewDay ? day : before.day,
    dayCount: isNewDay ? 0 : before.dayCount,
    closedUntil: closedUntil !== null && closedUntil - now > CLOSED_MOST_MS ? null : closedUntil,
  };
}

/** After an answer: nothing is held against the gateway any more. */
export function afterSuccess(bucket: Bucket): Bucket {
  return bucket.failuresInRow === 0 ? bucket : { ...bucket, failuresInRow: 0 };
}

/** "Slower": it rests as long as it asked for, and goes at half its pace for some minutes after (docs/gateways.md 8.5). */
export function afterThrottle(bucket: Bucket, now: number, retryAfterSeconds: number | null): Bucket {
  const rest = retryAfterSeconds === null ? CIRCUIT_MS : Math.min(retryAfterSeconds * 1000, CLOSED_MOST_MS);
  return { ...bucket, tokensE3: Math.floor(bucket.tokensE3 / 2), closedUntil: now + rest };
}

/** The world failed: after three times in a row it rests for a minute, so that a queue is not thrown at a dead server. */
export function afterWorldFailed(bucket: Bucket, now: number): Bucket {
  const failuresInRow = bucket.failuresInRow + 1;
  if (failuresInRow < FAILURES_MOST) return { ...bucket, failuresInRow };
  return { ...bucket, failuresInRow, closedUntil: now + CIRCUIT_MS };
}
