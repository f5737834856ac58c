import { sql } from 'drizzle-orm';
import { blob, check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { bills, customers, receipts } from './schema.ts';
import { gateways, messages } from './schema-reminders.ts';

// What comes back: replies and what was made of them, who may be written to, and money that somebody says he has paid.

export const suppressions = sqliteTable(
  'suppressions',
  {
    id: integer('id').primaryKey(),
    channel: text('channel').notNull(),
    address: text('address').notNull(),
    reason: text('reason').notNull(),
    detail: text('detail'),
    createdAt: integer('created_at').notNull(),
    removedAt: integer('removed_at'),
    removedReason: text('removed_reason'),
  },
  (t) => [
    uniqueIndex('suppressions_address')
      .on(t.channel, t.address)
      .where(sql`${t.removedAt} is null`),
  ],
);

/** Every word of a customer about being written to; the newest of a channel and purpose counts. */
export const consents = sqliteTable(
  'consents',
  {
    id: integer('id').primaryKey(),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id),
    channel: text('channel').notNull(),
    purpose: text('purpose').notNull(),
    isGranted: integer('is_granted', { mode: 'boolean' }).notNull(),
    how: text('how').notNull(),
    proof: text('proof'),
    day: text('day').notNull(),
    recordedAt: integer('recorded_at').notNull(),
  },
  (t) => [index('consents_customer').on(t.customerId, t.channel, t.purpose)],
);

export const reminderPauses = sqliteTable(
  'reminder_pauses',
  {
    id: integer('id').primaryKey(),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id),
    billId: integer('bill_id').references(() => bills.id),
    kind: text('kind', { enum: ['promise', 'dispute', 'plan', 'reply', 'person'] }).notNull(),
    /** Last day; null = until it is ended. */
    untilDay: text('until_day'),
    reason: text('reason').notNull(),
    replyId: integer('reply_id'),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (t) => [
    index('reminder_pauses_customer')
      .on(t.customerId)
      .where(sql`${t.endedAt} is null`),
    check('reminder_pauses_kind', sql`${t.kind} in ('promise', 'dispute', 'plan', 'reply', 'person')`),
  ],
);

export const replies = sqliteTable(
  'replies',
  {
    id: integer('id').primaryKey(),
    gatewayId: integer('gateway_id').references(() => gateways.id),
    /** The other side's own id; what comes twice is one row. */
    externalId: text('external_id').notNull(),
    customerId: integer('customer_id').references(() => customers.id),
    messageId: integer('message_id').references(() => messages.id),
    channel: text('channel').notNull(),
    kind: text('kind').notNull(),
    fromAddress: text('from_address').notNull(),
    subject: text('subject'),
    body: text('body').notNull(),
    mailId: text('mail_id'),
    receivedAt: integer('received_at').notNull(),
    createdAt: integer('created_at').notNull(),
    mark: text('mark'),
    markedAt: integer('marked_at'),
    markJson: text('mark_json'),
    /** An answer of ours, or a mark: it no longer blocks the next step. */
    answeredAt: integer('answered_at'),
  },
  (t) => [
    uniqueIndex('replies_external').on(t.gatewayId, t.externalId),
    index('replies_customer').on(t.customerId, t.receivedAt),
    index('replies_address').on(t.fromAddress, t.receivedAt),
    index('replies_open')
      .on(t.customerId)
      .where(sql`${t.answeredAt} is null and ${t.kind} = 'reply'`),
  ],
);

export const replyAttachments = sqliteTable(
  'reply_attachments',
  {
    id: integer('id').primaryKey(),
    replyId: integer('reply_id')
      .notNull()
      .references(() => replies.id),
    fileName: text('file_name').notNull(),
    mime: text('mime').notNull(),
    byteCount: integer('byte_count').notNull(),
    bytes: blob('bytes', { mode: 'buffer' }).notNull(),
  },
  (t) => [index('reply_attachments_reply').on(t.replyId)],
);

export const payLinks = sqliteTable(
  'pay_links',
  {
    id: integer('id').primaryKey(),
    gatewayId: integer('gateway_id')
      .notNull()
      .references(() => gateways.id),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id),
    reference: text('reference').notNull().unique(),
    externalId: text('external_id'),
    url: text('url'),
    billIdsJson: text('bill_ids_json').notNull(),
    partsJson: text('parts_json'),
    amountPaise: integer('amount_paise').notNull(),
    paidPaise: integer('paid_paise').notNull(),
    status: text('status').notNull(),
    createdAt: integer('created_at').notNull(),
    lookedAt: integer('looked_at'),
    nextLookAt: integer('next_look_at'),
  },
  (t) => [
    index('pay_links_customer').on(t.customerId),
    index('pay_links_next')
      .on(t.nextLookAt)
      .where(sql`${t.nextLookAt} is not null`),
  ],
);

/** Somebody says that money came: a person looks before it is a receipt. */
export const paymentClaims = sqliteTable(
  'payment_claims',
  {
    id: integer('id').primaryKey(),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id),
    source: text('source', { enum: ['reply', 'pay-link', 'key-press'] }).notNull(),
    /** A payment of a link, a reply: what comes twice is one claim. */
    sourceKey: text('source_key').notNull().unique(),
    replyId: integer('reply_id').references(() => replies.id),
    linkId: integer('link_id').references(() => payLinks.id),
    amountPaise: integer('amount_paise'),
    reference: text('reference'),
    state: text('state', { enum: ['to-confirm', 'confirmed', 'dismissed'] }).notNull(),
    receiptId: integer('receipt_id').references(() => receipts.id),
    createdAt: integer('created_at').notNull(),
    settledAt: integer('settled_at'),
  },
  (t) => [
    index('payment_claims_customer').on(t.customerId),
    check('payment_claims_state', sql`${t.state} in ('to-confirm', 'confirmed', 'dismissed')`),
    check('payment_claims_source', sql`${t.source} in ('reply', 'pay-link', 'key-press')`),
  ],
);
