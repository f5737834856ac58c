import type { TemplateShown } from '#contract/engine/templates.ts';
import type { Channel, Purpose } from '#domain/reminders/words.ts';

/** What a person sends of his own accord; an answer stands in the inbox, and a test goes to the owner. */
const purposes = ['reminder', 'notice', 'statement', 'thanks'] as const satisfies readonly Purpose[];

type Text = Pick<
  TemplateShown,
  'templateId' | 'purpose' | 'channel' | 'isPaused' | 'language' | 'tone' | 'name' | 'key' | 'dlt'
>;

function isSendable(text: Text): boolean {
  return !text.isPaused && purposes.some((purpose) => purpose === text.purpose);
}

/** The channels that have a text. */
export function sendChannels(texts: readonly Text[], all: readonly Channel[]): readonly Channel[] {
  return all.filter((channel) => texts.some((text) => text.channel === channel && isSendable(text)));
}

type TextsWish = {
  readonly channel: Channel;
  readonly language: string | null;
  /** Of his oldest open bill; below zero while nothing is due. */
  readonly daysLate: number;
};

/** The text of the starter set that fits the day; whoever has others begins with his first. */
function fittingKey(daysLate: number): string {
  if (daysLate > 0) return 'after-due-1';
  return daysLate === 0 ? 'on-due' : 'before-due';
}

/**
 * The texts of a channel: in the customer's language first; within it reminders first, and of these the one that fits how
 * late he is, then those that the operator knows.
 */
export function sendTexts<T extends Text>(texts: readonly T[], wish: TextsWish): readonly T[] {
  const { channel, language, daysLate } = wish;
  const wanted = language ?? 'en';
  const key = fittingKey(daysLate);
  const rank = (text: T): number =>
    (text.language === wanted ? 0 : 1000) +
    purposes.findIndex((one) => one === text.purpose) * 100 +
    (text.key === key ? 0 : 10) +
    (text.channel === 'sms' && text.dlt === null ? 1 : 0);
  return texts
    .filter((text) => text.channel === channel && isSendable(text))
    .toSorted((a, b) => rank(a) - rank(b));
}
