import type { TemplateShown } from '#contract/engine/templates.ts';
import type { Channel } from '#domain/reminders/words.ts';

type Text = Pick<TemplateShown, 'purpose' | 'channel' | 'isPaused' | 'language' | 'name'>;

/** The texts that answer on a channel, those in the window's language first. */
export function quickAnswers<T extends Text>(
  texts: readonly T[],
  channel: Channel,
  language: string,
): readonly T[] {
  const isForeign = (text: T): number => (text.language === language ? 0 : 1);
  return texts
    .filter((text) => text.purpose === 'reply' && text.channel === channel && !text.isPaused)
    .toSorted(
      (a, b) =>
        isForeign(a) - isForeign(b) || a.language.localeCompare(b.language) || a.name.localeCompare(b.name),
    );
}
