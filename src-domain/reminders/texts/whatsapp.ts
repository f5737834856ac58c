import { ok, refuse, type Result } from '../../result.ts';
import type { MessageTemplate } from '../template-facts.ts';
import { fieldsOf } from './fields.ts';
import { problem, type Problem } from './problems.ts';
import type { Rendered } from './render.ts';

const BODY_CHARS_MOST = 1024;
const NAME_SHAPE = /^[a-z0-9_]{1,512}$/u;
const WINDOW_MILLISECONDS = 24 * 60 * 60 * 1000;

/** The fields as {{1}}, {{2}}, …: a field that stands twice is one parameter. */
export function whatsappParameters(body: string): readonly string[] {
  return [...new Set(fieldsOf(body))];
}

/** The body as it is handed in for approval: {{1}}, {{2}}, … */
export function approvalText(body: string): string {
  const names = whatsappParameters(body);
  return body.replace(/\{\{\s*([^{}]*?)\s*\}\}/gu, (_all, name: string) => `{{${names.indexOf(name) + 1}}}`);
}

/** What Meta would refuse, or has (docs/gateways.md 3.1, 3.2, error codes 132000–132016). */
export function whatsappProblems(template: MessageTemplate): readonly Problem[] {
  const { body, whatsapp } = template;
  const found: Problem[] = [];
  if (body.length > BODY_CHARS_MOST) {
    const sentence = `The text has ${body.length} characters. WhatsApp takes ${BODY_CHARS_MOST}.`;
    found.push(
      problem('blocks', 'whatsapp-body-long', sentence, { length: body.length, most: BODY_CHARS_MOST }),
    );
  }
  if (/^\s*\{\{|\}\}\s*$/u.test(body)) {
    const sentence = 'WhatsApp refuses a text that begins or ends with a field. Put words around it.';
    found.push(problem('warns', 'whatsapp-edge-field', sentence));
  }
  if (whatsapp === null) return found;
  if (!NAME_SHAPE.test(whatsapp.name)) {
    const sentence = `“${whatsapp.name}” is no template name: small letters, digits and _ only.`;
    found.push(problem('blocks', 'whatsapp-name', sentence, { name: whatsapp.name }));
  }
  if (whatsapp.status !== 'approved') {
    const sentence = `WhatsApp has not approved this template (it is ${whatsapp.status}).`;
    found.push(problem('blocks', 'whatsapp-not-approved', sentence, { status: whatsapp.status }));
  }
  const named = whatsappParameters(body);
  if (named.join(',') !== whatsapp.parameters.join(',')) {
    const sentence = `The text names ${named.length} fields, the approved template has ${whatsapp.parameters.length} or others.`;
    const values = { count: named.length, approved: whatsapp.parameters.length };
    found.push(problem('blocks', 'whatsapp-parameters', sentence, values));
  }
  return found;
}

/**
 * The parameters to send, in the order of the approved template. Refuses 'whatsapp-missing',
 * 'whatsapp-not-approved', 'whatsapp-parameters', 'whatsapp-parameter-shape' (field) and 'whatsapp-text-long'.
 */
export function matchWhatsapp(template: MessageTemplate, rendered: Rendered): Result<readonly string[]> {
  const { whatsapp } = template;
  if (whatsapp === null) return refuse('whatsapp-missing', 'This text has no approved WhatsApp template.');
  const blocking = whatsappProblems(template).find((one) => one.level === 'blocks');
  if (blocking !== undefined) return refuse(blocking.code, blocking.sentence, { values: blocking.values });
  const values = new Map(rendered.values.map((one) => [one.name, one.value]));
  const parameters: string[] = [];
  for (const field of whatsapp.parameters) {
    const value = values.get(field) ?? '';
    if (value === '' || /[\n\t]| {4}/u.test(value)) {
      const sentence = `WhatsApp does not take what stands for {{${field}}}: a line break, a tab or four spaces.`;
      return refuse('whatsapp-parameter-shape', sentence, { field, values: { field } });
    }
    parameters.push(value);
  }
  if (rendered.text.length > BODY_CHARS_MOST) {
    const { length } = rendered.text;
    const sentence = `The message has ${length} characters. WhatsApp takes ${BODY_CHARS_MOST}.`;
    return refuse('whatsapp-text-long', sentence, { values: { length, most: BODY_CHARS_MOST } });
  }
  return ok(parameters);
}

/** Free text may be sent only within 24 hours of the customer's last message. Instants are UTC milliseconds. */
export type ReplyWindow = { readonly isOpen: boolean; readonly closesAt: number | null };

export function windowOf(lastInboundAt: number | null, now: number): ReplyWindow {
  if (lastInboundAt === null) return { isOpen: false, closesAt: null };
  const closesAt = lastInboundAt + WINDOW_MILLISECONDS;
  // A message from the future is a wrong clock: it opens nothing.
  return { isOpen: now < closesAt && lastInboundAt <= now, closesAt };
}
