import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { bills, customers, importBatches } from './schema.ts';

// What people add to the facts of schema.ts: contacts, tags, notes, corrections, and how a book is looked at.

/** People of a customer. The number and address that an import brought stand on the customer himself. */
export const contacts = sqliteTable(
  'contacts',
  {
    id: integer('id').primaryKey(),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id),
    role: text('role', { enum: ['owner', 'accounts', 'purchase', 'other'] }).notNull(),
    name: text('name').notNull(),
    phone: text('phone'),
    email: text('email'),
    createdAt: integer('created_at').notNull(),
    removedAt: integer('removed_at'),
  },
  (t) => [
    index('contacts_customer').on(t.customerId),
    check('contacts_role', sql`${t.role} in ('owner', 'accounts', 'purchase', 'other')`),
    check(
      'contacts_something',
      sql`length(trim(${t.name})) > 0 or ${t.phone} is not null or ${t.email} is not null`,
    ),
  ],
);

export const customerTags = sqliteTable(
  'customer_tags',
  {
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id),
    tag: text('tag').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.customerId, t.tag] }),
    index('customer_tags_tag').on(t.tag),
    check('customer_tags_tag', sql`length(trim(${t.tag})) > 0`),
  ],
);

/** Other names under which files have brought a customer: "the same customer", as the user once said. */
export const customerAliases = sqliteTable(
  'customer_aliases',
  {
    nameKey: text('name_key').primaryKey(),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [index('customer_aliases_customer').on(t.customerId)],
);

export const notes = sqliteTable(
  'notes',
  {
    id: integer('id').primaryKey(),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id),
    billId: integer('bill_id').references(() => bills.id),
    text: text('text').notNull(),
    createdAt: integer('created_at').notNull(),
    removedAt: integer('removed_at'),
  },
  (t) => [
    index('notes_customer').on(t.customerId, t.createdAt),
    check('notes_text', sql`length(trim(${t.text})) > 0`),
  ],
);

/** What was changed by hand or by a later import, with the old value kept. One row for each field. */
export const edits = sqliteTable(
  'edits',
  {
    id: integer('id').primaryKey(),
    noun: text('noun', { enum: ['customer', 'contact', 'bill', 'receipt', 'credit'] }).notNull(),
    rowId: integer('row_id').notNull(),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id),
    field: text('field').notNull(),
    before: text('before'),
    after: text('after'),
    editedAt: integer('edited_at').notNull(),
    importBatchId: integer('import_batch_id').references(() => importBatches.id),
    /** Said by Tally and not by a person: a later word of Tally's may replace it. */
    byTally: integer('by_tally', { mode: 'boolean' }).notNull().default(false),
  },
  (t) => [
    index('edits_customer').on(t.customerId, t.editedAt),
    index('edits_row').on(t.noun, t.rowId),
    index('edits_batch').on(t.importBatchId),
    check('edits_noun', sql`${t.noun} in ('customer', 'contact', 'bill', 'receipt', 'credit')`),
  ],
);

/** How this book is looked at: buckets, grace, saved views. A key of ours, a value that its schema knows. */
export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  valueJson: text('value_json').notNull(),
});

/** How the user mapped a list with these headings the last time. */
export const importMaps = sqliteTable('import_maps', {
  fingerprint: text('fingerprint').primaryKey(),
  mapJson: text('map_json').notNull(),
  savedAt: integer('saved_at').notNull(),
});
