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

/** Kept while the rows are read; every amount is below what a sum of the file may come to, so it stays exact. */
export type CustomerTally = Map<string, Sums>;

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
  const place = `${currency}|${key}`;
  let sums = tally.get(place);
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
    tally.set(place, sums);
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
  const taken = new Map<string, number>();
  for (const { currency, customerKey, foreignMinor, amountPaise, kind } of documents) {
    const place = `${currency ?? baseCurrency}|${customerKey}`;
    const minor = foreignMinor ?? amountPaise;
    taken.set(place, (taken.get(place) ?? 0) + (isBill(kind) ? minor : 0 - minor));
  }
  return [...tally].map(([place, sums]) => ({ ...sums, takenMinor: taken.get(place) ?? 0 }));
}

/** The number a row bears, as numbers are compared; '' where it bears none. */
export function rowNumber({ map }: Reading, row: Row): string {
  const column = map.columns.billNumber;
  return column === undefined ? '' : comparableNumber(cellText(row[column]));
}

export function comparableNumber(number: string): string {
  return number.toLowerCase().replace(/\s+/g, '');
}
