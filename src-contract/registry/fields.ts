import { isToken } from '#domain/registry/subjects.ts';
import { entityKinds } from '#domain/registry/words.ts';
import { z } from 'zod';

// Fields of the registry's wire format: names and forms as docs/registry.md 2 writes them.

export const uuidField = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
/** RFC 3339, UTC. */
export const instantField = z.iso.datetime();
export const daySpelt = z.iso.date();
/** 16 bytes as base64url. */
export const refField = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
/** 32 bytes as base64url. */
export const digestField = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/** 64 bytes as base64url. */
export const signatureField = z.string().regex(/^[A-Za-z0-9_-]{86}$/);
export const publicKeyField = digestField;
export const memberIdField = z.string().regex(/^m_[A-Za-z0-9_-]{8,40}$/);
export const deviceIdField = z.string().regex(/^d[0-9]{1,6}$/);
export const keyVersionField = z.string().regex(/^[a-z][0-9]{1,3}$/);
export const tokenField = z.string().refine(isToken, 'a token like h1.…');
export const cursorField = z.string().regex(/^[0-9]{1,15}$/);
export const paiseNumber = z.int().min(0).max(1_000_000_000_000_00);
export const mobileField = z.string().regex(/^\+91[6-9][0-9]{9}$/);
export const languageField = z.enum(['en', 'hi']);
export const otpField = z.string().regex(/^[0-9]{6}$/);

export const subjectShape = z.strictObject({
  pan: tokenField.nullable(),
  gstin: tokenField.nullable(),
  mobile: tokenField.nullable(),
  entity: z.enum(entityKinds),
});

export const contactShape = z.strictObject({
  mobile: mobileField.nullable(),
  email: z.email().max(200).nullable(),
});

/** RFC 9457. `code` is closed and what programs test. */
export const problemCodes = [
  'bad_request',
  'bad_signature',
  'clock_skew',
  'replayed',
  'unknown_key',
  'revoked_key',
  'not_found',
  'not_allowed',
  'no_consent',
  'already_used',
  'idempotency_mismatch',
  'bad_root',
  'too_large',
  'too_many',
  'wrong_otp',
  'otp_spent',
  'no_session',
  'suspended',
  // Whoever runs the registry has not admitted the member yet.
  'member_pending',
  // He joined to report only, or to ask only.
  'purpose',
  'held',
  'conflict',
  'unavailable',
  'internal',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

export const problemShape = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(problemCodes),
  detail: z.string(),
  /** With 'clock_skew'. */
  server_time: instantField.optional(),
  /** With 'bad_request': where. */
  at: z.string().optional(),
});
export type Problem = z.infer<typeof problemShape>;
