import type { MessageState } from '#domain/reminders/words.ts';
import { eq } from 'drizzle-orm';
import type { ReadTx, WriteTx } from './database.ts';
import {
  MESSAGE_COLUMNS,
  messageOf,
  putMessageBills,
  type MessageRow,
  type NewMessageBill,
  type RawMessage,
} from './messages.ts';
import { attempts, messageEvents, messages } from './schema-reminders.ts';
import { oncePrepared, rowInserter, rowPatcher } from './statements.ts';

// How messages go on: what is to be done next, attempts and events. Which state may follow which is a rule of domain.

/** What the outbox changes of a message; never what it says or to whom it goes. */
export type MessageMove = Partial<
  Pick<
    MessageRow,
    | 'state'
    | 'reason'
    | 'reasonJson'
    | 'notBefore'
    | 'forDay'
    | 'claimedBy'
    | 'claimedUntil'
    | 'nextAt'
    | 'pollCount'
    | 'attemptCount'
    | 'providerId'
    | 'mailId'
    | 'postalNumber'
    | 'outcome'
    | 'parts'
    | 'costMicros'
    | 'sentAt'
    | 'changedAt'
  >
>;

/** What a balance that went down changes of a message before it leaves (docs/gateways.md 8.6). */
export type MessageText = Pick<
  MessageRow,
  | 'subject'
  | 'body'
  | 'valuesJson'
  | 'balancePaise'
  | 'overduePaise'
  | 'creditPaise'
  | 'parts'
  | 'estimateMicros'
  | 'templateVersion'
>;

const patchMessage = rowPatcher<MessageMove | Partial<MessageText>>(messages);

export function moveMessage(tx: WriteTx, messageId: number, fields: MessageMove): void {
  patchMessage(tx, messageId, fields);
}

/** The same amounts in other words. */
export function rewordMessage(tx: WriteTx, messageId: number, text: Partial<MessageText>): void {
  patchMessage(tx, messageId, text);
}

/** Another text for other amounts; the bills it names are those of the new one. */
export function rewriteMessage(
  tx: WriteTx,
  messageId: number,
  { bills, ...text }: Partial<MessageText> & { readonly bills: readonly NewMessageBill[] },
): void {
  patchMessage(tx, messageId, text);
  tx.sqlite.prepare('delete from message_bills where message_id = ?').run(messageId);
  putMessageBills(tx, messageId, bills);
}

export type NewEvent = {
  readonly messageId: number;
  readonly at: number;
  readonly kind: string;
  readonly detail?: string | null;
  readonly valuesJson?: string | null;
  /** News with a key that is there already are not written again. */
  readonly eventKey?: string | null;
};
export type EventRow = typeof messageEvents.$inferSelect;

const eventWriter = oncePrepared((sqlite) =>
  sqlite.prepare<Required<NewEvent>>(
    `insert into message_events (message_id, at, kind, detail, values_json, event_key)
     values (@messageId, @at, @kind, @detail, @valuesJson, @eventKey)
     on conflict (event_key) where event_key is not null do nothing`,
  ),
);

/** False: the same news is there already. */
export function insertEvent(tx: WriteTx, event: NewEvent): boolean {
  const row = { detail: null, valuesJson: null, eventKey: null, ...event };
  return eventWriter(tx).run(row).changes === 1;
}

/** Oldest first. */
export function eventRows(tx: ReadTx, messageId: number): readonly EventRow[] {
  return tx.orm
    .select()
    .from(messageEvents)
    .where(eq(messageEvents.messageId, messageId))
    .orderBy(messageEvents.id)
    .all();
}

export type AttemptRow = typeof attempts.$inferSelect;
export type NewAttempt = Pick<AttemptRow, 'messageId' | 'number' | 'gatewayId' | 'requestHash' | 'startedAt'>;

const ATTEMPT_COLUMNS = `id, message_id as messageId, number, gateway_id as gatewayId, phase, request_hash as requestHash,
  started_at as startedAt, ended_at as endedAt, error_class as errorClass, code, detail`;
const putAttempt = rowInserter<NewAttempt & Pick<AttemptRow, 'phase'>>(attempts);
const patchAttemptRow = rowPatcher<Partial<AttemptRow>>(attempts);

/** Of phase 'prepared': nothing can have left. */
export function insertAttempt(tx: WriteTx, attempt: NewAttempt): number {
  const id = putAttempt(tx, { ...attempt, phase: 'prepared' });
  if (id === null)
    throw new Error(`Attempt ${attempt.number} of message ${attempt.messageId} is there already.`);
  return id;
}

export function patchAttempt(
  tx: WriteTx,
  attemptId: number,
  fields: Partial<Pick<AttemptRow, 'phase' | 'endedAt' | 'errorClass' | 'code' | 'detail'>>,
): void {
  patchAttemptRow(tx, attemptId, fields);
}

/** In order. */
export function attemptRows(tx: ReadTx, messageId: number): readonly AttemptRow[] {
  return tx.orm
    .select()
    .from(attempts)
    .where(eq(attempts.messageId, messageId))
    .orderBy(attempts.number)
    .all();
}

const attemptOf = oncePrepared((sqlite) =>
  sqlite.prepare<[number], AttemptRow>(`select ${ATTEMPT_COLUMNS} from attempts where id = ?`),
);

export function attemptById(tx: ReadTx, attemptId: number): AttemptRow | undefined {
  return attemptOf(tx).get(attemptId);
}

/** Attempts that have no end: of a process that was killed, or of one that is at it now. */
export function openAttempts(tx: ReadTx): readonly AttemptRow[] {
  return tx.sqlite
    .prepare<[], AttemptRow>(
      `select ${ATTEMPT_COLUMNS} from attempts indexed by attempts_phase where phase <> 'done' order by id`,
    )
    .all();
}

const due = oncePrepared((sqlite) =>
  sqlite.prepare<
    { gatewayId: number | null; now: number; skip: string; notTo: string; most: number },
    RawMessage
  >(
    `select ${MESSAGE_COLUMNS} from messages m
      where m.state = 'scheduled' and m.not_before <= @now and m.gateway_id is @gatewayId
        and m.id not in (select value from json_each(@skip))
        and (@notTo = '[]' or lower(substr(m.address, instr(m.address, '@') + 1))
             not in (select value from json_each(@notTo)))
        and (select r.state from reminder_runs r where r.id = m.run_id) <> 'approving'
      order by m.not_before, m.id limit @most`,
  ),
);

/** Messages of one gateway that may leave now, the longest waiting first; not those that somebody is at. */
export function dueMessages(
  tx: ReadTx,
  ask: {
    readonly gatewayId: number | null;
    readonly now: number;
    readonly skip: readonly number[];
    /** Domains of mail addresses that have to wait. */
    readonly notTo: readonly string[];
    readonly most: number;
  },
): readonly MessageRow[] {
  return due(tx)
    .all({ ...ask, skip: JSON.stringify(ask.skip), notTo: JSON.stringify(ask.notTo) })
    .map((row) => messageOf(row));
}

/** Gateways that have something to send now; null for messages that have none. */
export function dueGatewayIds(tx: ReadTx, now: number): readonly (number | null)[] {
  return tx.sqlite
    .prepare<[number], number | null>(
      `select distinct gateway_id from messages where state = 'scheduled' and not_before <= ?`,
    )
    .pluck()
    .all(now);
}

/** Messages that somebody is at, or was at when he was killed. */
export function underWay(tx: ReadTx): readonly number[] {
  return tx.sqlite
    .prepare<[], number>(`select id from messages where state in ('claimed', 'sending')`)
    .pluck()
    .all();
}

/** In a state since whenever, in order of id. */
export function messagesIn(tx: ReadTx, state: MessageState, most: number): readonly MessageRow[] {
  return tx.sqlite
    .prepare<[string, number], RawMessage>(
      `select ${MESSAGE_COLUMNS} from messages m where m.state = ? order by m.id limit ?`,
    )
    .all(state, most)
    .map((row) => messageOf(row));
}

/** Something is to be done with them now: tried again, looked for, asked about. */
export function messagesDue(tx: ReadTx, now: number, most: number): readonly MessageRow[] {
  return tx.sqlite
    .prepare<[number, number], RawMessage>(
      `select ${MESSAGE_COLUMNS} from messages m where m.next_at is not null and m.next_at <= ?
        order by m.next_at, m.id limit ?`,
    )
    .all(now, most)
    .map((row) => messageOf(row));
}

const WAITING = "('awaiting-approval', 'scheduled', 'held', 'retry-wait', 'handed-to-user')";
/** A letter to print and a call to make wait for a person so much longer than what leaves by itself: fourteen days. */
const TASK_MS = 14 * 24 * 3_600_000;

/** Whose time to leave, or to be done by a person, is over, whatever they wait for. */
export function messagesExpired(tx: ReadTx, now: number, most: number): readonly MessageRow[] {
  return tx.sqlite
    .prepare<[number, number, number], RawMessage>(
      `select ${MESSAGE_COLUMNS} from messages m where m.state in ${WAITING}
          and m.expires_at < case when m.channel in ('letter', 'call') then ? else ? end order by m.id limit ?`,
    )
    .all(now - TASK_MS, now, most)
    .map((row) => messageOf(row));
}

/** When something is to be done next; null = nothing waits. */
export function nextInstant(tx: ReadTx): number | null {
  const next = tx.sqlite
    .prepare(
      `select min(at) from (
         select min(next_at) as at from messages where next_at is not null
         union all select min(not_before) from messages where state = 'scheduled'
         union all select min(expires_at + case when channel in ('letter', 'call') then ${TASK_MS} else 0 end)
           from messages where state in ${WAITING})`,
    )
    .pluck()
    .get();
  return typeof next === 'number' ? next : null;
}

/** A clock that was set back has left looks far ahead: they are not later than this. */
export function bringNextNearer(tx: WriteTx, latest: number): void {
  tx.sqlite.prepare('update messages set next_at = @latest where next_at > @latest').run({ latest });
}

/**
 * What could not reach its gateway waits no longer than this: the network is back. What was tried a moment ago, or was told
 * to wait by its gateway or by the hours, goes on waiting. Answers how many there were.
 */
export function bringRetriesNearer(
  tx: WriteTx,
  when: { readonly latest: number; readonly triedBefore: number },
): number {
  return tx.sqlite
    .prepare(
      `update messages set next_at = @latest where state = 'retry-wait' and next_at > @latest
          and (select error_class = 'transient-before-send' and started_at < @triedBefore
                 from attempts where message_id = messages.id order by number desc limit 1)`,
    )
    .run(when).changes;
}

const spent = oncePrepared((sqlite) =>
  sqlite
    .prepare<[number], number>(
      `select coalesce(sum(coalesce(cost_micros, estimate_micros)), 0) from messages
        where (sent_at >= ? and state not in ('rejected', 'not-sent')) or state in ('claimed', 'sending')`,
    )
    .pluck(),
);

/** What messages that left from an instant on, or are leaving, cost by what is known best; millionths of a rupee. */
export function spentSince(tx: ReadTx, from: number): number {
  return spent(tx).get(from) ?? 0;
}
