import type { MessageTemplate } from '../template-facts.ts';
import type { Brand } from './dlt.ts';
import { dltProblems } from './dlt-checks.ts';
import { fieldProblems } from './fields.ts';
import { problem, type Problem } from './problems.ts';
import { sanitiseSms, smsShape } from './sms.ts';
import { whatsappProblems } from './whatsapp.ts';
import { lintTemplateText } from './wording.ts';

/** What the checks must know besides the text. */
export type CheckFacts = {
  readonly brand: Brand;
  /** Links and numbers the owner has on the operators' whitelist, as `ctasOf` names them. */
  readonly whitelisted?: readonly string[];
};

const VOICE_CHARS_MOST = 1_000;
const SUBJECT_CHARS_MOST = 150;
/** With all fields at their longest an SMS of more parts is a letter. */
const SMS_PARTS_MOST = 6;

/** Everything that is wrong with a template, found when it is saved. Nothing that 'blocks' may be used. */
export function checkTemplate(template: MessageTemplate, facts: CheckFacts): readonly Problem[] {
  const { body, subject, channel } = template;
  const found: Problem[] = [...fieldProblems(body), ...fieldProblems(subject ?? '')];
  if (body.trim() === '') found.push(problem('blocks', 'text-empty', 'The text is empty.'));
  found.push(...lintTemplateText(body, subject));
  if (template.tone === 'final') {
    const sentence = 'A final notice is read by a person before it leaves.';
    found.push(problem('needs-person', 'wording-final', sentence));
  }
  return [...found, ...channelProblems(channel, template, facts)];
}

function channelProblems(
  channel: MessageTemplate['channel'],
  template: MessageTemplate,
  { brand, whitelisted }: CheckFacts,
): readonly Problem[] {
  switch (channel) {
    case 'sms':
      return [...smsProblems(template.body), ...dltProblems(template, brand, whitelisted)];
    case 'whatsapp':
      return whatsappProblems(template);
    case 'email':
    case 'letter':
      return subjectProblems(template.subject);
    case 'voice':
      return voiceProblems(template.body);
    case 'call':
      return [];
  }
}

function smsProblems(body: string): readonly Problem[] {
  const found: Problem[] = [];
  const plain = sanitiseSms(body);
  const [letter] = smsShape(body).unicodeLetters.filter((one) => !plain.includes(one));
  if (letter !== undefined) {
    const sentence = `“${letter}” makes this SMS longer than it looks. Saving replaces it.`;
    found.push(problem('warns', 'sms-letters', sentence, { letter }));
  }
  const { parts } = smsShape(plain);
  if (parts > SMS_PARTS_MOST) {
    const sentence = `This SMS has ${parts} parts. At most ${SMS_PARTS_MOST} are sent.`;
    found.push(problem('blocks', 'sms-parts', sentence, { parts, most: SMS_PARTS_MOST }));
  }
  return found;
}

function subjectProblems(subject: string | null): readonly Problem[] {
  const length = (subject ?? '').trim().length;
  if (length === 0) return [problem('blocks', 'subject-empty', 'A mail or letter needs a subject.')];
  if (length <= SUBJECT_CHARS_MOST) return [];
  const sentence = `The subject has ${length} characters. At most ${SUBJECT_CHARS_MOST} are used.`;
  return [problem('blocks', 'subject-long', sentence, { length, most: SUBJECT_CHARS_MOST })];
}

function voiceProblems(body: string): readonly Problem[] {
  if (body.length <= VOICE_CHARS_MOST) return [];
  const sentence = `The text has ${body.length} characters. Nobody listens to more than ${VOICE_CHARS_MOST}.`;
  return [problem('blocks', 'voice-long', sentence, { length: body.length, most: VOICE_CHARS_MOST })];
}
