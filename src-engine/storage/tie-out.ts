import type { Day } from '#domain/days.ts';
import type { Paise } from '#domain/money.ts';
import type { ReadTx } from './database.ts';

export type LedgerBalance = {
  readonly customerId: number;
  readonly billedPaise: Paise;
  readonly receivedPaise: Paise;
  readonly creditedPaise: Paise;
  /** Of his money, what was applied to the bills of those he pays for; negative for them. */
  readonly passedOnPaise: Paise;
};

/**
 * Each customer's ledger as of a day, from the documents alone: what was billed, received and credited, whatever is
 * applied to what; only money that pays another customer's bill moves between the two. Read by SQL and not from the columns in memory, so that the two can be held against each other.
 */
export function ledgerBalances(tx: ReadTx, asOf: Day): readonly LedgerBalance[] {
  return tx.sqlite
    .prepare<{ asOf: Day }, LedgerBalance>(
      `with crossed as (
         select b.customer_id as ofBill, coalesce(r.customer_id, c.customer_id) as ofMoney, a.amount_paise as amount
           from allocations a
           join bills b on b.id = a.bill_id and b.voided_at is null and b.bill_day <= @asOf
           left join receipts r on r.id = a.receipt_id
           left join credits c on c.id = a.credit_id
          where a.allocation_day <= @asOf and coalesce(r.voided_at, c.voided_at) is null
            and coalesce(r.effective_day, c.credit_day) <= @asOf
            and b.customer_id <> coalesce(r.customer_id, c.customer_id))
       select customer_id as customerId, sum(billed) as billedPaise, sum(received) as receivedPaise,
              sum(credited) as creditedPaise, sum(passed) as passedOnPaise
         from (select customer_id, amount_paise as billed, 0 as received, 0 as credited, 0 as passed
                 from bills where voided_at is null and bill_day <= @asOf
               union all
               select customer_id, 0, amount_paise, 0, 0
                 from receipts where voided_at is null and effective_day <= @asOf
               union all
               select customer_id, 0, 0, amount_paise, 0
                 from credits where voided_at is null and credit_day <= @asOf
               union all
               select ofMoney, 0, 0, 0, amount from crossed
               union all
               select ofBill, 0, 0, 0, -amount from crossed)
        group by customer_id order by customer_id`,
    )
    .all({ asOf });
}
