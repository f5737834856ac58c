import { asc, eq } from 'drizzle-orm';
import type { Day } from '#domain/days.ts';
import { nameKeyOf } from '#domain/imports/names.ts';
import type { Paise } from '#domain/money.ts';
import { tidyPhone } from '#domain/phone.ts';
import type { ReadTx, WriteTx } from './database.ts';
import { customers } from './schema.ts';
import { oncePrepared } from './statements.ts';

export type NewCustomer = typeof customers.$inferInsert;

export type CustomerFacts = {
  readonly customerId: number;
  readonly name: string;
  readonly code: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly gstin: string | null;
  readonly pan: string | null;
  readonly address: string | null;
  readonly groupPath: string | null;
  readonly salesperson: string | null;
  readonly territory: string | null;
  readonly language: string | null;
  readonly creditDays: number | null;
  readonly creditLimitPaise: Paise | null;
  readonly insuredLimitPaise: Paise | null;
  readonly onLimit: 'warn' | 'block' | null;
  readonly parentId: number | null;
  readonly doNotChaseReason: string | null;
};

const FACTS = `id as customerId, name, code, phone, email, gstin, pan, address, group_path as groupPath, salesperson,
  territory, language, credit_days as creditDays, credit_limit_paise as creditLimitPaise,
  insured_limit_paise as insuredLimitPaise, on_limit as onLimit, parent_id as parentId,
  do_not_chase_reason as doNotChaseReason`;

/** Every customer, by name. */
export function everyCustomer(tx: ReadTx): readonly CustomerFacts[] {
  return tx.sqlite.prepare<[], CustomerFacts>(`select ${FACTS} from customers order by name_key, id`).all();
}

/** The days on which each customer's receipts count, ascending; of whoever has no receipt there is nothing. */
export function receiptDays(tx: ReadTx): ReadonlyMap<number, readonly Day[]> {
  const rows = tx.sqlite
    .prepare<[], [number, Day]>(
      `select distinct customer_id, effective_day from receipts
        where voided_at is null order by customer_id, effective_day`,
    )
    .raw()
    .iterate();
  const found = new Map<number, Day[]>();
  // A book has few days and many receipts: each day is held once.
  const known = new Map<Day, Day>();
  for (const [customerId, read] of rows) {
    const day = known.get(read) ?? read;
    known.set(day, day);
    const days = found.get(customerId);
    if (days) days.push(day);
    else found.set(customerId, [day]);
  }
  return found;
}

const one = oncePrepared((sqlite) =>
  sqlite.prepare<[number], CustomerFacts>(`select ${FACTS} from customers where id = ?`),
);

export function customerById(tx: ReadTx, customerId: number): CustomerFacts | undefined {
  return one(tx).get(customerId);
}

export function insertCustomer(tx: WriteTx, facts: NewCustomer): number {
  return tx.orm.insert(customers).values(facts).returning({ id: customers.id }).get().id;
}

/** Names by id, for rows that only bear the id. */
export function customerNames(
  tx: ReadTx,
): ReadonlyMap<number, { readonly name: string; readonly code: string | null }> {
  const rows = tx.orm
    .select({ id: customers.id, name: customers.name, code: customers.code })
    .from(customers)
    .orderBy(asc(customers.id))
    .all();
  return new Map(rows.map((row) => [row.id, { name: row.name, code: row.code }]));
}

export function updateCustomer(tx: WriteTx, customerId: number, facts: Partial<NewCustomer>): void {
  tx.orm.update(customers).set(facts).where(eq(customers.id, customerId)).run();
}

export type KnownCustomerRow = CustomerFacts & {
  readonly nameKey: string;
  readonly source: string;
  readonly sourceKey: string;
};

/** Every customer as an import needs to know him. */
export function knownCustomers(tx: ReadTx): readonly KnownCustomerRow[] {
  return tx.sqlite
    .prepare<[], KnownCustomerRow>(
      `select ${FACTS}, name_key as nameKey, source, source_key as sourceKey from customers order by id`,
    )
    .all();
}

/** Another customer who bears the code already, in any case; a code is what a person knows a customer by. */
export function customerOfCode(
  tx: ReadTx,
  wish: { readonly code: string; readonly exceptId: number | null },
): Pick<CustomerFacts, 'customerId' | 'name'> | undefined {
  return tx.sqlite
    .prepare<typeof wish, Pick<CustomerFacts, 'customerId' | 'name'>>(
      `select id as customerId, name from customers
        where code = @code collate nocase and id is not @exceptId order by id limit 1`,
    )
    .get(wish);
}

/** Another customer of the same name key. */
export function namesakeOf(
  tx: ReadTx,
  wish: { readonly nameKey: string; readonly exceptId: number | null },
): Pick<CustomerFacts, 'customerId' | 'name'> | undefined {
  return tx.sqlite
    .prepare<typeof wish, Pick<CustomerFacts, 'customerId' | 'name'>>(
      `select id as customerId, name from customers
        where name_key = @nameKey and id is not @exceptId order by id limit 1`,
    )
    .get(wish);
}

/** Salespersons, territories and account groups that the book knows, by name. */
export function customerWords(tx: ReadTx): {
  readonly salespersons: readonly string[];
  readonly territories: readonly string[];
  readonly groups: readonly string[];
} {
  const of = (column: 'salesperson' | 'territory' | 'group_path'): readonly string[] =>
    tx.sqlite
      .prepare<[], string>(
        `select distinct trim(${column}) from customers
          where ${column} is not null and trim(${column}) <> '' order by trim(${column}) collate nocase`,
      )
      .pluck()
      .all();
  return { salespersons: of('salesperson'), territories: of('territory'), groups: of('group_path') };
}

/** How many rows of other tables are a customer's: documents, void ones too, contacts, notes, tags, children, edits. */
export function thingsOfCustomer(tx: ReadTx, customerId: number): number {
  const count = (table: string, column = 'customer_id'): string =>
    `(select count(*) from ${table} where ${column} = @customerId)`;
  const own = [
    'bills',
    'receipts',
    'credits',
    'contacts',
    'notes',
    'edits',
    'customer_tags',
    'customer_aliases',
  ];
  return (
    tx.sqlite
      .prepare<{ customerId: number }, number>(
        `select ${own.map((table) => count(table)).join(' + ')} + ${count('customers', 'parent_id')}`,
      )
      .pluck()
      .get({ customerId }) ?? 0
  );
}

export function deleteCustomer(tx: WriteTx, customerId: number): void {
  tx.orm.delete(customers).where(eq(customers.id, customerId)).run();
}

/** Takes out the customers whom an import added and who have nothing else: no document, no fact entered by hand. */
export function deleteIdleCustomersOfBatch(tx: WriteTx, importBatchId: number): number {
  const ofHim = (table: string): string =>
    `not exists (select 1 from ${table} where customer_id = customers.id)`;
  return tx.sqlite
    .prepare(
      `delete from customers
        where import_batch_id = ?
          and coalesce(language, credit_limit_paise, do_not_chase_reason, parent_id, insured_limit_paise, on_limit) is null
          and ${ofHim('bills')} and ${ofHim('receipts')} and ${ofHim('credits')}
          and ${ofHim('contacts')} and ${ofHim('notes')} and ${ofHim('edits')}
          and ${ofHim('customer_tags')} and id not in (select customer_id from customer_aliases)
          and not exists (select 1 from customers child where child.parent_id = customers.id)`,
    )
    .run(importBatchId).changes;
}

export type FoundCustomer = {
  readonly customerId: number;
  readonly name: string;
  readonly code: string | null;
};

const SEARCH_ROWS_MOST = 20;
/** A trigram is three letters: shorter texts are looked up as the beginning of a name. */
const TRIGRAM_LETTERS = 3;
const PHONE_DIGITS_LEAST = 8;
/** Sorts behind every letter. */
const LAST_LETTER = '\u{10FFFF}';

/**
 * At most 20 customers for the palette: those whose name begins with the text first, by name; then those who have it in
 * name, code, phone, e-mail, GSTIN or a contact. Several words may stand in any order. Nothing is a pattern: % is %.
 */
export function searchCustomers(tx: ReadTx, text: string): readonly FoundCustomer[] {
  const found = new Map(beginningWith(tx, text).map((one) => [one.customerId, one]));
  for (const words of waysToMatch(text)) {
    if (found.size >= SEARCH_ROWS_MOST) break;
    for (const id of idsWith(tx, words, 2 * SEARCH_ROWS_MOST)) {
      if (found.size >= SEARCH_ROWS_MOST) break;
      const one = found.has(id) ? undefined : byId(tx, id);
      if (one) found.set(id, one);
    }
  }
  return [...found.values()];
}

/** The ids of all customers whom the search finds, in no order; null when the text is empty and so finds everybody. */
export function customerIdsMatching(tx: ReadTx, text: string): readonly number[] | null {
  if (text.trim() === '') return null;
  const key = nameKeyOf(text);
  const ids = new Set(
    tx.sqlite
      .prepare<[string, string], number>('select id from customers where name_key >= ? and name_key < ?')
      .pluck()
      .all(key, key + LAST_LETTER),
  );
  for (const words of waysToMatch(text)) for (const id of idsWith(tx, words, null)) ids.add(id);
  return [...ids];
}

function beginningWith(tx: ReadTx, text: string): readonly FoundCustomer[] {
  if (text.trim() === '') return [];
  const key = nameKeyOf(text);
  return tx.sqlite
    .prepare<[string, string, number], FoundCustomer>(
      `select id as customerId, name, code from customers
        where name_key >= ? and name_key < ? order by name_key, id limit ?`,
    )
    .all(key, key + LAST_LETTER, SEARCH_ROWS_MOST);
}

function byId(tx: ReadTx, customerId: number): FoundCustomer | undefined {
  return tx.sqlite
    .prepare<[number], FoundCustomer>('select id as customerId, name, code from customers where id = ?')
    .get(customerId);
}

/**
 * What must be in a customer's text, each way by itself enough: every word of the search; the name as names are matched
 * (without case, spacing and punctuation); the digits alone of what may be a phone number, and
 * the tidy form in which numbers are kept.
 */
function waysToMatch(text: string): readonly (readonly string[])[] {
  const plain = text.trim().toLowerCase();
  const words = plain.split(/\s+/u);
  const digits = /^[\d\s()+./-]+$/.test(plain) ? plain.replaceAll(/\D/g, '') : '';
  const phone = digits.length < PHONE_DIGITS_LEAST ? null : tidyPhone(plain);
  const ways = [words.some(isLong) ? words : [plain], [nameKeyOf(text)], [digits], [phone ?? '']];
  const known = new Set<string>();
  return ways.filter((way) => {
    const asText = way.join(' ');
    if (known.has(asText) || !way.some(isLong)) return false;
    known.add(asText);
    return true;
  });
}

function isLong(word: string): boolean {
  return Array.from(word).length >= TRIGRAM_LETTERS;
}

/** LIKE is what a trigram index without positions answers; it then looks at the text itself, so that nothing is found in vain. */
function idsWith(tx: ReadTx, words: readonly string[], most: number | null): readonly number[] {
  const conditions = words.map((word) =>
    /[%_]/.test(word) ? 'text like ? and instr(lower(text), ?) > 0' : 'text like ?',
  );
  // In LIKE both signs are wildcards: each stands for itself by standing for any letter and being looked at again.
  const values = words.flatMap((word) => {
    const pattern = `%${word.replaceAll('%', '_')}%`;
    return /[%_]/.test(word) ? [pattern, word] : [pattern];
  });
  return tx.sqlite
    .prepare<(string | number)[], number>(
      `select rowid from customers_fts where ${conditions.join(' and ')} limit ?`,
    )
    .pluck()
    .all(...values, most ?? -1);
}
