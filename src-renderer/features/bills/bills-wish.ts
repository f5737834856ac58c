import { ageBys, groupBys, type AgeBy, type GroupBy } from '#contract/engine/aging-words.ts';
import { agingParts, type AgingPart } from '#domain/aging.ts';

/** Which bills are asked for: those of one bucket, those behind one figure, those of one group, or all. */
export type BillsWish = {
  readonly bucket: number | undefined;
  readonly part: AgingPart | undefined;
  /** Age from the due day or from the bill's own; as the book's settings have it where it is left out. */
  readonly by: AgeBy | undefined;
  readonly groupBy: GroupBy | undefined;
  /** The group's key; '' are the customers without one, undefined is every group. */
  readonly group: string | undefined;
  /** 'groups' shows one row a group instead of the bills. */
  readonly view: 'bills' | 'groups';
};

const BUCKET = /^(?:\d|1[0-2])$/;

/** '?bucket=2&by=bill&groupBy=salesperson&group=Ravi' of the hash; what is not understood asks for all. */
export function billsWishOf(search: string): BillsWish {
  const asked = new URLSearchParams(search);
  const bucket = asked.get('bucket') ?? '';
  const groupBy = groupBys.find((one) => one === asked.get('groupBy'));
  return {
    bucket: BUCKET.test(bucket) ? Number(bucket) : undefined,
    part: agingParts.find((one) => one === asked.get('part')),
    by: ageBys.find((one) => one === asked.get('by')),
    groupBy,
    group: groupBy === undefined ? undefined : (asked.get('group') ?? undefined),
    view: asked.get('view') === 'groups' ? 'groups' : 'bills',
  };
}

/** The address that asks for this; billsWishOf reads it back. */
export function billsAddress(wish: Partial<BillsWish>): string {
  const asked = new URLSearchParams();
  if (wish.view === 'groups') asked.set('view', 'groups');
  if (wish.bucket !== undefined) asked.set('bucket', String(wish.bucket));
  if (wish.part !== undefined) asked.set('part', wish.part);
  if (wish.by !== undefined) asked.set('by', wish.by);
  if (wish.groupBy !== undefined) asked.set('groupBy', wish.groupBy);
  if (wish.groupBy !== undefined && wish.group !== undefined) asked.set('group', wish.group);
  const text = asked.toString();
  return text === '' ? '/bills' : `/bills?${text}`;
}
