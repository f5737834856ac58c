import { appliedFrom } from './aging.ts';
import type { Day } from './days.ts';
import type { BillKind, Ledger, MoneyInKind } from './ledger.ts';
import { paise, ZERO, type Paise } from './money.ts';

/** Money of a payer that settled another's bill stands in both accounts: it leaves the one and lowers the other. */
export const transferKinds = ['paid-by-other', 'paid-for-other'] as const;
export type StatementKind = BillKind | MoneyInKind | (typeof transferKinds)[number];

/** One line of a customer's account: a bill is a debit, money that came in a credit; never both. */
export type StatementLine = {
  readonly day: Day;
  readonly kind: StatementKind;
  readonly number: string | null;
  /** Of a bill: the last day on which a part of it falls due. */
  readonly dueDay: Day | null;
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
  /** What he owes after this line; negative when he is in credit. */
  readonly balancePaise: Paise;
};

type Entry = Omit<StatementLine, 'debitPaise' | 'creditPaise' | 'balancePaise'> & {
  /** Positive is a debit. */
  readonly amount: number;
  /** On one day bills come before the money that pays them. */
  readonly place: number;
};

/**
 * The account of one customer up to a day, oldest first, with running balance. A post-dated cheque stands at the day
 * from which it counts. The last balance is his outstanding of that day, unallocated money taken off.
 */
export function statementOf(
  ledger: Ledger,
  { customerId, asOf }: { readonly customerId: number; readonly asOf: Day },
): readonly StatementLine[] {
  const entries = [
    ...billEntries(ledger, customerId),
    ...moneyEntries(ledger, customerId),
    ...transferEntries(ledger, customerId),
  ].filter((entry) => entry.day <= asOf);
  entries.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.place - b.place));
  let balance = 0;
  return entries.map(({ day, kind, number, dueDay, amount }) => {
    balance += amount;
    return {
      day,
      kind,
      number,
      dueDay,
      debitPaise: amount > 0 ? paise(amount) : ZERO,
      creditPaise: amount > 0 ? ZERO : paise(0 - amount),
      balancePaise: paise(balance),
    };
  });
}

function billEntries({ bills }: Ledger, customerId: number): readonly Entry[] {
  return bills
    .filter((bill) => bill.customerId === customerId)
    .map(({ billDay, kind, number, dueDay, amountPaise }) => {
      return { day: billDay, kind, number, dueDay, amount: amountPaise, place: 0 };
    });
}

function moneyEntries({ moneyIn }: Ledger, customerId: number): readonly Entry[] {
  return moneyIn
    .filter((money) => money.customerId === customerId)
    .map(({ effectiveDay, kind, number, amountPaise }) => {
      return { day: effectiveDay, kind, number, dueDay: null, amount: 0 - amountPaise, place: 1 };
    });
}

/** Applications that reach from one customer's money to another's bill, and their undoings. */
function transferEntries(ledger: Ledger, customerId: number): readonly Entry[] {
  return ledger.allocations.flatMap((allocation): readonly Entry[] => {
    const { bill, money, fromDay } = appliedFrom(ledger, allocation);
    if (bill.customerId === money.customerId) return [];
    const more = { day: fromDay, dueDay: null, place: 2 };
    const { amountPaise } = allocation;
    if (bill.customerId === customerId)
      return [{ ...more, kind: 'paid-by-other', number: money.number, amount: 0 - amountPaise }];
    if (money.customerId === customerId)
      return [{ ...more, kind: 'paid-for-other', number: bill.number, amount: amountPaise }];
    return [];
  });
}
