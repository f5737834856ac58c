import type { Day } from '#domain/days.ts';
import type { PauseKind } from '#domain/reminders/words.ts';
import type { ReadTx, WriteTx } from './database.ts';

export type NewPause = {
  readonly customerId: number;
  readonly billId: number | null;
  readonly kind: PauseKind;
  /** Last day; null = until it is ended. */
  readonly untilDay: Day | null;
  readonly reason: string;
  readonly replyId: number | null;
  readonly createdAt: number;
};

export type PauseRow = NewPause & {
  readonly pauseId: number;
  readonly customerName: string;
  readonly billNumber: string | null;
};

export function insertPause(tx: WriteTx, wish: NewPause): number {
  const made = tx.sqlite
    .prepare(
      `insert into reminder_pauses (customer_id, bill_id, kind, until_day, reason, reply_id, created_at)
       values (@customerId, @billId, @kind, @untilDay, @reason, @replyId, @createdAt)`,
    )
    .run(wish);
  return Number(made.lastInsertRowid);
}

/** Whether there was one that had not ended. */
export function endPause(tx: WriteTx, pauseId: number, endedAt: number): boolean {
  return (
    tx.sqlite
      .prepare('update reminder_pauses set ended_at = ? where id = ? and ended_at is null')
      .run(endedAt, pauseId).changes > 0
  );
}

/** Those that hold on a day or later, newest first; of one customer or of all. */
export function pauseRows(
  tx: ReadTx,
  wish: { readonly customerId: number | null; readonly from: Day },
): readonly PauseRow[] {
  return tx.sqlite
    .prepare<typeof wish, PauseRow>(
      `select p.id as pauseId, p.customer_id as customerId, u.name as customerName, p.bill_id as billId,
              b.number as billNumber, p.kind, p.until_day as untilDay, p.reason, p.reply_id as replyId,
              p.created_at as createdAt
         from reminder_pauses p join customers u on u.id = p.customer_id left join bills b on b.id = p.bill_id
        where p.ended_at is null and (p.until_day is null or p.until_day >= @from)
          and (@customerId is null or p.customer_id = @customerId)
        order by p.created_at desc, p.id desc`,
    )
    .all(wish);
}
