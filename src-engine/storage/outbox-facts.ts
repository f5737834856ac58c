import type { Day } from '#domain/days.ts';
import type { PlanSent } from '#domain/reminders/plan-facts.ts';
import type { Channel } from '#domain/reminders/words.ts';
import type { ReadTx } from './database.ts';
import { IS_HISTORY } from './reminder-history.ts';
import { oncePrepared } from './statements.ts';

const newestReply = oncePrepared((sqlite) =>
  sqlite
    .prepare<[string, Channel], number | null>(
      `select max(received_at) from replies where from_address = ? and channel = ? and kind in ('reply', 'auto-reply')`,
    )
    .pluck(),
);

/** When somebody last wrote to us from an address; null = never. */
export function newestReplyAt(tx: ReadTx, channel: Channel, address: string): number | null {
  return newestReply(tx).get(address, channel) ?? null;
}

const tallyRead = oncePrepared((sqlite) =>
  sqlite.prepare<[number], { at: number; isLive: 0 | 1 }>(
    `select max(coalesce(c.synced_at, 0), coalesce(c.in_step_at, 0)) as at,
            c.origin = 'live' and c.is_connected as isLive
       from tally_connection c
      where exists (select 1 from tally_ledgers l where l.customer_id = ? and l.gone_at is null)`,
  ),
);

/** Whether a customer is a party of the Tally this book follows, and when its balances were last read; null = he is not. */
export function tallyReadAt(
  tx: ReadTx,
  customerId: number,
): { readonly at: number; readonly isLive: boolean } | null {
  const row = tallyRead(tx).get(customerId);
  return row === undefined ? null : { at: row.at, isLive: row.isLive === 1 };
}

type SentRow = Omit<PlanSent, 'billIds' | 'isAutomatic' | 'wasAsked'> & {
  readonly isAutomatic: 0 | 1;
  readonly wasAsked: 0 | 1;
  readonly billsJson: string;
};

type About = {
  readonly messageId: number;
  readonly customerId: number;
  readonly address: string;
  readonly day: Day;
  readonly from: Day;
};

const others = oncePrepared((sqlite) =>
  sqlite.prepare<About, SentRow>(
    `with own as (
         select id from messages where customer_id = @customerId and for_day >= @from
         union select id from messages where address = @address and for_day = @day)
       select m.customer_id as customerId, m.purpose, m.channel, m.address, m.cadence_id as cadenceId,
              m.step_id as stepId, m.is_automatic as isAutomatic, m.for_day as day, m.state,
              m.changed_at as changedAt, m.poll_count > 0 as wasAsked,
              (select json_group_array(distinct bill_id) from message_bills where message_id = m.id) as billsJson
         from own join messages m on m.id = own.id
        where m.id <> @messageId and ${IS_HISTORY} order by m.id`,
  ),
);

/** What the last check of a message has to know of others: its customer's since a day, and whose else has its address that day. */
export function otherMessages(tx: ReadTx, about: About): readonly PlanSent[] {
  return others(tx)
    .all(about)
    .map(({ isAutomatic, wasAsked, billsJson, ...row }) => ({
      ...row,
      isAutomatic: isAutomatic === 1,
      wasAsked: wasAsked === 1,
      billIds: numbersIn(billsJson),
    }));
}

function numbersIn(json: string): readonly number[] {
  const values: unknown = JSON.parse(json);
  return Array.isArray(values) ? values.map(Number) : [];
}

const waiting = oncePrepared((sqlite) =>
  sqlite
    .prepare<[number, number], number>(
      `select customer_id from messages where state = 'scheduled' and not_before <= ? and customer_id is not null
        order by not_before, id limit ?`,
    )
    .pluck(),
);

/** Customers of the next messages that may leave, in their order. */
export function waitingCustomers(tx: ReadTx, now: number, most: number): readonly number[] {
  return waiting(tx).all(now, most);
}
