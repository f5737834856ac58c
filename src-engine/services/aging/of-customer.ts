import { customerOf, figuresOf, openItemsAsOf, type AgingView } from '#domain/aging.ts';
import type { Day } from '#domain/days.ts';
import type { Paise } from '#domain/money.ts';
import { ledgerOfCustomers } from '../../storage/customer-ledger.ts';
import { customerById } from '../../storage/customers.ts';
import type { BookFile } from '../../storage/database.ts';
import { customerGone } from '../customers/save.ts';
import { refused } from '../door.ts';

type Of = { readonly customerId: number; readonly view: AgingView };

/** One customer's buckets on each of some days, from his own documents: a page must not wait for a whole book. */
export function bucketsOfCustomerOn(
  db: BookFile,
  days: readonly Day[],
  { customerId, view }: Of,
): readonly (readonly Paise[])[] {
  const { ledger } = db.read((tx) => {
    if (!customerById(tx, customerId)) throw refused(customerGone().refusal);
    return ledgerOfCustomers(tx, [customerId]);
  });
  return days.map((day) => {
    const own = openItemsAsOf(ledger, day).filter((item) => customerOf(item) === customerId);
    return figuresOf(own, view).buckets;
  });
}
