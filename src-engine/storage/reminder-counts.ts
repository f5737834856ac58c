import type { Day } from '#domain/days.ts';
import type { Channel, MessageState } from '#domain/reminders/words.ts';
import type { ReadTx } from './database.ts';

function countOf(tx: ReadTx, sql: string, ...bound: readonly number[]): number {
  return Number(
    tx.sqlite
      .prepare<number[]>(sql)
      .pluck()
      .get(...bound),
  );
}

/** Replies that nobody has answered or marked, known customers or not. */
export function openReplyCount(tx: ReadTx): number {
  return countOf(tx, `select count(*) from replies where answered_at is null and kind = 'reply'`);
}

export function openClaimCount(tx: ReadTx): number {
  return countOf(tx, `select count(*) from payment_claims where state = 'to-confirm'`);
}

/** Messages that began to leave from an instant on and were not turned back. */
export function sentSince(tx: ReadTx, from: number): number {
  return countOf(
    tx,
    `select count(*) from messages where sent_at >= ? and state not in ('rejected', 'not-sent')`,
    from,
  );
}

/** Keys of thank-yous and notices for a day or later, whatever became of them: what was stopped is not made again. */
export function courtesyKeysSince(tx: ReadTx, from: Day): ReadonlySet<string> {
  return new Set(
    tx.sqlite
      .prepare<[Day], string>(
        `select dedupe_key from messages where for_day >= ? and purpose in ('thanks', 'notice')`,
      )
      .pluck()
      .all(from),
  );
}

/** How many messages there are, by channel and state. */
export function messageCounts(
  tx: ReadTx,
): readonly (readonly [channel: Channel, state: MessageState, count: number])[] {
  return tx.sqlite
    .prepare<[], [Channel, MessageState, number]>(
      'select channel, state, count(*) from messages group by state, channel',
    )
    .raw()
    .all();
}
