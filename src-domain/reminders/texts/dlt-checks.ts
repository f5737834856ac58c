import type { DltTemplate, MessageTemplate } from '../template-facts.ts';
import { ctaProblems } from './cta.ts';
import { dltFields, dltParts, type Brand } from './dlt.ts';
import { fieldsOf, type TextPart } from './fields.ts';
import { problem, type Problem } from './problems.ts';

const VARIABLES_USUAL = 2;
const VARIABLES_MOST = 3;
const FIXED_WARNS_PERCENT = 60;
const FIXED_BLOCKS_PERCENT = 30;
const CHARS_USUAL = 30;
const CHARS_MOST = 40;

/** What an operator would refuse, or might, in a template of an SMS (direction of 18-11-2025; docs/gateways.md 1.2). */
export function dltProblems(
  template: MessageTemplate,
  brand: Brand,
  whitelisted: readonly string[] = [],
): readonly Problem[] {
  const parts = dltParts(template.body, brand);
  return [
    ...variableProblems(template, parts),
    ...shareProblems(template, parts),
    ...brandProblems(template.body, brand),
    ...(template.dlt === null ? [] : registrationProblems(template, template.dlt)),
    ...ctaProblems(textWithGaps(parts), whitelisted),
  ];
}

function variableProblems(template: MessageTemplate, parts: readonly TextPart[]): readonly Problem[] {
  const count = dltFields(template.body).length;
  const found: Problem[] = [];
  if (count > VARIABLES_MOST) {
    const sentence = `The text has ${count} variables. Operators take ${VARIABLES_USUAL}, and ${VARIABLES_MOST} with a reason.`;
    found.push(problem('blocks', 'dlt-variables-many', sentence, { count, most: VARIABLES_MOST }));
  } else if (count > VARIABLES_USUAL) {
    const sentence = `The text has ${count} variables. A third one must be justified to the operator.`;
    found.push(problem('warns', 'dlt-variables-three', sentence, { count }));
  }
  if (hasNeighbours(parts)) {
    const sentence =
      'Two variables stand side by side. Put words between them: a space or a comma is not enough.';
    found.push(problem('blocks', 'dlt-variables-adjacent', sentence));
  }
  return found;
}

function hasNeighbours(parts: readonly TextPart[]): boolean {
  return parts.some((part, at) => {
    if (part.kind !== 'field' || at === 0) return false;
    const before = parts[at - 1];
    if (before?.kind === 'field') return true;
    const hasFieldBefore = parts.slice(0, at - 1).some((one) => one.kind === 'field');
    return hasFieldBefore && before !== undefined && !/[\p{L}\p{N}]/u.test(before.text);
  });
}

/** The variables are counted with all their room, so that the share is never better at the operator. */
function shareProblems(template: MessageTemplate, parts: readonly TextPart[]): readonly Problem[] {
  let at = 0;
  let fixed = 0;
  let open = 0;
  for (const part of parts) {
    if (part.kind === 'fixed') fixed += part.text.length;
    else open += template.dlt?.variables[at++]?.charsMost ?? CHARS_USUAL;
  }
  const percent = Math.floor((fixed * 100) / Math.max(1, fixed + open));
  if (percent >= FIXED_WARNS_PERCENT) return [];
  const sentence = `Only ${percent} % of the text is fixed. Operators ask for ${FIXED_WARNS_PERCENT} %, the rules for ${FIXED_BLOCKS_PERCENT} %.`;
  const level = percent < FIXED_BLOCKS_PERCENT ? 'blocks' : 'warns';
  return [problem(level, 'dlt-fixed-share', sentence, { percent })];
}

function brandProblems(body: string, brand: Brand): readonly Problem[] {
  const isNamed =
    fieldsOf(body).includes('business_name') ||
    (brand.businessName !== '' && body.toLowerCase().includes(brand.businessName.toLowerCase()));
  if (isNamed) return [];
  const sentence = 'The name of your business is not in the text. Operators refuse a template without it.';
  return [problem('blocks', 'dlt-brand', sentence)];
}

function registrationProblems(template: MessageTemplate, dlt: DltTemplate): readonly Problem[] {
  const found: Problem[] = [];
  if (dlt.category === 'promotional') {
    const sentence = 'A reminder may not go out as a promotional SMS. Register the text as service-implicit.';
    found.push(problem('blocks', 'dlt-category', sentence));
  }
  if (!/^[A-Za-z]{6}$/u.test(dlt.header)) {
    const sentence = `“${dlt.header}” is no header: it has 6 letters, without the operator's letters before or after it.`;
    found.push(problem('blocks', 'dlt-header', sentence, { header: dlt.header }));
  }
  for (const id of [dlt.entityId, dlt.templateId]) {
    if (/^\d{19}$/u.test(id)) continue;
    const sentence = `“${id}” does not look like an id of the DLT portal: they have 19 digits.`;
    found.push(problem('warns', 'dlt-id', sentence, { id }));
  }
  const count = dltFields(template.body).length;
  if (count !== dlt.variables.length) {
    const sentence = `The text has ${count} variables, but ${dlt.variables.length} are registered.`;
    const values = { count, registered: dlt.variables.length };
    found.push(problem('blocks', 'dlt-variable-count', sentence, values));
  }
  for (const variable of dlt.variables) {
    if (variable.tag === 'url' || (variable.charsMost >= 1 && variable.charsMost <= CHARS_MOST)) continue;
    const sentence = `A variable of ${variable.charsMost} characters is not possible; ${CHARS_USUAL} is usual.`;
    found.push(problem('warns', 'dlt-variable-length', sentence, { charsMost: variable.charsMost }));
  }
  return found;
}

function textWithGaps(parts: readonly TextPart[]): string {
  return parts.map((part) => (part.kind === 'fixed' ? part.text : ' … ')).join('');
}
