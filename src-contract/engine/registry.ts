import { publishBars } from '#domain/registry/publish.ts';
import { dpdBands, moneyBands, suppressible } from '#domain/registry/report.ts';
import {
  assurances,
  consentStates,
  disputeReasons,
  disputeStates,
  dueStates,
  entityKinds,
  evidenceGrades,
  itemErrorCodes,
  purposeCodes,
  visibilities,
} from '#domain/registry/words.ts';
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { call, dayField, idField, paiseField } from '../fields.ts';

/** Where this book stands with its registry. Nothing is asked of any network while it is 'off'. */
export const membershipShape = z.object({
  /** 'pending': the registry's operator has not admitted this business yet; what is published or asked waits here. */
  status: z.enum(['off', 'applied', 'pending', 'member', 'suspended', 'left']),
  address: z.string().nullable(),
  registryName: z.string().nullable(),
  legalName: z.string().nullable(),
  purpose: z.enum(['publish', 'check', 'both']).nullable(),
  memberId: z.string().nullable(),
  deviceId: z.string().nullable(),
  probationUntil: dayField.nullable(),
  /** From the notice until others may see a due, as this registry has it. */
  noticeDays: z.int(),
  joinedAt: z.int().nullable(),
  /** Changes that wait for the network, and the batch that is on its way. */
  queuedCount: z.int(),
  isSending: z.boolean(),
  lastSyncAt: z.int().nullable(),
  nextSyncAt: z.int().nullable(),
  trouble: z.object({ code: z.string(), sentence: z.string(), at: z.int() }).nullable(),
  log: z.object({ origin: z.string(), size: z.int(), checkedAt: z.int() }).nullable(),
  /** Disputes that wait for this member's answer. */
  openDisputeCount: z.int(),
});
export type Membership = z.infer<typeof membershipShape>;

export const registryTermsShape = z.object({
  address: z.string(),
  name: z.string(),
  termsVersion: z.string(),
  termsUrl: z.string(),
  leastOverdueDays: z.int(),
  noticeDays: z.int(),
});

/** A due that might be published, with everything that speaks against it; nothing speaks against it where `bars` is empty. */
export const candidateShape = z.object({
  billId: idField,
  number: z.string().nullable(),
  customerId: idField,
  customerName: z.string(),
  billDay: dayField,
  dueDay: dayField,
  daysLate: z.int(),
  amountPaise: paiseField,
  openPaise: paiseField,
  entity: z.enum(entityKinds),
  evidence: z.enum(evidenceGrades),
  bars: z.array(z.enum(publishBars)),
  /** What bars it where 'do-not-publish' does; marks of the registry's own can be taken off here. */
  doNotPublish: z.enum(['customer', 'bill', 'not-chased']).nullable(),
  /** It was told under a PAN, GSTIN or number that was set right since, and withdrawn there. */
  isCorrected: z.boolean(),
});
export type Candidate = z.infer<typeof candidateShape>;

export const notices = ['queued', 'sent', 'delivered', 'failed'] as const;

export const publishedDueShape = z.object({
  billId: idField,
  number: z.string().nullable(),
  customerId: idField,
  customerName: z.string(),
  dueDay: dayField,
  openPaise: paiseField,
  state: z.enum(dueStates),
  visibility: z.enum(visibilities).nullable(),
  visibleFrom: dayField.nullable(),
  publishedAt: z.int(),
  /** Until then it may be taken back before anybody hears of it. */
  undoUntil: z.int().nullable(),
  sentAt: z.int().nullable(),
  /** What became of the last notice to the debtor; null before there was one. */
  notice: z.enum(notices).nullable(),
  /** The owner gave it up; the registry is told at the next exchange. */
  writtenOffAt: z.int().nullable(),
  /** Why the registry did not take what was last said of it. */
  errorCode: z.enum(itemErrorCodes).nullable(),
  dispute: z
    .object({
      disputeId: z.string(),
      reason: z.enum(disputeReasons),
      state: z.enum(disputeStates),
      answerBy: dayField.nullable(),
    })
    .nullable(),
});
export type PublishedDue = z.infer<typeof publishedDueShape>;

export const registryConsentShape = z.object({
  consentId: z.string(),
  customerId: idField.nullable(),
  /** A prospect who is no customer yet, by the name that the owner typed. */
  name: z.string(),
  purpose: z.enum(purposeCodes),
  state: z.enum([...consentStates, 'queued']),
  assurance: z.enum(assurances).nullable(),
  askedAt: z.int(),
  /** Of a leave to report: until when it holds. */
  expiresDay: dayField,
  checkId: z.string().nullable(),
});
export type RegistryConsent = z.infer<typeof registryConsentShape>;

/** Facts with their day, never a score. Erased from this book when `validUntil` has passed. */
export const checkResultShape = z.object({
  checkId: z.string(),
  name: z.string(),
  customerId: idField.nullable(),
  asOf: dayField,
  validUntil: dayField,
  isRecord: z.boolean(),
  strength: z.enum(['strong', 'weak']),
  reporterCount: z.int(),
  since: z.string().nullable(),
  outstanding: z.enum(moneyBands),
  overdue: z.enum(moneyBands),
  oldestDpd: z.enum(dpdBands),
  worstDpd24m: z.enum(dpdBands).nullable(),
  settledShare: z.number().nullable(),
  medianDaysLate: z.enum(dpdBands).nullable(),
  trend: z.array(z.string()).nullable(),
  disputesOpen: z.int(),
  disputesForDebtor: z.int(),
  disputesForReporter: z.int(),
  evidence: z.object({ irp: z.number(), ack: z.number(), doc: z.number(), claim: z.number() }),
  writtenOff: z.int(),
  withdrawn: z.int(),
  suppressed: z.array(z.enum(suppressible)),
  isSignatureGood: z.boolean(),
});
export type CheckResult = z.infer<typeof checkResultShape>;

export const registryDisputeShape = z.object({
  disputeId: z.string(),
  billId: idField.nullable(),
  number: z.string().nullable(),
  customerName: z.string().nullable(),
  reason: z.enum(disputeReasons),
  state: z.enum(disputeStates),
  openedAt: z.int(),
  answerBy: dayField.nullable(),
});
export type RegistryDispute = z.infer<typeof registryDisputeShape>;

const lookShape = z.object({
  at: z.int(),
  what: z.enum(['asked', 'checked', 'opened', 'erased']),
  name: z.string(),
  consentId: z.string(),
});

const contactField = z.object({
  mobile: z.string().trim().min(10).max(20).nullable(),
  email: z.email().max(200).nullable(),
});
const addressField = z.url({ protocol: /^https?$/ }).max(200);
const billIdsField = z.array(idField).min(1).max(5_000);

export const registry = {
  membership: call.output(membershipShape),
  /** The first word to a registry: what it is and asks. */
  terms: call.input(z.object({ address: addressField })).output(registryTermsShape),
  join: call
    .input(
      z.object({
        address: addressField,
        legalName: z.string().trim().min(2).max(120),
        gstin: z.string().trim().min(15).max(20),
        contact: contactField,
        purpose: z.enum(['publish', 'check', 'both']),
        termsVersion: z.string().max(20),
        language: z.enum(['en', 'hi']),
      }),
    )
    .output(z.object({ expiresAt: z.int() })),
  confirmJoin: call
    .input(
      z.object({
        otp: z
          .string()
          .trim()
          .regex(/^[0-9]{6}$/),
      }),
    )
    .output(membershipShape),
  /** Rows at the registry are frozen; keys and tokens here are erased. */
  leave: call.output(membershipShape),

  candidates: call
    .input(
      z.object({
        customerId: idField.optional(),
        /** Only those that nothing speaks against, only those that something does, or all. */
        which: z.enum(['ready', 'barred', 'all']).default('all'),
      }),
    )
    .output(z.object({ candidates: z.array(candidateShape), readyCount: z.int(), barredCount: z.int() })),
  /** Byte for byte what would leave for these bills, and what stays here. */
  preview: call.input(z.object({ billIds: billIdsField })).output(
    z.object({
      text: z.string(),
      byteCount: z.int(),
      packedByteCount: z.int(),
      staysHere: z.array(z.string()),
      /** What the owner types before his first publication; null once he has. */
      confirmation: z.string().nullable(),
    }),
  ),
  publish: call
    .input(z.object({ billIds: billIdsField, confirmation: z.string().max(20).nullable().default(null) }))
    .output(
      z.object({
        publishedCount: z.int(),
        refused: z.array(z.object({ billId: idField, bars: z.array(z.enum(publishBars)) })),
        undoUntil: z.int(),
      }),
    ),
  /** Within 24 hours: nobody has heard of it. Later: it is withdrawn and the debtor is told. */
  withdraw: call
    .input(z.object({ billIds: billIdsField }))
    .output(z.object({ undoneCount: z.int(), withdrawnCount: z.int() })),
  /** Given up: what is with the registry is told as written off. It cannot be taken back; a later payment settles it. */
  writeOff: call.input(z.object({ billIds: billIdsField })).output(z.object({ writtenOffCount: z.int() })),
  published: call
    .input(z.object({ customerId: idField.optional(), billId: idField.optional() }))
    .output(z.array(publishedDueShape)),
  setEvidence: call
    .input(
      z.object({
        billId: idField,
        grade: z.enum(evidenceGrades),
        /** The signed e-invoice (JSON or the QR's text) or a paper; only its digest ever leaves. */
        text: z.string().max(200_000).nullable().default(null),
        filePath: z.string().max(1_000).nullable().default(null),
      }),
    )
    .output(z.object({ grade: z.enum(evidenceGrades) })),
  /** One paper that names many bills, such as a balance that the customer confirmed. */
  proveMany: call
    .input(
      z.object({ billIds: billIdsField, grade: z.enum(['ack', 'doc']), filePath: z.string().max(1_000) }),
    )
    .output(z.object({ provenCount: z.int() })),
  setDoNotPublish: call
    .input(z.object({ customerId: idField, isDoNotPublish: z.boolean() }))
    .output(z.object({})),
  /** Whether a customer is marked, also where nothing of his could be published now. */
  doNotPublish: call
    .input(z.object({ customerId: idField }))
    .output(z.object({ isDoNotPublish: z.boolean() })),
  setBillDoNotPublish: call
    .input(z.object({ billId: idField, isDoNotPublish: z.boolean() }))
    .output(z.object({})),

  /** Sends what waits and fetches what is new, now. */
  sync: call.output(
    eventIterator(
      z.object({
        phase: z.enum(['blinding', 'sending', 'fetching', 'checking', 'done']),
        done: z.int(),
        of: z.int(),
      }),
    ),
  ),

  disputes: call.output(z.array(registryDisputeShape)),
  answerDispute: call
    .input(
      z.object({
        disputeId: z.string(),
        answer: z.enum(['accept', 'contest']),
        filePath: z.string().max(1_000).nullable().default(null),
      }),
    )
    .output(z.object({ state: z.enum(disputeStates) })),

  askConsent: call
    .input(
      z.object({
        customerId: idField.nullable().default(null),
        name: z.string().trim().min(2).max(120),
        gstin: z.string().trim().max(20).nullable().default(null),
        pan: z.string().trim().max(12).nullable().default(null),
        contact: contactField,
        purpose: z.enum(purposeCodes),
        withTrend: z.boolean().default(true),
        language: z.enum(['en', 'hi']),
      }),
    )
    .output(registryConsentShape),
  consents: call.input(z.object({ customerId: idField.optional() })).output(z.array(registryConsentShape)),
  dropConsent: call.input(z.object({ consentId: z.string() })).output(registryConsentShape),
  /** Once per consent; the result is kept here for its lifetime. */
  check: call.input(z.object({ consentId: z.string() })).output(checkResultShape),
  checks: call.input(z.object({ customerId: idField.optional() })).output(z.array(checkResultShape)),
  looks: call.output(z.array(lookShape)),
};
