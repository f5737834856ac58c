import type { Refusal } from '#domain/result.ts';
import type { DryRun } from './types.ts';
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
export function openDoubts({ understood }: Drafted, dryRun: DryRun | undefined): readonly Refusal[] {
  if (!dryRun) return understood.doubts;
  return [...dryRun.doubts, ...understood.doubts.filter(({ code }) => !JUDGED_BY_DRY_RUN.has(code))];
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
