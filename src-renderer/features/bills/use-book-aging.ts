import type { AgeBy } from '#contract/engine/aging-words.ts';
import { bucketsOf, type Bucket } from '#domain/aging.ts';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../client.ts';

/** How this book looks at lateness: its buckets, and which day it counts from; the usual until it is known. */
export function useBookAging(): { readonly ranges: readonly Bucket[]; readonly ageBy: AgeBy } {
  const { data } = useQuery(orpc.settings.get.queryOptions());
  return { ranges: bucketsOf(data?.bounds), ageBy: data?.ageBy ?? 'due' };
}
