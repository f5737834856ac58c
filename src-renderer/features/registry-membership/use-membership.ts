import type { Membership } from '#contract/engine/registry.ts';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { orpc } from '../../client.ts';

/** How the book stands with its registry, as this machine knows it: asking costs no network. */
export function useMembership(): UseQueryResult<Membership> {
  return useQuery(orpc.registry.membership.queryOptions());
}
