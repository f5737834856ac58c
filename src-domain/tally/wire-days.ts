import { dayFromNumber, dayOf, type Day } from '../days.ts';
import { BLANK, type Reading } from './amounts.ts';

const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const NAMED = /^(\d{1,2})-([a-z]{3})-(\d{2}|\d{4})$/i;
const NUMBERED = /^(\d{1,2})-(\d{1,2})-(\d{4})$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** 1970-01-01 in Tally's own count, whose day 1 is 1-Jan-1900. */
const SERIAL_OF_1970 = 25_568;
/** Two digits from here on are of the last century: Tally writes years after 2099 with four. */
const FIRST_OF_LAST_CENTURY = 80;

/** A day as Tally writes it: 20260301, 1-Mar-26, 1-Apr-2022, 01-04-2022. One that no calendar has is refused. */
export function readDay(text: string | null): Reading<Day> {
  const whole = text === null ? '' : text.trim();
  if (whole === '') return BLANK;
  const value = compact(whole) ?? named(whole) ?? numbered(whole);
  return value === undefined ? { value: null, reason: 'no-day' } : { value, reason: null };
}

/** A day as Tally counts it (JD): days since 1899-12-31. */
export function dayFromSerial(serial: number): Day | null {
  if (!Number.isSafeInteger(serial) || serial < 1) return null;
  const day = dayFromNumber(serial - SERIAL_OF_1970);
  return dayOf(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))) ?? null;
}

function compact(text: string): Day | undefined {
  const found = COMPACT.exec(text);
  return found === null ? undefined : dayOf(Number(found[1]), Number(found[2]), Number(found[3]));
}

function named(text: string): Day | undefined {
  const found = NAMED.exec(text);
  if (found === null) return undefined;
  const month = MONTHS.indexOf((found[2] ?? '').toLowerCase()) + 1;
  return dayOf(fullYear(found[3] ?? ''), month, Number(found[1]));
}

function numbered(text: string): Day | undefined {
  const found = NUMBERED.exec(text);
  return found === null ? undefined : dayOf(Number(found[3]), Number(found[2]), Number(found[1]));
}

function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return year < FIRST_OF_LAST_CENTURY ? 2000 + year : 1900 + year;
}
