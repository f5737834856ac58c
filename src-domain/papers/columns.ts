import type { PaperColumn } from './paper.ts';

/** A column of text takes what the others leave; a column of amounts is as wide as its longest. */
export type WantedColumn = { readonly label: string } & (
  | { readonly kind: 'text'; readonly weight: number }
  | { readonly kind: 'day'; readonly isWide: boolean }
  | { readonly kind: 'count' }
  | { readonly kind: 'amount'; readonly lettersMost: number }
);

/** Thousandths of the page's width. */
const DAY = 130;
const WIDE_DAY = 148;
const COUNT = 116;
const AMOUNT_LEAST = 116;
const AMOUNT_A_LETTER = 9;
const AMOUNT_ROOM = 14;
/** Letters of a text that stand in a hundredth of the page's width. */
const LETTERS_A_HUNDREDTH = 0.98;

export function columnsOf(wanted: readonly WantedColumn[]): readonly PaperColumn[] {
  const fixed = wanted.map(widthOf);
  const left = 1000 - fixed.reduce((sum, one) => sum + one, 0);
  const weights = wanted.reduce((sum, one) => sum + (one.kind === 'text' ? one.weight : 0), 0);
  return wanted.map((one, at) => ({
    label: one.label,
    permille: one.kind === 'text' ? Math.floor((left * one.weight) / weights) : (fixed[at] ?? 0),
    side: one.kind === 'amount' || one.kind === 'count' ? 'right' : 'left',
  }));
}

function widthOf(column: WantedColumn): number {
  switch (column.kind) {
    case 'text':
      return 0;
    case 'day':
      return column.isWide ? WIDE_DAY : DAY;
    case 'count':
      return COUNT;
    case 'amount':
      return Math.max(AMOUNT_LEAST, Math.ceil(column.lettersMost * AMOUNT_A_LETTER) + AMOUNT_ROOM);
  }
}

/** Letters that stand on one line of a column. */
export function lettersIn(column: PaperColumn | undefined): number {
  return Math.max(6, Math.floor(((column?.permille ?? 0) / 10) * LETTERS_A_HUNDREDTH));
}
