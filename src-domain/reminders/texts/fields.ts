import { mergeFields, type MergeField } from '../template-facts.ts';
import { problem, type Problem } from './problems.ts';

/** A text cut at its merge fields: fixed parts and fields in their order. */
export type TextPart =
  { readonly kind: 'fixed'; readonly text: string } | { readonly kind: 'field'; readonly name: string };

const FIELD = /\{\{\s*([^{}]*?)\s*\}\}/gu;

const known: ReadonlySet<string> = new Set(mergeFields);

export function isMergeField(name: string): name is MergeField {
  return known.has(name);
}

// One text is cut once and filled in thousands of times in a run; a book has a few hundred texts.
const cut = new Map<string, readonly TextPart[]>();
const CUT_MOST = 500;

export function textParts(body: string): readonly TextPart[] {
  const before = cut.get(body);
  if (before !== undefined) return before;
  if (cut.size >= CUT_MOST) cut.clear();
  const parts = cutAtFields(body);
  cut.set(body, parts);
  return parts;
}

function cutAtFields(body: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of body.matchAll(FIELD)) {
    if (match.index > at) parts.push({ kind: 'fixed', text: body.slice(at, match.index) });
    parts.push({ kind: 'field', name: match[1] ?? '' });
    at = match.index + match[0].length;
  }
  if (at < body.length) parts.push({ kind: 'fixed', text: body.slice(at) });
  return parts;
}

/** The fields of a text in its order, as often as they stand in it. */
export function fieldsOf(body: string): readonly string[] {
  return textParts(body).flatMap((part) => (part.kind === 'field' ? [part.name] : []));
}

/** What the owner wrote himself: a customer's name is never read as part of the wording. */
export function fixedText(body: string): string {
  return body.replace(FIELD, ' ');
}

/** Fields that do not exist, and braces that were not closed. */
export function fieldProblems(body: string): readonly Problem[] {
  const unknown = [...new Set(fieldsOf(body).filter((name) => !isMergeField(name)))];
  const problems = unknown.map((field) =>
    problem('blocks', 'merge-field-unknown', `There is no field {{${field}}}. Choose one from the list.`, {
      field,
    }),
  );
  const open = /\{\{|\}\}/u.exec(fixedText(body));
  if (open !== null) {
    const sentence =
      'A field is written with two braces before and after it, like {{amount}}. One of them is missing.';
    problems.push(problem('blocks', 'merge-field-open', sentence));
  }
  return problems;
}
