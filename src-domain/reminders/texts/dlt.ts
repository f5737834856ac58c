import { ok, refuse, type Result } from '../../result.ts';
import type { DltVariable, MessageTemplate } from '../template-facts.ts';
import type { DltTag } from '../words.ts';
import { hasLink } from './cta.ts';
import { fieldsOf, isMergeField, textParts, type TextPart } from './fields.ts';
import type { RenderedValue } from './render.ts';
import type { FieldVariables } from './values.ts';

/** What is the same in every message of this business and so is registered as fixed text, not as a variable. */
export type Brand = { readonly businessName: string; readonly businessPhone: string | null };

const BRAND_FIELDS: readonly string[] = ['business_name', 'business_phone'];

function isBrandField(name: string): boolean {
  return BRAND_FIELDS.includes(name);
}

/** The fields that are variables at the operator, in the order of the text, as often as they stand in it. */
export function dltFields(body: string): readonly string[] {
  return fieldsOf(body).filter((name) => !isBrandField(name));
}

/** What a vendor's API takes as VAR1, VAR2, …: the rendered values without the brand. */
export function dltValues(values: readonly RenderedValue[]): readonly RenderedValue[] {
  return values.filter((one) => !isBrandField(one.name));
}

/** Limits for `mergeValues`; where a field stands twice, the narrower variable counts. */
export function variablesByField(template: MessageTemplate): FieldVariables {
  const byField: Partial<Record<keyof FieldVariables, DltVariable>> = {};
  dltFields(template.body).forEach((name, at) => {
    const variable = template.dlt?.variables[at];
    if (variable === undefined || !isMergeField(name)) return;
    const before = byField[name];
    if (before === undefined || variable.charsMost < before.charsMost) byField[name] = variable;
  });
  return byField;
}

/** Fixed text with the brand put in; what is left are the variables. */
export function dltParts(body: string, brand: Brand): readonly TextPart[] {
  const withBrand = body
    .replace(/\{\{\s*business_name\s*\}\}/gu, () => brand.businessName)
    .replace(/\{\{\s*business_phone\s*\}\}/gu, () => brand.businessPhone ?? '');
  return textParts(withBrand);
}

/** The text to register on the portal, with each variable as {#alphanumeric#} and so on. */
export function registrationText(template: MessageTemplate, brand: Brand): string {
  let at = 0;
  return dltParts(template.body, brand)
    .map((part) => (part.kind === 'fixed' ? part.text : `{#${template.dlt?.variables[at++]?.tag ?? 'var'}#}`))
    .join('');
}

const TAG_PATTERNS: Readonly<Record<DltTag, string>> = {
  alphanumeric: '(?!\\s).+(?<!\\s)',
  numeric: '\\d+(?:\\.\\d{1,2})?',
  url: '(?:https?:\\/\\/|www\\.)\\S+',
  date: '\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}',
  time: '\\d{1,2}:\\d{2}(?: ?[APap][Mm])?',
  callback: '\\+?\\d[\\d -]{5,14}',
};

const tagShapes = new Map(
  Object.entries(TAG_PATTERNS).map(([tag, pattern]) => [tag, new RegExp(`^(?:${pattern})$`, 'u')]),
);

/** Whether a value may stand in a variable: its tag and its length. */
export function fitsVariable(value: string, variable: DltVariable): boolean {
  if (variable.tag === 'alphanumeric' && hasLink(value)) return false;
  return value.length <= variable.charsMost && tagShapes.get(variable.tag)?.test(value) === true;
}

type Shapes = {
  readonly brand: Brand;
  readonly loose: RegExp;
  /** Null where the variables registered are not those of the text. */
  readonly strict: RegExp | null;
};

// A run matches thousands of texts against a few templates; each lives as long as its template.
const known = new WeakMap<MessageTemplate, Shapes>();

function shapesOf(template: MessageTemplate, brand: Brand): Shapes {
  const before = known.get(template);
  const isSame =
    before?.brand.businessName === brand.businessName && before.brand.businessPhone === brand.businessPhone;
  if (before !== undefined && isSame) return before;
  const parts = dltParts(template.body, brand);
  const variables = template.dlt?.variables ?? [];
  const hasAll = dltFields(template.body).length === variables.length;
  const loose = patternOf(parts, () => '(.*?)');
  const strict = hasAll ? patternOf(parts, (at) => `(.{1,${variables[at]?.charsMost ?? 1}}?)`) : null;
  const made = { brand, loose, strict };
  known.set(template, made);
  return made;
}

/**
 * The operator's check, made before sending and stricter than any operator's: the whole text, white space counted as
 * one space, every variable with its tag and length. Answers the variables' values. Refuses 'dlt-missing',
 * 'dlt-value-unfit' (field, charsMost) and 'dlt-text-differs'. Source: docs/gateways.md 1.2.
 */
export function matchDlt(text: string, template: MessageTemplate, brand: Brand): Result<readonly string[]> {
  const { dlt } = template;
  if (dlt === null) {
    return refuse('dlt-missing', 'This SMS text has no DLT template id, so no operator would deliver it.');
  }
  const shapes = shapesOf(template, brand);
  const wanted = singleSpaced(text);
  // The loose pattern costs little and turns most wrong texts away.
  const loose = shapes.loose.exec(wanted);
  if (loose === null || shapes.strict === null) return differs();
  const values = shapes.strict.exec(wanted)?.slice(1);
  if (values?.every((value, at) => fits(value, dlt.variables[at])) === true) return ok(values);
  const names = dltFields(template.body);
  const at = names.findIndex((_name, index) => {
    const variable = dlt.variables[index];
    return variable === undefined || !fitsVariable(loose[index + 1] ?? '', variable);
  });
  return at === -1 ? differs() : unfit(names[at] ?? '', dlt.variables[at]);
}

function differs(): Result<never> {
  return refuse('dlt-text-differs', 'This text is not the one that is registered with the operator.');
}

function unfit(field: string, variable: DltVariable | undefined): Result<never> {
  const charsMost = variable?.charsMost ?? 0;
  const tag = variable?.tag ?? 'alphanumeric';
  const sentence = `What stands for {{${field}}} does not fit its variable at the operator (${tag}, ${charsMost} characters at most).`;
  return refuse('dlt-value-unfit', sentence, { field, values: { field, tag, charsMost } });
}

function fits(value: string, variable: DltVariable | undefined): boolean {
  return variable !== undefined && fitsVariable(value, variable);
}

function patternOf(parts: readonly TextPart[], group: (at: number) => string): RegExp {
  let at = 0;
  const spaced = parts.map((part) => (part.kind === 'fixed' ? escaped(part.text) : group(at++))).join('');
  return new RegExp(`^${spaced.replace(/^(?: )+|(?: )+$/gu, '')}$`, 'u');
}

function escaped(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}

function singleSpaced(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
