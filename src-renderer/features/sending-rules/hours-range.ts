export type Range = { readonly fromMinute: number; readonly toMinute: number };
export type End = 'from' | 'to';

export const MINUTES_A_DAY = 1440;
/** The bar moves by quarters of an hour; other times can be typed. */
const STEP_MINUTES = 15;
const PAGE_MINUTES = 60;
/** Less time than this is nobody's wish. */
export const LEAST_MINUTES = 30;

/** Moves one end as far as it may go: within the outer limits, and not past the other end. */
export function withEnd(range: Range, end: End, minute: number, outer: Range): Range {
  if (end === 'from') {
    const most = Math.max(outer.fromMinute, range.toMinute - LEAST_MINUTES);
    return { ...range, fromMinute: Math.min(most, Math.max(outer.fromMinute, minute)) };
  }
  const least = Math.min(outer.toMinute, range.fromMinute + LEAST_MINUTES);
  return { ...range, toMinute: Math.max(least, Math.min(outer.toMinute, minute)) };
}

/** Which end of the range a press on the bar is nearer to. */
export function endNearest(range: Range, minute: number): End {
  return Math.abs(minute - range.fromMinute) <= Math.abs(minute - range.toMinute) ? 'from' : 'to';
}

/** A place on the bar, 0 to 1 from the left, as the nearest quarter of an hour. */
export function minuteAt(share: number): number {
  const kept = Math.min(1, Math.max(0, share));
  return Math.round((kept * MINUTES_A_DAY) / STEP_MINUTES) * STEP_MINUTES;
}

/** Where a key takes an end; undefined where the key does not move it. */
export function minuteByKey(key: string, minute: number, outer: Range): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.ceil(minute / STEP_MINUTES) * STEP_MINUTES - STEP_MINUTES;
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.floor(minute / STEP_MINUTES) * STEP_MINUTES + STEP_MINUTES;
    case 'PageDown':
      return minute - PAGE_MINUTES;
    case 'PageUp':
      return minute + PAGE_MINUTES;
    case 'Home':
      return outer.fromMinute;
    case 'End':
      return outer.toMinute;
    default:
      return undefined;
  }
}
