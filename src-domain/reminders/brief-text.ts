import { ok, type Result } from '../result.ts';
import { daysApart } from './day-counts.ts';
import type { PlanGateway, PlanItem } from './plan-facts.ts';
import { needsOf, writeText, type TextWish, type Written } from './plan-text.ts';
import type { MessageTemplate } from './template-facts.ts';

// What a text comes to, for whoever does not read it.

/** What was written last with a template. */
type Brief = {
  readonly gateway: PlanGateway | null;
  readonly items: readonly PlanItem[];
  readonly late: readonly number[];
  readonly written: Result<Written>;
};

/**
 * Whether a text can be made, its parts and its price depend on the words of a day only by whether bills are late, and in
 * an SMS that says for how long, by how many digits that has: the same bills of the same customer need not be put into
 * words again. For one customer.
 */
export function briefWriter(): (wish: TextWish) => Result<Written> {
  const last = new Map<MessageTemplate, Brief>();
  return (wish) => {
    const { items, template, gateway, day } = wish;
    const isCounted = template.channel === 'sms' && saysDaysLate(template);
    const late = items.map(({ dueDay }) => lateness(daysApart(dueDay, day), isCounted));
    const before = last.get(template);
    if (before?.gateway === gateway && isSame(before, items, late)) return before.written;
    const made = writeText(wish);
    const written = made.ok ? ok({ ...made.value, subject: null, text: '', values: [] }) : made;
    last.set(template, { gateway, items, late, written });
    return written;
  };
}

function isSame(before: Brief, items: readonly PlanItem[], late: readonly number[]): boolean {
  if (before.items.length !== items.length) return false;
  return items.every((item, at) => before.items[at] === item && before.late[at] === late[at]);
}

function saysDaysLate(template: MessageTemplate): boolean {
  const { fields } = needsOf(template);
  return fields.includes('days_late') || fields.includes('balance_lines');
}

/** One day late has a word of its own. */
function lateness(daysLate: number, isCounted: boolean): number {
  if (daysLate <= 1 || !isCounted) return Math.min(1, Math.max(0, daysLate));
  return 1 + String(daysLate).length;
}
