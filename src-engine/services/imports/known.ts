import type { KnownCustomer, KnownDocument, KnownFacts } from '#domain/import-plan.ts';
import type { CustomerFacts } from '#domain/imports/documents.ts';
import { appliedByBill } from '../../storage/allocations.ts';
import { billsBySourceKey } from '../../storage/bills.ts';
import { creditsBySourceKey } from '../../storage/credits.ts';
import { knownCustomers, type KnownCustomerRow } from '../../storage/customers.ts';
import type { ReadTx } from '../../storage/database.ts';
import { receiptsBySourceKey } from '../../storage/receipts.ts';

/** All rows that came from workbooks and CSV files bear this source. */
export const FILE_SOURCE = 'file';

/** What the book knows already, for a plan to be held against. */
export function knownFacts(tx: ReadTx): KnownFacts {
  const bills = billsBySourceKey(tx, FILE_SOURCE);
  const receipts = receiptsBySourceKey(tx, FILE_SOURCE);
  const credits = creditsBySourceKey(tx, FILE_SOURCE);
  const applied = appliedByBill(tx, FILE_SOURCE);
  return {
    customer: customerFinder(knownCustomers(tx)),
    bill: (key) => {
      const found = bills.get(key);
      return found ? { ...found, id: found.billId, day: found.billDay } : null;
    },
    receipt: (key) => {
      const found = receipts.get(key);
      return found ? moneyIn(found, { id: found.receiptId, kind: 'receipt', day: found.receiptDay }) : null;
    },
    credit: (key) => {
      const found = credits.get(key);
      return found ? moneyIn(found, { id: found.creditId, kind: found.kind, day: found.creditDay }) : null;
    },
    appliedTo: (billId) => applied.get(billId) ?? null,
  };
}

function moneyIn(
  found: Pick<KnownDocument, 'amountPaise' | 'currency' | 'foreignMinor' | 'rateE6'>,
  more: Pick<KnownDocument, 'id' | 'kind' | 'day'>,
): KnownDocument {
  const { amountPaise, currency, foreignMinor, rateE6 } = found;
  return { ...more, dueDay: null, amountPaise, currency, foreignMinor, rateE6 };
}

/** The same customer: by the key of an earlier file, else by his code, else by a name that only one bears. */
function customerFinder(rows: readonly KnownCustomerRow[]): KnownFacts['customer'] {
  const byKey = new Map(rows.filter((row) => row.source === FILE_SOURCE).map((row) => [row.sourceKey, row]));
  const byCode = new Map(rows.filter((row) => row.code !== null).map((row) => [row.code, row]));
  const byName = Map.groupBy(rows, (row) => row.nameKey);
  return (key, facts) => {
    const found = byKey.get(key) ?? (facts.code === null ? undefined : byCode.get(facts.code));
    if (found) return known(found);
    const namesakes = byName.get(facts.nameKey) ?? [];
    const only = namesakes[0];
    // A namesake with another code is another customer.
    const isSame = namesakes.length === 1 && (only?.code === null || facts.code === null);
    return isSame && only ? known(only) : null;
  };
}

function known(row: KnownCustomerRow): KnownCustomer {
  const { customerId, name, nameKey, code, phone, email, gstin, salesperson, groupPath, creditDays } = row;
  const facts: CustomerFacts = {
    name,
    nameKey,
    code,
    phone,
    email,
    gstin,
    salesperson,
    group: groupPath,
    creditDays,
  };
  return { customerId, facts };
}
