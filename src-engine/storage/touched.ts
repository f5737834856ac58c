import type { ReadTx } from './database.ts';
import type { LedgerScope } from './ledger.ts';

// Which documents a write has touched, noticed by the file itself, so that no writer can forget to tell. Rows added are
// those above the last ids seen (ids only grow): bulk writes pay nothing. Rows changed or taken out are noted by triggers
// of this connection only; they are rolled back together with the write.

export type Marks = {
  readonly bill: number;
  readonly instalment: number;
  readonly receipt: number;
  readonly credit: number;
  readonly allocation: number;
};

const NOTE = 'insert into touched_documents (kind, id)';
const noteEnds = (row: 'old' | 'new'): string =>
  `${NOTE} select 'bill', ${row}.bill_id union all select 'receipt', ${row}.receipt_id where ${row}.receipt_id is not null
     union all select 'credit', ${row}.credit_id where ${row}.credit_id is not null;`;

// Where the last row goes, its id is given out again: from the first freed id on, rows count as new.
const NOTE_FREED = `${NOTE} select 'freed', coalesce(max(id), 0) + 1 from main.allocations
   having old.id > coalesce(max(id), 0);`;

const WATCH = `
  create temp table if not exists touched_documents (kind text not null, id integer not null);
  create temp trigger if not exists touched_bill_change after update on main.bills
    begin ${NOTE} values ('bill', old.id); end;
  create temp trigger if not exists touched_bill_gone after delete on main.bills
    begin ${NOTE} values ('bill', old.id); end;
  create temp trigger if not exists touched_instalment_change after update on main.instalments
    begin ${NOTE} values ('bill', old.bill_id); end;
  create temp trigger if not exists touched_instalment_gone after delete on main.instalments
    begin ${NOTE} values ('bill', old.bill_id); end;
  create temp trigger if not exists touched_receipt_change after update on main.receipts
    begin ${NOTE} values ('receipt', old.id); end;
  create temp trigger if not exists touched_receipt_gone after delete on main.receipts
    begin ${NOTE} values ('receipt', old.id); end;
  create temp trigger if not exists touched_credit_change after update on main.credits
    begin ${NOTE} values ('credit', old.id); end;
  create temp trigger if not exists touched_credit_gone after delete on main.credits
    begin ${NOTE} values ('credit', old.id); end;
  create temp trigger if not exists touched_allocation_change after update on main.allocations
    begin ${noteEnds('old')} ${noteEnds('new')} end;
  create temp trigger if not exists touched_allocation_gone after delete on main.allocations
    begin ${noteEnds('old')} ${NOTE_FREED} end;
  delete from touched_documents;`;

/** Begins to watch, or forgets what was touched so far; the answer says from where on rows are new. */
export function watchTouched(tx: ReadTx): Marks {
  tx.sqlite.exec(WATCH);
  return marksNow(tx);
}

function marksNow(tx: ReadTx): Marks {
  const marks = tx.sqlite
    .prepare<[], Marks>(
      `select (select coalesce(max(id), 0) from bills) as bill,
              (select coalesce(max(id), 0) from instalments) as instalment,
              (select coalesce(max(id), 0) from receipts) as receipt,
              (select coalesce(max(id), 0) from credits) as credit,
              (select coalesce(max(id), 0) from allocations) as allocation`,
    )
    .get();
  if (!marks) throw new Error('No marks were read.');
  return marks;
}

const NEW_OR_TOUCHED = `with mark(allocation) as (
  select min(@allocation, coalesce((select min(id) - 1 from touched_documents where kind = 'freed'), @allocation))),
  touched(kind, id) as (
  select kind, id from touched_documents where kind <> 'freed'
  union select 'bill', id from bills where id > @bill
  union select 'bill', bill_id from instalments where id > @instalment
  union select 'receipt', id from receipts where id > @receipt
  union select 'credit', id from credits where id > @credit
  union select 'bill', bill_id from allocations where id > (select allocation from mark)
  union select 'receipt', receipt_id from allocations where id > (select allocation from mark) and receipt_id is not null
  union select 'credit', credit_id from allocations where id > (select allocation from mark) and credit_id is not null)`;

// The few that were touched lead (cross join), whatever the planner thinks of them. A bill that moves to another day moves what its receipts give back, and the other way round.
const WITH_NEIGHBOURS = `${NEW_OR_TOUCHED}
  select kind, id from touched
  union select 'bill', bill_id from touched cross join allocations on kind = 'receipt' and receipt_id = touched.id
  union select 'bill', bill_id from touched cross join allocations on kind = 'credit' and credit_id = touched.id
  union select 'receipt', receipt_id from touched cross join allocations on kind = 'bill' and bill_id = touched.id
   where receipt_id is not null
  union select 'credit', credit_id from touched cross join allocations on kind = 'bill' and bill_id = touched.id
   where credit_id is not null
  limit @most`;

/** The documents to read again, with those that they share money with; null when there are `most` or more of them. */
export function touchedSince(
  tx: ReadTx,
  marks: Marks,
  most: number,
): { readonly marks: Marks; readonly scope: LedgerScope } | null {
  const rows = tx.sqlite
    .prepare<Marks & { most: number }, { kind: 'bill' | 'receipt' | 'credit'; id: number }>(WITH_NEIGHBOURS)
    .all({ ...marks, most });
  if (rows.length >= most) return null;
  tx.sqlite.exec('delete from touched_documents');
  const idsOf = (kind: string): readonly number[] =>
    rows.filter((row) => row.kind === kind).map((row) => row.id);
  const scope = { billIds: idsOf('bill'), receiptIds: idsOf('receipt'), creditIds: idsOf('credit') };
  return { marks: marksNow(tx), scope };
}
