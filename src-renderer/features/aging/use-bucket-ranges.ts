import { bucketsOf, type Bucket } from '#domain/aging.ts';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../client.ts';

/** The buckets as this book's settings have them; the usual six until they are known. */
export function useBucketRanges(): readonly Bucket[] {
  const { data } = useQuery(orpc.settings.get.queryOptions());
  return bucketsOf(data?.bounds);
}
