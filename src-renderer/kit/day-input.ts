import { addDays, dayOf, daysBetween, isDay, type Day } from '#domain/days.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A typed day: '22/11/2026', '22-11-26', '22.11', '22 nov', '221126', '22' (of this month), 't' (today), '+7'.
 * The day comes first, as India writes it. Without a year the nearest such day is meant. Undefined: no day.
 */
export function readDay(typed: string, today: Day): Day | undefined {
  const text = typed.trim().toLowerCase();
  if (isDay(text)) return text;
  if (text === 't' || text === 'today' || text === 'आज') return today;
  const shift = /^([+-])\s*(\d{1,4})$/.exec(text);
  if (shift) return addDays(today, Number(shift[2]) * (shift[1] === '-' ? -1 : 1));
  const run = /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(text);
  const parts = run ? run.slice(1) : text.split(/[\s/.,-]+/).filter((part) => part !== '');
  const [first, second, third] = parts;
  if (first === undefined || parts.length > 3 || !/^\d{1,2}$/.test(first)) return undefined;
  if (second === undefined) return ofMonth(Number(first), today);
  const month = monthOf(second);
  if (month === undefined) return undefined;
  if (third === undefined) return nearest(Number(first), month, today);
  return /^(?:\d{4}|\d{2})$/.test(third) ? dayOf(yearOf(third), month, Number(first)) : undefined;
}

function monthOf(text: string): number | undefined {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const at = text.length < 3 ? -1 : MONTHS.findIndex((name) => text.startsWith(name));
  return at < 0 ? undefined : at + 1;
}

function yearOf(text: string): number {
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

function ofMonth(dayOfMonth: number, today: Day): Day | undefined {
  return dayOf(Number(today.slice(0, 4)), Number(today.slice(5, 7)), dayOfMonth);
}

function nearest(dayOfMonth: number, month: number, today: Day): Day | undefined {
  const year = Number(today.slice(0, 4));
  const days = [year, year - 1, year + 1].flatMap((one) => dayOf(one, month, dayOfMonth) ?? []);
  const apart = (one: Day): number => Math.abs(daysBetween(today, one));
  return days.toSorted((a, b) => apart(a) - apart(b))[0];
}
