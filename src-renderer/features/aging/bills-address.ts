import type { GroupBy } from '#contract/engine/aging-words.ts';

/** The address of the Bills screen that shows one group's bills; it is read again in the bills' own feature. */
export function billsOfGroup(groupBy: GroupBy, key: string): string {
  return `/bills?${new URLSearchParams({ groupBy, group: key })}`;
}
