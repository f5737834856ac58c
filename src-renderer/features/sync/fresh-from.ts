import type { SyncStatus } from '#contract/engine/sync.ts';

/** Where the figures came from, and when; `at` is null as long as they never came. */
export type FreshFrom = { readonly from: 'tally' | 'files'; readonly at: number | null };

/** Files count only while no Tally is connected: then the book is as old as they are, and nothing is amiss. */
export function freshFrom({ connection, files, inStepAt, syncedAt }: SyncStatus): FreshFrom {
  if (connection === null && files !== null) return { from: 'files', at: files.readAt };
  return { from: 'tally', at: inStepAt ?? syncedAt };
}
