import type { Cell } from '#domain/imports/cells.ts';
import { dayOf, type Day } from '#domain/days.ts';
import type { CellValue } from 'exceljs';

const MILLISECONDS_A_DAY = 86_400_000;
/** The 1900 epoch counts a 29 February 1900 that never was; the reader is a day early before it. */
const FIRST_OF_MARCH_1900 = Date.UTC(1900, 2, 1);

/** A cell's value as rules know it: formulas by their results, rich text and links by their text. */
export function cellOf(value: CellValue | undefined, numberFormat: string, is1904: boolean): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return numberCell(value, numberFormat);
  if (typeof value === 'string') return textCell(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (value instanceof Date) return dateCell(value, is1904);
  if ('error' in value) return String(value.error);
  if ('richText' in value) return textCell(value.richText.map(({ text }) => text ?? '').join(''));
  if ('hyperlink' in value) return textCell(typeof value.text === 'string' ? value.text : '');
  if ('result' in value) return cellOf(value.result, numberFormat, is1904);
  return null;
}

/** Tally writes the side of an amount into its number format: 1200 shown as "1,200.00 Cr". */
function numberCell(value: number, numberFormat: string): Cell {
  if (!Number.isFinite(value)) return null;
  const side = /["\s\\](dr|cr)\.?["\s]*$/i.exec(numberFormat.split(';')[0] ?? '')?.[1];
  return side === undefined ? value : `${plainNumber(value)} ${side}`;
}

// Large and small numbers would be written with an exponent, which no rule reads as an amount.
function plainNumber(value: number): string {
  const text = String(value);
  return text.includes('e') ? BigInt(Math.trunc(value)).toString() : text;
}

function textCell(text: string): Cell {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}

// The reader gives midnight UTC, so the calendar day is read with the UTC getters: local ones are a day off in India.
function dateCell(date: Date, is1904: boolean): Cell {
  const time = date.getTime();
  if (Number.isNaN(time)) return null;
  const isEarly = !is1904 && time < FIRST_OF_MARCH_1900;
  const shown = isEarly ? new Date(time + MILLISECONDS_A_DAY) : date;
  const day: Day | undefined = dayOf(shown.getUTCFullYear(), shown.getUTCMonth() + 1, shown.getUTCDate());
  return day === undefined ? date.toISOString().slice(0, 10) : { day };
}
