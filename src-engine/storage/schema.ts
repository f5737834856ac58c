import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  sqliteTable,
  text,
  uniqueIndex,
  type AnySQLiteColumn,
} from 'drizzle-orm/sqlite-core';

// Amounts are whole minor units of the book's base currency (`_paise`); a foreign amount stands beside in its own
// minor unit (`foreign_minor`) with its currency and rate. Days are 'YYYY-MM-DD' text, instants UTC milliseconds.
// drizzle-kit writes no STRICT and no checks of added columns, and knows no trigram tables (customers_fts, bills_fts):
// whoever generates a migration adds these by hand (a test reads sqlite_schema).

const DAY = '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]';
const isDay = (column: AnySQLiteColumn) => sql`${column} glob ${sql.raw(`'${DAY}'`)}`;

/** A foreign amount is there whole (currency, amount, rate) or not at all. */
const foreignWhole = (t: {
  currency: AnySQLiteColumn;
  foreignMinor: AnySQLiteColumn;
  rateE6: AnySQLiteColumn;
}) =>
  sql`(${t.currency} is null) = (${t.foreignMinor} is null) and (${t.currency} is null) = (${t.rateE6} is null)`;

const foreign = () => ({
  currency: text('currency'),
  foreignMinor: integer('foreign_minor'),
  rateE6: integer('rate_e6'),
});

/** Where a row came from: the source ('manual', 'file', 'tally', 'demo'), its own key there, and the batch. */
const origin = () => ({
  source: text('source').notNull(),
  sourceKey: text('source_key').notNull(),
  importBatchId: integer('import_batch_id').references(() => importBatches.id),
});

const voiding = () => ({
  voidedAt: integer('voided_at'),
  voidReason: text('void_reason'),
});

/** One row: this file is one company's book. */
export const book = sqliteTable(
  'book',
  {
    id: integer('id').primaryKey(),
    bookKey: text('book_key').notNull(),
    name: text('name').notNull(),
    baseCurrency: text('base_currency').notNull(),
    timeZone: text('time_zone').notNull(),
    isDemo: integer('is_demo', { mode: 'boolean' }).notNull(),
    createdAt: integer('created_at').notNull(),
    openedAt: integer('opened_at').notNull(),
  },
  (t) => [
    check('book_one_row', sql`${t.id} = 1`),
    check('book_name', sql`length(trim(${t.name})) > 0`),
    check('book_currency', sql`length(${t.baseCurrency}) = 3`),
  ],
);

export const importBatches = sqliteTable(
  'import_batches',
  {
    id: integer('id').primaryKey(),
    fileName: text('file_name').notNull(),
    fileSha256: text('file_sha256').notNull(),
    layout: text('layout').notNull(),
    mapJson: text('map_json').notNull(),
    importedAt: integer('imported_at').notNull(),
    takenRowCount: integer('taken_row_count').notNull(),
    refusedRowCount: integer('refused_row_count').notNull(),
    leftOutRowCount: integer('left_out_row_count').notNull(),
    addedBillCount: integer('added_bill_count').notNull(),
    changedBillCount: integer('changed_bill_count').notNull(),
    billPaise: integer('bill_paise').notNull(),
    receiptPaise: integer('receipt_paise').notNull(),
    creditPaise: integer('credit_paise').notNull(),
    openPaise: integer('open_paise').notNull(),
    revertedAt: integer('reverted_at'),
  },
  (t) => [index('import_batches_imported_at').on(t.importedAt)],
);

/** Rows of a file that were refused or left out, with the reason; kept so that nothing is lost silently. */
export const importNotes = sqliteTable(
  'import_notes',
  {
    id: integer('id').primaryKey(),
    importBatchId: integer('import_batch_id')
      .notNull()
      .references(() => importBatches.id),
    row: integer('row').notNull(),
    outcome: text('outcome', { enum: ['refused', 'left-out'] }).notNull(),
    reasonJson: text('reason_json').notNull(),
    excerpt: text('excerpt').notNull(),
  },
  (t) => [
    index('import_notes_batch').on(t.importBatchId, t.row),
    check('import_notes_outcome', sql`${t.outcome} in ('refused', 'left-out')`),
  ],
);

export const customers = sqliteTable(
  'customers',
  {
    id: integer('id').primaryKey(),
    name: text('name').notNull(),
    /** The name without case, spacing and punctuation, for matching. */
    nameKey: text('name_key').notNull(),
    code: text('code'),
    phone: text('phone'),
    email: text('email'),
    gstin: text('gstin'),
    pan: text('pan'),
    address: text('address'),
    groupPath: text('group_path'),
    salesperson: text('salesperson'),
    territory: text('territory'),
    language: text('language'),
    creditDays: integer('credit_days'),
    creditLimitPaise: integer('credit_limit_paise'),
    doNotChaseReason: text('do_not_chase_reason'),
    createdAt: integer('created_at').notNull(),
    ...origin(),
    /** Whoever pays for this customer: a head office, an owner of several ledgers. */
    parentId: integer('parent_id').references((): AnySQLiteColumn => customers.id),
    /** Credit insurance beside the limit of our own. */
    insuredLimitPaise: integer('insured_limit_paise'),
    /** What a bill entered by hand meets that breaks the limit; null = warn. */
    onLimit: text('on_limit', { enum: ['warn', 'block'] }),
  },
  (t) => [
    uniqueIndex('customers_source_key').on(t.source, t.sourceKey),
    index('customers_name_key').on(t.nameKey),
    index('customers_parent').on(t.parentId),
    check('customers_name', sql`length(trim(${t.name})) > 0`),
    check('customers_credit_days', sql`${t.creditDays} is null or ${t.creditDays} between 0 and 3650`),
    check('customers_credit_limit', sql`${t.creditLimitPaise} is null or ${t.creditLimitPaise} >= 0`),
  ],
);

export const bills = sqliteTable(
  'bills',
  {
    id: integer('id').primaryKey(),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id),
    kind: text('kind', { enum: ['invoice', 'debit-note', 'opening-bill', 'interest', 'charge'] }).notNull(),
    number: text('number'),
    billDay: text('bill_day').notNull(),
    /** The last due day; a bill in instalments has one row per instalment in `instalments`. */
    dueDay: text('due_day').notNull(),
    amountPaise: integer('amount_paise').notNull(),
    ...foreign(),
    salesperson: text('salesperson'),
    narration: text('narration'),
    doNotChaseReason: text('do_not_chase_reason'),
    createdAt: integer('created_at').notNull(),
    ...origin(),
    ...voiding(),
  },
  (t) => [
    uniqueIndex('bills_source_key').on(t.source, t.sourceKey),
    index('bills_customer').on(t.customerId, t.dueDay),
    index('bills_number').on(t.number),
    index('bills_batch')
      .on(t.importBatchId)
      .where(sql`${t.importBatchId} is not null`),
    check('bills_kind', sql`${t.kind} in ('invoice', 'debit-note', 'opening-bill', 'interest', 'charge')`),
    check('bills_amount', sql`${t.amountPaise} > 0`),
    check('bills_days', sql`${isDay(t.billDay)} and ${isDay(t.dueDay)}`),
    check('bills_foreign', foreignWhole(t)),
  ],
);

/** Only for bills in two or more instalments; their amounts add up to the bill's (asserted by the writer). */
export const instalments = sqliteTable(
  'instalments',
  {
    id: integer('id').primaryKey(),
    billId: integer('bill_id')
      .notNull()
      .references(() => bills.id),
    position: integer('position').notNull(),
    dueDay: text('due_day').notNull(),
    amountPaise: integer('amount_paise').notNull(),
    foreignMinor: integer('foreign_minor'),
  },
  (t) => [
    uniqueIndex('instalments_position').on(t.billId, t.position),
    check('instalments_amount', sql`${t.amountPaise} > 0 and ${t.position} > 0`),
    check('instalments_due', isDay(t.dueDay)),
  ],
);

export const receipts = sqliteTable(
  'receipts',
  {
    id: integer('id').primaryKey(),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id),
    number: text('number'),
    receiptDay: text('receipt_day').notNull(),
    /** A post-dated cheque's own day; it counts from effective_day on, never before. */
    chequeDay: text('cheque_day'),
    effectiveDay: text('effective_day')
      .notNull()
      .generatedAlwaysAs(sql`(max(receipt_day, coalesce(cheque_day, receipt_day)))`, { mode: 'stored' }),
    amountPaise: integer('amount_paise').notNull(),
    ...foreign(),
    mode: text('mode'),
    reference: text('reference'),
    narration: text('narration'),
    createdAt: integer('created_at').notNull(),
    ...origin(),
    ...voiding(),
  },
  (t) => [
    uniqueIndex('receipts_source_key').on(t.source, t.sourceKey),
    index('receipts_customer').on(t.customerId, t.receiptDay),
    index('receipts_batch')
      .on(t.importBatchId)
      .where(sql`${t.importBatchId} is not null`),
    check('receipts_amount', sql`${t.amountPaise} > 0`),
    check('receipts_days', sql`${isDay(t.receiptDay)} and (${t.chequeDay} is null or ${isDay(t.chequeDay)})`),
    check('receipts_foreign', foreignWhole(t)),
  ],
);

export const credits = sqliteTable(
  'credits',
  {
    id: integer('id').primaryKey(),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id),
    kind: text('kind', { enum: ['credit-note', 'advance', 'on-account'] }).notNull(),
    number: text('number'),
    creditDay: text('credit_day').notNull(),
    amountPaise: integer('amount_paise').notNull(),
    ...foreign(),
    narration: text('narration'),
    createdAt: integer('created_at').notNull(),
    ...origin(),
    ...voiding(),
  },
  (t) => [
    uniqueIndex('credits_source_key').on(t.source, t.sourceKey),
    index('credits_customer').on(t.customerId, t.creditDay),
    index('credits_batch')
      .on(t.importBatchId)
      .where(sql`${t.importBatchId} is not null`),
    check('credits_kind', sql`${t.kind} in ('credit-note', 'advance', 'on-account')`),
    check('credits_amount', sql`${t.amountPaise} > 0`),
    check('credits_day', isDay(t.creditDay)),
    check('credits_foreign', foreignWhole(t)),
  ],
);

/**
 * Money applied to a bill, with a day of its own. Never edited: an undo is a further row that bears `reverses_id`
 * and the negative amount.
 */
export const allocations = sqliteTable(
  'allocations',
  {
    id: integer('id').primaryKey(),
    billId: integer('bill_id')
      .notNull()
      .references(() => bills.id),
    /** Null = the bill's instalments are filled oldest due day first. */
    instalmentId: integer('instalment_id').references(() => instalments.id),
    receiptId: integer('receipt_id').references(() => receipts.id),
    creditId: integer('credit_id').references(() => credits.id),
    allocationDay: text('allocation_day').notNull(),
    amountPaise: integer('amount_paise').notNull(),
    foreignMinor: integer('foreign_minor'),
    reversesId: integer('reverses_id').references((): AnySQLiteColumn => allocations.id),
    createdAt: integer('created_at').notNull(),
    ...origin(),
  },
  (t) => [
    uniqueIndex('allocations_source_key').on(t.source, t.sourceKey),
    uniqueIndex('allocations_reverses')
      .on(t.reversesId)
      .where(sql`${t.reversesId} is not null`),
    index('allocations_bill').on(t.billId, t.allocationDay),
    index('allocations_receipt')
      .on(t.receiptId)
      .where(sql`${t.receiptId} is not null`),
    index('allocations_credit')
      .on(t.creditId)
      .where(sql`${t.creditId} is not null`),
    index('allocations_batch')
      .on(t.importBatchId)
      .where(sql`${t.importBatchId} is not null`),
    check('allocations_one_side', sql`(${t.receiptId} is null) <> (${t.creditId} is null)`),
    check(
      'allocations_sign',
      sql`(${t.reversesId} is null and ${t.amountPaise} > 0) or (${t.reversesId} is not null and ${t.amountPaise} < 0)`,
    ),
    check('allocations_day', isDay(t.allocationDay)),
  ],
);
