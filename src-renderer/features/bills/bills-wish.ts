import { agingParts, type AgingPart } from '#domain/aging.ts';

/** Which bills are asked for: those of one bucket, those behind one figure, or all. */
export type BillsWish = { readonly bucket: number | undefined; readonly part: AgingPart | undefined };

/** '?bucket=2' or '?part=overdue' of the hash; anything else asks for all. */
export function billsWishOf(search: string): BillsWish {
  const asked = new URLSearchParams(search);
  const bucket = asked.get('bucket') ?? '';
  return {
    bucket: /^\d$/.test(bucket) ? Number(bucket) : undefined,
    part: agingParts.find((one) => one === asked.get('part')),
  };
}
