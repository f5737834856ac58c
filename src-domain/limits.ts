import { paise, type Paise } from './money.ts';

export type CreditLimit = {
  readonly creditLimitPaise: Paise | null;
  /** Credit insurance beside the limit of our own. */
  readonly insuredLimitPaise: Paise | null;
};

export type LimitUse = { readonly usablePaise: Paise; readonly usedPaise: Paise; readonly isOver: boolean };

/**
 * What a customer may owe in all (own limit plus insured limit) and what he owes of it. Null where no limit was set: a
 * limit of nought is a limit, an absent one is not. A customer whose credits exceed his bills uses nothing.
 */
export function limitUse(limit: CreditLimit, outstandingPaise: Paise): LimitUse | null {
  const { creditLimitPaise, insuredLimitPaise } = limit;
  if (creditLimitPaise === null && insuredLimitPaise === null) return null;
  const usablePaise = paise((creditLimitPaise ?? 0) + (insuredLimitPaise ?? 0));
  const usedPaise = paise(Math.max(0, outstandingPaise));
  return { usablePaise, usedPaise, isOver: usedPaise > usablePaise };
}
