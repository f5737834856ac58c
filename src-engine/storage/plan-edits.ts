import type { Day } from '#domain/days.ts';
import type { ReadTx, WriteTx } from './database.ts';

export type PlanEdit = {
  readonly rowKey: string;
  readonly forDay: Day;
  readonly customerId: number;
  readonly subject: string | null;
  readonly body: string | null;
  readonly declinedReason: string | null;
};

/** What people changed in the plan of a day, by row. */
export function planEditsOf(tx: ReadTx, forDay: Day): ReadonlyMap<string, PlanEdit> {
  const rows = tx.sqlite
    .prepare<[Day], PlanEdit>(
      `select row_key as rowKey, for_day as forDay, customer_id as customerId, subject, body,
              declined_reason as declinedReason
         from plan_edits where for_day = ?`,
    )
    .all(forDay);
  return new Map(rows.map((row) => [row.rowKey, row]));
}

/** Puts an edit in the place of the one before it; one that says nothing takes it away. */
export function planEditWriter(tx: WriteTx): (edit: PlanEdit, changedAt: number) => void {
  const put = tx.sqlite.prepare(
    `insert into plan_edits (row_key, for_day, customer_id, subject, body, declined_reason, changed_at)
     values (@rowKey, @forDay, @customerId, @subject, @body, @declinedReason, @changedAt)
     on conflict (row_key) do update set subject = excluded.subject, body = excluded.body,
            declined_reason = excluded.declined_reason, changed_at = excluded.changed_at`,
  );
  const take = tx.sqlite.prepare('delete from plan_edits where row_key = ?');
  return (edit, changedAt) => {
    const isEmpty = edit.subject === null && edit.body === null && edit.declinedReason === null;
    if (isEmpty) take.run(edit.rowKey);
    else put.run({ ...edit, changedAt });
  };
}
