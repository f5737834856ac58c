import { ok, refuse, type Result } from '../../result.ts';
import type { MergeValues, MessageTemplate } from '../template-facts.ts';
import { isMergeField, textParts } from './fields.ts';

export type RenderedValue = { readonly name: string; readonly value: string };

/** A message as it would leave. */
export type Rendered = {
  readonly text: string;
  /** Only of email and letters. */
  readonly subject: string | null;
  /** Only of email: the text as simple, escaped paragraphs. */
  readonly html: string | null;
  /** The fields of the body in its order, as often as they stand there. */
  readonly values: readonly RenderedValue[];
};

/** Fills a text in. Refuses 'merge-field-unknown' and 'merge-value-missing' (the field is named). */
export function renderTemplate(template: MessageTemplate, values: MergeValues): Result<Rendered> {
  const body = filled(template.body, values);
  if (!body.ok) return body;
  const hasSubject = template.channel === 'email' || template.channel === 'letter';
  const subject = filled(hasSubject ? (template.subject ?? '') : '', values);
  if (!subject.ok) return subject;
  return ok({
    text: body.value.text,
    subject: hasSubject ? oneLine(subject.value.text) : null,
    html: template.channel === 'email' ? htmlOf(body.value.text) : null,
    values: body.value.used,
  });
}

type Filled = { readonly text: string; readonly used: readonly RenderedValue[] };

function filled(body: string, values: MergeValues): Result<Filled> {
  const used: RenderedValue[] = [];
  let text = '';
  for (const part of textParts(body)) {
    if (part.kind === 'fixed') {
      text += part.text;
      continue;
    }
    const { name } = part;
    if (!isMergeField(name)) {
      const sentence = `There is no field {{${name}}}. Choose one from the list.`;
      return refuse('merge-field-unknown', sentence, { field: name, values: { field: name } });
    }
    const value = values[name];
    if (value === undefined || value.trim() === '') {
      const sentence = `Nothing is known for {{${name}}} here, so this text cannot be made.`;
      return refuse('merge-value-missing', sentence, { field: name, values: { field: name } });
    }
    // A value is put in once and never read again: a customer called "{{amount}}" stays that.
    used.push({ name, value });
    text += value;
  }
  return ok({ text, used });
}

/** A line break in a subject would start another header of the mail. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

const LINK = /https:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]/gu;

/** Paragraphs and line breaks; only https links can be clicked (a upi: link cannot in most mail programs). */
export function htmlOf(text: string): string {
  const paragraphs = text.trim().split(/\n\s*\n/u);
  const inner = paragraphs.map((one) => `<p>${linked(one).replace(/\n/gu, '<br>')}</p>`);
  return `<!doctype html><html><body>${inner.join('')}</body></html>`;
}

function linked(text: string): string {
  let html = '';
  let at = 0;
  for (const match of text.matchAll(LINK)) {
    const link = escapeHtml(match[0]);
    html += `${escapeHtml(text.slice(at, match.index))}<a href="${link}">${link}</a>`;
    at = match.index + match[0].length;
  }
  return html + escapeHtml(text.slice(at));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (letter) => ESCAPES[letter] ?? letter);
}
