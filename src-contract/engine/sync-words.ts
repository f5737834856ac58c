// What the window may import as values: the closed words of the sync.

/** What the sync does now. */
export const syncStages = [
  'greeting',
  'companies',
  'groups',
  'ledgers',
  'bills',
  'tie-out',
  'counting',
  'history',
  'changes',
  'census',
  'writing',
  'files',
] as const;
export type SyncStage = (typeof syncStages)[number];

/** green: in step · amber: reading, or old · red: something stands between · off: not connected. */
export const syncLights = ['green', 'amber', 'red', 'off'] as const;
export type SyncLight = (typeof syncLights)[number];

export const syncRunKinds = ['first', 'changes', 'full', 'history', 'census', 'party', 'files'] as const;
export type SyncRunKind = (typeof syncRunKinds)[number];

/** Which ledgers are customers: those under Sundry Debtors, or also bill-wise ones elsewhere that owe. */
export const ledgerScopes = ['debtors', 'bill-wise'] as const;
export type LedgerScope = (typeof ledgerScopes)[number];

export const syncSpeeds = ['gentle', 'normal'] as const;
export type SyncSpeed = (typeof syncSpeeds)[number];

/** What is probably behind a difference, most likely first. */
export const differenceCauses = [
  'on-account',
  'opening-without-bills',
  'not-bill-wise',
  'forex-revaluation',
  'optional-voucher',
  'post-dated-voucher',
  'history-missing',
  'entered-here',
  'applied-here',
  'changed-while-read',
  'unknown',
] as const;
export type DifferenceCause = (typeof differenceCauses)[number];

export const offerFields = ['phone', 'email'] as const;
export type OfferField = (typeof offerFields)[number];

/** What the fields of an address may hold, and where Tally listens unless told otherwise. */
export const TALLY_PORT = 9000;
export const TALLY_HOST = '127.0.0.1';

/** Every code under which a look at a Tally may fail; the window has a sentence and a next step for each. */
export const tallyFailureCodes = [
  'tally-not-running',
  'tally-port-closed',
  'tally-not-tally',
  'tally-busy',
  'tally-dialog',
  'tally-no-company',
  'tally-other-company',
  'tally-same-name',
  'tally-group-company',
  'tally-educational',
  'tally-restored',
  'tally-truncated',
  'tally-refused',
  'tally-moved',
  'tally-cut-off',
] as const;
export type TallyFailureWord = (typeof tallyFailureCodes)[number];

/** What no public source settles about a Tally, one word for each question a pilot user's own can answer. */
export const probeQuestions = [
  'bill-types',
  'ledger-from-date',
  'opening-bills',
  'byte-order-mark',
  'unknown-report',
  'company-away',
  'fetch-shapes',
  'reply-length',
  'day-numbers',
] as const;
export type ProbeQuestion = (typeof probeQuestions)[number];

/** 'not-asked': it cannot be asked safely, or what it needs is not in this Tally. */
export const probeAnswers = ['yes', 'no', 'unclear', 'not-asked'] as const;
export type ProbeAnswer = (typeof probeAnswers)[number];
