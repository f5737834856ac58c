import type { Day } from '../days.ts';
import type { TallyCompany, TallyIdentity } from './facts.ts';

/** ALTMSTID and ALTVCHID: they only rise, unless a backup was restored. */
export type Counters = Pick<TallyCompany, 'masterCounter' | 'voucherCounter'>;

export type Step =
  | { readonly kind: 'nothing' }
  /** Nothing was entered, but another day has begun: what is due moved. */
  | { readonly kind: 'bills-only' }
  | { readonly kind: 'changes'; readonly masters: boolean; readonly vouchers: boolean }
  | { readonly kind: 'full'; readonly why: 'first' | 'restored' | 'other-company' };

export type LookedAt = {
  /** What the book was last brought in step with. */
  readonly stored: TallyIdentity & Counters;
  readonly seen: TallyIdentity & Counters;
  /** The day of the bills reports that are here; null = none yet. */
  readonly asOf: Day | null;
  /** The day for which they would be asked now (see reportDay of edu-days.ts). */
  readonly today: Day;
};

/** What a look at the counters calls for. */
export function decide({ stored, seen, asOf, today }: LookedAt): Step {
  if (!sameCompany(stored, seen)) return { kind: 'full', why: 'other-company' };
  if (asOf === null) return { kind: 'full', why: 'first' };
  const masters = moved(stored.masterCounter, seen.masterCounter);
  // A company has masters from its first minute, so a Tally that names no such counter names none at all.
  if (masters === 'unknown') return { kind: 'changes', masters: true, vouchers: true };
  // One that counts masters and not vouchers has none yet.
  const vouchers = moved(stored.voucherCounter ?? 0, seen.voucherCounter ?? 0);
  if (masters === 'fell' || vouchers === 'fell') return { kind: 'full', why: 'restored' };
  if (masters === 'rose' || vouchers === 'rose') {
    return { kind: 'changes', masters: masters === 'rose', vouchers: vouchers === 'rose' };
  }
  return asOf === today ? { kind: 'nothing' } : { kind: 'bills-only' };
}

/** Whether both counters stand where they stood: a reply read between two such looks belongs to one moment. */
export function isUnmoved(before: Counters, after: Counters): boolean {
  return before.masterCounter === after.masterCounter && before.voucherCounter === after.voucherCounter;
}

function moved(from: number | null, to: number | null): 'unknown' | 'fell' | 'still' | 'rose' {
  if (to === null) return from === null ? 'unknown' : 'fell';
  // Counted for the first time: nothing is known of what was before.
  if (from === null) return 'rose';
  return to < from ? 'fell' : to === from ? 'still' : 'rose';
}

/**
 * Whether something may have been deleted. Each changed row moved its counter at least once, a deletion moves it and
 * leaves no row; what the rows do not explain is therefore looked for by a census at once. Two changes of one row look
 * the same: a census too many, never one too few.
 */
export function expectedRows(
  before: number | null,
  after: number | null,
  changedRows: number,
): { readonly movedBy: number; readonly unexplained: number; readonly mustLook: boolean } {
  const movedBy = (after ?? 0) - (before ?? 0);
  const unexplained = Math.max(0, movedBy - changedRows);
  return { movedBy, unexplained, mustLook: unexplained > 0 };
}

/**
 * The same set of books. A split copies the GUID and a copy may bear the name, so number and beginning of the books
 * count too; where one side does not say them (a file, an old Tally) they cannot tell.
 */
export function sameCompany(a: TallyIdentity, b: TallyIdentity): boolean {
  const agrees = (x: string | null, y: string | null): boolean => x === null || y === null || x === y;
  return (
    a.guid.toLowerCase() === b.guid.toLowerCase() &&
    agrees(a.companyNumber, b.companyNumber) &&
    agrees(a.booksFrom, b.booksFrom)
  );
}

export function isRenamed(a: TallyIdentity, b: TallyIdentity): boolean {
  return sameCompany(a, b) && a.name !== b.name;
}
