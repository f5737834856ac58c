import { minorDigits, type Paise } from '#domain/money.ts';

/** Rows as CSV; what a spreadsheet would take for a formula is made harmless text. */
export function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => row.map(cell).join(',')).join('\n');
}

/** 123456 paise → "1234.56": no grouping, a plain minus, and no arithmetic with fractions. */
export function plainMoney(amount: Paise, currency: string): string {
  const digits = minorDigits(currency);
  const figures = String(Math.abs(amount)).padStart(digits + 1, '0');
  const sign = amount < 0 ? '-' : '';
  const whole = figures.slice(0, figures.length - digits);
  return digits === 0 ? sign + whole : `${sign}${whole}.${figures.slice(-digits)}`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'number' ? String(value) : guarded(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A customer called “=HYPERLINK(…)” must not become one in the accountant's spreadsheet. */
function guarded(text: string): string {
  const isNumber = /^[+-]?\d+(\.\d+)?$/.test(text);
  return !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
