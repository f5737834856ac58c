import type { InboundMessage, SentMark } from '../message-ports.ts';
import type { Settings } from './settings.ts';

// Keys of a call come with its report, and are handed over as what the customer said. They wait here between the two
// questions: channels come and go. A key that is lost with the program is told again by the next report of that call.

const waiting = new Map<string, Map<string, InboundMessage>>();

const placeOf = ({ statusUrl, user }: Settings): string => `${statusUrl}|${user}`;

export function keepKeys(settings: Settings, mark: SentMark, pressed: string | null): void {
  const digit = /^[0-9*#]/.exec(pressed ?? '')?.[0];
  if (digit === undefined) return;
  const externalId = `${mark.providerId ?? mark.uid}:${digit}`;
  const queue = waiting.get(placeOf(settings)) ?? new Map<string, InboundMessage>();
  waiting.set(placeOf(settings), queue);
  queue.set(externalId, {
    externalId,
    kind: 'key-press',
    from: mark.to,
    at: mark.sentAt,
    subject: null,
    text: digit,
    about: { uid: mark.uid, providerId: mark.providerId, messageIds: [] },
    attachments: [],
    news: null,
  });
}

export function takeKeys(settings: Settings): readonly InboundMessage[] {
  const queue = waiting.get(placeOf(settings));
  waiting.delete(placeOf(settings));
  return [...(queue?.values() ?? [])];
}
