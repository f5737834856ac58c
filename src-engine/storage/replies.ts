import type { Channel, InboundKind, ReplyMark } from '#domain/reminders/words.ts';
import { eq } from 'drizzle-orm';
import type { ReadTx, WriteTx } from './database.ts';
import { MESSAGE_COLUMNS, messageOf, type MessageRow, type RawMessage } from './messages.ts';
import { replies } from './schema-inbox.ts';

// What came in, and whom it is from. What it says of a message that left is news, and stands in the outbox.

type Stored = typeof replies.$inferSelect;

/** Instants are UTC milliseconds. */
export type ReplyRow = Omit<Stored, 'channel' | 'kind' | 'mark'> & {
  readonly channel: Channel;
  readonly kind: InboundKind;
  readonly mark: ReplyMark | null;
};
export type NewReply = Omit<ReplyRow, 'id' | 'mark' | 'markedAt' | 'markJson' | 'answeredAt'>;

function typed(row: Stored): ReplyRow {
  return row as ReplyRow;
}

/** Null: it is there already. What comes twice, or by two processes at once, is one row. */
export function insertReply(tx: WriteTx, reply: NewReply): number | null {
  const made = tx.orm.insert(replies).values(reply).onConflictDoNothing().returning({ id: replies.id }).get();
  return made?.id ?? null;
}

export function replyById(tx: ReadTx, replyId: number): ReplyRow | undefined {
  const row = tx.orm.select().from(replies).where(eq(replies.id, replyId)).get();
  return row && typed(row);
}

export function patchReply(
  tx: WriteTx,
  replyId: number,
  fields: Partial<Pick<ReplyRow, 'mark' | 'markedAt' | 'markJson' | 'answeredAt' | 'customerId'>>,
): void {
  tx.orm.update(replies).set(fields).where(eq(replies.id, replyId)).run();
}

/** Everything that waits for an answer in a thread is answered by one that we give there. */
export function answerReplies(
  tx: WriteTx,
  wish: { readonly customerId: number; readonly channel: Channel; readonly at: number },
): number {
  return tx.sqlite
    .prepare<typeof wish>(
      `update replies set answered_at = @at
        where customer_id = @customerId and channel = @channel and answered_at is null and kind in ('reply', 'key-press')`,
    )
    .run(wish).changes;
}

/** The newest of a customer on a channel, or of all channels. */
export function newestReplyOf(tx: ReadTx, customerId: number, channel: Channel | null): ReplyRow | undefined {
  const id = tx.sqlite
    .prepare<{ customerId: number; channel: Channel | null }, number>(
      `select id from replies where customer_id = @customerId and (@channel is null or channel = @channel)
          and kind in ('reply', 'key-press') order by received_at desc, id desc limit 1`,
    )
    .pluck()
    .get({ customerId, channel });
  return id === undefined ? undefined : replyById(tx, id);
}

export type Head = {
  readonly customerId: number | null;
  readonly customerName: string | null;
  readonly address: string;
  readonly channel: Channel;
  readonly lastAt: number;
  readonly lastText: string;
  readonly openCount: number;
  readonly attachmentCount: number;
};

/** A conversation each: of a customer, or of an address that is nobody's. Open ones first, newest first. */
export function threadHeads(
  tx: ReadTx,
  wish: { readonly customerId: number | null; readonly isOpenOnly: boolean },
): readonly Head[] {
  return tx.sqlite
    .prepare<{ customerId: number | null; least: number }, Head>(
      // SQLite takes the other columns from the row that holds the one max().
      `select r.customer_id as customerId, c.name as customerName, r.from_address as address, r.channel,
              max(r.received_at) as lastAt, case when r.body = '' then coalesce(r.subject, '') else r.body end as lastText,
              sum(r.answered_at is null and r.kind = 'reply') as openCount,
              sum((select count(*) from reply_attachments a where a.reply_id = r.id)) as attachmentCount
         from replies r left join customers c on c.id = r.customer_id
        where @customerId is null or r.customer_id = @customerId
        group by coalesce('c' || r.customer_id, 'a' || r.from_address)
       having openCount >= @least
        order by openCount = 0, lastAt desc, r.id desc`,
    )
    .all({ customerId: wish.customerId, least: wish.isOpenOnly ? 1 : 0 });
}

export type ThreadOf =
  | { readonly customerId: number; readonly address: null }
  | { readonly customerId: null; readonly address: string };

/** What a customer wrote, or what came from an address that is nobody's; newest first. */
export function repliesOf(tx: ReadTx, of: ThreadOf, most: number): readonly ReplyRow[] {
  const ids = tx.sqlite
    .prepare<{ customerId: number | null; address: string | null; most: number }, number>(
      `select id from replies
        where customer_id is @customerId and (@address is null or from_address = @address)
        order by received_at desc, id desc limit @most`,
    )
    .pluck()
    .all({ ...of, most });
  return ids.flatMap((id) => replyById(tx, id) ?? []);
}

/** What we wrote to him, or to that address; what never was to leave is not part of a conversation. Newest first. */
export function messagesWith(tx: ReadTx, of: ThreadOf, most: number): readonly MessageRow[] {
  const where = of.customerId === null ? 'm.customer_id is null and m.address = ?' : 'm.customer_id = ?';
  return tx.sqlite
    .prepare<[string | number, number], RawMessage>(
      `select ${MESSAGE_COLUMNS} from messages m where ${where} and m.purpose <> 'test'
          and m.state not in ('skipped', 'declined', 'cancelled', 'user-cancelled', 'awaiting-approval', 'not-sent')
        order by coalesce(m.sent_at, m.created_at) desc, m.id desc limit ?`,
    )
    .all(of.customerId ?? of.address, most)
    .map((row) => messageOf(row));
}

/** Open replies of nobody from an address, for when somebody says whose it is. */
export function repliesOfAddress(tx: ReadTx, address: string): readonly ReplyRow[] {
  return tx.orm
    .select()
    .from(replies)
    .where(eq(replies.fromAddress, address))
    .orderBy(replies.id)
    .all()
    .map(typed);
}

export function messageByMailId(tx: ReadTx, mailId: string): MessageRow | undefined {
  const row = tx.sqlite
    .prepare<[string], RawMessage>(`select ${MESSAGE_COLUMNS} from messages m where m.mail_id = ? limit 1`)
    .get(mailId);
  return row && messageOf(row);
}

/** Clocks of gateways are not ours: a message may seem to have left a little after the answer to it came. */
const CLOCKS_APART_MS = 10 * 60_000;

/** The newest that had reached an address, or may have, when something came from there. */
export function newestMessageTo(
  tx: ReadTx,
  wish: { readonly address: string; readonly channel: Channel; readonly at: number },
): MessageRow | undefined {
  const row = tx.sqlite
    .prepare<{ address: string; channel: Channel; before: number }, RawMessage>(
      `select ${MESSAGE_COLUMNS} from messages m
        where m.address = @address and m.channel = @channel and m.purpose <> 'test'
          and m.state in ('sending', 'unknown', 'needs-person', 'accepted', 'sent', 'delivered', 'read', 'undelivered',
                          'bounced', 'no-report', 'handed-to-user', 'user-confirmed')
        order by coalesce(m.sent_at, m.created_at) <= @before desc, coalesce(m.sent_at, m.created_at) desc, m.id desc
        limit 1`,
    )
    .get({ address: wish.address, channel: wish.channel, before: wish.at + CLOCKS_APART_MS });
  return row && messageOf(row);
}

/** What could still leave to an address on a channel. */
export function waitingFor(tx: ReadTx, channel: Channel, address: string): readonly MessageRow[] {
  return tx.sqlite
    .prepare<[string, string], RawMessage>(
      `select ${MESSAGE_COLUMNS} from messages m where m.address = ? and m.channel = ?
          and m.state in ('awaiting-approval', 'scheduled', 'claimed', 'retry-wait', 'held', 'handed-to-user')
        order by m.id`,
    )
    .all(address, channel)
    .map((row) => messageOf(row));
}

export type Reachable = {
  readonly customerId: number;
  readonly phone: string | null;
  readonly email: string | null;
};

/** Every way to every customer, his own and his people's, a row each. */
export function reachables(tx: ReadTx): IterableIterator<Reachable> {
  return tx.sqlite
    .prepare<[], Reachable>(
      `select id as customerId, phone, email from customers where phone is not null or email is not null
       union all
       select customer_id, phone, email from contacts
        where removed_at is null and (phone is not null or email is not null)
       order by 1`,
    )
    .iterate();
}
