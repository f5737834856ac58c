import { addDays, type Day } from '../days.ts';
import { readReply } from './texts/replies.ts';
import { keyMeaning, type KeyMeaning } from './texts/speech.ts';
import type { Channel, InboundKind, ReplyMark } from './words.ts';

// What is made of something that came in. Only a wish to be left alone is acted on by itself; all else is a hint.

const HOUR_MS = 3_600_000;
/** A business may write freely so long after a customer wrote to it on WhatsApp (docs/gateways.md 3.2). */
export const WINDOW_MS = 24 * HOUR_MS;
/** Whoever pressed 1 without a day in the message is taken at his word for so long. */
const KEY_PROMISE_DAYS = 7;

/** Until when free text is allowed, UTC milliseconds; null on other channels, and when it is over. */
export function windowOf(channel: Channel, lastAt: number | null, now: number): number | null {
  if (channel !== 'whatsapp' || lastAt === null) return null;
  const until = lastAt + WINDOW_MS;
  return until > now ? until : null;
}

/** The day that a key 1 promises. */
export function keyPromiseDay(pressedOn: Day): Day {
  return addDays(pressedOn, KEY_PROMISE_DAYS);
}

export type ReplyHint = {
  readonly mark: ReplyMark;
  readonly day: Day | null;
  readonly reference: string | null;
};

const keyMarks: Readonly<Record<KeyMeaning, ReplyMark>> = {
  promise: 'promise',
  paid: 'paid',
  talk: 'question',
  stop: 'stop',
};

/** What a reply is taken for; `on` is the day it came. Null for what no person said, and where nothing is understood. */
export function hintOf(
  reply: { readonly kind: InboundKind; readonly channel: Channel; readonly body: string },
  on: Day,
): ReplyHint | null {
  const { kind, channel, body } = reply;
  if (kind === 'key-press' || (kind === 'reply' && channel === 'voice')) {
    const meaning = keyMeaning(body);
    if (meaning === null) return null;
    return {
      mark: keyMarks[meaning],
      day: meaning === 'promise' ? keyPromiseDay(on) : null,
      reference: null,
    };
  }
  if (kind !== 'reply') return null;
  const { mark, promiseDay, utr } = readReply(body, on);
  return mark === 'other' ? null : { mark, day: promiseDay, reference: utr };
}

/** "Re: …" once, however often it was answered before. */
export function answerSubject(subject: string | null): string {
  const bare = (subject ?? '').replace(/^\s*(?:(?:re|aw|fwd?|sv)\s*(?:\[\d+\])?\s*:\s*)+/iu, '').trim();
  return bare === '' ? 'Re:' : `Re: ${bare}`;
}

/** Keys of a mail's thread are compared as they are written, in angle brackets; null for what is none. */
export function mailIdIn(channel: Channel, externalId: string): string | null {
  return channel === 'email' && /^<[^\s<>]+>$/u.test(externalId) ? externalId : null;
}
