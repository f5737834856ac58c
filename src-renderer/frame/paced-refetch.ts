import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** After a refetch its query rests, twice as long as it took and within these: while messages leave, news never ends. */
const REST_LEAST_MS = 400;
const REST_MOST_MS = 10_000;
const REST_TIMES = 2;

/**
 * Refetches at once what is seen, but each query never before its last refetch has come home and it has rested: then once,
 * however often it was asked for meanwhile. What is not seen is fetched when it is looked at.
 */
export function pacedRefetch(queryClient: QueryClient): (queryKey: QueryKey) => void {
  const queries = queryClient.getQueryCache();
  const asked = new Set<string>();
  const pacing = new Set<string>();
  const refetch = async (hash: string): Promise<void> => {
    asked.add(hash);
    if (pacing.has(hash)) return;
    pacing.add(hash);
    while (asked.delete(hash)) {
      const query = queries.get(hash);
      if (!query?.isActive()) {
        query?.invalidate();
        break;
      }
      const begun = performance.now();
      await queryClient.refetchQueries({ queryKey: query.queryKey, exact: true });
      await rest((performance.now() - begun) * REST_TIMES);
    }
    pacing.delete(hash);
  };
  return (queryKey) => {
    for (const query of queries.findAll({ queryKey })) {
      if (query.isActive()) void refetch(query.queryHash);
      else query.invalidate();
    }
  };
}

function rest(wanted: number): Promise<void> {
  const milliseconds = Math.min(Math.max(wanted, REST_LEAST_MS), REST_MOST_MS);
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
