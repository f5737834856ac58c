import { canBeStopped, mayFollow } from '#domain/reminders/outbox-states.ts';
import { refuse, type Refusal } from '#domain/result.ts';
import { insertEvent } from '../../storage/outbox.ts';
import { sha256Of } from '../../storage/digest.ts';
import type { WriteTx } from '../../storage/database.ts';
import {
  insertMessage,
  insertRun,
  messageBillRows,
  messageById,
  type MessageRow,
} from '../../storage/messages.ts';
import { refused, type BookContext } from '../door.ts';
import { factsFor } from '../outbox/kept-facts.ts';
import { checkNow, rewrite } from '../outbox/last-check.ts';
import { move } from '../outbox/move.ts';
import { outboxOf } from '../outbox/runner.ts';
import { messageGone } from './show.ts';
import { actOnCall, type CallOutcome } from './called.ts';

/** Takes back what has not begun to leave; the rest stays as it is (E12). Answers how many were taken back. */
export function cancel(context: BookContext, messageIds: readonly number[]): number {
  const at = context.now();
  return context.db.write((tx) => {
    let count = 0;
    for (const messageId of messageIds) {
      const message = messageById(tx, messageId);
      const isHere = message && (canBeStopped.has(message.state) || message.state === 'handed-to-user');
      if (!message || !isHere) continue;
      move(tx, message, { to: 'cancelled', at, kind: 'cancelled', reason: 'by-person' });
      count += 1;
    }
    return count;
  });
}

/** Refused where all that was named has left, or has ended, already. */
export function nothingToCancel(count: number): Refusal {
  const values = { count };
  const sentence =
    count === 1
      ? 'This message has begun to leave or has ended already, and cannot be taken back.'
      : `None of these ${count} messages can be taken back: they have begun to leave or have ended already.`;
  return refuse('messages-left', sentence, { values }).refusal;
}

type Settled = { readonly messageId: number; readonly hasArrived: boolean; readonly sendAgain: boolean };

/**
 * A person says what became of a message of which nobody knows. Only then may the same be sent again, as a message of its
 * own. Of one that waits for his approval because the amount changed, he says whether it goes with the new amounts.
 */
export function settle(context: BookContext, wish: Settled): void {
  const message = context.db.read((tx) => messageById(tx, wish.messageId));
  if (!message) throw messageGone();
  if (message.state === 'awaiting-approval') return approveAnew(context, message, wish.sendAgain);
  context.db.write((tx) => {
    const at = context.now();
    const now = messageById(tx, wish.messageId);
    if (now?.state !== 'unknown' && now?.state !== 'needs-person') throw notInDoubt();
    if (wish.hasArrived)
      return move(tx, now, { to: 'delivered', at, kind: 'by-person', fields: { sentAt: now.sentAt ?? at } });
    move(tx, now, { to: 'not-sent', at, kind: 'by-person', reason: 'by-person' });
    if (wish.sendAgain) sendAgain(tx, context, now);
  });
}

function notInDoubt(): Error {
  const sentence = 'Nobody is in doubt about this message: it says itself what became of it.';
  return refused(refuse('message-not-in-doubt', sentence).refusal);
}

/** A message of its own with a key of its own: the other one has come to its end. */
function sendAgain(tx: WriteTx, context: BookContext, before: MessageRow): void {
  const at = context.now();
  const runId = insertRun(tx, { kind: 'single', runDay: context.today, approvedAt: at, createdAt: at });
  const { id, costMicros: _c, claimedBy: _b, claimedUntil: _u, nextAt: _n, ...kept } = before;
  const { pollCount: _p, attemptCount: _a, providerId: _i, postalNumber: _o, ...left } = kept;
  const { outcome: _t, sentAt: _s, changedAt: _g, ...again } = left;
  const messageId = insertMessage(tx, {
    ...again,
    uid: context.newId(),
    runId,
    isAutomatic: false,
    // By hand: what a cadence would say of it today no longer matters, what the customer said does.
    cadenceId: null,
    mailId: null,
    dedupeKey: sha256Of(`${before.dedupeKey}|again|${id}`),
    forDay: context.today,
    notBefore: at,
    expiresAt: at + AGAIN_MS,
    state: 'scheduled',
    reason: null,
    reasonJson: null,
    createdAt: at,
    bills: messageBillRows(tx, id),
  });
  if (messageId !== null)
    insertEvent(tx, { messageId, at, kind: 'by-person', valuesJson: JSON.stringify({ again: id }) });
}

const AGAIN_MS = 24 * 3_600_000;

function approveAnew(context: BookContext, message: MessageRow, goes: boolean): void {
  const facts = goes ? factsFor(context, outboxOf(context), message) : null;
  context.db.write((tx) => {
    const at = context.now();
    const now = messageById(tx, message.id);
    if (now?.state !== 'awaiting-approval') throw notInDoubt();
    if (!goes) return move(tx, now, { to: 'declined', at, kind: 'declined', reason: 'by-person' });
    const verdict = checkNow(tx, now, facts);
    if (verdict.kind === 'stop') {
      return move(tx, now, {
        to: 'skipped',
        at,
        kind: 'skipped',
        reason: verdict.reason,
        values: verdict.values,
      });
    }
    if (verdict.kind === 'changed') rewrite(tx, now, { verdict, at });
    move(tx, now, { to: 'scheduled', at, kind: 'approved' });
  });
}

/** The address that opens WhatsApp with the text in it. What was paid since it was handed over is not asked for again. */
export function linkOf(context: BookContext, messageId: number): string {
  const message = context.db.read((tx) => messageById(tx, messageId));
  if (!message) throw messageGone();
  if (message.state !== 'handed-to-user' || message.providerId === null) throw notHanded();
  const facts = factsFor(context, outboxOf(context), message);
  const stopped = context.db.write((tx) => {
    const verdict = checkNow(tx, message, facts);
    if (verdict.kind === 'go') return null;
    // The amounts stand in the address that opens the chat: with others it is planned anew.
    if (verdict.kind === 'changed' && verdict.written.text === message.body) return null;
    const { reason, values } = verdict.kind === 'stop' ? verdict : { reason: verdict.why, values: {} };
    move(tx, message, { to: 'skipped', at: context.now(), kind: 'skipped', reason, values });
    return reason;
  });
  if (stopped === null) return message.providerId;
  context.changed('messages', 'reminders');
  const values = { reason: stopped };
  const sentence = `This message is not needed any more (${stopped}).`;
  throw refused(refuse('message-not-needed', sentence, { values }).refusal);
}

function notHanded(): Error {
  return refused(refuse('message-not-handed', 'This message does not wait for you.').refusal);
}

type Done = CallOutcome & {
  readonly messageId: number;
  readonly isDone: boolean;
  readonly postalNumber: string | null;
};

/** What a person did with what was handed to him: sent, posted, called, or not. */
export function confirm(context: BookContext, wish: Done): void {
  context.db.write((tx) => {
    const at = context.now();
    const message = messageById(tx, wish.messageId);
    if (!message) throw messageGone();
    if (!mayFollow(message.state, 'user-confirmed')) throw notHanded();
    if (!wish.isDone)
      return move(tx, message, { to: 'user-cancelled', at, kind: 'by-person', reason: 'by-person' });
    const kind =
      message.channel === 'letter' ? 'posted' : message.channel === 'call' ? 'called' : 'confirmed';
    const { postalNumber, outcome, promiseDay } = wish;
    const said = { postalNumber, outcome, promiseDay };
    const values = Object.fromEntries(
      Object.entries(said).filter((pair): pair is [string, string] => pair[1] !== null),
    );
    const fields = { postalNumber, outcome, sentAt: at };
    const detail = wish.note === null ? {} : { detail: wish.note };
    move(tx, message, { to: 'user-confirmed', at, kind, values, fields, ...detail });
    if (message.channel === 'call') actOnCall(tx, context, message, wish);
  });
}
