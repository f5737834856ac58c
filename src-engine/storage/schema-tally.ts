import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { customers } from './schema.ts';

// What Tally says, kept as it says it; the documents of schema.ts are derived from it (source 'tally'). Amounts are
// paise with debit positive. Kept narrow: a book may hold a million vouchers.

/** One row: the company this book is tied to, how, and how far it was read. */
export const tallyConnection = sqliteTable(
  'tally_connection',
  {
    id: integer('id').primaryKey(),
    /** 'live' or 'files'. */
    origin: text('origin', { enum: ['live', 'files'] }).notNull(),
    host: text('host').notNull(),
    port: integer('port').notNull(),
    product: text('product').notNull(),
    companyGuid: text('company_guid').notNull(),
    companyNumber: text('company_number'),
    companyName: text('company_name').notNull(),
    booksFrom: text('books_from'),
    isEducational: integer('is_educational', { mode: 'boolean' }).notNull(),
    isConnected: integer('is_connected', { mode: 'boolean' }).notNull(),
    optionsJson: text('options_json').notNull(),
    isPaused: integer('is_paused', { mode: 'boolean' }).notNull(),
    /** Counters up to which masters, and vouchers from history_from on, are in the book. */
    masterCounter: integer('master_counter'),
    voucherCounter: integer('voucher_counter'),
    voucherShape: text('voucher_shape', { enum: ['every-field', 'allocations'] }),
    /** The day of the bills reports, and when they were read. */
    asOfDay: text('as_of_day'),
    syncedAt: integer('synced_at'),
    inStepAt: integer('in_step_at'),
    /** All vouchers from this day on are here; null = none yet. */
    historyFrom: text('history_from'),
    /** Whether documents have been derived with the history that is here. */
    isHistoryShown: integer('is_history_shown', { mode: 'boolean' }).notNull(),
    failureJson: text('failure_json'),
  },
  (t) => [
    check('tally_connection_one_row', sql`${t.id} = 1`),
    check('tally_connection_origin', sql`${t.origin} in ('live', 'files')`),
    check('tally_connection_port', sql`${t.port} between 0 and 65535`),
  ],
);

export const tallyGroups = sqliteTable('tally_groups', {
  guid: text('guid').primaryKey(),
  alterId: integer('alter_id').notNull(),
  name: text('name').notNull(),
  parent: text('parent'),
  reservedName: text('reserved_name'),
});

/** Every ledger that is, or was, a customer here, and every other bill-wise one. */
export const tallyLedgers = sqliteTable(
  'tally_ledgers',
  {
    id: integer('id').primaryKey(),
    guid: text('guid').notNull().unique(),
    masterId: integer('master_id').notNull(),
    alterId: integer('alter_id').notNull(),
    name: text('name').notNull(),
    /** As Tally compares names: no case, no spaces, no hyphens. */
    nameKey: text('name_key').notNull(),
    parent: text('parent'),
    isBillWise: integer('is_bill_wise', { mode: 'boolean' }).notNull(),
    creditPeriod: text('credit_period'),
    openingPaise: integer('opening_paise'),
    /** As of the connection's as_of_day. */
    closingPaise: integer('closing_paise').notNull(),
    /** In the scope the user chose. */
    isCustomer: integer('is_customer', { mode: 'boolean' }).notNull(),
    customerId: integer('customer_id').references(() => customers.id),
    goneAt: integer('gone_at'),
  },
  (t) => [index('tally_ledgers_name_key').on(t.nameKey), index('tally_ledgers_customer').on(t.customerId)],
);

/** Tally's two bills reports as of the connection's as_of_day: replaced whole at every sync. */
export const tallyOpenBills = sqliteTable(
  'tally_open_bills',
  {
    ledgerId: integer('ledger_id').notNull(),
    ref: text('ref').notNull(),
    billDay: text('bill_day').notNull(),
    dueDay: text('due_day').notNull(),
    balancePaise: integer('balance_paise').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ledgerId, t.ref, t.billDay] }),
    check('tally_open_bills_balance', sql`${t.balancePaise} <> 0`),
  ],
);

/** Bills of before the books began. */
export const tallyOpeningBills = sqliteTable(
  'tally_opening_bills',
  {
    ledgerId: integer('ledger_id').notNull(),
    position: integer('position').notNull(),
    ref: text('ref').notNull(),
    billDay: text('bill_day'),
    dueDay: text('due_day'),
    amountPaise: integer('amount_paise').notNull(),
  },
  (t) => [primaryKey({ columns: [t.ledgerId, t.position] })],
);

export const tallyVouchers = sqliteTable(
  'tally_vouchers',
  {
    /** The number that ends the GUID of the company's own voucher: in order of entry. Others are from 2^32 on. */
    id: integer('id').primaryKey(),
    /** Only where it is not the company's GUID and the id in eight hex digits. */
    guid: text('guid'),
    alterId: integer('alter_id').notNull(),
    day: text('day').notNull(),
    kind: text('kind').notNull(),
    typeName: text('type_name').notNull(),
    number: text('number'),
    narration: text('narration'),
    /** 0 counts; 1 cancelled; 2 optional. */
    state: integer('state').notNull(),
    isPostDated: integer('is_post_dated', { mode: 'boolean' }).notNull(),
  },
  (t) => [
    index('tally_vouchers_guid')
      .on(t.guid)
      .where(sql`${t.guid} is not null`),
    index('tally_vouchers_day').on(t.day),
  ],
);

/** What vouchers do to the ledgers of tally_ledgers: one row for each allocation, one for the rest of a line. */
export const tallyLines = sqliteTable(
  'tally_lines',
  {
    /** The voucher's id times 65,536, and the place among its rows: so a voucher's rows stand together. */
    id: integer('id').primaryKey(),
    ledgerId: integer('ledger_id').notNull(),
    line: integer('line').notNull(),
    /** Null on account. */
    ref: text('ref'),
    type: text('type', { enum: ['new', 'against', 'advance', 'on-account'] }).notNull(),
    billDay: text('bill_day'),
    dueDay: text('due_day'),
    amountPaise: integer('amount_paise').notNull(),
  },
  (t) => [index('tally_lines_ledger').on(t.ledgerId)],
);

/** The plan of the first reading of the history, newest first; rows that are read stay for the record. */
export const tallyWindows = sqliteTable('tally_windows', {
  position: integer('position').primaryKey(),
  fromDay: text('from_day').notNull(),
  toDay: text('to_day').notNull(),
  expectedCount: integer('expected_count').notNull(),
  readAt: integer('read_at'),
  voucherCount: integer('voucher_count'),
  milliseconds: integer('milliseconds'),
});

export const syncRuns = sqliteTable(
  'sync_runs',
  {
    id: integer('id').primaryKey(),
    kind: text('kind').notNull(),
    startedAt: integer('started_at').notNull(),
    endedAt: integer('ended_at'),
    outcome: text('outcome', { enum: ['done', 'nothing-new', 'failed', 'stopped'] }),
    failureJson: text('failure_json'),
    requestCount: integer('request_count').notNull(),
    tallyMilliseconds: integer('tally_milliseconds').notNull(),
    byteCount: integer('byte_count').notNull(),
    ledgerCount: integer('ledger_count').notNull(),
    billCount: integer('bill_count').notNull(),
    voucherCount: integer('voucher_count').notNull(),
    addedCount: integer('added_count').notNull(),
    changedCount: integer('changed_count').notNull(),
    goneCount: integer('gone_count').notNull(),
    differencePaise: integer('difference_paise'),
  },
  (t) => [index('sync_runs_started_at').on(t.startedAt)],
);

/** The parties of the last tie-out that differ, so that nobody reminds them; whoever is not here ties out. */
export const tallyDifferences = sqliteTable('tally_differences', {
  ledgerId: integer('ledger_id').primaryKey(),
  differencePaise: integer('difference_paise').notNull(),
  billCount: integer('bill_count').notNull(),
  causesJson: text('causes_json').notNull(),
});

export const contactOffers = sqliteTable(
  'contact_offers',
  {
    id: integer('id').primaryKey(),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id),
    field: text('field', { enum: ['phone', 'email'] }).notNull(),
    value: text('value').notNull(),
    offeredAt: integer('offered_at').notNull(),
    answeredAt: integer('answered_at'),
    isTaken: integer('is_taken', { mode: 'boolean' }),
  },
  (t) => [
    index('contact_offers_customer').on(t.customerId, t.field),
    check('contact_offers_field', sql`${t.field} in ('phone', 'email')`),
  ],
);
