import type { DltTag } from '#domain/reminders/words.ts';
import type { DltContentTemplate } from './scrubber.ts';

const VARIABLE = '{#var#}';
const VARIABLES_MOST = 2;

/** Limits of one vendor's list (docs/gateways.md 1.2); a template may say its own. */
const charsMostOf: Readonly<Record<DltTag, number>> = {
  alphanumeric: 30,
  numeric: 15,
  url: 50,
  date: 10,
  time: 8,
  callback: 14,
};

/** Rupees stand before a number in the fixed text; the number itself may have a point and commas. */
const shapeOf: Readonly<Record<DltTag, RegExp>> = {
  alphanumeric: /^[^\r\n]+$/u,
  numeric: /^\d[\d.,]*$/,
  url: /^\S+\.\S+$/,
  date: /^[\d./ -]+$|^\d{1,2} \p{L}+( \d{2,4})?$/u,
  time: /^\d{1,2}[:.]\d{2}( ?[ap]m)?$/i,
  callback: /^\+?\d{8,13}$/,
};

/** What the portal says against a template, null when it takes it (direction of 18-11-2025). */
export function refusalOfTemplate(template: DltContentTemplate): string | null {
  const fixed = template.text.split(VARIABLE);
  const count = fixed.length - 1;
  if (count !== template.variables.length) return `${count} variables stand in the text, not each has a type`;
  if (count > VARIABLES_MOST && template.hasReasons !== true) return `${count} variables without reasons`;
  const between = fixed.slice(1, -1);
  if (between.some((text) => !/[\p{L}\p{N}]/u.test(text))) return 'Two variables stand side by side';
  return null;
}

/** 'text': the fixed words differ. 'variable': a value is too long or not of its type. White space counts once. */
export function matchTemplate(template: DltContentTemplate, text: string): 'matched' | 'text' | 'variable' {
  const values = valuesOf(template, text);
  if (values === null) return 'text';
  const isGood = template.variables.every(({ tag, charsMost }, at) => {
    const value = values[at] ?? '';
    return value.length <= (charsMost ?? charsMostOf[tag]) && shapeOf[tag].test(value);
  });
  return isGood ? 'matched' : 'variable';
}

export function valuesOf(template: DltContentTemplate, text: string): readonly string[] | null {
  const pattern = oneSpace(template.text).split(VARIABLE).map(escaped).join('(.+?)');
  const match = new RegExp(`^${pattern}$`, 'su').exec(oneSpace(text));
  return match ? match.slice(1) : null;
}

export function oneSpace(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
