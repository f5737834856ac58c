import type { Day } from '#domain/days.ts';
import type { ReadTx, WriteTx } from './database.ts';

/** The last day that was run for up to another one, of runs that make reminders by plan; null before the first. */
export function lastRunDay(tx: ReadTx, until: Day): Day | null {
  return (
    tx.sqlite
      .prepare<[Day], Day | null>(
        `select max(run_day) from reminder_runs
          where kind in ('round', 'approved') and state in ('open', 'done') and run_day <= ?`,
      )
      .pluck()
      .get(until) ?? null
  );
}

/** Runs whose approval has not come to its end: one is under way, or was killed. */
export function runsBeingApproved(tx: ReadTx): readonly number[] {
  return tx.sqlite
    .prepare<[], number>(`select id from reminder_runs where state = 'approving' order by id`)
    .pluck()
    .all();
}

/** Takes some messages of a run that was never approved out of the book, and with the last the run. True: that was all. */
export function removeUnapproved(tx: WriteTx, runId: number, most: number): boolean {
  const ids = tx.sqlite
    .prepare<[number, number], number>(
      `select m.id from messages m join reminder_runs r on r.id = m.run_id
        where r.id = ? and r.state = 'approving' limit ?`,
    )
    .pluck()
    .all(runId, most);
  const listed = JSON.stringify(ids);
  for (const [table, column] of [
    ['message_events', 'message_id'],
    ['message_bills', 'message_id'],
    ['messages', 'id'],
  ])
    tx.sqlite.prepare(`delete from ${table} where ${column} in (select value from json_each(?))`).run(listed);
  if (ids.length === most) return false;
  tx.sqlite.prepare(`delete from reminder_runs where id = ? and state = 'approving'`).run(runId);
  return true;
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
