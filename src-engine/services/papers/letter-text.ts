import type { Day } from '#domain/days.ts';
import type { MessageLanguage } from '#domain/reminders/languages.ts';
import { balanceOf } from '#domain/reminders/plan-stops.ts';
import { writeText, type Written } from '#domain/reminders/plan-text.ts';
import type { MessageTemplate } from '#domain/reminders/template-facts.ts';
import { refuse, type Result } from '#domain/result.ts';
import type { LetterKind } from '#domain/reminders/words.ts';
import { templateFor } from '../../storage/templates.ts';
import type { BookContext } from '../door.ts';
import { planFacts } from '../reminders/facts.ts';
import { templateOf } from '../reminders/rules-facts.ts';
import { partKey } from './account.ts';
import { startersOf } from '../templates/starters.ts';

export type Grade = Exclude<LetterKind, 'statement' | 'outstanding'>;

export type LetterWish = {
  readonly kind: Grade;
  readonly customerId: number;
  readonly asOf: Day;
  readonly language: MessageLanguage;
  /** The parts of bills a message is about; null = what is late, or all that is open where nothing is. */
  readonly parts: ReadonlySet<string> | null;
};

export type LetterText = Pick<Written, 'subject' | 'text'> & { readonly parts: ReadonlySet<string> };

/** The words of a letter for one customer, and the bills they are about. */
export function letterTextOf(context: BookContext, wish: LetterWish): Result<LetterText> {
  const { customerId, asOf } = wish;
  const facts = planFacts(context, { day: asOf, minute: 0, customerIds: [customerId] });
  const customer = facts.customers.find((one) => one.customerId === customerId);
  const open = facts.items.filter((item) => item.customerId === customerId);
  const late = open.filter((item) => item.dueDay < asOf);
  const some = late.length > 0 ? late : open;
  const items = wish.parts === null ? some : open.filter((item) => wish.parts?.has(partKey(item)) === true);
  if (customer === undefined || items.length === 0) {
    const name = customer?.name ?? '';
    const sentence = `“${name}” owes nothing on this day, so there is no letter to write.`;
    return refuse('letter-nothing-open', sentence, { values: { name } });
  }
  const template = letterTemplate(context, wish);
  const balancePaise = balanceOf(customer, open);
  const written = writeText({ facts, customer, items, balancePaise, template, gateway: null, day: asOf });
  if (!written.ok) return written;
  const { subject, text } = written.value;
  return { ok: true, value: { subject, text, parts: new Set(items.map(partKey)) } };
}

/** The owner's own words where he has some in this language, else those that Baaki brings. */
function letterTemplate({ db }: BookContext, { kind, language }: LetterWish): MessageTemplate {
  const own = db.read((tx) => templateFor(tx, { key: kind, channel: 'letter', language }));
  if (own !== undefined && !own.isPaused) return templateOf(own);
  const starter = startersOf(language).find((one) => one.key === kind && one.channel === 'letter');
  if (starter === undefined) throw new Error(`There is no text of ${kind} in ${language}.`);
  const { variables: _, ...words } = starter;
  const nothing = { dlt: null, vendorTemplateId: null, whatsapp: null };
  return { ...words, ...nothing, templateId: 0, language, isPaused: false, version: 1 };
}
