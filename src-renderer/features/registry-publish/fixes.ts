import type { Candidate, Membership } from '#contract/engine/registry.ts';
import type { PublishBar } from '#domain/registry/publish.ts';

/** What the owner can do about a reason: go somewhere, do something here, or only wait. */
export type Fix = 'customer' | 'evidence' | 'consent' | 'allow' | 'wait';

const FIXES = {
  'not-overdue-long-enough': 'wait',
  'nothing-open': 'wait',
  'no-identifier': 'customer',
  'no-proof': 'evidence',
  'dispute-open': 'customer',
  'consent-missing': 'consent',
  'contact-missing': 'customer',
  'do-not-publish': 'allow',
  'foreign-currency': 'wait',
  'unmatched-money': 'customer',
  'already-published': 'wait',
  'smaller-than-least': 'wait',
} as const satisfies Record<PublishBar, Fix>;

/** A mark that is not the registry's own is taken off where it was set. */
export function fixOf(bar: PublishBar, { doNotPublish }: Pick<Candidate, 'doNotPublish'>): Fix {
  return bar === 'do-not-publish' && doNotPublish === 'not-chased' ? 'customer' : FIXES[bar];
}

/** Why a bill waits at the end of a list: more reasons later, and what only time heals last of all. */
export function barRank({ bars }: Pick<Candidate, 'bars'>): number {
  const waits = bars.some((bar) => FIXES[bar] === 'wait');
  return bars.length + (waits ? 100 : 0);
}

export const candidateViews = ['ready', 'barred', 'all'] as const;
export type CandidateView = (typeof candidateViews)[number];

type Searched = Pick<Candidate, 'customerName' | 'number' | 'customerId' | 'bars'>;

export type CandidateWish = {
  readonly view: CandidateView;
  readonly text: string;
  /** Only this customer's. */
  readonly customerId: number | undefined;
  readonly bar: PublishBar | null;
};

/** Whether a row is shown: its view, its reason, its customer, and every typed word in its name or number. */
export function isCandidateShown(row: Searched, wish: CandidateWish): boolean {
  const { view, text, customerId, bar } = wish;
  if (customerId !== undefined && row.customerId !== customerId) return false;
  if (view === 'ready' ? row.bars.length > 0 : view === 'barred' && row.bars.length === 0) return false;
  // The reasons are not offered beside the ready ones: one that was chosen before must not empty their list.
  if (view !== 'ready' && bar !== null && !row.bars.includes(bar)) return false;
  const whole = `${row.customerName} ${row.number ?? ''}`.toLocaleLowerCase();
  return text
    .toLocaleLowerCase()
    .split(/\s+/u)
    .every((word) => whole.includes(word));
}

/** How many rows each reason stands against; the most frequent first. */
export function barCounts(
  rows: readonly Pick<Candidate, 'bars'>[],
): readonly (readonly [PublishBar, number])[] {
  const counts = new Map<PublishBar, number>();
  for (const { bars } of rows) for (const bar of bars) counts.set(bar, (counts.get(bar) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a);
}

/** A call takes so many bills. */
export const BILLS_MOST = 5_000;

/** What a press on "publish" is about: the ready among the selected rows, or all the ready ones that are shown. */
export function toPublish(selected: readonly Candidate[], shown: readonly Candidate[]): readonly Candidate[] {
  const wished = selected.length > 0 ? selected : shown;
  return wished.filter(({ bars }) => bars.length === 0).slice(0, BILLS_MOST);
}

export function canPublish(membership: Pick<Membership, 'status' | 'purpose'> | undefined): boolean {
  const isIn = membership?.status === 'member' || membership?.status === 'pending';
  return isIn && membership?.purpose !== 'check';
}
