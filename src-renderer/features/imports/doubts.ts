import type { Refusal } from '#domain/result.ts';
import type { DryRun, ImportMap } from './types.ts';
import type { Drafted } from './wizard.ts';

/** Doubts that the dry run judges anew with every change of the map; others stand as the sheet was first read. */
const JUDGED_BY_DRY_RUN: ReadonlySet<string> = new Set([
  'no-customer',
  'no-amount',
  'no-day',
  'rate-missing',
  'date-order-ambiguous',
]);

/** What is still doubtful with the map as it is now. */
export function openDoubts({ understood, map }: Drafted, dryRun: DryRun | undefined): readonly Refusal[] {
  if (!dryRun) return understood.doubts;
  // A dry run that takes no row has not come as far as dates and rates: what was doubtful before still is.
  const isJudged = (doubt: Refusal): boolean =>
    JUDGED_BY_DRY_RUN.has(doubt.code) && (dryRun.rowCounts.taken > 0 || isSettled(doubt, map));
  const codes = new Set(dryRun.doubts.map(({ code }) => code));
  return [
    ...dryRun.doubts,
    ...understood.doubts.filter((doubt) => !isJudged(doubt) && !codes.has(doubt.code)),
  ];
}

/** A doubt about the whole file shares its code with the refusal of one row, but is said in other words. */
export function asDoubt(doubt: Refusal): Refusal {
  const count = doubt.values?.['rowCount'];
  return {
    ...doubt,
    code: `doubt-${doubt.code}`,
    values: { ...doubt.values, ...(count === undefined ? {} : { count }) },
  };
}

/** Whether the map as it is now answers a doubt that the sheet raised when it was first read. */
function isSettled({ code, values }: Refusal, { columns, dateOrder, rates }: ImportMap): boolean {
  switch (code) {
    case 'no-customer':
      return columns.customerName !== undefined || columns.customerCode !== undefined;
    case 'no-amount':
      return [columns.amount, columns.openAmount, columns.debit, columns.credit].some(
        (at) => at !== undefined,
      );
    case 'no-day':
      return columns.billDay !== undefined;
    case 'date-order-ambiguous':
      return dateOrder !== null;
    default:
      return String(values?.['currency'] ?? '') in rates;
  }
}
