import type { Day } from '#domain/days.ts';
import type { Paise } from '#domain/money.ts';
import type { ReadTx } from './database.ts';
import { VOUCHER_LINES } from './tally-vouchers.ts';

// What the book's own documents say, to be held against Tally's reports: nothing of the mirror is looked at.

/** A bill that is open as of a day, or to which a person applied money. */
export type BookBill = {
  readonly billId: number;
  readonly customerId: number;
  readonly source: string;
  readonly sourceKey: string;
  readonly kind: string;
  readonly number: string | null;
  readonly billDay: Day;
  readonly dueDay: Day;
  readonly openPaise: Paise;
  /** What is applied of money that was entered here or imported. */
  readonly enteredPaise: Paise;
  /** What people applied of Tally's own money; below zero where they took back what Tally applied. */
  readonly appliedPaise: Paise;
};

/** Receipts and credits of a customer that are not applied yet as of a day. */
export type BookMoney = {
  readonly customerId: number;
  readonly openPaise: Paise;
  /** The part that was entered here or imported, less what of Tally's is applied to bills that were. */
  readonly elsewherePaise: Paise;
};

type Wish = { readonly asOf: Day; readonly customerIds: readonly number[] | 'all' };

const MONEY_SOURCE = 'coalesce(r.source, c.source)';

// An allocation counts when it and both of its documents do (appliedFrom of aging.ts).
const ENDS = `
  left join receipts r on r.id = a.receipt_id
  left join credits c on c.id = a.credit_id
 where b.voided_at is null and b.bill_day <= @asOf and a.allocation_day <= @asOf
   and coalesce(r.voided_at, c.voided_at) is null and coalesce(r.effective_day, c.credit_day) <= @asOf`;

const WISHED = '(select value from json_each(@ids))';

// The few customers lead (cross join), so that nothing of all the others is looked at.
const ofBills = (isAll: boolean): string =>
  isAll
    ? `from allocations a join bills b on b.id = a.bill_id ${ENDS}`
    : `from bills b cross join allocations a on a.bill_id = b.id ${ENDS} and b.customer_id in ${WISHED}`;

type Bound = { readonly asOf: Day; readonly ids: string };

function boundOf({ asOf, customerIds }: Wish): Bound {
  return { asOf, ids: JSON.stringify(customerIds === 'all' ? [] : customerIds) };
}

/** By customer and bill. */
export function bookBills(tx: ReadTx, wish: Wish): readonly BookBill[] {
  const isAll = wish.customerIds === 'all';
  return tx.sqlite
    .prepare<[Bound], BookBill>(
      `with applied as (
         select a.bill_id, sum(a.amount_paise) as paise,
                sum(case when ${MONEY_SOURCE} <> 'tally' then a.amount_paise else 0 end) as entered,
                sum(case when ${MONEY_SOURCE} = 'tally' and a.source <> 'tally' then a.amount_paise else 0 end) as own
                ${ofBills(isAll)}
          group by a.bill_id)
       select b.id as billId, b.customer_id as customerId, b.source, b.source_key as sourceKey, b.kind, b.number,
              b.bill_day as billDay, b.due_day as dueDay, b.amount_paise - coalesce(applied.paise, 0) as openPaise,
              coalesce(applied.entered, 0) as enteredPaise, coalesce(applied.own, 0) as appliedPaise
         from bills b left join applied on applied.bill_id = b.id
        where b.voided_at is null and b.bill_day <= @asOf ${isAll ? '' : `and b.customer_id in ${WISHED}`}
          and (b.amount_paise > coalesce(applied.paise, 0) or applied.entered <> 0 or applied.own <> 0)
        order by b.customer_id, b.id`,
    )
    .all(boundOf(wish));
}

export function bookMoney(tx: ReadTx, wish: Wish): ReadonlyMap<number, BookMoney> {
  const isAll = wish.customerIds === 'all';
  const own = isAll ? '' : `and customer_id in ${WISHED}`;
  const rows = tx.sqlite
    .prepare<[Bound], BookMoney>(
      `select customerId, sum(paise) as openPaise, sum(elsewhere * paise) as elsewherePaise
         from (select customer_id as customerId, amount_paise as paise, source <> 'tally' as elsewhere
                 from receipts where voided_at is null and effective_day <= @asOf ${own}
               union all
               select customer_id, amount_paise, source <> 'tally'
                 from credits where voided_at is null and credit_day <= @asOf ${own}
               ${isAll ? APPLIED_BY_ALL : APPLIED_BY_SOME})
        group by customerId`,
    )
    .all(boundOf(wish));
  return new Map(rows.map((row) => [row.customerId, row]));
}

const USED = (customer: string): string =>
  `union all select ${customer}, 0 - a.amount_paise, ${MONEY_SOURCE} <> 'tally' or b.source <> 'tally'`;

const APPLIED_BY_ALL = `${USED('coalesce(r.customer_id, c.customer_id)')} ${ofBills(true)}`;

const usedOf = (table: 'receipts' | 'credits', id: 'receipt_id' | 'credit_id'): string =>
  `${USED('m.customer_id')} from ${table} m cross join allocations a on a.${id} = m.id
     join bills b on b.id = a.bill_id ${ENDS} and m.customer_id in ${WISHED}`;

const APPLIED_BY_SOME = `${usedOf('receipts', 'receipt_id')} ${usedOf('credits', 'credit_id')}`;

/** What vouchers of a ledger come to that have no effect, and those of later days. */
export function heldBack(
  tx: ReadTx,
  wish: { readonly ledgerId: number; readonly asOf: Day },
): { readonly optionalPaise: Paise; readonly postDatedPaise: Paise } {
  const row = tx.sqlite
    .prepare<typeof wish, { optionalPaise: Paise; postDatedPaise: Paise }>(
      `select coalesce(sum(case when v.state <> 0 and v.day <= @asOf then l.amount_paise end), 0) as optionalPaise,
              coalesce(sum(case when v.state = 0 and v.day > @asOf then l.amount_paise end), 0) as postDatedPaise
         from tally_lines l cross join tally_vouchers v on v.id = l.id / ${VOUCHER_LINES} where l.ledger_id = @ledgerId`,
    )
    .get(wish);
  if (!row) throw new Error('A sum was not answered.');
  return row;
}

/** Documents, void ones too, that did not come from Tally. */
export function foreignDocumentCount(tx: ReadTx): number {
  const count = (table: string): string => `(select count(*) from ${table} where source <> 'tally')`;
  return (
    tx.sqlite
      .prepare<[], number>(`select ${count('bills')} + ${count('receipts')} + ${count('credits')}`)
      .pluck()
      .get() ?? 0
  );
}

/** What the opening bills of each ledger come to. */
export function openingSums(tx: ReadTx): ReadonlyMap<number, Paise> {
  const rows = tx.sqlite
    .prepare<[], [number, Paise]>(
      'select ledger_id, sum(amount_paise) from tally_opening_bills group by ledger_id',
    )
    .raw()
    .all();
  return new Map(rows);
}

const ROW_END = '\n';
const FIELD_END = '\t';

/** What the bills reports say of each ledger as one text, made by the file itself: rows in order of ref and day. */
export function openBillTexts(tx: ReadTx): ReadonlyMap<number, string> {
  const rows = tx.sqlite
    .prepare<{ field: string; row: string }, [number, string]>(
      `select ledger_id, group_concat(concat_ws(@field, ref, bill_day, due_day, balance_paise), @row)
         from (select * from tally_open_bills order by ledger_id, ref, bill_day) group by ledger_id`,
    )
    .raw()
    .all({ field: FIELD_END, row: ROW_END });
  return new Map(rows);
}

type OpenBill = {
  readonly ref: string;
  readonly billDay: Day;
  readonly dueDay: Day;
  readonly balancePaise: Paise;
};

/** The same text of one ledger's bills that are not stored yet. */
export function openBillText(bills: readonly OpenBill[]): string {
  return bills
    .toSorted((a, b) => compare(a.ref, b.ref) || compare(a.billDay, b.billDay))
    .map(({ ref, billDay, dueDay, balancePaise }) => [ref, billDay, dueDay, balancePaise].join(FIELD_END))
    .join(ROW_END);
}

// An order other than SQLite's own (which is by UTF-8) makes a text differ, and no more than that.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Ledgers of customers who have a document from Tally of this day or later. */
export function ledgersSince(tx: ReadTx, day: Day): readonly number[] {
  const since = (table: string, column: string): string =>
    `select customer_id from ${table} where source = 'tally' and voided_at is null and ${column} >= @day`;
  return tx.sqlite
    .prepare<{ day: Day }, number>(
      `select id from tally_ledgers where customer_id in (
         ${since('bills', 'bill_day')} union ${since('receipts', 'receipt_day')} union ${since('credits', 'credit_day')})`,
    )
    .pluck()
    .all({ day });
}

/** Ledgers of customers with anything of whatever source that begins to count, or ceases to, between two days. */
export function ledgersBetween(tx: ReadTx, a: Day, b: Day): readonly number[] {
  const [after, to] = a < b ? [a, b] : [b, a];
  const dated = (table: string, column: string): string =>
    `select customer_id from ${table} where ${column} > @after and ${column} <= @to`;
  return tx.sqlite
    .prepare<{ after: Day; to: Day }, number>(
      `with moved as materialized (
         select bill_id, receipt_id, credit_id from allocations where allocation_day > @after and allocation_day <= @to)
       select id from tally_ledgers where customer_id in (
         ${dated('bills', 'bill_day')} union ${dated('receipts', 'effective_day')} union ${dated('credits', 'credit_day')}
         union select b.customer_id from moved cross join bills b on b.id = bill_id
         union select r.customer_id from moved cross join receipts r on r.id = receipt_id
         union select c.customer_id from moved cross join credits c on c.id = credit_id)`,
    )
    .pluck()
    .all({ after, to });
}

/** Ledgers of these customers. */
export function ledgersOf(tx: ReadTx, customerIds: readonly number[]): readonly number[] {
  return tx.sqlite
    .prepare<[string], number>(
      'select id from tally_ledgers where customer_id in (select value from json_each(?))',
    )
    .pluck()
    .all(JSON.stringify(customerIds));
}

/** What the bills and credits from Tally come to that bear one of these keys and are not void, by key. */
export function standingAmounts(tx: ReadTx, keys: readonly string[]): ReadonlyMap<string, Paise> {
  const among = (table: string): string =>
    `select source_key, amount_paise from ${table} where source = 'tally' and voided_at is null
        and source_key in (select value from json_each(@keys))`;
  const found = tx.sqlite
    .prepare<{ keys: string }, [string, Paise]>(`${among('bills')} union all ${among('credits')}`)
    .raw()
    .all({ keys: JSON.stringify(keys) });
  return new Map(found);
}

/** Whether a customer has anything from Tally that is not void. */
export function hasStanding(tx: ReadTx, customerId: number): boolean {
  const among = (table: string): string =>
    `select 1 from ${table} where customer_id = @customerId and source = 'tally' and voided_at is null`;
  const found = tx.sqlite
    .prepare<{ customerId: number }, number>(
      `${among('bills')} union all ${among('receipts')} union all ${among('credits')} limit 1`,
    )
    .pluck()
    .get({ customerId });
  return found !== undefined;
}
