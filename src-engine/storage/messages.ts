import type { Day } from '#domain/days.ts';
import type { Paise } from '#domain/money.ts';
import type { Channel, MessageState, Purpose, SilenceReason } from '#domain/reminders/words.ts';
import { eq, getTableColumns } from 'drizzle-orm';
import type { ReadTx, WriteTx } from './database.ts';
import { messageBills, messageEvents, messages, reminderRuns } from './schema-reminders.ts';
import { oncePrepared, rowInserter } from './statements.ts';

// Runs and their messages as they are put into the outbox, and what stands of each. How a message goes on is in outbox.ts.

export type RunKind = (typeof reminderRuns.$inferSelect)['kind'];

export type NewRun = {
  readonly kind: RunKind;
  readonly runDay: Day;
  /** What was looked at; null for runs that nobody approves. */
  readonly rowsHash?: string | null;
  readonly approvedAt?: number | null;
  readonly undoUntil?: number | null;
  readonly createdAt: number;
  /** 'open' where it is not given. */
  readonly state?: 'approving';
};

export type RunRow = Omit<typeof reminderRuns.$inferSelect, 'runDay'> & { readonly runDay: Day };

export type NewMessageBill = {
  readonly billId: number;
  readonly number: string | null;
  readonly billDay: Day;
  readonly dueDay: Day;
  readonly openPaise: Paise;
  readonly currency: string | null;
  readonly foreignMinor: number | null;
};
export type MessageBillRow = NewMessageBill & { readonly messageId: number };

type Stored = typeof messages.$inferSelect;

/** A message as it stands. Instants are UTC milliseconds, prices millionths of a rupee. */
export type MessageRow = Omit<
  Stored,
  'purpose' | 'channel' | 'state' | 'reason' | 'forDay' | 'balancePaise' | 'overduePaise' | 'creditPaise'
> & {
  readonly purpose: Purpose;
  readonly channel: Channel;
  readonly state: MessageState;
  readonly reason: SilenceReason | null;
  readonly forDay: Day;
  readonly balancePaise: Paise;
  readonly overduePaise: Paise;
  readonly creditPaise: Paise;
};

/** What is set by the outbox as the message goes on; it begins with nothing of it. */
type SetLater =
  | 'id'
  | 'costMicros'
  | 'claimedBy'
  | 'claimedUntil'
  | 'nextAt'
  | 'pollCount'
  | 'attemptCount'
  | 'providerId'
  | 'postalNumber'
  | 'outcome'
  | 'sentAt'
  | 'changedAt';

/** These may be left out, and are null then. */
type MayLack = 'mailId' | 'mailParent' | 'mailRoot' | 'reason' | 'reasonJson' | 'whyJson';

/**
 * A message to be put into the outbox. `valuesJson` is the list of `{ name, value }` in the order of the text; it starts
 * 'scheduled', or 'awaiting-approval' where a person looks first.
 */
export type NewMessage = Omit<MessageRow, SetLater | MayLack> & Partial<Pick<MessageRow, MayLack>>;

export function insertRun(tx: WriteTx, run: NewRun): number {
  return tx.orm
    .insert(reminderRuns)
    .values({ state: 'open', ...run })
    .returning({ id: reminderRuns.id })
    .get().id;
}

const putMessage = rowInserter<Omit<NewMessage, 'id'> & { readonly changedAt: number }>(messages);
const putBill = rowInserter<NewMessageBill & { readonly messageId: number }>(messageBills);
const putEvent = rowInserter<typeof messageEvents.$inferInsert>(messageEvents);

/** Its id; null when a message with this dedupe key is there that left or may still leave (docs/gateways.md 8.7). */
export function insertMessage(
  tx: WriteTx,
  { bills, ...message }: NewMessage & { readonly bills: readonly NewMessageBill[] },
): number | null {
  const at = message.createdAt;
  const messageId = putMessage(tx, { ...message, changedAt: at });
  if (messageId === null) return null;
  putMessageBills(tx, messageId, bills);
  putEvent(tx, { messageId, at, kind: 'planned', valuesJson: message.whyJson ?? null });
  return messageId;
}

/** In the order in which the text names them. */
export function putMessageBills(tx: WriteTx, messageId: number, bills: readonly NewMessageBill[]): void {
  for (const { billId, number, billDay, dueDay, openPaise, currency, foreignMinor } of bills)
    putBill(tx, { messageId, billId, number, billDay, dueDay, openPaise, currency, foreignMinor });
}

const COLUMNS = Object.entries(getTableColumns(messages));

/** `select` list of a message in SQL that is written by hand; `m` is the table. */
export const MESSAGE_COLUMNS: string = COLUMNS.map(([key, column]) => `m.${column.name} as "${key}"`).join(
  ', ',
);

/** What SQLite gives for MESSAGE_COLUMNS: it knows no true and false. */
export type RawMessage = Omit<MessageRow, 'isAutomatic' | 'isEdited'> & {
  readonly isAutomatic: 0 | 1;
  readonly isEdited: 0 | 1;
};

export function messageOf<T extends RawMessage>(
  row: T,
): Omit<T, 'isAutomatic' | 'isEdited'> & Pick<MessageRow, 'isAutomatic' | 'isEdited'> {
  return { ...row, isAutomatic: row.isAutomatic === 1, isEdited: row.isEdited === 1 };
}

const byId = oncePrepared((sqlite) =>
  sqlite.prepare<[number], RawMessage>(`select ${MESSAGE_COLUMNS} from messages m where m.id = ?`),
);

export function messageById(tx: ReadTx, messageId: number): MessageRow | undefined {
  const row = byId(tx).get(messageId);
  return row && messageOf(row);
}

export function messagesOfRun(tx: ReadTx, runId: number): readonly MessageRow[] {
  return tx.sqlite
    .prepare<[number], RawMessage>(
      `select ${MESSAGE_COLUMNS} from messages m where m.run_id = ? order by m.id`,
    )
    .all(runId)
    .map((row) => messageOf(row));
}

/** By what gateways call it: our uid, or their own id at one of the user's gateways. */
export function messageByProviderId(
  tx: ReadTx,
  gatewayId: number,
  providerId: string,
): MessageRow | undefined {
  const row = tx.sqlite
    .prepare<[number, string], RawMessage>(
      `select ${MESSAGE_COLUMNS} from messages m where m.gateway_id = ? and m.provider_id = ?`,
    )
    .get(gatewayId, providerId);
  return row && messageOf(row);
}

export function messageByUid(tx: ReadTx, uid: string): MessageRow | undefined {
  const row = tx.sqlite
    .prepare<[string], RawMessage>(`select ${MESSAGE_COLUMNS} from messages m where m.uid = ?`)
    .get(uid);
  return row && messageOf(row);
}

const billsOf = oncePrepared((sqlite) =>
  sqlite.prepare<[number], MessageBillRow>(
    `select message_id as messageId, bill_id as billId, number, bill_day as billDay, due_day as dueDay,
            open_paise as openPaise, currency, foreign_minor as foreignMinor
       from message_bills where message_id = ? order by id`,
  ),
);

/** In the order in which they stood in the message. */
export function messageBillRows(tx: ReadTx, messageId: number): readonly MessageBillRow[] {
  return billsOf(tx).all(messageId);
}

export function runById(tx: ReadTx, runId: number): RunRow | undefined {
  return tx.orm.select().from(reminderRuns).where(eq(reminderRuns.id, runId)).get() as RunRow | undefined;
}

export function patchRun(
  tx: WriteTx,
  runId: number,
  fields: Partial<Pick<RunRow, 'state' | 'undoUntil' | 'approvedAt'>>,
): void {
  tx.orm.update(reminderRuns).set(fields).where(eq(reminderRuns.id, runId)).run();
}
