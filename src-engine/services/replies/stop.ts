import type { Day } from '#domain/days.ts';
import type { Channel, Purpose } from '#domain/reminders/words.ts';
import { consentWriter } from '../../storage/consents.ts';
import type { WriteTx } from '../../storage/database.ts';
import { attemptRows, patchAttempt } from '../../storage/outbox.ts';
import { waitingFor } from '../../storage/replies.ts';
import { putSuppression } from '../../storage/suppressions.ts';
import { move } from '../outbox/move.ts';

/** What goes by itself; an answer to his own question is none of it. */
const withdrawn: readonly Purpose[] = ['reminder', 'thanks', 'notice', 'statement'];
const WHY = 'opted-out';
const HOW: Readonly<Record<Channel, string>> = {
  sms: 'STOP by SMS',
  whatsapp: 'STOP on WhatsApp',
  email: 'STOP by email',
  voice: 'Key 9 in a call',
  call: 'On the phone',
  letter: 'By letter',
};
const PROOF_CHARS_MOST = 2000;
const DETAIL_CHARS_MOST = 200;

export type StopWish = {
  readonly channel: Channel;
  readonly address: string;
  readonly customerId: number | null;
  /** His own words, or the key he pressed: the proof. */
  readonly text: string;
  readonly day: Day;
  readonly at: number;
};

/** The address is written to no more on this channel, and nothing that waits for it leaves (docs/gateways.md 7). */
export function suppressNow(tx: WriteTx, wish: Omit<StopWish, 'customerId' | 'day'>): number {
  const { channel, address, text, at } = wish;
  const detail = text.trim().slice(0, DETAIL_CHARS_MOST);
  const suppressionId = putSuppression(tx, {
    channel,
    address,
    reason: 'stop',
    detail: detail === '' ? null : detail,
    createdAt: at,
  });
  cancelWaiting(tx, wish);
  return suppressionId;
}

/** Somebody said stop himself: honoured in the same transaction in which it is written down, with his words as proof. */
export function honourStop(tx: WriteTx, wish: StopWish): number {
  const { channel, customerId, text, day, at } = wish;
  const suppressionId = suppressNow(tx, wish);
  if (customerId === null) return suppressionId;
  const write = consentWriter(tx);
  const proof = text.slice(0, PROOF_CHARS_MOST);
  const how = HOW[channel];
  for (const purpose of withdrawn) {
    write({ customerId, channel, purpose, isGranted: false, how, proof, day, recordedAt: at });
  }
  return suppressionId;
}

function cancelWaiting(
  tx: WriteTx,
  { channel, address, at }: Pick<StopWish, 'channel' | 'address' | 'at'>,
): void {
  for (const message of waitingFor(tx, channel, address)) {
    for (const attempt of attemptRows(tx, message.id)) {
      if (attempt.phase !== 'prepared') continue;
      patchAttempt(tx, attempt.id, { phase: 'done', endedAt: at, code: WHY });
    }
    move(tx, message, { to: 'cancelled', at, kind: 'cancelled', reason: WHY });
  }
}
