import { sql } from 'drizzle-orm';
import { blob, check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { bills, customers } from './schema.ts';

// What the shared registry has to do with this book. Keys stand in the vault; here are ids, counters and what was said.

/** At most one row: a book belongs to one registry. */
export const registryMembership = sqliteTable(
  'registry_membership',
  {
    id: integer('id').primaryKey(),
    status: text('status', { enum: ['applied', 'pending', 'member', 'suspended', 'left'] }).notNull(),
    address: text('address').notNull(),
    registryName: text('registry_name').notNull(),
    legalName: text('legal_name').notNull(),
    purpose: text('purpose', { enum: ['publish', 'check', 'both'] }).notNull(),
    applicationId: text('application_id').notNull(),
    memberId: text('member_id'),
    deviceId: text('device_id'),
    epoch: integer('epoch').notNull().default(0),
    /** Counts every statement of this member about a due; only goes up. */
    rev: integer('rev').notNull().default(0),
    /** Of the next batch of this epoch. */
    seq: integer('seq').notNull().default(0),
    previousRoot: text('previous_root').notNull().default(''),
    keyVersion: text('key_version').notNull(),
    origin: text('origin').notNull(),
    verifierKey: text('verifier_key').notNull(),
    receiptKey: text('receipt_key').notNull(),
    termsVersion: text('terms_version').notNull(),
    /** From the notice until others may see a due, as this registry has it. */
    noticeDays: integer('notice_days').notNull().default(21),
    probationUntil: text('probation_until'),
    joinedAt: integer('joined_at'),
    hasConfirmed: integer('has_confirmed', { mode: 'boolean' }).notNull().default(false),
    cursor: text('cursor').notNull().default('0'),
    checkpoint: text('checkpoint'),
    checkpointAt: integer('checkpoint_at'),
    /** The registry's clock less ours, in milliseconds; business days are never shifted by it. */
    clockOffsetMs: integer('clock_offset_ms').notNull().default(0),
    /** When the registry was last told of all dues at once, and how far it has been told of them now. */
    fullAt: integer('full_at').notNull().default(0),
    fullId: text('full_id'),
    fullAfter: integer('full_after').notNull().default(0),
    batchSize: integer('batch_size').notNull().default(100),
    lastSyncAt: integer('last_sync_at'),
    nextSyncAt: integer('next_sync_at'),
    troubleCode: text('trouble_code'),
    troubleSentence: text('trouble_sentence'),
    troubleAt: integer('trouble_at'),
    /** Failures in a row, for the pause before the next try. */
    failures: integer('failures').notNull().default(0),
    home: text('home').notNull(),
  },
  (t) => [
    check('registry_membership_single', sql`${t.id} = 1`),
    check(
      'registry_membership_status',
      sql`${t.status} in ('applied', 'pending', 'member', 'suspended', 'left')`,
    ),
    check('registry_membership_purpose', sql`${t.purpose} in ('publish', 'check', 'both')`),
    check('registry_membership_counters', sql`${t.epoch} >= 0 and ${t.rev} >= 0 and ${t.seq} >= 0`),
    check('registry_membership_size', sql`${t.batchSize} between 1 and 500`),
  ],
);

export const registryTokens = sqliteTable(
  'registry_tokens',
  {
    id: integer('id').primaryKey(),
    kind: text('kind', { enum: ['pan', 'gstin', 'mobile'] }).notNull(),
    value: text('value').notNull(),
    keyVersion: text('key_version').notNull(),
    token: text('token').notNull(),
  },
  (t) => [uniqueIndex('registry_tokens_value').on(t.kind, t.value, t.keyVersion)],
);

/** One row per bill that was ever published. */
export const registryDues = sqliteTable(
  'registry_dues',
  {
    id: integer('id').primaryKey(),
    /** Null once the bill was taken out of the book with its import: the due is withdrawn then. */
    billId: integer('bill_id').references(() => bills.id, { onDelete: 'set null' }),
    /** The bill that it was, once that is told under another PAN, GSTIN or number: this one is withdrawn then. */
    formerBillId: integer('former_bill_id').references(() => bills.id, { onDelete: 'set null' }),
    dueRef: text('due_ref').notNull(),
    salt: text('salt').notNull(),
    /** Tokens of whom it was stated about; empty before the first statement, and again once the membership is left. */
    subject: text('subject').notNull(),
    state: text('state', {
      enum: ['open', 'part', 'settled', 'withdrawn', 'written_off', 'reopened'],
    }).notNull(),
    /** What was last frozen, so that only changes are stated; null before the first statement. */
    stated: text('stated'),
    statedOpenPaise: integer('stated_open_paise').notNull(),
    evidence: text('evidence', { enum: ['irp', 'ack', 'doc', 'claim'] }).notNull(),
    evidenceHash: text('evidence_hash'),
    consentId: text('consent_id'),
    /** Of the last statement; 0 before the first. */
    rev: integer('rev').notNull().default(0),
    /** In which the last statement was made. */
    epoch: integer('epoch').notNull().default(0),
    publishedAt: integer('published_at').notNull(),
    /** Nothing of it leaves before then: the owner may take it back, and nobody has heard of it. */
    holdUntil: integer('hold_until').notNull(),
    withdrawnAt: integer('withdrawn_at'),
    /** The owner gave it up: told as written off from then on. */
    writtenOffAt: integer('written_off_at'),
    undoneAt: integer('undone_at'),
    /** The last statement whose receipt is here; 0 = the registry has it, and this book forgot what was said. */
    sentRev: integer('sent_rev'),
    sentAt: integer('sent_at'),
    visibility: text('visibility'),
    visibleFrom: text('visible_from'),
    /** What became of the last notice to the debtor. */
    notice: text('notice'),
    errorCode: text('error_code'),
  },
  (t) => [
    uniqueIndex('registry_dues_bill').on(t.billId),
    uniqueIndex('registry_dues_ref').on(t.dueRef),
    check(
      'registry_dues_state',
      sql`${t.state} in ('open', 'part', 'settled', 'withdrawn', 'written_off', 'reopened')`,
    ),
    check('registry_dues_evidence', sql`${t.evidence} in ('irp', 'ack', 'doc', 'claim')`),
    check('registry_dues_ref', sql`length(${t.dueRef}) = 22 and length(${t.salt}) = 22`),
    check('registry_dues_rev', sql`${t.rev} >= 0 and (${t.rev} = 0) = (${t.stated} is null)`),
    check('registry_dues_open', sql`${t.statedOpenPaise} >= 0`),
  ],
);

/**
 * Dues of which something new may have to be said. Triggers of the file itself (0004_registry.sql) put a due here in the
 * transaction that changes its bill, a receipt, a credit or an allocation, whoever writes.
 */
export const registryOutbox = sqliteTable('registry_outbox', {
  dueId: integer('due_id')
    .primaryKey()
    .references(() => registryDues.id),
});

/** A frozen batch is sent again byte for byte until its receipt is here. */
export const registryBatches = sqliteTable(
  'registry_batches',
  {
    id: integer('id').primaryKey(),
    batchId: text('batch_id').notNull(),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
    kind: text('kind', { enum: ['incremental', 'full_part', 'full_end'] }).notNull(),
    body: blob('body', { mode: 'buffer' }),
    root: text('root').notNull(),
    header: text('header').notNull(),
    itemCount: integer('item_count').notNull(),
    /** Which due stands at which place, with the rev that was frozen: [[due id, rev], …]. */
    dues: text('dues').notNull(),
    state: text('state', { enum: ['frozen', 'sending', 'received', 'refused'] }).notNull(),
    tries: integer('tries').notNull().default(0),
    nextTryAt: integer('next_try_at'),
    frozenAt: integer('frozen_at').notNull(),
    receipt: text('receipt'),
    logIndex: integer('log_index'),
    verifiedAt: integer('verified_at'),
  },
  (t) => [
    uniqueIndex('registry_batches_id').on(t.batchId),
    index('registry_batches_open')
      .on(t.seq)
      .where(sql`${t.state} in ('frozen', 'sending')`),
    check('registry_batches_state', sql`${t.state} in ('frozen', 'sending', 'received', 'refused')`),
    check('registry_batches_kind', sql`${t.kind} in ('incremental', 'full_part', 'full_end')`),
    check('registry_batches_body', sql`${t.state} not in ('frozen', 'sending') or ${t.body} is not null`),
  ],
);

export const registryEvidence = sqliteTable(
  'registry_evidence',
  {
    billId: integer('bill_id')
      .primaryKey()
      .references(() => bills.id, { onDelete: 'cascade' }),
    grade: text('grade', { enum: ['irp', 'ack', 'doc'] }).notNull(),
    /** All that ever leaves of a proof: its SHA-256, base64url. */
    hash: text('hash').notNull(),
    fileName: text('file_name'),
    at: integer('at').notNull(),
  },
  (t) => [
    check('registry_evidence_grade', sql`${t.grade} in ('irp', 'ack', 'doc')`),
    check('registry_evidence_hash', sql`length(${t.hash}) = 43`),
  ],
);

export const registryRefusals = sqliteTable('registry_do_not_publish', {
  customerId: integer('customer_id')
    .primaryKey()
    .references(() => customers.id, { onDelete: 'cascade' }),
  at: integer('at').notNull(),
});

export const registryBillRefusals = sqliteTable('registry_do_not_publish_bills', {
  billId: integer('bill_id')
    .primaryKey()
    .references(() => bills.id, { onDelete: 'cascade' }),
  at: integer('at').notNull(),
});

export const registryConsents = sqliteTable(
  'registry_consents',
  {
    id: integer('id').primaryKey(),
    consentId: text('consent_id').notNull(),
    customerId: integer('customer_id').references(() => customers.id, { onDelete: 'set null' }),
    name: text('name').notNull(),
    subject: text('subject'),
    identifiers: text('identifiers').notNull(),
    contact: text('contact').notNull(),
    purpose: text('purpose', { enum: ['TC01', 'TC02'] }).notNull(),
    state: text('state').notNull(),
    assurance: text('assurance'),
    withTrend: integer('with_trend', { mode: 'boolean' }).notNull(),
    language: text('language').notNull(),
    askedAt: integer('asked_at').notNull(),
    expiresDay: text('expires_day').notNull(),
    artefact: text('artefact'),
  },
  (t) => [
    uniqueIndex('registry_consents_id').on(t.consentId),
    index('registry_consents_customer').on(t.customerId),
    check('registry_consents_purpose', sql`${t.purpose} in ('TC01', 'TC02')`),
  ],
);

export const registryChecks = sqliteTable(
  'registry_checks',
  {
    id: integer('id').primaryKey(),
    checkId: text('check_id').notNull(),
    consentId: text('consent_id').notNull(),
    customerId: integer('customer_id').references(() => customers.id, { onDelete: 'set null' }),
    name: text('name').notNull(),
    /** The signed report; erased when it is no longer valid. */
    report: text('report'),
    validUntil: text('valid_until').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [
    uniqueIndex('registry_checks_id').on(t.checkId),
    uniqueIndex('registry_checks_consent').on(t.consentId),
  ],
);

export const registryDisputes = sqliteTable(
  'registry_disputes',
  {
    id: integer('id').primaryKey(),
    disputeId: text('dispute_id').notNull(),
    dueId: integer('due_id').references(() => registryDues.id),
    reason: text('reason').notNull(),
    state: text('state').notNull(),
    openedAt: integer('opened_at').notNull(),
    answerBy: text('answer_by'),
  },
  (t) => [uniqueIndex('registry_disputes_id').on(t.disputeId)],
);

/** Who of this book asked or looked at what; kept when the result is erased. */
export const registryLooks = sqliteTable('registry_looks', {
  id: integer('id').primaryKey(),
  at: integer('at').notNull(),
  what: text('what', { enum: ['asked', 'checked', 'opened', 'erased'] }).notNull(),
  name: text('name').notNull(),
  consentId: text('consent_id').notNull(),
});
