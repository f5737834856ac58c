import type { messageEventKinds } from '#contract/engine/messages.ts';
import { mayFollow } from '#domain/reminders/outbox-states.ts';
import type { MessageState, SilenceReason } from '#domain/reminders/words.ts';
import type { WriteTx } from '../../storage/database.ts';
import type { MessageRow } from '../../storage/messages.ts';
import { insertEvent, moveMessage, type MessageMove } from '../../storage/outbox.ts';

export type MessageEventKind = (typeof messageEventKinds)[number];

export type Move = {
  readonly to: MessageState;
  readonly at: number;
  readonly kind: MessageEventKind;
  readonly reason?: SilenceReason | null;
  readonly values?: Readonly<Record<string, string | number>>;
  /** What the other side said: a code and its words, never keys, addresses or texts. */
  readonly detail?: string;
  readonly eventKey?: string;
  readonly fields?: MessageMove;
};

/** Moves a message on and says so in its timeline, in one transaction. A move that no rule allows is a bug of ours. */
export function move(tx: WriteTx, message: MessageRow, wish: Move): void {
  const { to, at, kind, reason = null, values, detail, eventKey, fields } = wish;
  if (!mayFollow(message.state, to)) {
    throw new Error(`A message may not go from ${message.state} to ${to}.`);
  }
  const valuesJson = values === undefined ? null : JSON.stringify(values);
  moveMessage(tx, message.id, {
    nextAt: null,
    claimedBy: null,
    claimedUntil: null,
    ...fields,
    state: to,
    reason,
    reasonJson: valuesJson,
    changedAt: at,
  });
  insertEvent(tx, {
    messageId: message.id,
    at,
    kind,
    detail: detail ?? null,
    valuesJson: reason === null ? valuesJson : JSON.stringify({ ...values, reason }),
    eventKey: eventKey ?? null,
  });
}

/** Something that is told in the timeline and moves nothing. */
export function tell(
  tx: WriteTx,
  messageId: number,
  event: {
    readonly at: number;
    readonly kind: MessageEventKind;
    readonly values?: Readonly<Record<string, string | number>>;
    readonly detail?: string;
  },
): void {
  insertEvent(tx, {
    messageId,
    at: event.at,
    kind: event.kind,
    detail: event.detail ?? null,
    valuesJson: event.values === undefined ? null : JSON.stringify(event.values),
  });
}
