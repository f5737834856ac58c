import type { Day } from '#domain/days.ts';

const MONTHS_A_YEAR = 12;
const WHOLE_PERCENT = 100;
const TENTH_PERCENT = 10;

export type TrendMonth = {
  /** '2026-03'. */
  readonly month: string;
  /** 0 on time to 5 over 180 days; null where nobody had anything due. */
  readonly bucket: number | null;
};

/** The closed months before the day of a report, oldest first, each with the worst lateness that was reported. */
export function trendMonths(trend: readonly string[], asOf: Day): readonly TrendMonth[] {
  const [year, month] = asOf.split('-').map(Number);
  const last = (year ?? 0) * MONTHS_A_YEAR + (month ?? 1) - 2;
  return trend.map((text, index) => {
    const at = last - (trend.length - 1 - index);
    const number = String((at % MONTHS_A_YEAR) + 1).padStart(2, '0');
    return {
      month: `${Math.floor(at / MONTHS_A_YEAR)}-${number}`,
      bucket: /^[0-5]$/.test(text) ? Number(text) : null,
    };
  });
}

/** '2026-03' → '03-2026', as days are written. */
export function monthWords(month: string): string {
  return `${month.slice(5, 7)}-${month.slice(0, 4)}`;
}

/** A share as a whole percent; nothing more precise is told. */
export function percentOf(share: number): number {
  return Math.round(share * 100);
}

/** Of few reporters a share is told in tenths, rounded down: what it lies between, in percent; null where it is exact. */
export function tenthOf(
  share: number,
  isNone: boolean,
): { readonly from: number; readonly to: number } | null {
  const from = percentOf(share);
  return from === WHOLE_PERCENT || (from === 0 && isNone) ? null : { from, to: from + TENTH_PERCENT };
}
