import { FIND_AFTER_MS } from '#domain/reminders/retry.ts';
import { mayFollow } from '#domain/reminders/outbox-states.ts';
import type { MessageChannel, Pulled } from '../../adapters/message-ports.ts';
import type { MessageState } from '#domain/reminders/words.ts';
import type { WriteTx } from '../../storage/database.ts';
import { gatewayById } from '../../storage/gateways.ts';
import { messageById, type MessageRow } from '../../storage/messages.ts';
import { moveMessage } from '../../storage/outbox.ts';
import type { BookContext } from '../door.ts';
import { channelOf } from './channels.ts';
import { move, tell } from './move.ts';
import { capabilitiesOf, firstPollAt } from './outcome.ts';
import { markOf } from './outgoing.ts';
import type { Runner } from './runner.ts';

type Found = { readonly providerId: string | null; readonly state: MessageState };
type Answer = Pulled<Found | null> | null;

/**
 * Looks at the gateway whether a message of unknown outcome is there, after two and after ten minutes. It is never sent
 * again from here: found, it was accepted; surely not there, it was not sent; otherwise a person says (docs/gateways.md
 * 8.4).
 */
export async function findUnknown(
  context: BookContext,
  runner: Runner,
  messages: readonly MessageRow[],
): Promise<void> {
  for (const message of messages) {
    if (runner.isStopped || !context.db.isOpen()) return;
    const answer = await ask(context, runner, message);
    if (!context.db.isOpen()) return;
    context.db.write((tx) => {
      const now = messageById(tx, message.id);
      if (now?.state === 'unknown') conclude(tx, context, { message: now, answer });
    });
    context.changed('messages', 'reminders');
  }
}

async function ask(context: BookContext, runner: Runner, message: MessageRow): Promise<Answer> {
  const { gatewayId } = message;
  const gateway = gatewayId === null ? undefined : context.db.read((tx) => gatewayById(tx, gatewayId));
  if (!gateway || gateway.removedAt !== null) return null;
  const opened = await channelOf(context, runner, gateway);
  const find: MessageChannel['find'] = opened.ok ? opened.channel.find : undefined;
  if (!find) return null;
  return find({ ...markOf(message), text: message.body }, runner.stop.signal);
}

function conclude(
  tx: WriteTx,
  context: BookContext,
  { message, answer }: { readonly message: MessageRow; readonly answer: Answer },
): void {
  const at = context.now();
  if (answer?.ok && answer.value !== null) return found(tx, context, { message, value: answer.value, at });
  const looks = message.pollCount + 1;
  if (answer !== null && looks < FIND_AFTER_MS.length) {
    const wait = (FIND_AFTER_MS[looks] ?? 0) - (FIND_AFTER_MS[looks - 1] ?? 0);
    moveMessage(tx, message.id, { pollCount: looks, nextAt: at + wait });
    if (answer.ok) tell(tx, message.id, { at, kind: 'not-found' });
    return;
  }
  if (answer?.ok) return move(tx, message, { to: 'not-sent', at, kind: 'not-found' });
  const detail = answer === null ? undefined : `${answer.code}: ${answer.detail}`;
  move(tx, message, { to: 'needs-person', at, kind: 'unknown', ...(detail === undefined ? {} : { detail }) });
}

function found(
  tx: WriteTx,
  context: BookContext,
  { message, value, at }: { readonly message: MessageRow; readonly value: Found; readonly at: number },
): void {
  const gateway = message.gatewayId === null ? undefined : gatewayById(tx, message.gatewayId);
  const to = mayFollow(message.state, value.state) && value.state !== 'not-sent' ? value.state : 'accepted';
  const isWaiting = to === 'accepted' || to === 'sent';
  const sentAt = message.sentAt ?? at;
  const nextAt = isWaiting && gateway ? firstPollAt(sentAt, capabilitiesOf(context, gateway)) : null;
  move(tx, message, {
    to,
    at,
    kind: 'found',
    fields: { providerId: value.providerId ?? message.providerId, pollCount: 0, nextAt, sentAt },
  });
}
