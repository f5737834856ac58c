import {
  disputeReasons,
  disputeStates,
  dueStates,
  evidenceGrades,
  purposeCodes,
  visibilities,
} from '#domain/registry/words.ts';
import { z } from 'zod';
import {
  daySpelt,
  digestField,
  instantField,
  languageField,
  memberIdField,
  mobileField,
  otpField,
  paiseNumber,
  refField,
  uuidField,
} from './fields.ts';
import { artefactShape } from './consents.ts';

// What the debtor calls from his own page. A session is a cookie of an hour, bound to the subject whose contact answered.

export const askSessionShape = z.strictObject({
  schema: z.literal('session.v1'),
  mobile: mobileField,
  /** Whose records: a PAN or GSTIN that this contact belongs to; null for what stands under the mobile alone. */
  identifier: z.string().min(10).max(20).nullable(),
  lang: languageField,
});
/** The same whoever asks about whomever. */
export const sessionAskedShape = z.object({ session_id: uuidField, expires_at: instantField });
export const openSessionShape = z.strictObject({ session_id: uuidField, otp: otpField });
export const sessionOpenShape = z.object({ expires_at: instantField, csrf: z.string() });

/** The secret in the address that a debtor was sent of a consent. */
const linkField = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);
export const askLinkOtpShape = z.strictObject({ link: linkField });
export const linkOtpAskedShape = z.object({ expires_at: instantField });
export const answerLinkShape = z.strictObject({
  link: linkField,
  otp: otpField,
  answer: z.enum(['approve', 'deny', 'withdraw', 'block']),
  /** In which the notice stood there that he agreed to; the request's own where it is not said. */
  lang: languageField.optional(),
});
export const linkAnsweredShape = z.object({ state: z.string() });

export const recordShape = z.object({
  due_ref: refField,
  reporter: z.object({ member_id: memberIdField, name: z.string() }),
  state: z.enum(dueStates),
  visibility: z.enum(visibilities),
  visible_from: daySpelt.nullable(),
  invoice_on: daySpelt,
  due_on: daySpelt,
  amount_p: paiseNumber,
  open_p: paiseNumber,
  settled_on: daySpelt.nullable(),
  evidence: z.enum(evidenceGrades),
  reported_at: instantField,
  dispute: z
    .object({ dispute_id: uuidField, reason: z.enum(disputeReasons), state: z.enum(disputeStates) })
    .nullable(),
});
/** The newest first, 200 at a time; `next` leads to those behind them, null at the end. */
export const recordsShape = z.object({ records: z.array(recordShape), next: z.string().nullable() });
export const recordsQuery = z.strictObject({
  after: z
    .string()
    .regex(/^[0-9]{1,15}\.[0-9]{1,16}\.[A-Za-z0-9_-]{22}$/)
    .optional(),
});

export const accessLogShape = z.object({
  looks: z.array(
    z.object({
      at: instantField,
      member: z.object({ member_id: memberIdField, name: z.string() }),
      purpose: z.enum(purposeCodes),
      consent_id: uuidField.nullable(),
      outcome: z.enum(['told', 'no_record', 'refused']),
    }),
  ),
});

export const openDisputeShape = z.strictObject({
  schema: z.literal('dispute.v1'),
  dispute_id: uuidField,
  reporter: memberIdField,
  due_ref: refField,
  reason: z.enum(disputeReasons),
  proof_sha256: digestField.nullable(),
});
export const disputeOpenedShape = z.object({
  dispute_id: uuidField,
  state: z.enum(disputeStates),
  answer_by: daySpelt,
});

export const portalConsentsShape = z.object({
  consents: z.array(
    z.object({
      consent_id: uuidField,
      member: z.object({ member_id: memberIdField, name: z.string() }),
      purpose: z.enum(purposeCodes),
      text: z.string(),
      state: z.string(),
      asked_at: instantField,
      expires_at: instantField,
    }),
  ),
});
export const answerConsentShape = z.strictObject({
  consent_id: uuidField,
  answer: z.enum(['approve', 'deny', 'withdraw']),
  lang: languageField.optional(),
});
export const consentAnsweredShape = z.object({ consent_id: uuidField, state: z.string() });

export const blockMemberShape = z.strictObject({ member_id: memberIdField, is_blocked: z.boolean() });
export const blocksShape = z.object({ blocked: z.array(memberIdField) });

/** Rows with their salts and proofs: the debtor can check everything without us. */
export const exportShape = z.object({
  schema: z.literal('export.v1'),
  made_at: instantField,
  records: z.array(
    recordShape.extend({
      salt: refField,
      item: z.array(z.unknown()),
      batch_header: z.string(),
      item_proof: z.object({ index: z.int(), size: z.int(), hashes: z.array(z.string()) }),
      log_proof: z.string().nullable(),
    }),
  ),
  looks: accessLogShape.shape.looks,
  consents: z.array(artefactShape),
});
export const eraseShape = z.strictObject({ schema: z.literal('erase.v1'), reason: z.string().max(500) });
export const eraseAnswerShape = z.object({ request_id: uuidField, status: z.literal('received') });
