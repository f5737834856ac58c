import { dayFromNumber, dayOf, type Day } from '../days.ts';
import { ok, refuse, type Result } from '../result.ts';
import { cellText, plainDigits, type Cell } from './cells.ts';
import type { DateOrder } from './map.ts';

// Spreadsheet serials of 1954 to 2119; anything outside is a number, not a day.
const SERIAL_LEAST = 20_000;
const SERIAL_MOST = 80_000;
/** The serial of 1970-01-01 in the epoch of 1900. */
const SERIAL_1970 = 25_569;

const TIME = /(?:[T, ]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?(?:Z|[+-]\d{2}:?\d{2})?)$/iu;
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,. ]+/iu;
const ISO = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$/;
const ISO_START = /^\d{4}-\d{2}-\d{2}/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const NUMERIC = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})$/;
const NAMED = /^(\d{1,2})(?:st|nd|rd|th)?[-/., ]*([\p{L}\p{M}]{3,})[-/., ']*(\d{4}|\d{2})$/iu;
const NAMED_US = /^([\p{L}\p{M}]{3,})[-/. ]*(\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\d{4}|\d{2})$/iu;

const HINDI_MONTHS = [
  ['जनवरी', 'जन'],
  ['फरवरी', 'फ़रवरी', 'फर'],
  ['मार्च'],
  ['अप्रैल'],
  ['मई'],
  ['जून'],
  ['जुलाई'],
  ['अगस्त'],
  ['सितंबर', 'सितम्बर'],
  ['अक्टूबर', 'अक्तूबर'],
  ['नवंबर', 'नवम्बर'],
  ['दिसंबर', 'दिसम्बर'],
] as const;
const ENGLISH_MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

/** A text date whose two first parts can stand in either order. */
type Numeric = { readonly first: number; readonly second: number; readonly year: string };

// The same few days stand in thousands of rows; what a text means never changes, so it is worked out once.
const known = new Map<DateOrder | null, Map<string | number, Result<Day | null>>>();
const KNOWN_MOST = 50_000;

/** null = nothing stands there. Refuses days that do not exist and days whose order nobody has decided. */
export function readDay(cell: Cell | undefined, order: DateOrder | null): Result<Day | null> {
  if (cell === null || cell === undefined) return ok(null);
  if (typeof cell === 'object') return ok(cell.day);
  let inOrder = known.get(order);
  if (inOrder === undefined) {
    inOrder = new Map();
    known.set(order, inOrder);
  }
  const found = inOrder.get(cell);
  if (found !== undefined) return found;
  const read = readText(dateText(cell), order);
  const isShort = typeof cell === 'number' || cell.length < LETTERS_MOST;
  if (inOrder.size < KNOWN_MOST && isShort) inOrder.set(cell, read);
  return read;
}

function readText(text: string, order: DateOrder | null): Result<Day | null> {
  if (text === '' || /^[-–—−]+$|^n\/?a$|^nil$/iu.test(text)) return ok(null);
  if (/^0+([-/. ]0+){2}$/.test(text)) return ok(null);
  const found = certainDay(text) ?? numericDay(text, order);
  return (
    found ??
    refuse('day-unreadable', `“${shorten(text)}” is not a date.`, { values: { text: shorten(text) } })
  );
}

/** Whether the cell reads as a date in any order at all; used to tell a date column from others. */
export function looksLikeDay(cell: Cell | undefined): boolean {
  if (cell !== null && typeof cell === 'object') return true;
  const text = dateText(cell);
  if (text === '') return false;
  const certain = certainDay(text);
  if (certain !== undefined) return certain.ok;
  return (['day-first', 'month-first', 'year-first'] as const).some(
    (order) => numericDay(text, order)?.ok === true,
  );
}

export type OrderFinding = {
  readonly order: DateOrder | null;
  /** A value that could be read in two ways and that nothing decides; null when there is none. */
  readonly ambiguous: string | null;
  /**
   * Text dates all prove their order while every real date falls on a day up to the 12th: the trace of a spreadsheet
   * that read day-first text as month-first wherever it could.
   */
  readonly isMixed: boolean;
};

const MIXED_LEAST = 3;
/** No date is longer, and a longer text is not searched for one. */
const LETTERS_MOST = 60;

/** The order of a file's text dates, decided from all of them together: a part above 12 proves where the day stands. */
export function decideOrder(cells: Iterable<Cell | undefined>): OrderFinding {
  let dayFirst = 0;
  let monthFirst = 0;
  let ambiguous: string | null = null;
  const real = { early: 0, late: 0 };
  const seen = new Set<string>();
  for (const cell of cells) {
    if (cell !== null && typeof cell === 'object') real[cell.day.slice(8) <= '12' ? 'early' : 'late'] += 1;
    if (typeof cell !== 'string' || seen.has(cell)) continue;
    seen.add(cell);
    // Only short texts with two marks between digits can be read in two orders.
    if (!/\d[-/. ]+\d{1,2}[-/. ]+\d/.test(plainDigits(cell)) || ISO_START.test(cell)) continue;
    const text = dateText(cell);
    const numeric = numericOf(text);
    if (numeric === undefined) continue;
    if (numeric.first > 12 && numeric.second <= 12) dayFirst += 1;
    else if (numeric.second > 12 && numeric.first <= 12) monthFirst += 1;
    else if (numeric.first !== numeric.second && numeric.first <= 12) ambiguous ??= text;
  }
  const isMixed = dayFirst > 0 && ambiguous === null && real.late === 0 && real.early >= MIXED_LEAST;
  if (dayFirst > 0 && monthFirst === 0) return { order: 'day-first', ambiguous: null, isMixed };
  if (monthFirst > 0 && dayFirst === 0) return { order: 'month-first', ambiguous: null, isMixed: false };
  return { order: null, ambiguous, isMixed: false };
}

function dateText(cell: Cell | undefined): string {
  const written = cellText(cell);
  if (written.length > LETTERS_MOST) return written;
  const text = plainDigits(written).replace(WEEKDAY, '').replace(/^'/, '');
  return text
    .replace(TIME, '')
    .replace(/^(\d{5,8})\.0+$/, '$1')
    .replace(/ *([-/.]) */g, '$1')
    .trim();
}

/** Forms that can be read in one way only. undefined = another form. */
function certainDay(text: string): Result<Day> | undefined {
  const iso = ISO.exec(text) ?? (/^(?:19|20|21)/.test(text) ? COMPACT.exec(text) : null);
  if (iso !== null) return existing(text, Number(iso[1]), Number(iso[2]), Number(iso[3]));
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return serialDay(text);
  const named = NAMED.exec(text);
  if (named !== null) return namedDay(text, named[2] ?? '', named[1] ?? '', named[3] ?? '');
  const american = NAMED_US.exec(text);
  if (american !== null) return namedDay(text, american[1] ?? '', american[2] ?? '', american[3] ?? '');
  return undefined;
}

function serialDay(text: string): Result<Day> | undefined {
  const serial = Math.trunc(Number(text));
  if (serial < SERIAL_LEAST || serial > SERIAL_MOST) return undefined;
  return ok(dayFromNumber(serial - SERIAL_1970));
}

function namedDay(text: string, name: string, dayOfMonth: string, year: string): Result<Day> | undefined {
  const month = monthOf(name);
  return month === undefined ? undefined : existing(text, fullYear(year), month, Number(dayOfMonth));
}

function numericDay(text: string, order: DateOrder | null): Result<Day> | undefined {
  if (order === 'year-first') {
    const match = /^(\d{2})([-/. ])(\d{1,2})\2(\d{1,2})$/.exec(text);
    if (match !== null) return existing(text, fullYear(match[1] ?? ''), Number(match[3]), Number(match[4]));
  }
  const numeric = numericOf(text);
  if (numeric === undefined) return undefined;
  const { first, second } = numeric;
  const year = fullYear(numeric.year);
  if (order === 'month-first') return existing(text, year, first, second);
  if (order === 'day-first' || first === second) return existing(text, year, second, first);
  if (first > 12) return existing(text, year, second, first);
  if (second > 12) return existing(text, year, first, second);
  return refuse(
    'date-order-ambiguous',
    `“${text}” can be read as two different days. Choose whether the day or the month stands first.`,
    { values: { text } },
  );
}

function numericOf(text: string): Numeric | undefined {
  const match = NUMERIC.exec(text);
  if (match === null) return undefined;
  return { first: Number(match[1]), second: Number(match[3]), year: match[4] ?? '' };
}

function existing(text: string, year: number, month: number, dayOfMonth: number): Result<Day> {
  const found = dayOf(year, month, dayOfMonth);
  if (found !== undefined) return ok(found);
  const shown = shorten(text);
  return refuse('impossible-day', `“${shown}” is no day of the calendar.`, { values: { text: shown } });
}

function monthOf(name: string): number | undefined {
  const word = name.toLowerCase();
  const english = ENGLISH_MONTHS.findIndex(
    (month) => month === word || month.slice(0, 3) === word || (word === 'sept' && month === 'september'),
  );
  if (english >= 0) return english + 1;
  const hindi = HINDI_MONTHS.findIndex((spellings) => spellings.some((spelling) => spelling === word));
  return hindi >= 0 ? hindi + 1 : undefined;
}

function fullYear(year: string): number {
  if (year.length === 4) return Number(year);
  return Number(year) + (Number(year) < 70 ? 2000 : 1900);
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
