import type { SyncStatus } from '#contract/engine/sync.ts';

/** Whether the figures are complete and only vouchers of the past are still being read, beside everything else. */
export function isOnlyHistory({ isReading, syncedAt, history, progress }: SyncStatus): boolean {
  if (!isReading || syncedAt === null || history?.state !== 'reading') return false;
  return progress === null || progress.stage === 'history' || progress.stage === 'counting';
}
