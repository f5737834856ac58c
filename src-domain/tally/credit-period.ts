import { dayOf, daysInMonth, dueAfter, type Day } from '../days.ts';
import { BLANK, type Reading } from './amounts.ts';
import { dayFromSerial, readDay } from './wire-days.ts';

export type CreditPeriod =
  | { readonly unit: 'days' | 'months'; readonly count: number }
  /** A bill whose due day itself was typed in. */
  | { readonly unit: 'day'; readonly day: Day };

/** BILLCREDITPERIOD as it stands on the wire, with its attributes where it has them. */
export type WirePeriod = {
  readonly text: string | null;
  /** The day the period counts from, in Tally's own count. */
  readonly serial: string | null;
  /** The same as the text. */
  readonly period: string | null;
};

const COUNTED = /^(\d{1,4})\s*(?:(day|week|month|year)s?)?$/i;
const LAST_YEAR = 2199;

/** A business knows a handful of periods, and they come with every bill. */
const known = new Map<string, Reading<CreditPeriod>>();
const KNOWN_MOST = 500;

export function readCreditPeriod(text: string | null): Reading<CreditPeriod> {
  const whole = text === null ? '' : text.trim();
  if (whole === '') return BLANK;
  const before = known.get(whole);
  if (before !== undefined) return before;
  const read = freshPeriod(whole);
  if (known.size === KNOWN_MOST) known.clear();
  known.set(whole, read);
  return read;
}

function freshPeriod(whole: string): Reading<CreditPeriod> {
  const counted = COUNTED.exec(whole);
  if (counted === null) {
    const { value } = readDay(whole);
    return value === null
      ? { value: null, reason: 'no-period' }
      : { value: { unit: 'day', day: value }, reason: null };
  }
  const count = Number(counted[1]);
  return { value: inDaysOrMonths(count, counted[2]?.toLowerCase()), reason: null };
}

function inDaysOrMonths(count: number, word: string | undefined): CreditPeriod {
  if (word === 'week') return { unit: 'days', count: count * 7 };
  if (word === 'month') return { unit: 'months', count };
  return word === 'year' ? { unit: 'months', count: count * 12 } : { unit: 'days', count };
}

/** Months go by the calendar: a month from 31 January ends on the last of February. */
export function dueDayOf(from: Day, period: CreditPeriod | null): Day {
  if (period === null) return from;
  if (period.unit === 'day') return period.day;
  return period.unit === 'days' ? dueAfter(from, period.count) : monthsAfter(from, period.count);
}

/** The due day of a bill: its period counts from the day the wire names, else from the bill's own. */
export function readDueDay(billDay: Day | null, wire: WirePeriod): Reading<Day> {
  // No day, serial or period that can be read holds a '|', and blank ones mean the same as absent ones.
  const key = `${billDay ?? ''}|${wire.serial ?? ''}|${wire.text ?? wire.period ?? ''}`;
  const before = knownDues.get(key);
  if (before !== undefined) return before;
  const due = freshDueDay(billDay, wire);
  if (knownDues.size === KNOWN_DUES_MOST) knownDues.clear();
  knownDues.set(key, due);
  return due;
}

/** Bills of one day and period come in dozens, and counting days costs as much as reading the rest of a bill. */
const knownDues = new Map<string, Reading<Day>>();
const KNOWN_DUES_MOST = 4000;

function freshDueDay(billDay: Day | null, wire: WirePeriod): Reading<Day> {
  const read = readCreditPeriod(wire.text ?? wire.period);
  if (read.reason !== null) return { value: null, reason: read.reason };
  if (read.value?.unit === 'day') return { value: read.value.day, reason: null };
  const serial = wire.serial === null || wire.serial.trim() === '' ? null : Number(wire.serial);
  const from = serial === null || serial === 0 ? billDay : dayFromSerial(serial);
  if (from === null) return serial === null || serial === 0 ? BLANK : { value: null, reason: 'no-day' };
  return { value: dueDayOf(from, read.value), reason: null };
}

/** '30' where the period can be told in days, its own words otherwise; null for a blank or an unknown one. */
export function creditWords(text: string | null): string | null {
  const { value } = readCreditPeriod(text);
  if (value === null || text === null) return null;
  return value.unit === 'days' && !/week/i.test(text) ? String(value.count) : text.trim();
}

function monthsAfter(from: Day, months: number): Day {
  const past = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1 + months;
  const year = Math.trunc(past / 12);
  const month = (past % 12) + 1;
  if (year > LAST_YEAR) return dueAfter(from, months * 31);
  const dayOfMonth = Math.min(Number(from.slice(8)), daysInMonth(year, month));
  return dayOf(year, month, dayOfMonth) ?? from;
}
