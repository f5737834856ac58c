import type { AgingFigures, AgingView, OpenItem } from '../aging.ts';
import { figureOf, headOf, signatureOf, type PaperFacts } from './head.ts';
import { creditsTable, foreignTable, openBillsTable } from './open-tables.ts';
import type { Paper, PaperFact } from './paper.ts';
import { stripOf } from './strip.ts';
import { dayText, moneyWithSign, paragraphsOf, plain } from './texts.ts';
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

/** A reminder as a letter: its words, then the open bills it is about. */
export function letterPaper(facts: LetterFacts): Paper {
  const words = wordsOf(facts.language);
  return {
    ...outstandingPaper(facts),
    title: words.title[letterKind[facts.grade]],
    subject: facts.subject === null ? null : plain(facts.subject),
    paragraphs: paragraphsOf(facts.text),
    signature: signatureOf(facts.business, words),
  };
}

function overdueOf({ figures, currency, language }: OutstandingFacts): readonly PaperFact[] {
  if (figures.overduePaise <= 0) return [];
  return [{ label: wordsOf(language).overdue, value: moneyWithSign(figures.overduePaise, currency) }];
}

function notesOf({ figures, currency, language }: OutstandingFacts): readonly PaperFact[] {
  if (figures.postDatedPaise === 0) return [];
  return [{ label: wordsOf(language).postDated, value: moneyWithSign(figures.postDatedPaise, currency) }];
}
