/** Six hours, give or take half of it: desktops that were all told at once do not all come back at once. */
export const POLL_SECONDS = 6 * 3_600;

/** When a desktop looks again, from a number of 0 to 1 that is its own. */
export function pollAfterSeconds(share: number): number {
  return Math.round(POLL_SECONDS * (0.5 + share));
}
