import { FIND_AFTER_MS } from '#domain/reminders/retry.ts';
import type { WriteTx } from '../../storage/database.ts';
import { gatewayById } from '../../storage/gateways.ts';
import { messageById, type MessageRow } from '../../storage/messages.ts';
import { messagesIn, openAttempts, patchAttempt, type AttemptRow } from '../../storage/outbox.ts';
import type { BookContext } from '../door.ts';
import { move } from './move.ts';
import { capabilitiesOf } from './outcome.ts';
import type { Runner } from './runner.ts';

const STUCK_MOST = 10_000;

/**
 * What a process left behind that ended in the middle of it: what was only prepared waits again, and of what may have left
 * nobody knows (docs/gateways.md 8.3). Nothing that this process is at is touched. Answers how many there were.
 */
export function recover(context: BookContext, runner: Runner): number {
  const at = context.now();
  const isOurs = (messageId: number): boolean => runner.working.has(messageId);
  const isNone = context.db.read((tx) => {
    const isAttempt = openAttempts(tx).some(({ messageId }) => !isOurs(messageId));
    return !isAttempt && stuck(tx, isOurs).length === 0;
  });
  if (isNone) return 0;
  return context.db.write((tx) => {
    const open = openAttempts(tx).filter(({ messageId }) => !isOurs(messageId));
    for (const attempt of open) bringBack(tx, context, { attempt, at });
    const left = stuck(tx, isOurs);
    for (const message of left) {
      if (message.state === 'claimed') move(tx, message, { to: 'scheduled', at, kind: 'freed' });
      else toUnknown(tx, message, at);
    }
    return open.length + left.length;
  });
}

function stuck(
  tx: Parameters<typeof messagesIn>[0],
  isOurs: (messageId: number) => boolean,
): readonly MessageRow[] {
  return [...messagesIn(tx, 'claimed', STUCK_MOST), ...messagesIn(tx, 'sending', STUCK_MOST)].filter(
    ({ id }) => !isOurs(id),
  );
}

function bringBack(
  tx: WriteTx,
  context: BookContext,
  { attempt, at }: { readonly attempt: AttemptRow; readonly at: number },
): void {
  const code = attempt.phase === 'prepared' ? 'stopped-before' : 'stopped-while-sending';
  patchAttempt(tx, attempt.id, { phase: 'done', endedAt: at, code });
  const message = messageById(tx, attempt.messageId);
  if (!message) return;
  if (message.state === 'claimed')
    return move(tx, message, { to: 'scheduled', at, kind: 'freed', detail: code });
  if (message.state !== 'sending') return;
  const gateway = message.gatewayId === null ? undefined : gatewayById(tx, message.gatewayId);
  toUnknown(tx, message, at);
  // The same uid never makes a second message there: asking once more is the surest way to know.
  if (!gateway || !capabilitiesOf(context, gateway)?.isIdempotent) return;
  const unknown = messageById(tx, message.id);
  if (unknown) move(tx, unknown, { to: 'retry-wait', at, kind: 'retry', fields: { nextAt: at } });
}

function toUnknown(tx: WriteTx, message: MessageRow, at: number): void {
  move(tx, message, {
    to: 'unknown',
    at,
    kind: 'unknown',
    detail: 'stopped-while-sending',
    fields: { pollCount: 0, nextAt: at + FIND_AFTER_MS[0], sentAt: message.sentAt ?? message.changedAt },
  });
}
