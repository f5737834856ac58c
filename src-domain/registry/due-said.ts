import type { DisputeState, DueState, ItemErrorCode, Visibility } from './words.ts';

// What the owner is told of a due that he published: the one thing that matters most just now.

export const dueSaids = [
  'withdrawn',
  'refused',
  'undo',
  'to-send',
  'settled',
  'written-off',
  'disputed',
  'not-told',
  'notice-failed',
  'notice-pending',
  'notice-running',
  'visible',
  'held',
  'masked',
  'suppressed',
  'stale',
  'gone',
] as const;
export type DueSaid = (typeof dueSaids)[number];

export type DueSaidFacts = {
  readonly state: DueState;
  readonly visibility: Visibility | null;
  /** Until then it may be taken back unheard: UTC milliseconds; null once that time is over. */
  readonly undoUntil: number | null;
  readonly sentAt: number | null;
  readonly errorCode: ItemErrorCode | null;
  readonly dispute: { readonly state: DisputeState } | null;
  /** What became of the last notice to the debtor. */
  readonly notice?: string | null;
};

/** The first that holds is told. */
export function dueSaidOf(due: DueSaidFacts): DueSaid {
  const { state, visibility, dispute } = due;
  if (state === 'withdrawn') return 'withdrawn';
  if (due.errorCode !== null) return 'refused';
  if (due.undoUntil !== null) return 'undo';
  if (due.sentAt === null) return 'to-send';
  if (visibility === 'gone') return 'gone';
  if (dispute?.state === 'open' || dispute?.state === 'contested') return 'disputed';
  if (state === 'settled') return 'settled';
  if (state === 'written_off') return 'written-off';
  if (due.notice === 'failed' && (visibility === null || visibility === 'notice-pending'))
    return 'notice-failed';
  return visibility ?? 'not-told';
}

export const dueViews = ['undo', 'waiting', 'visible', 'hidden', 'ended'] as const;
export type DueView = (typeof dueViews)[number];

const VIEWS = {
  withdrawn: 'ended',
  refused: 'hidden',
  undo: 'undo',
  'to-send': 'waiting',
  settled: 'ended',
  'written-off': 'ended',
  disputed: 'hidden',
  'not-told': 'waiting',
  'notice-failed': 'hidden',
  'notice-pending': 'waiting',
  'notice-running': 'waiting',
  visible: 'visible',
  held: 'hidden',
  masked: 'hidden',
  suppressed: 'hidden',
  stale: 'hidden',
  gone: 'ended',
} as const satisfies Record<DueSaid, DueView>;

/** Under which heading of the list it stands. */
export function dueViewOf(due: DueSaidFacts): DueView {
  return VIEWS[dueSaidOf(due)];
}
