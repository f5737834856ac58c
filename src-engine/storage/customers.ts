import { asc, eq } from 'drizzle-orm';
import type { Day } from '#domain/days.ts';
import type { Paise } from '#domain/money.ts';
import type { ReadTx, WriteTx } from './database.ts';
import { customers } from './schema.ts';

export type NewCustomer = typeof customers.$inferInsert;

export type CustomerFacts = {
  readonly customerId: number;
  readonly name: string;
  readonly code: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly gstin: string | null;
  readonly salesperson: string | null;
  readonly groupPath: string | null;
  readonly creditDays: number | null;
  readonly creditLimitPaise: Paise | null;
};

const FACTS = `id as customerId, name, code, phone, email, gstin, salesperson, group_path as groupPath,
  credit_days as creditDays, credit_limit_paise as creditLimitPaise`;

/** Every customer by name, with the day of his last receipt on or before a day. */
export function customersAsOf(
  tx: ReadTx,
  asOf: Day,
): readonly (CustomerFacts & { readonly lastReceiptDay: Day | null })[] {
  return tx.sqlite
    .prepare<[Day], CustomerFacts & { readonly lastReceiptDay: Day | null }>(
      `select ${FACTS}, last.day as lastReceiptDay from customers
         left join (select customer_id, max(effective_day) as day from receipts
                     where voided_at is null and effective_day <= ? group by customer_id) last
           on last.customer_id = customers.id
        order by name_key, id`,
    )
    .all(asOf);
}

export function customerById(tx: ReadTx, customerId: number): CustomerFacts | undefined {
  return tx.sqlite
    .prepare<[number], CustomerFacts>(`select ${FACTS} from customers where id = ?`)
    .get(customerId);
}

const SEARCH_ROWS_MOST = 20;

/** At most 20 whose name, code, phone or GSTIN has the text in it, names that begin with it first; the text is matched as it stands, never as a pattern. */
export function searchCustomers(
  tx: ReadTx,
  wish: { readonly text: string; readonly nameKey: string },
): readonly Pick<CustomerFacts, 'customerId' | 'name' | 'code'>[] {
  return tx.sqlite
    .prepare<
      { text: string; nameKey: string; most: number },
      Pick<CustomerFacts, 'customerId' | 'name' | 'code'>
    >(
      `select id as customerId, name, code from customers
        where (@nameKey <> '' and instr(name_key, @nameKey) > 0) or instr(lower(name), @text) > 0
           or instr(lower(coalesce(code, '')), @text) > 0 or instr(coalesce(phone, ''), @text) > 0
           or instr(lower(coalesce(gstin, '')), @text) > 0
        order by instr(lower(name), @text) <> 1, name_key limit @most`,
    )
    .all({ text: wish.text.toLowerCase(), nameKey: wish.nameKey, most: SEARCH_ROWS_MOST });
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

/** Takes out the customers whom an import added and who have nothing else: no document, no fact entered by hand. */
export function deleteIdleCustomersOfBatch(tx: WriteTx, importBatchId: number): number {
  return tx.sqlite
    .prepare(
      `delete from customers
        where import_batch_id = ?
          and coalesce(pan, address, territory, language, credit_limit_paise, do_not_chase_reason) is null
          and not exists (select 1 from bills where customer_id = customers.id)
          and not exists (select 1 from receipts where customer_id = customers.id)
          and not exists (select 1 from credits where customer_id = customers.id)`,
    )
    .run(importBatchId).changes;
}
