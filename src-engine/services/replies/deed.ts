import type { ReplyRow } from '../../storage/replies.ts';

/** What a mark did, so that it can be taken back. */
export type Deed = {
  readonly pauseId?: number;
  readonly suppressionId?: number;
  readonly claimId?: number;
  /** The claim stood before: an attachment had made it. */
  readonly isClaimKept?: boolean;
  /** He said stop himself: that is not ours to take back. */
  readonly isOwnWord?: boolean;
  /** When an answer of ours had closed it already; UTC milliseconds. */
  readonly answeredBefore?: number;
  readonly note?: string;
};

/** A mark closes a reply; one that we had answered stays closed without it. */
export function answeredBeforeMark({ mark, markJson, answeredAt }: ReplyRow): number | null {
  return mark === null ? answeredAt : (deedIn(markJson).answeredBefore ?? null);
}

export function deedIn(markJson: string | null): Deed {
  const deed: unknown = markJson === null ? {} : JSON.parse(markJson);
  if (typeof deed !== 'object' || deed === null) return {};
  const numberAt = (key: string): number | undefined => {
    const value: unknown = Reflect.get(deed, key);
    return typeof value === 'number' ? value : undefined;
  };
  const [pauseId, suppressionId, claimId] = [
    numberAt('pauseId'),
    numberAt('suppressionId'),
    numberAt('claimId'),
  ];
  const answeredBefore = numberAt('answeredBefore');
  return {
    ...(pauseId === undefined ? {} : { pauseId }),
    ...(suppressionId === undefined ? {} : { suppressionId }),
    ...(claimId === undefined ? {} : { claimId }),
    ...(answeredBefore === undefined ? {} : { answeredBefore }),
    isClaimKept: Reflect.get(deed, 'isClaimKept') === true,
    isOwnWord: Reflect.get(deed, 'isOwnWord') === true,
  };
}
