import type { Day } from '#domain/days.ts';
import type { PaperFacts } from '#domain/papers/head.ts';
import { letterPaper, outstandingPaper } from '#domain/papers/outstanding-paper.ts';
import type { Paper } from '#domain/papers/paper.ts';
import { statementPaper } from '#domain/papers/statement-paper.ts';
import type { MessageLanguage } from '#domain/reminders/languages.ts';
import type { LetterKind } from '#domain/reminders/words.ts';
import { ok, type Result } from '#domain/result.ts';
import { customerById } from '../../storage/customers.ts';
import { customerGone } from '../customers/save.ts';
import type { BookContext } from '../door.ts';
import { businessNow } from '../reminders/business-facts.ts';
import { languageOf } from '../reminders/facts.ts';
import { accountOf, type PaperAccount } from './account.ts';
import { letterTextOf, type Grade, type LetterText } from './letter-text.ts';
import { payLinkOf } from './pay-link.ts';

export type PaperOrder = {
  readonly kind: LetterKind;
  readonly customerId: number;
  readonly asOf: Day;
  /** Of a statement: what lies before is one opening balance. */
  readonly fromDay: Day | null;
  /** Null = the customer's own. */
  readonly language: MessageLanguage | null;
  /** Of a letter: its words where they are written already, and the parts of bills it is about. */
  readonly letter: LetterText | { readonly text: null; readonly parts: ReadonlySet<string> } | null;
};

export type OrderedPaper = {
  readonly paper: Paper;
  readonly customerName: string;
  /** Nothing stands on it: in a batch nobody is sent such a paper. */
  readonly isEmpty: boolean;
};

const grades: Readonly<Record<Grade, 1 | 2 | 3>> = { 'letter-1': 1, 'letter-2': 2, 'letter-3': 3 };

/** A customer's paper as the book stands now. Refused for customers who are gone, and for letters about nothing. */
export function paperOf(context: BookContext, order: PaperOrder): Result<OrderedPaper> {
  const { kind, customerId, asOf } = order;
  const { db, book } = context;
  const customer = db.read((tx) => customerById(tx, customerId));
  if (!customer) return customerGone();
  const language = order.language ?? languageOf(customer.language);
  const isLetter = kind !== 'statement' && kind !== 'outstanding';
  const letter = isLetter ? textFor(context, { ...order, kind, language }) : null;
  if (letter?.ok === false) return letter;
  const parts = letter?.value.parts ?? null;
  const { account, business } = db.read((tx) => ({
    account: accountOf(context, tx, { customerId, asOf, parts }),
    business: businessNow(tx, book.name),
  }));
  const reference = { customerId, asOf };
  const facts: PaperFacts = {
    language,
    asOf,
    currency: book.baseCurrency,
    business,
    customer,
    payLink: payLinkOf({ account, business, currency: book.baseCurrency, reference }),
  };
  const made = { customerName: customer.name, isEmpty: account.items.length === 0 };
  if (isLetter) {
    if (letter === null) throw new Error('A letter without words.');
    const { subject, text } = letter.value;
    return ok({ ...made, paper: letterPaper({ ...facts, ...account, grade: grades[kind], subject, text }) });
  }
  if (kind === 'outstanding') return ok({ ...made, paper: outstandingPaper({ ...facts, ...account }) });
  const { lines } = account;
  const paper = statementPaper({ ...facts, lines, fromDay: order.fromDay });
  return ok({ ...made, isEmpty: isQuiet(account, order.fromDay), paper });
}

function textFor(
  context: BookContext,
  order: PaperOrder & { readonly kind: Grade; readonly language: MessageLanguage },
): Result<LetterText> {
  const { letter } = order;
  if (letter !== null && letter.text !== null) return ok(letter);
  return letterTextOf(context, { ...order, parts: letter?.parts ?? null });
}

/** Nothing happened in the period, and nothing was owed before it. */
function isQuiet({ lines }: PaperAccount, fromDay: Day | null): boolean {
  if (lines.at(-1)?.balancePaise !== 0 && lines.length > 0) return false;
  return fromDay === null ? lines.length === 0 : !lines.some((line) => line.day >= fromDay);
}
