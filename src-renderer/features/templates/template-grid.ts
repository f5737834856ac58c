import type { ProblemShown } from '#contract/engine/reminder-fields.ts';
import type { TemplateShown } from '#contract/engine/templates.ts';
import { messageLanguages, type MessageLanguage } from '#domain/reminders/languages.ts';
import { channels, purposes, type Channel } from '#domain/reminders/words.ts';

// The texts of a book laid out: a row for each message, a column for each channel, a mark for each language.

export type ListedTemplate = TemplateShown & {
  readonly isUsed: boolean;
  readonly isStarter: boolean;
  readonly problems: readonly ProblemShown[];
};

export const textStates = ['present', 'problem', 'paused', 'missing'] as const;
export type TextState = (typeof textStates)[number];

export type Slot = {
  readonly channel: Channel;
  readonly language: MessageLanguage;
  readonly template: ListedTemplate | undefined;
  readonly state: TextState;
};

export type MessageRow = {
  readonly key: string;
  readonly name: string;
  readonly purpose: TemplateShown['purpose'];
  readonly tone: TemplateShown['tone'];
  readonly isUsed: boolean;
  /** By channel, in the order of the languages. */
  readonly slots: ReadonlyMap<Channel, readonly Slot[]>;
};

/** A paused text that breaks a rule says the rule first: put right, it can be resumed. */
export function stateOf(template: ListedTemplate | undefined): TextState {
  if (!template) return 'missing';
  if (template.problems.some((one) => one.isBlocking)) return 'problem';
  return template.isPaused ? 'paused' : 'present';
}

/** Languages in which the book has any text. */
export function languagesOf(templates: readonly ListedTemplate[]): readonly MessageLanguage[] {
  return messageLanguages.filter((language) => templates.some((one) => one.language === language));
}

export type TextFilter = 'all' | 'problem' | 'paused';

export function matches(template: ListedTemplate, filter: TextFilter): boolean {
  return filter === 'all' || stateOf(template) === filter;
}

/** The messages by purpose; with a filter only those that have such a text. `language`: whose names are shown first. */
export function messageRows(
  templates: readonly ListedTemplate[],
  filter: TextFilter,
  language: string,
): readonly MessageRow[] {
  const languages = languagesOf(templates);
  const rows = [...Map.groupBy(templates, (one) => one.key)]
    .filter(([, texts]) => texts.some((one) => matches(one, filter)))
    .map(([key, texts]) => rowOf(key, texts, { languages, language }));
  return rows.toSorted((a, b) => purposes.indexOf(a.purpose) - purposes.indexOf(b.purpose));
}

type RowWish = { readonly languages: readonly MessageLanguage[]; readonly language: string };

function rowOf(key: string, texts: readonly ListedTemplate[], wish: RowWish): MessageRow {
  const named =
    texts.find((one) => one.language === wish.language) ??
    texts.find((one) => one.language === 'en') ??
    texts[0];
  const slots = channels.map((channel): [Channel, readonly Slot[]] => [
    channel,
    wish.languages.map((language) => {
      const template = texts.find((one) => one.channel === channel && one.language === language);
      return { channel, language, template, state: stateOf(template) };
    }),
  ]);
  return {
    key,
    name: named?.name ?? key,
    purpose: named?.purpose ?? 'reminder',
    tone: named?.tone ?? 'plain',
    isUsed: texts.some((one) => one.isUsed),
    slots: new Map(slots),
  };
}

/** How many texts there are in each state. */
export function stateCounts(templates: readonly ListedTemplate[]): Readonly<Record<TextState, number>> {
  const counts = { present: 0, problem: 0, paused: 0, missing: 0 };
  for (const one of templates) counts[stateOf(one)] += 1;
  return counts;
}

/** A language's name in two letters of its own. */
export const languageMarks = {
  en: 'En',
  hi: 'हि',
  gu: 'ગુ',
  mr: 'म',
  ta: 'த',
  te: 'తె',
  kn: 'ಕ',
  bn: 'বা',
} as const satisfies Record<MessageLanguage, string>;
