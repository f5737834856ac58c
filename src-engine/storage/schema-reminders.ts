import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { bills, customers } from './schema.ts';

// Rules of reminding, and what left because of them. A message is never edited away: attempts and events are added.

/** A cadence as the user wrote it; its steps are one JSON text that the contract's shape knows. */
export const cadences = sqliteTable(
  'cadences',
  {
    id: integer('id').primaryKey(),
    name: text('name').notNull(),
    isOn: integer('is_on', { mode: 'boolean' }).notNull(),
    activeFrom: text('active_from').notNull(),
    stepsJson: text('steps_json').notNull(),
    minimumPaise: integer('minimum_paise').notNull(),
    gapDays: integer('gap_days').notNull(),
    graceDays: integer('grace_days').notNull(),
    mostPerBill: integer('most_per_bill'),
    stopAfterDays: integer('stop_after_days'),
    isAutomatic: integer('is_automatic', { mode: 'boolean' }).notNull(),
    createdAt: integer('created_at').notNull(),
    removedAt: integer('removed_at'),
  },
  (t) => [check('cadences_name', sql`length(trim(${t.name})) > 0`)],
);

export const cadenceAssignments = sqliteTable(
  'cadence_assignments',
  {
    id: integer('id').primaryKey(),
    scope: text('scope', { enum: ['company', 'tag', 'customer', 'bill'] }).notNull(),
    scopeKey: text('scope_key').notNull(),
    /** Null: nobody is reminded there. */
    cadenceId: integer('cadence_id').references(() => cadences.id),
    activeFrom: text('active_from').notNull(),
    createdAt: integer('created_at').notNull(),
    removedAt: integer('removed_at'),
  },
  (t) => [
    uniqueIndex('cadence_assignments_scope')
      .on(t.scope, t.scopeKey)
      .where(sql`${t.removedAt} is null`),
    check('cadence_assignments_scope_known', sql`${t.scope} in ('company', 'tag', 'customer', 'bill')`),
  ],
);

export const messageTemplates = sqliteTable(
  'message_templates',
  {
    id: integer('id').primaryKey(),
    key: text('key').notNull(),
    purpose: text('purpose').notNull(),
    channel: text('channel').notNull(),
    language: text('language').notNull(),
    tone: text('tone').notNull(),
    name: text('name').notNull(),
    subject: text('subject'),
    body: text('body').notNull(),
    dltJson: text('dlt_json'),
    vendorTemplateId: text('vendor_template_id'),
    whatsappJson: text('whatsapp_json'),
    isPaused: integer('is_paused', { mode: 'boolean' }).notNull(),
    isStarter: integer('is_starter', { mode: 'boolean' }).notNull(),
    version: integer('version').notNull(),
    changedAt: integer('changed_at').notNull(),
    removedAt: integer('removed_at'),
  },
  (t) => [
    uniqueIndex('message_templates_key')
      .on(t.key, t.channel, t.language)
      .where(sql`${t.removedAt} is null`),
  ],
);

/** The user's own accounts at gateways. No secret stands here: they are in the vault under `vault_name`. */
export const gateways = sqliteTable('gateways', {
  id: integer('id').primaryKey(),
  kind: text('kind').notNull(),
  channel: text('channel').notNull(),
  name: text('name').notNull(),
  fieldsJson: text('fields_json').notNull(),
  vaultName: text('vault_name').notNull().unique(),
  isOn: integer('is_on', { mode: 'boolean' }).notNull(),
  place: integer('place').notNull(),
  perMinute: integer('per_minute').notNull(),
  perDay: integer('per_day'),
  pricePerPartMicros: integer('price_per_part_micros'),
  gstBps: integer('gst_bps').notNull(),
  pausedAt: integer('paused_at'),
  pausedJson: text('paused_json'),
  testedAt: integer('tested_at'),
  testJson: text('test_json'),
  reachedOwnerAt: integer('reached_owner_at'),
  /** Where the last pull of replies ended. */
  inboundCursor: text('inbound_cursor'),
  pulledAt: integer('pulled_at'),
  balance: text('balance'),
  createdAt: integer('created_at').notNull(),
  removedAt: integer('removed_at'),
});

/** Tokens left of a gateway's rate; kept, so that a restart does not begin with a full bucket. */
export const rateBuckets = sqliteTable('rate_buckets', {
  gatewayId: integer('gateway_id')
    .primaryKey()
    .references(() => gateways.id),
  tokensE3: integer('tokens_e3').notNull(),
  filledAt: integer('filled_at').notNull(),
  day: text('day').notNull(),
  dayCount: integer('day_count').notNull(),
  /** No request before this instant (Retry-After, an open circuit). */
  closedUntil: integer('closed_until'),
  failuresInRow: integer('failures_in_row').notNull(),
});

/** The same of a mail gateway towards each domain of recipients, so that a big one is not flooded. */
export const domainRates = sqliteTable(
  'domain_rates',
  {
    gatewayId: integer('gateway_id')
      .notNull()
      .references(() => gateways.id),
    /** Lower case, what stands behind the @. */
    domain: text('domain').notNull(),
    tokensE3: integer('tokens_e3').notNull(),
    filledAt: integer('filled_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.gatewayId, t.domain] })],
);

/** One row: which process may send. `until` is moved on while it lives. */
export const outboxLease = sqliteTable(
  'outbox_lease',
  {
    id: integer('id').primaryKey(),
    owner: text('owner').notNull(),
    ownerName: text('owner_name').notNull(),
    until: integer('until').notNull(),
    /** The machine and folder this book sends from: a copy of it elsewhere holds everything until a person says so. */
    home: text('home').notNull(),
  },
  (t) => [check('outbox_lease_one_row', sql`${t.id} = 1`)],
);

export const reminderRuns = sqliteTable(
  'reminder_runs',
  {
    id: integer('id').primaryKey(),
    kind: text('kind', {
      enum: ['round', 'approved', 'single', 'thanks', 'notice', 'test', 'reply'],
    }).notNull(),
    runDay: text('run_day').notNull(),
    /** 'approving': not all of its messages are in the outbox yet, and none of them may leave. */
    state: text('state', { enum: ['approving', 'open', 'undone', 'done'] }).notNull(),
    /** What the user looked at when he approved. */
    rowsHash: text('rows_hash'),
    approvedAt: integer('approved_at'),
    /** Until then an approval can be taken back and nothing leaves. */
    undoUntil: integer('undo_until'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    index('reminder_runs_day').on(t.runDay),
    check(
      'reminder_runs_kind',
      sql`${t.kind} in ('round', 'approved', 'single', 'thanks', 'notice', 'test', 'reply')`,
    ),
    check('reminder_runs_state', sql`${t.state} in ('approving', 'open', 'undone', 'done')`),
  ],
);

export const messages = sqliteTable(
  'messages',
  {
    id: integer('id').primaryKey(),
    /** Ours, stable over retries; what gateways are told. */
    uid: text('uid').notNull().unique(),
    runId: integer('run_id')
      .notNull()
      .references(() => reminderRuns.id),
    customerId: integer('customer_id').references(() => customers.id),
    purpose: text('purpose').notNull(),
    channel: text('channel').notNull(),
    gatewayId: integer('gateway_id').references(() => gateways.id),
    templateId: integer('template_id').references(() => messageTemplates.id),
    templateVersion: integer('template_version'),
    cadenceId: integer('cadence_id').references(() => cadences.id),
    stepId: text('step_id'),
    stepNumber: integer('step_number'),
    isAutomatic: integer('is_automatic', { mode: 'boolean' }).notNull(),
    address: text('address').notNull(),
    toName: text('to_name').notNull(),
    language: text('language').notNull(),
    subject: text('subject'),
    body: text('body').notNull(),
    valuesJson: text('values_json').notNull(),
    /** A person wrote or changed this text. */
    isEdited: integer('is_edited', { mode: 'boolean' }).notNull(),
    attaches: text('attaches'),
    balancePaise: integer('balance_paise').notNull(),
    overduePaise: integer('overdue_paise').notNull(),
    creditPaise: integer('credit_paise').notNull(),
    parts: integer('parts'),
    estimateMicros: integer('estimate_micros'),
    costMicros: integer('cost_micros'),
    /** sha256 of customer, channel, stage, bills and day: what makes two messages the same one. */
    dedupeKey: text('dedupe_key').notNull(),
    /** The company's day it was for. */
    forDay: text('for_day').notNull(),
    notBefore: integer('not_before').notNull(),
    expiresAt: integer('expires_at').notNull(),
    state: text('state').notNull(),
    reason: text('reason'),
    reasonJson: text('reason_json'),
    whyJson: text('why_json'),
    claimedBy: text('claimed_by'),
    claimedUntil: integer('claimed_until'),
    /** When the next thing is to be done with it: try again, ask for news; null = nothing. */
    nextAt: integer('next_at'),
    pollCount: integer('poll_count').notNull().default(0),
    attemptCount: integer('attempt_count').notNull().default(0),
    providerId: text('provider_id'),
    /** Email: our Message-ID, minted before the first attempt, and the thread it stands in. */
    mailId: text('mail_id'),
    mailParent: text('mail_parent'),
    mailRoot: text('mail_root'),
    postalNumber: text('postal_number'),
    outcome: text('outcome'),
    createdAt: integer('created_at').notNull(),
    sentAt: integer('sent_at'),
    changedAt: integer('changed_at').notNull(),
  },
  (t) => [
    // A message that ended without leaving does not stand in the way of another for the same thing.
    uniqueIndex('messages_dedupe')
      .on(t.dedupeKey)
      .where(
        sql`${t.state} not in ('declined', 'cancelled', 'skipped', 'not-sent', 'rejected', 'user-cancelled')`,
      ),
    index('messages_state').on(t.state, t.notBefore),
    index('messages_next')
      .on(t.nextAt)
      .where(sql`${t.nextAt} is not null`),
    index('messages_customer').on(t.customerId, t.createdAt),
    index('messages_run').on(t.runId),
    index('messages_for_day').on(t.forDay),
    index('messages_provider')
      .on(t.gatewayId, t.providerId)
      .where(sql`${t.providerId} is not null`),
    index('messages_mail')
      .on(t.mailId)
      .where(sql`${t.mailId} is not null`),
    index('messages_address').on(t.address, t.channel),
  ],
);

/** The bills of a message, frozen as they were when it was made. */
export const messageBills = sqliteTable(
  'message_bills',
  {
    id: integer('id').primaryKey(),
    messageId: integer('message_id')
      .notNull()
      .references(() => messages.id),
    billId: integer('bill_id')
      .notNull()
      .references(() => bills.id),
    number: text('number'),
    billDay: text('bill_day').notNull(),
    dueDay: text('due_day').notNull(),
    openPaise: integer('open_paise').notNull(),
    currency: text('currency'),
    foreignMinor: integer('foreign_minor'),
  },
  (t) => [index('message_bills_message').on(t.messageId), index('message_bills_bill').on(t.billId)],
);

export const attempts = sqliteTable(
  'attempts',
  {
    id: integer('id').primaryKey(),
    messageId: integer('message_id')
      .notNull()
      .references(() => messages.id),
    number: integer('number').notNull(),
    gatewayId: integer('gateway_id').references(() => gateways.id),
    /** 'prepared': nothing can have left. 'request-may-have-left' is committed before the first byte. */
    phase: text('phase', { enum: ['prepared', 'request-may-have-left', 'done'] }).notNull(),
    requestHash: text('request_hash').notNull(),
    startedAt: integer('started_at').notNull(),
    endedAt: integer('ended_at'),
    errorClass: text('error_class'),
    code: text('code'),
    detail: text('detail'),
  },
  (t) => [
    uniqueIndex('attempts_number').on(t.messageId, t.number),
    index('attempts_phase')
      .on(t.phase)
      .where(sql`${t.phase} <> 'done'`),
    check('attempts_phase_known', sql`${t.phase} in ('prepared', 'request-may-have-left', 'done')`),
  ],
);

/** Append-only. `event_key` makes news that come twice one row. */
export const messageEvents = sqliteTable(
  'message_events',
  {
    id: integer('id').primaryKey(),
    messageId: integer('message_id')
      .notNull()
      .references(() => messages.id),
    at: integer('at').notNull(),
    kind: text('kind').notNull(),
    detail: text('detail'),
    valuesJson: text('values_json'),
    eventKey: text('event_key'),
  },
  (t) => [
    index('message_events_message').on(t.messageId, t.at),
    uniqueIndex('message_events_key')
      .on(t.eventKey)
      .where(sql`${t.eventKey} is not null`),
  ],
);

/** A row of a day's plan that a person changed or put away before it was approved. */
export const planEdits = sqliteTable(
  'plan_edits',
  {
    id: integer('id').primaryKey(),
    rowKey: text('row_key').notNull().unique(),
    forDay: text('for_day').notNull(),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id),
    subject: text('subject'),
    body: text('body'),
    declinedReason: text('declined_reason'),
    changedAt: integer('changed_at').notNull(),
  },
  (t) => [index('plan_edits_day').on(t.forDay)],
);
