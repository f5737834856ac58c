import { dayNumber, type Day } from './days.ts';
import type { Instalment, Ledger } from './ledger.ts';

/**
 * The facts of a ledger as columns, one place in each array for a document: what storage reads without making an object
 * a row. Days are day numbers (days.ts), amounts whole paise.
 */
export type LedgerFacts = {
  readonly bills: {
    readonly ids: Int32Array;
    readonly customerIds: Int32Array;
    readonly billDays: Int32Array;
    readonly dueDays: Int32Array;
    readonly paise: Float64Array;
  };
  /** By place of the bill; few bills have any. */
  readonly instalments: ReadonlyMap<number, readonly Instalment[]>;
  readonly moneyIn: {
    /** Receipts by their id, credits by their id below zero. */
    readonly ids: Int32Array;
    readonly customerIds: Int32Array;
    readonly days: Int32Array;
    readonly effectiveDays: Int32Array;
    readonly paise: Float64Array;
  };
  readonly allocations: {
    /** Places of the bill and of the receipt or credit. */
    readonly bills: Int32Array;
    readonly moneyIn: Int32Array;
    readonly days: Int32Array;
    readonly paise: Float64Array;
    /** By place of the allocation; few name one. */
    readonly instalmentIds: ReadonlyMap<number, number>;
  };
};

/** Receipts and credits under one kind of number: they are counted apart in the file. */
export function moneyNumber(kind: string, documentId: number): number {
  return kind === 'receipt' ? documentId : 0 - documentId;
}

/** Day texts to numbers; the same few thousand days come up a million times. */
export function dayNumbers(): (day: Day) => number {
  const numbers = new Map<Day, number>();
  return (day) => {
    const known = numbers.get(day);
    if (known !== undefined) return known;
    const number = dayNumber(day);
    numbers.set(day, number);
    return number;
  };
}

export function factsOf({ bills, moneyIn, allocations }: Ledger): LedgerFacts {
  const numberOf = dayNumbers();
  const instalments = new Map<number, readonly Instalment[]>();
  bills.forEach((bill, at) => {
    if (bill.instalments) instalments.set(at, bill.instalments);
  });
  const instalmentIds = new Map<number, number>();
  allocations.forEach(({ instalmentId }, at) => {
    if (instalmentId !== null) instalmentIds.set(at, instalmentId);
  });
  return {
    bills: {
      ids: Int32Array.from(bills, (one) => one.billId),
      customerIds: Int32Array.from(bills, (one) => one.customerId),
      billDays: Int32Array.from(bills, (one) => numberOf(one.billDay)),
      dueDays: Int32Array.from(bills, (one) => numberOf(one.dueDay)),
      paise: Float64Array.from(bills, (one) => one.amountPaise),
    },
    instalments,
    moneyIn: {
      ids: Int32Array.from(moneyIn, (one) => moneyNumber(one.kind, one.documentId)),
      customerIds: Int32Array.from(moneyIn, (one) => one.customerId),
      days: Int32Array.from(moneyIn, (one) => numberOf(one.day)),
      effectiveDays: Int32Array.from(moneyIn, (one) => numberOf(one.effectiveDay)),
      paise: Float64Array.from(moneyIn, (one) => one.amountPaise),
    },
    allocations: {
      bills: Int32Array.from(allocations, (one) => one.bill),
      moneyIn: Int32Array.from(allocations, (one) => one.moneyIn),
      days: Int32Array.from(allocations, (one) => numberOf(one.allocationDay)),
      paise: Float64Array.from(allocations, (one) => one.amountPaise),
      instalmentIds,
    },
  };
}
