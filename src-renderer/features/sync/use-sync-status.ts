import type { SyncStatus } from '#contract/engine/sync.ts';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../client.ts';

/** How the open book stands to its Tally; undefined until it is known, and without a book. */
export function useSyncStatus(hasBook: boolean): SyncStatus | undefined {
  const { data } = useQuery({ ...orpc.sync.status.queryOptions(), enabled: hasBook });
  return hasBook ? data : undefined;
}
