import type { CurrencySum, ImportedDocument } from './imported.ts';
import { isBill } from './vouchers.ts';

type Share = 'refused' | 'leftOut';
type Sums = { file: bigint; refused: bigint; leftOut: bigint };

/** Sums per currency of all rows read, kept beside what became of them. */
export type Tally = {
  readonly sums: Map<string, Sums>;
};

export function newTally(): Tally {
  return { sums: new Map() };
}

export function count(tally: Tally, currency: string, minor: number, share: Share | null): void {
  const sums = tally.sums.get(currency) ?? { file: 0n, refused: 0n, leftOut: 0n };
  sums.file += BigInt(minor);
  if (share !== null) sums[share] += BigInt(minor);
  tally.sums.set(currency, sums);
}

/**
 * What is taken is added up anew from the finished documents, and must be what is left of the file's sum: a row that
 * got lost or was counted twice stops the import here.
 */
export function tieOut(
  tally: Tally,
  documents: readonly ImportedDocument[],
  baseCurrency: string,
): readonly CurrencySum[] {
  const taken = new Map<string, bigint>();
  for (const document of documents) {
    const currency = document.currency ?? baseCurrency;
    const minor = BigInt(document.foreignMinor ?? document.amountPaise);
    const signed = isBill(document.kind) ? minor : -minor;
    taken.set(currency, (taken.get(currency) ?? 0n) + signed);
  }
  for (const currency of taken.keys()) {
    if (!tally.sums.has(currency)) throw new Error(`Documents in ${currency} come from no row of the file.`);
  }
  const currencies = [...tally.sums.keys()].sort(
    (a, b) => rank(a, baseCurrency) - rank(b, baseCurrency) || (a < b ? -1 : 1),
  );
  return currencies.map((currency) => {
    const sums = tally.sums.get(currency) ?? { file: 0n, refused: 0n, leftOut: 0n };
    const takenMinor = taken.get(currency) ?? 0n;
    if (sums.file !== takenMinor + sums.refused + sums.leftOut) {
      throw new Error(`The rows in ${currency} do not tie out with the file.`);
    }
    return {
      currency,
      fileMinor: whole(sums.file),
      takenMinor: whole(takenMinor),
      refusedMinor: whole(sums.refused),
      leftOutMinor: whole(sums.leftOut),
    };
  });
}

function rank(currency: string, baseCurrency: string): number {
  return currency === baseCurrency ? 0 : 1;
}

function whole(sum: bigint): number {
  const value = Number(sum);
  if (!Number.isSafeInteger(value)) throw new Error(`A sum of the file is too large: ${sum}`);
  return value;
}
