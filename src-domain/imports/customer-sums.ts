import type { CustomerFacts, CustomerSum, ImportedDocument } from './imported.ts';
import { cellText } from './cells.ts';
import type { Reading, Row } from './reading.ts';
import type { RowAmounts } from './row-amounts.ts';
import { rowCustomer } from './row-customer.ts';
import { isBill } from './vouchers.ts';

type Sums = {
  readonly currency: string;
  readonly customerKey: string;
  readonly customerName: string;
  readonly facts: CustomerFacts | null;
  fileMinor: number;
  refusedMinor: number;
  leftOutMinor: number;
};

/** By currency and key. Kept while the rows are read; every amount is below what a sum of the file may come to, so it stays exact. */
export type CustomerTally = Map<string, Map<string, Sums>>;

export type Share = 'refused' | 'leftOut' | null;

type Counted = {
  readonly key: string;
  readonly facts: CustomerFacts | null;
  readonly currency: string;
  readonly minor: number;
  readonly share: Share;
};

export function countForCustomer(
  tally: CustomerTally,
  { key, facts, currency, minor, share }: Counted,
): void {
  let ofCurrency = tally.get(currency);
  if (ofCurrency === undefined) {
    ofCurrency = new Map();
    tally.set(currency, ofCurrency);
  }
  let sums = ofCurrency.get(key);
  if (sums === undefined) {
    const customerName = facts?.name ?? '';
    sums = {
      currency,
      customerKey: key,
      customerName,
      facts,
      fileMinor: 0,
      refusedMinor: 0,
      leftOutMinor: 0,
    };
    ofCurrency.set(key, sums);
  }
  sums.fileMinor += minor;
  if (share === 'refused') sums.refusedMinor += minor;
  if (share === 'leftOut') sums.leftOutMinor += minor;
}

/** Counts a row that becomes no document under the customer whom it names, if it names one. */
export function countUntaken(
  tally: CustomerTally,
  row: { readonly reading: Reading; readonly row: Row; readonly at: number },
  counted: { readonly amounts: RowAmounts; readonly share: Exclude<Share, null> },
): void {
  const named = rowCustomer(row.reading, row.row, row.at);
  const { currency, measureMinor: minor } = counted.amounts;
  const who = named.ok ? { key: named.value.key, facts: named.value.facts } : { key: '', facts: null };
  countForCustomer(tally, { ...who, currency, minor, share: counted.share });
}

/** What is taken is added up anew from the finished documents. */
export function customerSums(
  tally: CustomerTally,
  documents: readonly ImportedDocument[],
  baseCurrency: string,
): readonly CustomerSum[] {
  const taken = new Map<Sums, number>();
  for (const { currency, customerKey, foreignMinor, amountPaise, kind } of documents) {
    const sums = tally.get(currency ?? baseCurrency)?.get(customerKey);
    if (sums === undefined) throw new Error('A document of a customer whom no row names.');
    const minor = foreignMinor ?? amountPaise;
    taken.set(sums, (taken.get(sums) ?? 0) + (isBill(kind) ? minor : 0 - minor));
  }
  return [...tally.values()].flatMap((ofCurrency) =>
    [...ofCurrency.values()].map((sums) => ({ ...sums, takenMinor: taken.get(sums) ?? 0 })),
  );
}

/** The number a row bears, as numbers are compared; '' where it bears none. */
export function rowNumber({ map }: Reading, row: Row): string {
  const column = map.columns.billNumber;
  return column === undefined ? '' : comparableNumber(cellText(row[column]));
}

export function comparableNumber(number: string): string {
  return number.toLowerCase().replace(/\s+/g, '');
}
