import type { LetterKind } from '../../reminders/words.ts';
import type { StatementKind } from '../../statements.ts';

/** Everything printed on a paper that is no fact of the book. {{…}} are filled in with figures and names. */
export type PaperWords = {
  readonly title: Readonly<Record<LetterKind, string>>;
  readonly kind: Readonly<Record<StatementKind, string>>;
  /** January first; short, as they stand in a column. */
  readonly months: readonly string[];
  /** Whether a day takes more room than in Latin letters. */
  readonly areDaysWide: boolean;
  readonly to: string;
  readonly asOf: string;
  readonly period: string;
  readonly day: string;
  readonly what: string;
  readonly number: string;
  readonly dueDay: string;
  readonly debit: string;
  readonly credit: string;
  readonly balance: string;
  readonly billAmount: string;
  readonly open: string;
  readonly daysLate: string;
  readonly opening: string;
  readonly broughtForward: string;
  readonly carriedForward: string;
  readonly total: string;
  readonly closing: string;
  /** What the customer owes, and what stands to his credit, over the one large figure. */
  readonly owed: string;
  readonly inCredit: string;
  readonly overdue: string;
  readonly openBills: string;
  readonly credits: string;
  readonly postDated: string;
  readonly otherCurrencies: string;
  readonly notDue: string;
  /** {{from}} and {{to}} are days late. */
  readonly lateDays: string;
  readonly lateMore: string;
  readonly payHere: string;
  readonly scan: string;
  readonly upi: string;
  readonly bank: string;
  readonly gstin: string;
  readonly phone: string;
  readonly email: string;
  /** {{page}} of {{pages}}. */
  readonly page: string;
  readonly forBusiness: string;
  readonly nothing: string;
};
