import { nameKeyOf } from '#domain/imports/names.ts';
import { contactOffers } from '#domain/tally/contact-offers.ts';
import type { TallyLedger } from '#domain/tally/facts.ts';
import { groupPathOf, isCustomer, type GroupTree } from '#domain/tally/groups.ts';
import { withoutPrivateNumbers } from '#domain/tally/private-numbers.ts';
import { putOffers } from '../../storage/contact-offers.ts';
import type { WriteTx } from '../../storage/database.ts';
import { putTallyCustomers, type TallyCustomerFacts } from '../../storage/tally-customers.ts';
import { ledgerRows, setLedgerCustomers } from '../../storage/tally-masters.ts';
import type { BookRead } from './read.ts';

/** A customer for each ledger that is one; what a person corrected of him stays. */
export function putCustomers(
  tx: WriteTx,
  { whole, choice }: Pick<BookRead, 'whole' | 'choice'>,
  { now }: { readonly now: number },
): void {
  const ledgers = [...whole.values()].filter((ledger) => isCustomer(choice, ledger));
  if (ledgers.length === 0) return;
  const facts = ledgers.map((ledger) => customerFacts(ledger, choice.tree));
  const customerIds = putTallyCustomers(tx, facts, now);
  const offers = ledgers.flatMap(({ guid, contact }) => {
    const customerId = customerIds.get(guid);
    if (customerId === undefined) return [];
    return contactOffers(contact).map((found) => ({ customerId, ...found }));
  });
  putOffers(tx, offers, now);
  const moved = ledgerRows(tx).flatMap(({ ledgerId, guid, customerId }) => {
    const now = customerIds.get(guid);
    return now === undefined || now === customerId ? [] : [[ledgerId, now] as const];
  });
  setLedgerCustomers(tx, new Map(moved));
}

function customerFacts(ledger: TallyLedger, tree: GroupTree): TallyCustomerFacts {
  const { guid, name, aliases, creditPeriod, creditLimitPaise, contact } = ledger;
  const address = withoutPrivateNumbers(contact.addressLines);
  const path = groupPathOf(tree, ledger);
  return {
    ledgerGuid: guid,
    name,
    nameKey: nameKeyOf(name),
    code: aliases[0] ?? null,
    groupPath: path.length === 0 ? null : path.join('/'),
    phone: contact.mobile ?? contact.phone,
    email: contact.email,
    gstin: contact.gstin,
    pan: contact.pan,
    address: address.length === 0 ? null : address.join('\n'),
    creditDays: creditDaysOf(creditPeriod),
    creditLimitPaise: creditLimitPaise !== null && creditLimitPaise > 0 ? creditLimitPaise : null,
    aliasKeys: aliases.map(nameKeyOf),
  };
}

/** Months are no number of days by themselves; a book holds at most ten years. */
function creditDaysOf(period: string | null): number | null {
  if (period === null || !/^\d{1,4}$/.test(period)) return null;
  const days = Number(period);
  return days <= 3650 ? days : null;
}
