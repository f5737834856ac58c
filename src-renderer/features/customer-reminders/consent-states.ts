import type { Consent } from '#contract/engine/consents.ts';
import type { Channel } from '#domain/reminders/words.ts';

/** Ways on which one is written or rung to by Baaki itself, and so has something to agree to. */
const consentChannels = ['sms', 'whatsapp', 'email', 'voice'] as const satisfies readonly Channel[];
export type ConsentChannel = (typeof consentChannels)[number];

export type ConsentState = {
  readonly channel: ConsentChannel;
  readonly state: 'granted' | 'withdrawn' | 'unsaid';
  /** The word that holds now; undefined while nothing was said. */
  readonly word: Consent | undefined;
};

/** What holds on each channel: his last word on reminders. */
export function consentStates(words: readonly Consent[]): readonly ConsentState[] {
  return consentChannels.map((channel) => {
    const word = words.find((one) => one.channel === channel && one.purpose === 'reminder' && one.isCurrent);
    return { channel, word, state: word === undefined ? 'unsaid' : word.isGranted ? 'granted' : 'withdrawn' };
  });
}
