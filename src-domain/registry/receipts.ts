import type { ItemErrorCode } from './words.ts';

/** What the registry stands for once it has taken a batch. */
export type ReceiptFacts = {
  readonly origin: string;
  readonly batchId: string;
  /** base64url of the header's leaf: what is promised to be in the log. It binds member, device, place and root. */
  readonly leaf: string;
  readonly status: 'applied' | 'accepted';
  readonly counts: { readonly applied: number; readonly stale: number; readonly rejected: number };
  /** RFC 3339. */
  readonly receivedAt: string;
  /** Within how many seconds it will be in the log. */
  readonly withinSeconds: number;
  readonly errors: readonly { readonly i: number; readonly code: ItemErrorCode }[];
  readonly questioned: readonly string[];
};

/**
 * One line of UTF-8 that the registry's receipt key signs. Whether it is told anew and where in the log it came to stand
 * are not in it: they change afterwards, and the log proves the place.
 */
export function receiptLine(of: ReceiptFacts): string {
  const { applied, stale, rejected } = of.counts;
  const errors = of.errors.map(({ i, code }) => `${i}:${code}`).join(',');
  const fields = [
    'reg/receipt/v1',
    of.origin,
    of.batchId,
    of.leaf,
    of.status,
    applied,
    stale,
    rejected,
    of.receivedAt,
    of.withinSeconds,
    errors,
    of.questioned.join(','),
  ];
  return fields.join('|');
}

/** Every item of a batch is applied, stale or one of the errors, and each error is of an item that is there. */
export function isOfItems(
  { counts, errors }: Pick<ReceiptFacts, 'counts' | 'errors'>,
  itemCount: number,
): boolean {
  const { applied, stale, rejected } = counts;
  const places = new Set(errors.map(({ i }) => i));
  const areThere = [...places].every((i) => i < itemCount);
  return applied + stale + rejected === itemCount && rejected === places.size && areThere;
}
