import type { Day } from '#domain/days.ts';
import type { Paise } from '#domain/money.ts';
import type { ReadTx, WriteTx } from './database.ts';

export type FoundBill = {
  readonly billId: number;
  readonly customerId: number;
  readonly customerName: string;
  readonly number: string;
  readonly billDay: Day;
  readonly amountPaise: Paise;
};

const FOUND = `b.id as billId, b.customer_id as customerId, c.name as customerName, b.number, b.bill_day as billDay,
  b.amount_paise as amountPaise`;

// Each of these is one look into a B-tree or the trigram index, never a walk over all bills: a test reads the plans.
// The limits stand inside, so that a number common to a million bills costs no more than a rare one.
export const billSearchSql = {
  exact: `select ${FOUND} from bills b join customers c on c.id = b.customer_id
           where b.number = @text and b.voided_at is null limit @most`,
  prefix: `select ${FOUND} from bills b join customers c on c.id = b.customer_id
            where b.number >= @text and b.number < @end and b.voided_at is null order by b.number limit @most`,
  part: `select ${FOUND} from bills_fts f join bills b on b.id = f.rowid join customers c on c.id = b.customer_id
          where f.number like '%' || @text || '%' and instr(lower(b.number), lower(@text)) > 0
            and b.voided_at is null limit @most`,
  lastIndexed: 'select rowid from bills_fts order by rowid desc limit 1',
} as const;

type Wish = { readonly text: string; readonly most: number };

export function billsOfNumber(tx: ReadTx, wish: Wish): readonly FoundBill[] {
  return tx.sqlite.prepare<Wish, FoundBill>(billSearchSql.exact).all(wish);
}

/** Numbers that begin with the text as it stands, in order of number. */
export function billsByPrefix(tx: ReadTx, wish: Wish): readonly FoundBill[] {
  const end = `${wish.text}\u{10FFFF}`;
  return tx.sqlite.prepare<Wish & { end: string }, FoundBill>(billSearchSql.prefix).all({ ...wish, end });
}

const TRIGRAM = 3;

/** The trigram index needs three characters in a row; `%` and `_` are no characters to it. */
export function canSearchPart(text: string): boolean {
  return text.split(/[%_]/u).some((run) => Array.from(run).length >= TRIGRAM);
}

/** Numbers that have the text in them, in any case. Only of those that the index knows: see fillBillSearch. */
export function billsByPart(tx: ReadTx, wish: Wish): readonly FoundBill[] {
  return tx.sqlite.prepare<Wish, FoundBill>(billSearchSql.part).all(wish);
}

/** Bills added since the index was last filled. An import does not pay for the index; the first search after it does. */
export function isBillSearchBehind(tx: ReadTx): boolean {
  const lastOf = (sql: string): number => tx.sqlite.prepare<[], number>(sql).pluck().get() ?? 0;
  return lastOf('select id from bills order by id desc limit 1') > lastOf(billSearchSql.lastIndexed);
}

/** Brings at most so many further bills into the index; 0 = it was whole. Changes and deletions are kept by triggers. */
export function fillBillSearch(tx: WriteTx, most: number): number {
  return tx.sqlite
    .prepare(
      `insert into bills_fts (rowid, number)
       select id, number from bills
        where id > coalesce((${billSearchSql.lastIndexed}), 0) order by id limit ?`,
    )
    .run(most).changes;
}
