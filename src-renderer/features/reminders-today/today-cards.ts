import type { SendingStatus } from '#contract/engine/reminders.ts';

export type TodayCard = {
  readonly kind: 'claims' | 'replies' | 'needsYou' | 'run' | 'hand' | 'call' | 'print';
  readonly count: number;
  readonly href: string;
};

/** No more than can be looked at in one glance. */
export const CARDS_MOST = 5;

type Counts = Pick<
  SendingStatus,
  | 'claimsCount'
  | 'repliesCount'
  | 'heldCount'
  | 'unknownCount'
  | 'toApproveCount'
  | 'toCallCount'
  | 'toPrintCount'
  | 'toHandCount'
>;

/** What waits for a person today: money first, then people who wait, then what leaves. */
export function todayCards(status: Counts): readonly TodayCard[] {
  const cards: readonly TodayCard[] = [
    { kind: 'claims', count: status.claimsCount, href: '/inbox?tab=claims' },
    { kind: 'replies', count: status.repliesCount, href: '/inbox' },
    {
      kind: 'needsYou',
      count: status.heldCount + status.unknownCount,
      href: '/reminders?tab=outbox&view=needs-you',
    },
    { kind: 'run', count: status.toApproveCount, href: '/reminders?tab=run' },
    { kind: 'hand', count: status.toHandCount, href: '/reminders?tab=by-hand' },
    { kind: 'call', count: status.toCallCount, href: '/reminders?tab=by-hand' },
    { kind: 'print', count: status.toPrintCount, href: '/reminders?tab=by-hand' },
  ];
  return cards.filter(({ count }) => count > 0).slice(0, CARDS_MOST);
}
