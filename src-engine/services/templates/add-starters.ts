import type { MessageLanguage } from '#domain/reminders/languages.ts';
import type { WriteTx } from '../../storage/database.ts';
import { insertTemplate, templateRows } from '../../storage/templates.ts';
import { startersOf, type Starter } from './starters.ts';

export type StarterWish = {
  readonly languages: readonly MessageLanguage[];
  readonly isWanted: (starter: Starter) => boolean;
  readonly at: number;
};

/** Adds the starter texts that are not there yet; what the user has written under the same key stays his. */
export function addStarters(tx: WriteTx, { languages, isWanted, at }: StarterWish): number {
  const placeOf = ({ key, channel, language }: Record<'key' | 'channel' | 'language', string>): string =>
    `${key}|${channel}|${language}`;
  const known = new Set(templateRows(tx).map(placeOf));
  let count = 0;
  for (const language of languages) {
    for (const starter of startersOf(language)) {
      const { variables: _variables, ...words } = starter;
      const place = placeOf({ ...words, language });
      if (!isWanted(starter) || known.has(place)) continue;
      known.add(place);
      count += 1;
      insertTemplate(tx, {
        ...words,
        language,
        dltJson: null,
        vendorTemplateId: null,
        whatsappJson: null,
        isPaused: false,
        isStarter: true,
        version: 1,
        changedAt: at,
      });
    }
  }
  return count;
}
