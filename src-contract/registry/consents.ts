import { dpdBands, moneyBands, suppressible } from '#domain/registry/report.ts';
import { assurances, checkScopes, consentStates, purposeCodes } from '#domain/registry/words.ts';
import { z } from 'zod';
import {
  contactShape,
  daySpelt,
  instantField,
  keyVersionField,
  languageField,
  memberIdField,
  signatureField,
  subjectShape,
  tokenField,
  uuidField,
} from './fields.ts';

export const askConsentShape = z.strictObject({
  schema: z.literal('consent-request.v1'),
  consent_id: uuidField,
  subject: subjectShape,
  contact: contactShape,
  purpose: z.strictObject({ code: z.enum(purposeCodes), text: z.string().trim().min(3).max(200) }),
  scope: z.array(z.enum(checkScopes)).min(1).max(2),
  fetch: z.literal('ONETIME'),
  expiry: daySpelt,
  data_life: z.strictObject({ unit: z.literal('DAY'), value: z.int().min(1).max(30) }),
  lang: languageField,
});

export const consentAskedShape = z.object({
  consent_id: uuidField,
  status: z.enum(['sent', 'held']),
  assurance: z.enum(assurances),
});

/** Names follow ReBIT's consent artefact; `notice` and `capture` the record of ISO/IEC TS 27560. */
export const artefactShape = z.object({
  schema: z.literal('consent.v1'),
  consent_id: uuidField,
  consentStart: instantField,
  consentExpiry: instantField,
  consentMode: z.literal('VIEW'),
  fetchType: z.literal('ONETIME'),
  consentTypes: z.array(z.enum(checkScopes)),
  DataConsumer: z.object({ id: memberIdField, name_hash: z.string() }),
  DataProvider: z.object({ id: z.string() }),
  Customer: z.object({ subject: tokenField }),
  Purpose: z.object({ code: z.enum(purposeCodes), refUri: z.string(), text: z.string() }),
  FIDataRange: z.object({ from: daySpelt, to: daySpelt }),
  DataLife: z.object({ unit: z.literal('DAY'), value: z.int() }),
  Frequency: z.object({ unit: z.literal('ONCE'), value: z.literal(1) }),
  notice: z.object({ version: z.string(), lang: languageField, sha256: z.string() }),
  capture: z.object({
    method: z.enum(['otp_sms', 'otp_email']),
    assurance: z.enum(assurances),
    at: instantField,
    ip_prefix: z.string(),
  }),
  log_index: z.int().nullable(),
  sig: signatureField,
});
export type ConsentArtefact = z.infer<typeof artefactShape>;

export const consentStatusShape = z.object({
  consent_id: uuidField,
  state: z.enum(consentStates),
  assurance: z.enum(assurances),
  purpose: z.enum(purposeCodes),
  expires_at: instantField,
  artefact: artefactShape.nullable(),
});

export const checkShape = z.strictObject({
  schema: z.literal('check.v1'),
  check_id: uuidField,
  consent_id: uuidField,
  subject: subjectShape,
});

const evidenceShare = z.number().min(0).max(1);

export const reportShape = z.object({
  schema: z.literal('report.v1'),
  check_id: uuidField,
  consent_id: uuidField,
  result: z.enum(['record', 'no_record']),
  as_of: daySpelt,
  valid_until: daySpelt,
  kv: keyVersionField,
  match: z.object({
    keys: z.array(z.enum(['pan', 'gstin', 'mobile'])),
    strength: z.enum(['strong', 'weak']),
    branches: z.int(),
  }),
  reporting_members: z.object({ n: z.int(), verified: z.int(), since: z.string().nullable() }),
  outstanding: z.object({ band: z.enum(moneyBands), currency: z.literal('INR') }),
  overdue: z.object({ band: z.enum(moneyBands) }),
  oldest_dpd: z.enum(dpdBands),
  worst_dpd_24m: z.enum(dpdBands).nullable(),
  settled_ratio: z
    .object({
      by_count: z.number(),
      by_value_band: z.string(),
      median_days_late: z.enum(dpdBands).nullable(),
    })
    .nullable(),
  trend_24m: z.array(z.string().max(1)).nullable(),
  disputes: z.object({
    open: z.int(),
    resolved_for_debtor: z.int(),
    resolved_for_reporter: z.int(),
  }),
  evidence: z.object({ irp: evidenceShare, ack: evidenceShare, doc: evidenceShare, claim: evidenceShare }),
  legal: z.object({ written_off: z.int(), withdrawn: z.int() }),
  suppressed: z.array(z.enum(suppressible)),
  reason: z.enum(['fewer_than_2_reporters', 'fewer_than_3_reporters']).nullable(),
  text: z.string(),
  log: z.object({ checkpoint: z.string() }),
  sig: signatureField,
});
export type Report = z.infer<typeof reportShape>;
