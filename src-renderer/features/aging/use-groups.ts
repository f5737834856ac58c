import type { AgingGroups } from '#contract/engine/aging.ts';
import type { AgeBy, GroupBy } from '#contract/engine/aging-words.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../client.ts';

type GroupsWish = { readonly groupBy: GroupBy; readonly by: AgeBy | undefined };
type ShownGroups = {
  readonly groups: AgingGroups | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
};

/** Outstanding by group; the table and its export ask with one question. */
export function useGroups({ groupBy, by }: GroupsWish): ShownGroups {
  const { wish } = useAsOf();
  const { data, error, refetch } = useQuery(
    orpc.aging.groups.queryOptions({ input: { asOf: wish, by, groupBy } }),
  );
  // The answer of another grouping may stand here for a moment; its columns would be wrong.
  return { groups: data?.groupBy === groupBy ? data : undefined, error, refetch };
}
