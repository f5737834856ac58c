import type { Paise } from '#domain/money.ts';
import type { WriteTx } from './database.ts';
import { editWriter, fieldChanges, handWatch } from './edits.ts';

/** Under which source the rows stand that come from Tally. */
export const TALLY_SOURCE = 'tally';

/** A customer as Tally has him; private numbers in the address are masked already. */
export type TallyCustomerFacts = {
  readonly ledgerGuid: string;
  readonly name: string;
  /** As the book matches names (nameKeyOf). */
  readonly nameKey: string;
  /** His short name: the first alias. */
  readonly code: string | null;
  readonly groupPath: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly gstin: string | null;
  readonly pan: string | null;
  readonly address: string | null;
  /** 0 to 3650. */
  readonly creditDays: number | null;
  /** Never below zero. */
  readonly creditLimitPaise: Paise | null;
  /** Name keys of his other names; one that is another customer's already is left to him. */
  readonly aliasKeys: readonly string[];
};

type Fields = Omit<TallyCustomerFacts, 'ledgerGuid' | 'nameKey' | 'aliasKeys'>;
type Columns = Fields & Pick<TallyCustomerFacts, 'nameKey'>;

/**
 * Adds customers or brings them up to date, by ledger GUID; answers the customer of each GUID. A rename keeps the
 * customer, and what a person corrected stays as he wrote it.
 */
export function putTallyCustomers(
  tx: WriteTx,
  customers: readonly TallyCustomerFacts[],
  now: number,
): ReadonlyMap<string, number> {
  const statements = customerStatements(tx);
  const [isByHand, keep] = [handWatch(tx), editWriter(tx)];
  const ids = new Map<string, number>();
  for (const customer of customers) {
    const stored = statements.find.get(customer.ledgerGuid);
    const customerId = stored?.customerId ?? statements.add(customer, now);
    if (stored) {
      const isFree = (field: string): boolean => !isByHand('customer', customerId, field);
      const next = merged(stored, customer, isFree);
      const changes = fieldChanges<Fields>(fieldsOf(stored), fieldsOf(next));
      if (changes.length > 0) {
        statements.change.run({ ...next, customerId });
        const of = { noun: 'customer', rowId: customerId, customerId, importBatchId: null } as const;
        keep({ ...of, editedAt: now, byTally: true }, changes);
      }
    }
    for (const nameKey of customer.aliasKeys) statements.alias.run({ nameKey, customerId, now });
    ids.set(customer.ledgerGuid, customerId);
  }
  return ids;
}

export function putTallyCustomer(tx: WriteTx, customer: TallyCustomerFacts, now: number): number {
  const id = putTallyCustomers(tx, [customer], now).get(customer.ledgerGuid);
  if (id === undefined) throw new Error('A customer was written without an id.');
  return id;
}

type StoredCustomer = Columns & { readonly customerId: number };

function customerStatements(tx: WriteTx) {
  const insert = tx.sqlite.prepare<Columns & { ledgerGuid: string; source: string; now: number }>(
    `insert into customers (name, name_key, code, group_path, phone, email, gstin, pan, address, credit_days,
                            credit_limit_paise, created_at, source, source_key)
     values (@name, @nameKey, @code, @groupPath, @phone, @email, @gstin, @pan, @address, @creditDays,
             @creditLimitPaise, @now, @source, @ledgerGuid)`,
  );
  return {
    find: tx.sqlite.prepare<[string], StoredCustomer>(
      `select id as customerId, name, name_key as nameKey, code, group_path as groupPath, phone, email, gstin, pan,
              address, credit_days as creditDays, credit_limit_paise as creditLimitPaise
         from customers where source = '${TALLY_SOURCE}' and source_key = ?`,
    ),
    add: (customer: TallyCustomerFacts, now: number): number => {
      const { ledgerGuid, nameKey } = customer;
      const row = { ...fieldsOf(customer), nameKey, ledgerGuid, source: TALLY_SOURCE, now };
      return Number(insert.run(row).lastInsertRowid);
    },
    change: tx.sqlite.prepare<Columns & { customerId: number }>(
      `update customers set name = @name, name_key = @nameKey, code = @code, group_path = @groupPath, phone = @phone,
              email = @email, gstin = @gstin, pan = @pan, address = @address, credit_days = @creditDays,
              credit_limit_paise = @creditLimitPaise
        where id = @customerId`,
    ),
    // A name that the user once gave to somebody else stays with him.
    alias: tx.sqlite.prepare<{ nameKey: string; customerId: number; now: number }>(
      `insert into customer_aliases (name_key, customer_id, created_at) values (@nameKey, @customerId, @now)
       on conflict (name_key) do nothing`,
    ),
  };
}

/** Tally's word field by field, but where the last word is a person's. A name and its key go together. */
function merged(stored: Columns, said: Columns, isFree: (field: string) => boolean): Columns {
  const own = <K extends keyof Fields>(field: K): Fields[K] =>
    said[field] === stored[field] || isFree(field) ? said[field] : stored[field];
  const name = own('name');
  return {
    name,
    nameKey: name === said.name ? said.nameKey : stored.nameKey,
    code: own('code'),
    groupPath: own('groupPath'),
    phone: own('phone'),
    email: own('email'),
    gstin: own('gstin'),
    pan: own('pan'),
    address: own('address'),
    creditDays: own('creditDays'),
    creditLimitPaise: own('creditLimitPaise'),
  };
}

function fieldsOf(of: Fields): Fields {
  const { name, code, groupPath, phone, email, gstin, pan, address, creditDays, creditLimitPaise } = of;
  return { name, code, groupPath, phone, email, gstin, pan, address, creditDays, creditLimitPaise };
}
