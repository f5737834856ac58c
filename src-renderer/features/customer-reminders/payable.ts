import type { CustomerPage } from '#contract/engine/customers.ts';

/** The engine takes so many bills into one link. */
const BILLS_MOST = 200;

export type PayPart = 'overdue' | 'all';

type Bill = Pick<CustomerPage['bills'][number], 'billId' | 'openPaise' | 'daysLate' | 'dueDay' | 'currency'>;

/** The bills that a link asks for, the oldest first; in the book's own currency, which is all that UPI knows. */
export function payableBills(bills: readonly Bill[], part: PayPart): readonly number[] {
  return bills
    .filter((bill) => bill.openPaise > 0 && bill.currency === null && (part === 'all' || bill.daysLate > 0))
    .toSorted((a, b) => a.dueDay.localeCompare(b.dueDay) || a.billId - b.billId)
    .slice(0, BILLS_MOST)
    .map(({ billId }) => billId);
}
