import type { Day } from '../days.ts';

/** One cell as a reader hands it over: text with its outer blanks trimmed, booleans as text, dates as days. */
export type Cell = string | number | { readonly day: Day } | null;

/** One sheet from its first row on; blank rows stay as [] so that row numbers hold. */
export type SheetGrid = {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
};

// Excel writes control characters it cannot store as _x000D_ and the like; some exporters leave them in the text.
const CONTROL_RESIDUE = /_x00(?:0[0-9A-F]|1[0-9A-F]|7F)_/gi;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for.
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u200B\uFEFF]/g;
// Most cells are plain letters and single blanks, and then there is nothing to do.
const NOT_CLEAN = /[^ -~]| {2}|_x00/i;
const DEVANAGARI_ZERO = 0x0966;

/** The cell as the user would read it; a number in its shortest form, a day as YYYY-MM-DD. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return cleanText(cell);
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  return cell.day;
}

/** Without residues of control characters, with every kind of blank as one plain blank. */
export function cleanText(text: string): string {
  if (!NOT_CLEAN.test(text)) return text.trim();
  return text
    .replace(CONTROL_RESIDUE, ' ')
    .replace(CONTROLS, '')
    .replace(/[\s\u00A0]+/gu, ' ')
    .trim();
}

/** Ids that passed through a floating column: "1930571429.0" is the number 1930571429. */
export function idText(cell: Cell | undefined): string {
  return cellText(cell).replace(/^(\d+)\.0+$/, '$1');
}

/** Digits of the Devanagari script as plain digits. */
export function plainDigits(text: string): string {
  if (!/[\u0966-\u096F]/.test(text)) return text;
  return text.replace(/[\u0966-\u096F]/g, (digit) => String(digit.charCodeAt(0) - DEVANAGARI_ZERO));
}

export function isBlankRow(row: readonly Cell[] | undefined): boolean {
  return row === undefined || row.every((cell) => cellText(cell) === '');
}
