import { dayFromNumber, isDay, type Day } from '../days.ts';
import type { Cell } from './cells.ts';

/** What a number format of a workbook says of the numbers under it. */
export type NumberFormat = {
  readonly shows: 'number' | 'day' | 'time';
  /** Tally writes the side of an amount into its number format: 1200 shown as "1,200.00 Cr". */
  readonly side: string | null;
  readonly sideBelowZero: string | null;
  /** The format itself says "below zero", so the number is shown without its minus. */
  readonly dropsMinus: boolean;
};

export const PLAIN_FORMAT: NumberFormat = {
  shows: 'number',
  side: null,
  sideBelowZero: null,
  dropsMinus: false,
};

const FORMAT_LETTERS_MOST = 1000;
/** The serial of 1970-01-01, and what the epoch of 1904 adds to a serial. */
const SERIAL_1970 = 25_569;
const DAYS_TO_1904 = 1462;
/** The epoch of 1900 counts a 29 February 1900 that never was: serials up to it are a day early. */
const LEAP_DAY_1900 = 60;
const SERIAL_MOST = 2_958_465;
/** Half a millisecond: a serial that was computed may fall a breath short of its midnight. */
const BREATH = 0.5 / 86_400_000;

/** Reads a format code such as `dd\-mmm\-yyyy` or `#,##0.00" Cr"`. */
export function numberFormat(code: string): NumberFormat {
  const text = code.slice(0, FORMAT_LETTERS_MOST);
  const [first = '', second] = sectionsOf(text);
  const isConditional = /\[[<>=]/.test(text);
  const side = sideOf(first);
  const below = second === undefined || isConditional ? null : second;
  const sideBelowZero = below === null ? side : sideOf(below);
  if (side === null && sideBelowZero === null) return { ...PLAIN_FORMAT, shows: showsOf(first) };
  return { shows: 'number', side, sideBelowZero, dropsMinus: below !== null && !/[-(]/.test(below) };
}

/** The number formats that every workbook knows without naming them, by their number. */
export function builtInFormat(id: number): NumberFormat {
  const isDay = (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  const isTime = (id >= 18 && id <= 21) || (id >= 45 && id <= 47);
  return isDay || isTime ? { ...PLAIN_FORMAT, shows: isDay ? 'day' : 'time' } : PLAIN_FORMAT;
}

/** Makes cells of the numbers of one workbook. Each day is one object, however often it stands in the sheets. */
export function numberCells(is1904: boolean): (value: number, format: NumberFormat) => Cell {
  const days = new Map<number, Cell>();
  return (value, format) => {
    if (format.shows === 'day' || (format.shows === 'time' && value >= 1)) {
      const serial = Math.floor(value + BREATH);
      if (serial < 0 || serial > SERIAL_MOST) return value;
      const known = days.get(serial);
      if (known !== undefined) return known;
      const made = dayCell(serialDay(serial, is1904));
      days.set(serial, made);
      return made;
    }
    if (!Number.isFinite(value)) return null;
    const side = value < 0 ? format.sideBelowZero : format.side;
    if (side === null) return value;
    return `${plainNumber(value < 0 && format.dropsMinus ? 0 - value : value)} ${side}`;
  };
}

/** The day of a whole serial; days before 1900 come as the calendar counts them. */
export function serialDay(serial: number, is1904: boolean): Day {
  if (is1904) return dayFromNumber(serial - SERIAL_1970 + DAYS_TO_1904);
  return dayFromNumber(serial - SERIAL_1970 + (serial <= LEAP_DAY_1900 ? 1 : 0));
}

/** Text without its outer blanks; blanks alone are nothing. */
export function textCell(text: string): Cell {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}

// A day outside the years of business stays as text: it is shown, and no rule takes it for a day.
function dayCell(day: Day): Cell {
  return isDay(day) ? { day } : String(day);
}

/** The parts of a format for numbers above zero, below zero, zero and text; a semicolon in quotes divides nothing. */
function sectionsOf(code: string): readonly string[] {
  const sections: string[] = [''];
  for (const [piece] of code.matchAll(/"[^"]*"?|\\.|\[[^\]]*\]?|;|[^"\\[;]+|./gs)) {
    if (piece === ';') sections.push('');
    else sections[sections.length - 1] += piece;
  }
  return sections;
}

function sideOf(section: string): string | null {
  if (!/[0#?]/.test(section)) return null;
  return /["\s\\](dr|cr)\.?["\s]*$/i.exec(section)?.[1] ?? null;
}

function showsOf(section: string): NumberFormat['shows'] {
  if (/^\s*(?:general|standard)\s*$/i.test(section)) return 'number';
  // [h], [m] and [s] count hours and more without end: a length of time, which is a number.
  if (/\[(?:h+|m+|s+)\]/i.test(section)) return 'number';
  const letters = section
    .replace(/"[^"]*"?|\\.|\[[^\]]*\]?|_.|\*./gs, '')
    .replace(/general|am\/pm|a\/p/gi, '')
    .toLowerCase();
  if (/[yd]|b{2}|e{2}|m{3}/.test(letters)) return 'day';
  if (/[hs]/.test(letters)) return 'time';
  return letters.includes('m') ? 'day' : 'number';
}

// Large and small numbers would be written with an exponent, which no rule reads as an amount.
function plainNumber(value: number): string {
  const text = String(value);
  return text.includes('e') ? BigInt(Math.trunc(value)).toString() : text;
}
