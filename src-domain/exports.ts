import { dayNumber, isDay, type Day } from './days.ts';
import { minorDigits } from './money.ts';
import { ok, refuse, type Result } from './result.ts';

export const exportFormats = ['xlsx', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** 'money' is whole minor units, 'count' a whole number, 'percent' basis points, 'tenths' tenths, 'day' 'YYYY-MM-DD'. */
export const columnKinds = ['text', 'money', 'count', 'tenths', 'percent', 'day'] as const;
export type ColumnKind = (typeof columnKinds)[number];

export type ExportColumn = {
  readonly label: string;
  readonly kind: ColumnKind;
  /** Of money columns; INR where it is left out. */
  readonly currency?: string | undefined;
};
export type ExportValue = string | number | null;

/** A table as it is shown, ready to be written to a file or printed. */
export type ExportTable = {
  readonly title: string;
  /** Lines under the title: company, as-of day, what was filtered. */
  readonly lines: readonly string[];
  readonly columns: readonly ExportColumn[];
  readonly rows: readonly (readonly ExportValue[])[];
  /** One value a column. */
  readonly totals?: readonly ExportValue[] | undefined;
};

/** 123456 minor units of two digits → "1234.56": no grouping, a plain minus, and no arithmetic with fractions. */
export function plainDecimal(units: number, digits: number): string {
  if (!Number.isSafeInteger(units)) throw new Error(`Not a whole number of the smallest unit: ${units}`);
  const figures = String(Math.abs(units)).padStart(digits + 1, '0');
  const sign = units < 0 ? '-' : '';
  const whole = figures.slice(0, figures.length - digits);
  return digits === 0 ? sign + whole : `${sign}${whole}.${figures.slice(-digits)}`;
}

/** Paise, or the minor units of another currency, as a plain decimal: 1234.56. */
export function plainMoney(minor: number, currency: string): string {
  return plainDecimal(minor, minorDigits(currency));
}

/** Digits after the point of a column's unit: paise are hundredths of a rupee, basis points hundredths of a percent. */
function digitsOf({ kind, currency }: ExportColumn): number {
  if (kind === 'money') return minorDigits(currency ?? 'INR');
  if (kind === 'percent') return 2;
  return kind === 'tenths' ? 1 : 0;
}

/** A value as plain text: numbers with a point and no grouping, days as they are. */
export function plainText(column: ExportColumn, value: ExportValue): string {
  if (value === null) return '';
  if (typeof value === 'string' || column.kind === 'text') return String(value);
  return plainDecimal(value, digitsOf(column));
}

/**
 * A customer called “=HYPERLINK(…)” must not become a formula in the accountant's spreadsheet: such a text gets an
 * apostrophe in front. A negative number is left as it is; a phone number keeps its plus this way. The list is OWASP's.
 */
export function withoutFormula(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^-\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
}

/** One line of CSV without its end (RFC 4180): text is guarded against formulas, numbers are not. */
export function csvLine(fields: readonly (string | number | null)[]): string {
  return fields.map(csvField).join(',');
}

function csvField(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'number' ? String(value) : withoutFormula(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What a spreadsheet cell holds: a real number with its number format, or text. */
export type SheetCell = { readonly value: string | number | null; readonly format: string | null };

/** Excel takes no longer text in a cell; a longer one would make the whole file “damaged”. */
const CELL_LETTERS_MOST = 32_767;
/** 1 January 1970 as Excel counts days. */
const EPOCH_SERIAL = 25_569;
/** Excel has a 29 February 1900 that never was, so that all before it is one less. */
const FIRST_RIGHT_SERIAL = 61;

export function sheetCell(column: ExportColumn, value: ExportValue): SheetCell {
  if (value === null) return { value, format: null };
  if (typeof value === 'string') {
    if (column.kind === 'day' && isDay(value)) return { value: daySerial(value), format: 'dd-mm-yyyy' };
    return { value: value.slice(0, CELL_LETTERS_MOST), format: null };
  }
  switch (column.kind) {
    case 'money':
      return { value: numberOf(column, value), format: moneyFormat(value, column.currency ?? 'INR') };
    case 'tenths':
      return { value: numberOf(column, value), format: '0.0' };
    case 'percent':
      // A cell holds the share itself and its format shows hundredths: 12.34 % is 0.1234.
      return { value: Number(plainDecimal(value, 4)), format: '0.00%' };
    case 'count':
      return { value, format: '0' };
    case 'text':
    case 'day':
      return { value: String(value), format: null };
  }
}

// The nearest double of the decimal text: no division of ours rounds anything.
function numberOf(column: ExportColumn, value: number): number {
  return Number(plainText(column, value));
}

/** The number that Excel keeps for a day (1900 epoch); no clock and no time zone is involved. */
export function daySerial(of: Day): number {
  const serial = dayNumber(of) + EPOCH_SERIAL;
  return serial < FIRST_RIGHT_SERIAL ? serial - 1 : serial;
}

/** From here on an amount has more groups than a format with two conditions can draw. */
const CRORES_HUNDRED = 1_00_00_00_000;

/**
 * Lakh groups for rupees, thousands for others. A format has room for two conditions only, which positive amounts
 * use; programs disagree on the sign of negative ones under a condition, so these get a plain pair of their own size.
 */
export function moneyFormat(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const decimals = digits === 0 ? '' : `.${'0'.repeat(digits)}`;
  const plain = `#,##0${decimals}`;
  if (currency !== 'INR') return plain;
  const whole = Math.trunc(Math.abs(minor) / 10 ** digits);
  if (minor >= 0 && whole < CRORES_HUNDRED) {
    return `[>=10000000]${lakhs(8)}${decimals};[>=100000]${lakhs(6)}${decimals};${plain}`;
  }
  const own = lakhs(String(whole).length) + decimals;
  return minor < 0 ? `${plain};-${own}` : `${own};-${plain}`;
}

/** The digits of a number in lakh groups, the commas written out: any comma of a format groups by thousands. */
function lakhs(digitCount: number): string {
  return digitCount <= 5 ? '#,##0' : `${'##\\,'.repeat(Math.ceil((digitCount - 3) / 2))}##0`;
}

/** A name that a sheet may bear: no []:*?/\, at most 31 letters, no apostrophe at its ends. */
export function sheetName(title: string): string {
  const plain = title
    .replaceAll(/[[\]:*?/\\]|\p{Cc}/gu, ' ')
    .slice(0, 31)
    .replaceAll(/^['\s]+|['\s]+$/g, '');
  return plain === '' || plain.toLowerCase() === 'history' ? 'Sheet1' : plain;
}

export type ExportPlace = {
  readonly path: string;
  readonly format: ExportFormat;
  /** Whether it lies in the folder where the books themselves are kept. */
  readonly isAmongBooks: boolean;
};

/** A window that went wrong must not be able to overwrite a book, nor anything that is no table. */
export function checkExportPlace({ path, format, isAmongBooks }: ExportPlace): Result<null> {
  if (!/^(?:\/|\\\\|[a-z]:[\\/])/i.test(path) || path.includes('\0')) {
    const sentence = `“${path.replaceAll('\0', '')}” is not the full path of a file. Choose the place again.`;
    return refuse('export-path', sentence, { field: 'path', values: { path: path.replaceAll('\0', '') } });
  }
  const name = path.replace(/^.*[\\/]/, '');
  if (!name.toLowerCase().endsWith(`.${format}`) || name.length <= format.length + 1) {
    const sentence = `The name of this file must end in .${format}, and “${name}” does not. Choose another name.`;
    return refuse('export-extension', sentence, { field: 'path', values: { name, extension: format } });
  }
  if (isAmongBooks) {
    const sentence = 'This folder holds the books of Baaki themselves. Choose another folder for the file.';
    return refuse('export-among-books', sentence, { field: 'path' });
  }
  return ok(null);
}
