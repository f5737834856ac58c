import type { RegistryDispute } from '#contract/engine/registry.ts';
import { daysBetween, type Day } from '#domain/days.ts';

/** Those that wait for the owner first, the nearest deadline on top; then what is contested; then what is over. */
export function inOrder(disputes: readonly RegistryDispute[]): readonly RegistryDispute[] {
  return disputes.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      (a.answerBy ?? '9').localeCompare(b.answerBy ?? '9') ||
      b.openedAt - a.openedAt ||
      a.disputeId.localeCompare(b.disputeId),
  );
}

function rankOf({ state }: RegistryDispute): number {
  if (state === 'open') return 0;
  return state === 'contested' ? 1 : 2;
}

export type Clock = { readonly say: 'left' | 'today' | 'over'; readonly days: number };

/** How long the owner has to answer; null where nothing is asked of him. */
export function clockOf(
  { state, answerBy }: Pick<RegistryDispute, 'state' | 'answerBy'>,
  today: Day,
): Clock | null {
  if (state !== 'open' || answerBy === null) return null;
  const days = daysBetween(today, answerBy);
  if (days === 0) return { say: 'today', days };
  return days > 0 ? { say: 'left', days } : { say: 'over', days: -days };
}

export const disputeViews = ['waiting', 'all'] as const;
export type DisputeView = (typeof disputeViews)[number];
