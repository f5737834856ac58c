import type { Problem, ProblemCode } from '#contract/registry/fields.ts';

const STATUS: Readonly<Record<ProblemCode, number>> = {
  bad_request: 400,
  bad_signature: 401,
  clock_skew: 401,
  replayed: 401,
  unknown_key: 401,
  revoked_key: 401,
  not_found: 404,
  not_allowed: 403,
  no_consent: 403,
  already_used: 409,
  idempotency_mismatch: 422,
  bad_root: 422,
  too_large: 413,
  too_many: 429,
  wrong_otp: 403,
  otp_spent: 403,
  no_session: 401,
  suspended: 403,
  member_pending: 403,
  purpose: 403,
  held: 409,
  conflict: 409,
  unavailable: 503,
  internal: 500,
};

type More = Pick<Problem, 'server_time' | 'at'> & { readonly retryAfterSeconds?: number };

/** Thrown by whoever finds it, told by the door as problem+json (RFC 9457). */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly more: More;

  constructor(code: ProblemCode, sentence: string, more: More = {}) {
    super(sentence);
    this.code = code;
    this.more = more;
  }
}

export function statusOf(code: ProblemCode): number {
  return STATUS[code];
}

export function problemOf(error: ProblemError): Problem {
  const { retryAfterSeconds: _, ...more } = error.more;
  return {
    type: `urn:baaki:problem:${error.code}`,
    title: error.code.replaceAll('_', ' '),
    status: STATUS[error.code],
    code: error.code,
    detail: error.message,
    ...more,
  };
}
