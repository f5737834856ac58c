import type { ReadTx, WriteTx } from './database.ts';

// Whose documents were written since the last tie-out, noticed by the file itself, so that no writer can forget to tell.
// Rows added are those above the last ids seen: bulk writes pay nothing. Rows changed or taken out are noted by triggers
// of this connection only; notes and last ids are temporary tables, and are rolled back together with the write.

const NOTE = 'insert or ignore into tie_out_touched (customer_id)';

const TABLES = ['bills', 'receipts', 'credits', 'allocations'] as const;

// Where the last row goes, its id is given out again: from there on rows count as new.
const freed = (table: string): string =>
  `update tie_out_seen set ${table} = min(${table}, (select coalesce(max(id), 0) from main.${table}));`;

const ofDocument = (table: 'bills' | 'receipts' | 'credits'): string => `
  create temp trigger tie_out_${table}_change after update on main.${table}
    begin ${NOTE} values (old.customer_id), (new.customer_id); end;
  create temp trigger tie_out_${table}_gone after delete on main.${table}
    begin ${NOTE} values (old.customer_id); ${freed(table)} end;`;

const ends = (row: string): string =>
  `select customer_id from main.bills where id = ${row}.bill_id
   union select customer_id from main.receipts where id = ${row}.receipt_id
   union select customer_id from main.credits where id = ${row}.credit_id`;

const SEEN_NOW = `delete from tie_out_touched; delete from tie_out_seen;
  insert into tie_out_seen (${TABLES.join(', ')})
    values (${TABLES.map((table) => `(select coalesce(max(id), 0) from main.${table})`).join(', ')});`;

const WATCH = `
  create temp table tie_out_touched (customer_id integer primary key);
  create temp table tie_out_seen (${TABLES.map((table) => `${table} integer not null`).join(', ')});
  ${ofDocument('bills')} ${ofDocument('receipts')} ${ofDocument('credits')}
  create temp trigger tie_out_allocations_change after update on main.allocations
    begin ${NOTE} ${ends('old')}; ${NOTE} ${ends('new')}; end;
  create temp trigger tie_out_allocations_gone after delete on main.allocations
    begin ${NOTE} ${ends('old')}; ${freed('allocations')} end;
  ${SEEN_NOW}`;

// The rows that are new lead (cross join), whatever the planner thinks of them.
const TOUCHED = `
  with added as (select * from main.allocations where id > (select allocations from tie_out_seen))
  select customer_id from tie_out_touched
  union select customer_id from main.bills where id > (select bills from tie_out_seen)
  union select customer_id from main.receipts where id > (select receipts from tie_out_seen)
  union select customer_id from main.credits where id > (select credits from tie_out_seen)
  union select b.customer_id from added cross join main.bills b on b.id = added.bill_id
  union select r.customer_id from added cross join main.receipts r on r.id = added.receipt_id
  union select c.customer_id from added cross join main.credits c on c.id = added.credit_id`;

function isWatched(tx: ReadTx): boolean {
  return (
    tx.sqlite.prepare(`select 1 from temp.sqlite_schema where name = 'tie_out_seen'`).get() !== undefined
  );
}

/** Customers whose documents were written since; null where nobody watched: it may be any of them. */
export function touchedCustomers(tx: ReadTx): readonly number[] | null {
  return isWatched(tx) ? tx.sqlite.prepare<[], number>(TOUCHED).pluck().all() : null;
}

/** What was touched up to now is dealt with; from here on it is watched. */
export function beginTouched(tx: WriteTx): void {
  tx.sqlite.exec(isWatched(tx) ? SEEN_NOW : WATCH);
}
