import type { Day } from './days.ts';
import type { Paise } from './money.ts';

export type DemoBill = {
  readonly number: string;
  readonly billDay: Day;
  readonly dueDay: Day;
  readonly amountPaise: Paise;
  readonly currency: string | null;
  readonly foreignMinor: number | null;
  readonly rateE6: number | null;
  readonly instalments: readonly { readonly dueDay: Day; readonly amountPaise: Paise }[];
};

/** Money in; `applied` says to which of the customer's bills (by index), the rest stays unallocated. */
export type DemoMoneyIn = {
  readonly kind: 'receipt' | 'credit-note' | 'advance';
  readonly number: string;
  readonly day: Day;
  readonly chequeDay: Day | null;
  readonly amountPaise: Paise;
  readonly currency: string | null;
  readonly foreignMinor: number | null;
  readonly rateE6: number | null;
  readonly applied: readonly {
    readonly bill: number;
    readonly amountPaise: Paise;
    readonly foreignMinor: number | null;
  }[];
};
