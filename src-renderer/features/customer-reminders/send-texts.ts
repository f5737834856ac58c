import type { TemplateShown } from '#contract/engine/templates.ts';
import type { Channel, Purpose } from '#domain/reminders/words.ts';

/** What a person sends of his own accord; an answer stands in the inbox, and a test goes to the owner. */
const purposes = ['reminder', 'notice', 'statement', 'thanks'] as const satisfies readonly Purpose[];

type Text = Pick<
  TemplateShown,
  'templateId' | 'purpose' | 'channel' | 'isPaused' | 'language' | 'tone' | 'name' | 'key'
>;

function isSendable(text: Text): boolean {
  return !text.isPaused && purposes.some((purpose) => purpose === text.purpose);
}

/** The channels that have a text. */
export function sendChannels(texts: readonly Text[], all: readonly Channel[]): readonly Channel[] {
  return all.filter((channel) => texts.some((text) => text.channel === channel && isSendable(text)));
}

/** The texts of a channel: in the customer's language first, reminders first within it. */
export function sendTexts<T extends Text>(
  texts: readonly T[],
  channel: Channel,
  language: string | null,
): readonly T[] {
  const wanted = language ?? 'en';
  const rank = (text: T): number =>
    (text.language === wanted ? 0 : purposes.length) + purposes.findIndex((one) => one === text.purpose);
  return texts
    .filter((text) => text.channel === channel && isSendable(text))
    .toSorted((a, b) => rank(a) - rank(b));
}
