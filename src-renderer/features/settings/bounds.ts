/** What the settings allow; the door checks the same. */
export const BOUNDS_MOST = 12;
export const DAYS_MOST = 9999;

export type BoundFault = 'not-whole' | 'too-large' | 'taken' | 'too-many';

/** Why a day cannot be added to the buckets, or undefined when it can. */
export function boundFault(bounds: readonly number[], days: number): BoundFault | undefined {
  if (!Number.isInteger(days) || days < 1) return 'not-whole';
  if (days > DAYS_MOST) return 'too-large';
  if (bounds.includes(days)) return 'taken';
  if (bounds.length >= BOUNDS_MOST) return 'too-many';
  return undefined;
}

/** The days in ascending order, whatever the order they were typed in; 0, the end of "not due", always leads. */
export function withBound(bounds: readonly number[], days: number): readonly number[] {
  return [...bounds, days].toSorted((a, b) => a - b);
}

export function withoutBound(bounds: readonly number[], days: number): readonly number[] {
  return bounds.filter((bound) => bound !== days || bound === 0);
}
