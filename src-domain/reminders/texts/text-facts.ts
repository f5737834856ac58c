import type { Day } from '../../days.ts';
import type { Paise } from '../../money.ts';

/** A bill as a message names it. */
export type TextBill = {
  readonly number: string;
  readonly billDay: Day;
  readonly dueDay: Day;
  /** What is still open of it, in the book's currency. */
  readonly openPaise: Paise;
  /** Days after the due day; 0 or less when it is not late. */
  readonly daysLate: number;
  /** Null for a bill in the book's currency. */
  readonly currency: string | null;
  /** What is still open in that currency's minor unit. */
  readonly foreignMinor: number | null;
};

export type TextReceipt = {
  readonly amountPaise: Paise;
  readonly receiptDay: Day;
};

/** What a message is about. Amounts are those of the last moment before it leaves. */
export type TextFacts = {
  readonly businessName: string;
  readonly businessPhone: string | null;
  readonly customerName: string;
  /** All bills that the message gathers, in any order. */
  readonly bills: readonly TextBill[];
  /** Money the customer has with us that is on no bill yet. It is told and never taken off. */
  readonly creditPaise: Paise;
  readonly baseCurrency: string;
  /** Open and past due, of the bills in the book's currency only. */
  readonly overduePaise: Paise;
  /** Open, of the bills in the book's currency only: foreign ones stand beside it. */
  readonly totalPaise: Paise;
  readonly upiLink: string | null;
  readonly payLink: string | null;
  readonly receipt?: TextReceipt | null;
  readonly promiseDay?: Day | null;
  readonly today: Day;
};
