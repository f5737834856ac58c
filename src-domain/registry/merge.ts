import { daysBetween, type Day } from '../days.ts';
import { epochOf, mayFollow, type Due } from './dues.ts';
import type { DueState, ItemErrorCode } from './words.ts';

// How what members state becomes what the registry has. Whatever order and however often items arrive, the newest version of
// each due and subject stands in the end; only what was never possible is refused.

/** What the registry has of a member's due under one subject. */
export type KnownDue = {
  readonly dueRef: string;
  readonly subject: string;
  readonly ver: number;
  readonly state: DueState;
  readonly settledDay: Day | null;
  /** The leaf of the item that said so. */
  readonly content: string;
};

/** An item of a batch that could be read. */
export type Stated = {
  readonly at: number;
  readonly due: Due;
  readonly subject: string;
  readonly ver: number;
  readonly content: string;
};

export type MergeWish = {
  readonly known: readonly KnownDue[];
  /** Nothing is missing between this batch and the one of its device that came before. */
  readonly isWhole: boolean;
  /** The member's own day of the batch, and no earlier than a month before it came in: he writes what he likes. */
  readonly asOf: Day;
  /** What stands against an item by itself. First: this due was not known under this subject. */
  readonly barOf: (stated: Stated, isFirst: boolean) => ItemErrorCode | null;
};

export type Written = { readonly stated: Stated; readonly before: KnownDue | null };

export type Merged = {
  readonly errors: readonly { readonly i: number; readonly code: ItemErrorCode }[];
  readonly staleCount: number;
  /** The newest of each due and subject, where it is newer than what was known. */
  readonly written: readonly Written[];
};

export function mergeDues(items: readonly Stated[], wish: MergeWish): Merged {
  const known = Map.groupBy(wish.known, ({ dueRef }) => dueRef);
  const errors: { i: number; code: ItemErrorCode }[] = [];
  const written: Written[] = [];
  let takenCount = 0;
  for (const [dueRef, versions] of Map.groupBy(items, ({ due }) => due.dueRef)) {
    const before = known.get(dueRef) ?? [];
    const now = new Map(before.map((one) => [one.subject, one]));
    const newest = new Map<string, Stated>();
    // Oldest first: a settlement and what follows it may have come in one batch.
    for (const stated of versions.toSorted((a, b) => a.ver - b.ver || a.at - b.at)) {
      const verdict = judge(stated, now, before, wish);
      if (verdict === 'stale') continue;
      if (verdict !== 'applied') {
        errors.push({ i: stated.at, code: verdict });
        continue;
      }
      now.set(stated.subject, knownOf(stated));
      newest.set(stated.subject, stated);
    }
    takenCount += newest.size;
    for (const stated of newest.values())
      written.push({ stated, before: before.find(({ subject }) => subject === stated.subject) ?? null });
  }
  const staleCount = items.length - takenCount - errors.length;
  return { errors: errors.toSorted((a, b) => a.i - b.i), staleCount, written };
}

function judge(
  stated: Stated,
  now: ReadonlyMap<string, KnownDue>,
  stored: readonly KnownDue[],
  wish: MergeWish,
): 'applied' | 'stale' | ItemErrorCode {
  const { due, subject, ver, content } = stated;
  const before = now.get(subject) ?? null;
  if (before !== null && ver < before.ver) return 'stale';
  if (before !== null && ver === before.ver) return content === before.content ? 'stale' : 'ver_conflict';
  // A due that was put under another subject is withdrawn under the wrong one, in the same batch or before.
  const others = [...now.values()].filter((one) => one.subject !== subject && one.state !== 'withdrawn');
  if (due.state !== 'withdrawn' && others.length > 0)
    return others.some((one) => one.ver > ver) ? 'stale' : 'bad_transition';
  if (!isPossible(before, stated, wish)) return 'bad_transition';
  return wish.barOf(stated, !stored.some((one) => one.subject === subject)) ?? 'applied';
}

/**
 * Step by step where all steps are known. Where some may be missing, by a resend out of order or a restored backup, only
 * the end is an end: everything else can be reached by steps that were not seen.
 */
function isPossible(before: KnownDue | null, { due, ver }: Stated, { isWhole, asOf }: MergeWish): boolean {
  if (isWhole && (before === null || epochOf(before.ver) === epochOf(ver))) {
    const settledDay = before?.settledDay ?? null;
    return mayFollow(before, due, settledDay === null ? null : daysBetween(settledDay, asOf));
  }
  return before?.state !== 'withdrawn' || due.state === 'withdrawn';
}

function knownOf({ due, subject, ver, content }: Stated): KnownDue {
  const { dueRef, state, settledDay } = due;
  return { dueRef, subject, ver, state, settledDay, content };
}

/** States that speak against the debtor: to say so takes a ground, a quota and a notice; to take it back takes nothing. */
export function isLive(state: DueState): boolean {
  return state !== 'settled' && state !== 'withdrawn';
}

/** More than three times what a member reported before is looked at by somebody before it may count. */
export const SWING_TIMES = 3;
/** Below this no growth is a swing. */
export const SWING_LEAST = 20;

/** What is held goes its way after so many days, unless whoever runs the registry stopped the member. */
export const HELD_DAYS = 7;

/** A new member's first load is no swing: his probation and the notices to debtors stand in its way. */
export function isSwing(of: {
  readonly baseCount: number;
  readonly liveCount: number;
  readonly isOnProbation: boolean;
}): boolean {
  return !of.isOnProbation && of.liveCount > SWING_TIMES * Math.max(of.baseCount, SWING_LEAST);
}
