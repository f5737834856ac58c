import type { KnownCustomer, KnownFacts } from '#domain/import-known.ts';
import type { CustomerFacts } from '#domain/imports/documents.ts';
import { aliases } from '../../storage/aliases.ts';
import { knownCustomers, type KnownCustomerRow } from '../../storage/customers.ts';
import type { ReadTx } from '../../storage/database.ts';
import { appliedFinder, billsInParts, documentFinder, spanFinder } from '../../storage/known-documents.ts';

/** All rows that came from workbooks and CSV files bear this source. */
export const FILE_SOURCE = 'file';

export type BookFacts = { readonly known: KnownFacts; readonly customers: readonly KnownCustomerRow[] };

/** What the book knows already, for a plan to be held against; "the same customer", as the user says, counts first. */
export function knownFacts(tx: ReadTx, sameCustomers: Readonly<Record<string, number>>): BookFacts {
  const customers = knownCustomers(tx);
  const same = new Map([...aliases(tx), ...Object.entries(sameCustomers)]);
  const inParts = billsInParts(tx);
  const known: KnownFacts = {
    customer: customerFinder(customers, same),
    bill: documentFinder(tx, 'bills', FILE_SOURCE),
    receipt: documentFinder(tx, 'receipts', FILE_SOURCE),
    credit: documentFinder(tx, 'credits', FILE_SOURCE),
    appliedTo: appliedFinder(tx, FILE_SOURCE),
    spansOf: spanFinder(tx),
    isInParts: (billId) => inParts.has(billId),
  };
  return { known, customers };
}

/** The same customer: as the user said, else by the key of an earlier file, else by his code, else by a name that only one bears. */
function customerFinder(
  rows: readonly KnownCustomerRow[],
  same: ReadonlyMap<string, number>,
): KnownFacts['customer'] {
  const byId = new Map(rows.map((row) => [row.customerId, row]));
  const byKey = new Map(rows.filter(isOfFile).map((row) => [row.sourceKey, row]));
  const byCode = new Map(rows.filter((row) => row.code !== null).map((row) => [row.code, row]));
  const byName = Map.groupBy(rows, (row) => row.nameKey);
  return (key, facts) => {
    const saidSame = byId.get(same.get(facts.nameKey) ?? 0);
    if (saidSame) return knownAs(saidSame, key);
    const found = byKey.get(key) ?? (facts.code === null ? undefined : byCode.get(facts.code));
    if (found) return knownAs(found, key);
    const namesakes = byName.get(facts.nameKey) ?? [];
    const only = namesakes[0];
    // A namesake with another code is another customer.
    const isSame = namesakes.length === 1 && (only?.code === null || facts.code === null);
    return isSame && only ? knownAs(only, key) : null;
  };
}

function isOfFile({ source }: KnownCustomerRow): boolean {
  return source === FILE_SOURCE;
}

/**
 * His documents stand under one key, however he was found: by his name in one file and by his code in the next, or under
 * another name since. The key of one who was entered by hand holds through every change of his name.
 */
function knownAs(row: KnownCustomerRow, key: string): KnownCustomer {
  const own = isOfFile(row) ? row.sourceKey : `customer:${row.customerId}`;
  return { customerId: row.customerId, facts: factsOf(row), keyInBook: own === key ? null : own };
}

export function factsOf(row: KnownCustomerRow): CustomerFacts {
  const { name, nameKey, code, phone, email, gstin, pan, address, salesperson, territory, creditDays } = row;
  const reach = { phone, email, gstin, pan, address };
  return { name, nameKey, code, ...reach, salesperson, group: row.groupPath, territory, creditDays };
}
