import type { Business } from '#contract/engine/business.ts';
import type { Day } from '#domain/days.ts';
import { paise, sumOf } from '#domain/money.ts';
import { upiLink, upiNote } from '#domain/reminders/upi.ts';
import type { PaperAccount } from './account.ts';

export type PayWish = {
  readonly account: Pick<PaperAccount, 'items' | 'figures'>;
  readonly business: Business;
  readonly currency: string;
  readonly reference: { readonly customerId: number; readonly asOf: Day };
};

/**
 * The UPI link of a paper, for what is open in rupees and never for more than is owed in all. Null where there is no UPI
 * address or nothing that UPI could pay.
 */
export function payLinkOf({ account, business, currency, reference }: PayWish): string | null {
  const { vpa, payeeName, name, merchantCode } = business;
  if (vpa === null) return null;
  const bills = account.items.filter((item) => item.bill !== null && item.bill.currency === null);
  const amountPaise = Math.min(
    sumOf(bills, (item) => item.openPaise),
    account.figures.outstandingPaise,
  );
  if (amountPaise <= 0) return null;
  const note = upiNote([...new Set(bills.flatMap((item) => item.bill?.number ?? []))], name);
  const link = upiLink({
    vpa,
    name: payeeName ?? name,
    amountPaise: paise(amountPaise),
    currency,
    note,
    reference: `C${reference.customerId}D${reference.asOf}`,
    merchantCode,
  });
  return link.ok ? link.value : null;
}
