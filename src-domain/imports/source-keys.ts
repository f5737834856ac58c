import type { Draft } from './rows.ts';

const APRIL = 4;

/**
 * The key of a numbered document: the same in every file that holds it, whatever its day or amount were edited to.
 * A short plain number ("114") starts anew each April, so it is a key only within its financial year: otherwise next
 * year's bill 114 would overwrite this year's.
 */
export function numberedKey(draft: Draft): string | null {
  if (draft.number === null) return null;
  const number = draft.number.toLowerCase().replace(/\s+/g, '');
  const year = /^\d{1,5}$/.test(number) ? `@${financialYear(draft.days.day)}` : '';
  return `${draft.customer.key}|${draft.kind}|${number}${year}`;
}

/** Without a number the day and the amount are the identity, and equals are counted. */
export function unnumberedKey(draft: Draft): string {
  if (draft.balanceOf !== null) return `${draft.customer.key}|balance${draft.balanceOf}`;
  const { currency, minor } = draft.amounts;
  const amount = draft.money.currency === null ? String(minor) : `${minor}${currency}`;
  return `${draft.customer.key}|${draft.kind}|${draft.days.day}|${amount}`;
}

/** The year the financial year begins in: April 2026 to March 2027 is 2026. */
function financialYear(day: string): number {
  const year = Number(day.slice(0, 4));
  return Number(day.slice(5, 7)) >= APRIL ? year : year - 1;
}
