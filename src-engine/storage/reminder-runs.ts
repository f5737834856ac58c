import type { Day } from '#domain/days.ts';
import type { ReadTx } from './database.ts';

/** The last day that was run for up to another one, of runs that make reminders by plan; null before the first. */
export function lastRunDay(tx: ReadTx, until: Day): Day | null {
  return (
    tx.sqlite
      .prepare<[Day], Day | null>(
        `select max(run_day) from reminder_runs
          where kind in ('round', 'approved') and state <> 'undone' and run_day <= ?`,
      )
      .pluck()
      .get(until) ?? null
  );
}

export type NewReceiptRow = {
  readonly receiptId: number;
  readonly customerId: number;
  readonly amountPaise: number;
  readonly receiptDay: Day;
};

/** Receipts entered since an instant, good by a day, that nobody has been thanked for; not those of an import of old books. */
export function receiptsToThank(
  tx: ReadTx,
  wish: { readonly enteredFrom: number; readonly from: Day; readonly until: Day },
): readonly NewReceiptRow[] {
  return tx.sqlite
    .prepare<typeof wish, NewReceiptRow>(
      `select id as receiptId, customer_id as customerId, amount_paise as amountPaise, effective_day as receiptDay
         from receipts
        where voided_at is null and created_at >= @enteredFrom and effective_day between @from and @until
        order by id`,
    )
    .all(wish);
}
