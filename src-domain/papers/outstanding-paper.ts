import { figuresOf, type AgingFigures, type AgingView, type OpenItem } from '../aging.ts';
import { figureOf, headOf, signatureOf, type PaperFacts } from './head.ts';
import { sumOf, ZERO, type Paise } from '../money.ts';
import { creditsTable, foreignSums, foreignTable, openBillsTable } from './open-tables.ts';
import type { Paper, PaperFact } from './paper.ts';
import { stripOf } from './strip.ts';
import { dayText, moneyWithSign, paragraphsOf, plain, withoutSender } from './texts.ts';
import { wordsOf } from './words.ts';

export type OutstandingFacts = PaperFacts & {
  /** Of this customer alone, as openItemsAsOf gives them. */
  readonly items: readonly OpenItem[];
  /** Of the same items in the same view. */
  readonly figures: AgingFigures;
  readonly view: AgingView;
  /** What of each is open in its own currency, as foreignOpen gives it. */
  readonly foreign: ReadonlyMap<OpenItem, number>;
};

/** What is open of one customer on a day, with the aging strip. */
export function outstandingPaper(facts: OutstandingFacts): Paper {
  const words = wordsOf(facts.language);
  const drawn = { view: facts.view, words, currency: facts.currency };
  const tables = [
    openBillsTable(facts.items, drawn),
    creditsTable(facts.items, drawn),
    foreignTable(facts.foreign, drawn),
  ].filter((table) => table !== null);
  return {
    ...headOf(facts),
    title: words.title.outstanding,
    facts: [{ label: words.asOf, value: dayText(facts.asOf, words) }, ...overdueOf(facts)],
    figure: figureOf(facts.figures.outstandingPaise, words, facts.currency),
    subject: null,
    paragraphs: tables.length === 0 ? [words.nothing] : [],
    strip: stripOf(facts.figures, drawn),
    tables,
    notes: notesOf(facts),
    signature: [],
  };
}

export type LetterFacts = OutstandingFacts & {
  /** 1 is the calm one, 3 the last. */
  readonly grade: 1 | 2 | 3;
  readonly subject: string | null;
  /** The letter's own words, filled in; paragraphs are parted by empty lines. */
  readonly text: string;
};

const letterKind = { 1: 'letter-1', 2: 'letter-2', 3: 'letter-3' } as const;

/** A reminder as a letter: its words, then the open bills it is about, each currency by itself. */
export function letterPaper(facts: LetterFacts): Paper {
  const { business } = facts;
  const words = wordsOf(facts.language);
  const sums = foreignSums(facts.foreign);
  const sender = [business.name, business.phone, business.signatory];
  return {
    ...(sums.length === 0 ? outstandingPaper(facts) : apart(facts, sums)),
    title: words.title[letterKind[facts.grade]],
    subject: facts.subject === null ? null : plain(facts.subject),
    paragraphs: paragraphsOf(withoutSender(facts.text, sender)),
    signature: signatureOf(business, words),
  };
}

/** What a letter asks for in rupees leaves out what is to be paid in dollars: that stands beside it. */
function apart(facts: LetterFacts, sums: readonly string[]): Paper {
  const words = wordsOf(facts.language);
  const { foreign, view } = facts;
  const items = facts.items.filter((item) => !foreign.has(item));
  const figures = figuresOf(items, view, facts.figures.postDatedPaise);
  const paper = outstandingPaper({ ...facts, items, figures });
  const others = { label: words.otherCurrencies, value: sums.join(', ') };
  if (items.length > 0) return { ...paper, facts: [...paper.facts, others] };
  return { ...paper, figure: others, strip: [] };
}

/** What is overdue is a part of the bills: with a credit beside them the bills are said first, and the credit after. */
function overdueOf({ figures, items, currency, language }: OutstandingFacts): readonly PaperFact[] {
  const words = wordsOf(language);
  const fact = (label: string, amount: Paise): PaperFact => ({
    label,
    value: moneyWithSign(amount, currency),
  });
  const overdue = figures.overduePaise > 0 ? [fact(words.overdue, figures.overduePaise)] : [];
  const bills = sumOf(items, (item) => (item.bill === null ? ZERO : item.openPaise));
  const credits = sumOf(items, (item) => (item.bill === null ? item.openPaise : ZERO));
  const isWhole = credits !== ZERO && bills + credits === figures.outstandingPaise;
  if (!isWhole) return overdue;
  return [fact(words.openBills, bills), ...overdue, fact(words.credits, credits)];
}

function notesOf({ figures, currency, language }: OutstandingFacts): readonly PaperFact[] {
  if (figures.postDatedPaise === 0) return [];
  return [{ label: wordsOf(language).postDated, value: moneyWithSign(figures.postDatedPaise, currency) }];
}
