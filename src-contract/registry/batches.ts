import {
  batchKinds,
  changeTypes,
  disputeReasons,
  disputeStates,
  itemErrorCodes,
  visibilities,
} from '#domain/registry/words.ts';
import { ITEMS_MOST } from '#domain/registry/batches.ts';
import { z } from 'zod';
import {
  contactShape,
  cursorField,
  daySpelt,
  deviceIdField,
  digestField,
  instantField,
  keyVersionField,
  languageField,
  refField,
  signatureField,
  tokenField,
  uuidField,
} from './fields.ts';

/** Items are checked one by one by the domain's readItem: a bad one never rejects its batch. */
const itemField = z.array(z.unknown()).max(12);

export const batchShape = z.strictObject({
  schema: z.literal('dues.v1'),
  batch_id: uuidField,
  device: deviceIdField,
  epoch: z
    .int()
    .positive()
    .max(2 ** 20),
  seq: z
    .int()
    .min(0)
    .max(2 ** 32),
  prev: z.union([digestField, z.literal('')]),
  kind: z.enum(batchKinds),
  full_id: uuidField.nullable(),
  as_of: daySpelt,
  kv: keyVersionField,
  items: z.array(itemField).max(ITEMS_MOST),
  root: digestField,
  /** Where the debtors of this batch can be told, by subject key; not signed over, kept sealed, never in the log. */
  contacts: z
    .array(contactShape.extend({ subject: tokenField, lang: languageField.optional() }))
    .max(ITEMS_MOST)
    .optional(),
  sig: signatureField,
});
export type BatchBody = z.infer<typeof batchShape>;

export const receiptShape = z.object({
  schema: z.literal('receipt.v1'),
  batch_id: uuidField,
  status: z.enum(['applied', 'accepted']),
  replayed: z.boolean(),
  counts: z.object({ applied: z.int(), stale: z.int(), rejected: z.int() }),
  errors: z.array(z.object({ i: z.int(), code: z.enum(itemErrorCodes) })),
  /** Of a full reconcile's last part: dues that the registry has and the member did not name. */
  questioned: z.array(refField),
  root: digestField,
  received_at: instantField,
  log: z.object({ origin: z.string(), index: z.int().nullable(), mmd_s: z.int() }),
  sig: signatureField,
});
export type Receipt = z.infer<typeof receiptShape>;

/** What is read from /changes, one at a time, in the order of the member's own counter. */
export const changeShape = z.object({
  n: z.int().positive(),
  at: instantField,
  type: z.enum(changeTypes),
  due_ref: refField.optional(),
  visibility: z.enum(visibilities).optional(),
  visible_from: daySpelt.nullable().optional(),
  dispute_id: uuidField.optional(),
  dispute_reason: z.enum(disputeReasons).optional(),
  dispute_state: z.enum(disputeStates).optional(),
  answer_by: daySpelt.optional(),
  has_proof: z.boolean().optional(),
  consent_id: uuidField.optional(),
  batch_id: uuidField.optional(),
  notice: z.enum(['queued', 'sent', 'delivered', 'failed']).optional(),
  device_id: deviceIdField.optional(),
  note: z.string().optional(),
});
export type Change = z.infer<typeof changeShape>;

export const changesShape = z.object({
  changes: z.array(changeShape),
  next: cursorField,
  more: z.boolean(),
  poll_after_s: z.int(),
});

export const answerDisputeShape = z.strictObject({
  schema: z.literal('dispute-answer.v1'),
  answer: z.enum(['accept', 'contest']),
  /** SHA-256 of a paper that the member keeps. */
  evidence_sha256: digestField.nullable(),
});
export const disputeAnsweredShape = z.object({ dispute_id: uuidField, state: z.enum(disputeStates) });
