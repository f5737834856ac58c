import type { Day } from '#domain/days.ts';
import type { Channel } from '#domain/reminders/words.ts';
import type { ReadTx } from './database.ts';
import { MESSAGE_COLUMNS, messageOf, type MessageRow, type RawMessage } from './messages.ts';

// Messages as they are looked at: lists with the names that stand beside them, and what they cost.

export type ListedMessage = MessageRow & {
  readonly customerName: string | null;
  readonly gatewayName: string | null;
  readonly templateName: string | null;
  readonly cadenceName: string | null;
  readonly approvedAt: number | null;
  readonly billCount: number;
};
type RawListed = RawMessage & Omit<ListedMessage, keyof MessageRow>;

/** What is looked for; null = all. Instants are UTC milliseconds. */
export type MessageFilter = {
  /** Condition of a view, of MESSAGE_VIEWS. */
  readonly view: keyof typeof MESSAGE_VIEWS;
  readonly customerId: number | null;
  readonly billId: number | null;
  readonly channel: Channel | null;
  readonly runId: number | null;
  readonly from: Day | null;
  readonly to: Day | null;
};

/** What each view shows. What is handed to the user stands with what he has to do for it. */
const MESSAGE_VIEWS = {
  all: 'true',
  waiting: `m.state in ('scheduled', 'claimed', 'sending', 'retry-wait', 'held', 'awaiting-approval')`,
  'needs-you': `m.state in ('needs-person', 'unknown', 'awaiting-approval')
     or (m.state = 'handed-to-user' and m.channel not in ('letter', 'call'))`,
  left: `m.state in ('accepted', 'sent', 'delivered', 'read', 'no-report', 'user-confirmed')`,
  failed: `m.state in ('undelivered', 'bounced', 'rejected', 'not-sent')`,
  'not-sent': `m.state in ('skipped', 'declined', 'cancelled', 'not-sent', 'user-cancelled')`,
  'to-print': `m.channel = 'letter' and m.state = 'handed-to-user'`,
  'to-call': `m.channel = 'call' and m.state = 'handed-to-user'`,
  'to-hand': `m.channel not in ('letter', 'call') and m.state = 'handed-to-user'`,
} as const;

const NAMES = `c.name as customerName, g.name as gatewayName, t.name as templateName, k.name as cadenceName,
  r.approved_at as approvedAt, (select count(*) from message_bills b where b.message_id = m.id) as billCount`;
const JOINS = `left join customers c on c.id = m.customer_id
  left join gateways g on g.id = m.gateway_id
  left join message_templates t on t.id = m.template_id
  left join cadences k on k.id = m.cadence_id
  join reminder_runs r on r.id = m.run_id`;

function conditions(view: MessageFilter['view']): string {
  return `(${MESSAGE_VIEWS[view]}) and (@customerId is null or m.customer_id = @customerId)
    and (@billId is null or m.id in (select message_id from message_bills where bill_id = @billId))
    and (@channel is null or m.channel = @channel) and (@runId is null or m.run_id = @runId)
    and (@from is null or m.for_day >= @from) and (@to is null or m.for_day <= @to)`;
}

/** A page of a list: those before a message, so many at most. */
type MessagePage = { readonly limit: number; readonly before: number | null };

/** Newest first. */
export function listedMessages(
  tx: ReadTx,
  { view, ...filter }: MessageFilter,
  page: MessagePage,
): readonly ListedMessage[] {
  return tx.sqlite
    .prepare<Omit<MessageFilter, 'view'> & MessagePage, RawListed>(
      `select ${MESSAGE_COLUMNS}, ${NAMES} from messages m ${JOINS}
        where ${conditions(view)} and (@before is null or m.id < @before)
        order by m.id desc limit @limit`,
    )
    .all({ ...filter, ...page })
    .map((row) => messageOf(row));
}

export function countMessages(tx: ReadTx, { view, ...filter }: MessageFilter): number {
  return Number(
    tx.sqlite
      .prepare<Omit<MessageFilter, 'view'>>(`select count(*) from messages m where ${conditions(view)}`)
      .pluck()
      .get(filter),
  );
}

export function listedMessage(tx: ReadTx, messageId: number): ListedMessage | undefined {
  const row = tx.sqlite
    .prepare<[number], RawListed>(
      `select ${MESSAGE_COLUMNS}, ${NAMES} from messages m ${JOINS} where m.id = ?`,
    )
    .get(messageId);
  return row && messageOf(row);
}

/** One row a message that left; the instant it did. Prices are millionths of a rupee. */
export type CostRow = {
  readonly sentAt: number;
  readonly channel: Channel;
  readonly gatewayId: number | null;
  readonly gatewayName: string | null;
  readonly parts: number;
  readonly costMicros: number;
  readonly estimateMicros: number;
};

export function costRows(
  tx: ReadTx,
  span: { readonly from: number; readonly until: number },
): readonly CostRow[] {
  return tx.sqlite
    .prepare<typeof span, CostRow>(
      `select m.sent_at as sentAt, m.channel, m.gateway_id as gatewayId, g.name as gatewayName,
              coalesce(m.parts, 1) as parts, coalesce(m.cost_micros, m.estimate_micros, 0) as costMicros,
              coalesce(m.estimate_micros, 0) as estimateMicros
         from messages m left join gateways g on g.id = m.gateway_id
        where m.sent_at >= @from and m.sent_at < @until and m.state not in ('rejected', 'not-sent')
        order by m.sent_at`,
    )
    .all(span);
}
