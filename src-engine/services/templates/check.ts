import type { ProblemShown } from '#contract/engine/reminder-fields.ts';
import type { MessageTemplate, MergeValues } from '#domain/reminders/template-facts.ts';
import { checkTemplate, type CheckFacts } from '#domain/reminders/texts/check.ts';
import { matchDlt, type Brand } from '#domain/reminders/texts/dlt.ts';
import { hasBlocking, problem } from '#domain/reminders/texts/problems.ts';
import { sanitiseSms } from '#domain/reminders/texts/sms.ts';
import { matchWhatsapp } from '#domain/reminders/texts/whatsapp.ts';
import { lintOverride } from '#domain/reminders/texts/wording.ts';
import type { Rendered } from '#domain/reminders/texts/render.ts';
import type { Business } from '#contract/engine/business.ts';
import { problemShown, refusalShown } from './problem-words.ts';

export function brandOf({ name, phone }: Pick<Business, 'name' | 'phone'>): Brand {
  return { businessName: name, businessPhone: phone };
}

/** What is wrong with a text by itself; `isBroken` ones may not be used. */
export function templateProblems(
  template: MessageTemplate,
  facts: CheckFacts,
): { readonly problems: ProblemShown[]; readonly isBroken: boolean } {
  const found = checkTemplate(template, facts);
  return { problems: found.map(problemShown), isBroken: hasBlocking(found) };
}

/** What the texts kept in the book look like: curly quotes of an SMS and the like are made plain. */
export function tidyBody(channel: MessageTemplate['channel'], body: string): string {
  return channel === 'sms' ? sanitiseSms(body) : body;
}

export type MessageText = {
  readonly template: MessageTemplate;
  readonly text: string;
  readonly subject: string | null;
  readonly values: Rendered['values'];
  /** What the gateway asks of a text. */
  readonly needsDlt: boolean;
  readonly needsWhatsappTemplate: boolean;
  readonly isEdited: boolean;
};

/** What is wrong with a message as it would leave: a text changed by hand passes the same checks. */
export function messageProblems(message: MessageText, brand: Brand): ProblemShown[] {
  const { template, text, subject, values, isEdited } = message;
  const found: ProblemShown[] = [];
  if (isEdited) {
    const own: MergeValues = Object.fromEntries(values.map((one) => [one.name, one.value]));
    found.push(...lintOverride(`${subject ?? ''}\n${text}`, own).map(problemShown));
    if (text.trim() === '') found.push(problemShown(problem('blocks', 'text-empty', 'The text is empty.')));
  }
  if (message.needsDlt && template.dlt !== null) {
    const matched = matchDlt(text, template, brand);
    if (!matched.ok) found.push(refusalShown(matched.refusal));
  }
  if (message.needsWhatsappTemplate) {
    const matched = matchWhatsapp(template, { text, subject, html: null, values });
    if (!matched.ok) found.push(refusalShown(matched.refusal));
  }
  return found;
}
