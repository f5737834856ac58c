import type { GatewayShown } from '#contract/engine/gateways.ts';
import type { Thread } from '#contract/engine/replies.ts';
import type { Channel } from '#domain/reminders/words.ts';

/** An answer can be typed on these; a call is spoken and a letter printed. */
const answerChannels = ['whatsapp', 'sms', 'email'] as const satisfies readonly Channel[];
export type AnswerChannel = (typeof answerChannels)[number];

/** One's own WhatsApp on one's own phone: no business account, and so no window of 24 hours. */
const OWN_WHATSAPP = 'whatsapp-link';

export type AnswerWay = {
  readonly channel: AnswerChannel;
  /** Free text is closed: WhatsApp, and the customer has not written for a day. */
  readonly isClosed: boolean;
};

type Gateway = Pick<GatewayShown, 'kind' | 'channel' | 'isOn' | 'pause'>;

/** The channels on which an answer could leave now. The engine decides; this only spares the user a refusal. */
export function answerWays(
  gateways: readonly Gateway[],
  windowUntil: Thread['windowUntil'],
  now: number,
): readonly AnswerWay[] {
  return answerChannels.flatMap((channel) => {
    const usable = gateways.filter((one) => one.channel === channel && one.isOn && one.pause === null);
    if (usable.length === 0) return [];
    const needsWindow = channel === 'whatsapp' && !usable.some(({ kind }) => kind === OWN_WHATSAPP);
    return [{ channel, isClosed: needsWindow && minutesLeft(windowUntil, now) === 0 }];
  });
}

/** The channel that is written on: the chosen one, else the one the customer wrote on, else the first that is open. */
export function wayShown(
  ways: readonly AnswerWay[],
  chosen: Channel | undefined,
  theirs: Channel | undefined,
): AnswerWay | undefined {
  const of = (channel: Channel | undefined): AnswerWay | undefined =>
    ways.find((way) => way.channel === channel);
  return of(chosen) ?? of(theirs) ?? ways.find(({ isClosed }) => !isClosed) ?? ways[0];
}

const MINUTE_MS = 60_000;

/** Whole minutes until an instant, counting a begun one; 0 when it is over or there is none. */
export function minutesLeft(until: number | null, now: number): number {
  return until === null ? 0 : Math.max(0, Math.ceil((until - now) / MINUTE_MS));
}
