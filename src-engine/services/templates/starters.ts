import { dltTemplateShape } from '#contract/engine/reminder-fields.ts';
import { templateShape } from '#contract/engine/templates.ts';
import type { MessageLanguage } from '#domain/reminders/languages.ts';

// The texts that Baaki starts with, one file a language: resources/messages/<language>.json.

const starterShape = templateShape
  .pick({ key: true, purpose: true, channel: true, tone: true, name: true, subject: true, body: true })
  .extend({ variables: dltTemplateShape.shape.variables.optional() });

export type Starter = ReturnType<typeof starterShape.parse>;

const FILES = import.meta.glob<{ readonly templates: readonly unknown[] }>(
  '../../../resources/messages/{en,hi,gu,mr,ta,te,kn,bn}.json',
  { eager: true, import: 'default' },
);

export function startersOf(language: MessageLanguage): readonly Starter[] {
  const file = FILES[`../../../resources/messages/${language}.json`];
  return file === undefined ? [] : starterShape.array().parse(file.templates);
}
