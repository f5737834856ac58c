import type { OpenItem } from '#contract/engine/bills.ts';
import type { Day } from '#domain/days.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../client.ts';
import type { BillsWish } from './bills-wish.ts';

type ShownBills = {
  readonly rows: readonly OpenItem[] | undefined;
  readonly asOf: Day | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
};

/** The open items of a wish; the list and its export ask with one question. */
export function useBills({ bucket, part, by, groupBy, group }: BillsWish): ShownBills {
  const { wish } = useAsOf();
  const ofGroup = groupBy === undefined || group === undefined ? undefined : { by: groupBy, key: group };
  const { data, error, refetch } = useQuery(
    orpc.bills.listOpen.queryOptions({ input: { asOf: wish, bucket, part, by, group: ofGroup } }),
  );
  return { rows: data?.rows, asOf: data?.asOf, error, refetch };
}
