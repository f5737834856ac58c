// Closed lists of the registry's protocol. Source: docs/registry.md, numbered as the comments name it.

/** What the member says of a due. 'reopened' is an 'open' that follows 'settled': a cheque that bounced. */
export const dueStates = ['open', 'part', 'settled', 'withdrawn', 'written_off', 'reopened'] as const;
export type DueState = (typeof dueStates)[number];

/** How strong the proof of a due is, strongest first: invoice signed by the tax portal, debtor's own word, document, none. */
export const evidenceGrades = ['irp', 'ack', 'doc', 'claim'] as const;
export type EvidenceGrade = (typeof evidenceGrades)[number];

/** Why a due may be published: the debtor is no natural person, or he agreed. */
export const publicationBases = ['entity', 'consent'] as const;
export type PublicationBasis = (typeof publicationBases)[number];

export const batchKinds = ['incremental', 'full_part', 'full_end'] as const;
export type BatchKind = (typeof batchKinds)[number];

export const identifierKinds = ['pan', 'gstin', 'mobile'] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

/** Fourth letter of a PAN; 'unknown' where only a mobile is known. */
export const entityKinds = ['P', 'C', 'F', 'H', 'A', 'T', 'B', 'L', 'J', 'G', 'E', 'unknown'] as const;
export type EntityKind = (typeof entityKinds)[number];

/** What the registry says of a due: it alone decides who sees it. */
export const visibilities = [
  'notice-pending',
  'notice-running',
  'visible',
  'held',
  'masked',
  'suppressed',
  'stale',
  'gone',
] as const;
export type Visibility = (typeof visibilities)[number];

export const disputeReasons = [
  'not_mine',
  'already_paid',
  'amount_wrong',
  'goods_defective',
  'duplicate',
  'identity_wrong',
  'in_litigation',
] as const;
export type DisputeReason = (typeof disputeReasons)[number];

export const disputeStates = [
  'open',
  'contested',
  'resolved_paid',
  'resolved_for_debtor',
  'resolved_for_reporter',
  'withdrawn',
] as const;
export type DisputeState = (typeof disputeStates)[number];

/** TC01: decide trade credit (a check). TC02: may report my payment record (publication). */
export const purposeCodes = ['TC01', 'TC02'] as const;
export type PurposeCode = (typeof purposeCodes)[number];

export const checkScopes = ['SUMMARY', 'TREND_24M'] as const;
export type CheckScope = (typeof checkScopes)[number];

/**
 * How sure it is that the contact is the debtor's: A3 he registered it, A2 two unrelated members reported it, A1 the tax
 * portal has it, A0 only who asks says so. A0 never releases anything.
 */
export const assurances = ['A0', 'A1', 'A2', 'A3'] as const;
export type Assurance = (typeof assurances)[number];

export const consentStates = ['sent', 'held', 'granted', 'denied', 'revoked', 'used', 'expired'] as const;
export type ConsentState = (typeof consentStates)[number];

export const changeTypes = [
  'batch.applied',
  'due.visibility',
  'due.disputed',
  'dispute.deadline',
  'dispute.closed',
  'consent.granted',
  'consent.denied',
  'consent.revoked',
  'check.ready',
  'notice.status',
  'key.revoked',
  'policy.changed',
] as const;
export type ChangeType = (typeof changeTypes)[number];

export const itemErrorCodes = [
  'bad_item',
  'basis_required',
  'basis_unknown',
  'ver_conflict',
  'bad_transition',
  'not_overdue',
  'evidence_reused',
  'wrong_kv',
  'subject_required',
  // The token is of a natural person where the item says it is not, or the other way round.
  'entity_wrong',
  // A GSTIN alone that holds a PAN: the PAN is the subject.
  'pan_needed',
  // Never blinded here, or so long ago that it is forgotten: to be blinded again and sent again.
  'token_unknown',
  // In a full reconcile: the registry does not have it, or has it otherwise; it is to be sent again.
  'not_known',
] as const;
export type ItemErrorCode = (typeof itemErrorCodes)[number];
