import { quotaKinds } from '#domain/registry/quotas.ts';
import { z } from 'zod';
import {
  contactShape,
  deviceIdField,
  instantField,
  keyVersionField,
  languageField,
  memberIdField,
  otpField,
  publicKeyField,
  tokenField,
  uuidField,
} from './fields.ts';

export const metaShape = z.object({
  name: z.string(),
  protocol: z.literal('v1'),
  key_versions: z.array(keyVersionField),
  /** Origin of the log and the verifier key that tools of C2SP take. */
  log: z.object({ origin: z.string(), verifier_key: z.string() }),
  /** Ed25519, base64url: receipts, reports and consents are signed with it. */
  receipt_key: publicKeyField,
  limits: z.object({
    items_per_batch: z.int(),
    body_bytes: z.int(),
    quotas: z.partialRecord(z.enum(quotaKinds), z.int()),
    least_overdue_days: z.int(),
    notice_days: z.int(),
  }),
  min_client: z.string(),
  terms: z.object({ version: z.string(), sha256: z.string(), url: z.string() }),
});
export type Meta = z.infer<typeof metaShape>;

/** Step one: who joins. The answer is the same whether the business is a member already or not. */
export const joinShape = z.strictObject({
  schema: z.literal('join.v1'),
  application_id: uuidField,
  legal_name: z.string().trim().min(2).max(120),
  gstin: z.string().min(15).max(20),
  contact: contactShape,
  purpose: z.enum(['publish', 'check', 'both']),
  terms_version: z.string().max(20),
  device_key: publicKeyField,
  lang: languageField,
});

export const joinedShape = z.object({
  application_id: uuidField,
  status: z.literal('otp-sent'),
  expires_at: instantField,
});

/** Step two: the one-time password that was sent to the registered contact. */
export const confirmJoinShape = z.strictObject({
  schema: z.literal('join-confirm.v1'),
  application_id: uuidField,
  otp: otpField,
});

export const memberShape = z.object({
  member_id: memberIdField,
  device_id: deviceIdField,
  epoch: z.int().positive(),
  member_token: tokenField,
  legal_name: z.string(),
  /** 'pending' until whoever runs the registry has admitted him: he may do no more than look, and leave. */
  status: z.enum(['pending', 'probation', 'active', 'suspended', 'left']),
  probation_until: z.iso.date().nullable(),
});
export type Member = z.infer<typeof memberShape>;

export const meShape = memberShape.extend({
  devices: z.array(
    z.object({
      device_id: deviceIdField,
      epoch: z.int(),
      enrolled_at: instantField,
      revoked_at: instantField.nullable(),
    }),
  ),
  quotas: z.partialRecord(z.enum(quotaKinds), z.object({ used: z.int(), limit: z.int() })),
});

/** Another machine of the same member, vouched for by one that is enrolled. */
export const enrolShape = z.strictObject({ schema: z.literal('device.v1'), device_key: publicKeyField });
export const enrolledShape = z.object({ device_id: deviceIdField, epoch: z.int().positive() });

/** Asked for after a backup was restored: what this device counted since then is older than what it says now. */
export const epochShape = z.strictObject({
  schema: z.literal('epoch.v1'),
  device_id: deviceIdField,
  reason: z.enum(['restored', 'reinstalled']),
});
export const epochAnswerShape = z.object({ epoch: z.int().positive(), next_seq: z.int().min(0) });

export const blindShape = z.strictObject({
  schema: z.literal('blind.v1'),
  kv: keyVersionField,
  ids: z
    .array(z.strictObject({ kind: z.enum(['pan', 'gstin', 'mobile']), value: z.string().min(1).max(40) }))
    .min(1)
    .max(500),
});
export const blindedShape = z.object({
  kv: keyVersionField,
  /** In the order asked; null where the identifier is none. */
  tokens: z.array(tokenField.nullable()),
  quota: z.object({ left: z.int(), resets_at: instantField }),
});
