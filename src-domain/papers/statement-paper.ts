import type { Day } from '../days.ts';
import { formatMoney, paise, sumOf, ZERO, type Paise } from '../money.ts';
import type { StatementLine } from '../statements.ts';
import { columnsOf, lettersIn } from './columns.ts';
import { figureOf, headOf, type PaperFacts } from './head.ts';
import type { Paper, PaperRow, PaperTable } from './paper.ts';
import { dayText, inLines } from './texts.ts';
import { wordsOf } from './words.ts';
import type { PaperWords } from './words/wording.ts';

export type StatementFacts = PaperFacts & {
  /** All of them up to the day, as statementOf gives them. */
  readonly lines: readonly StatementLine[];
  /** What lies before is one opening balance; null = from the beginning. */
  readonly fromDay: Day | null;
};

/** The account of one customer with running balance. The closing balance is the last of its lines. */
export function statementPaper(facts: StatementFacts): Paper {
  const { lines, fromDay, asOf, currency } = facts;
  const words = wordsOf(facts.language);
  const closing = lines.at(-1)?.balancePaise ?? ZERO;
  const period = fromDay === null ? null : `${dayText(fromDay, words)} – ${dayText(asOf, words)}`;
  return {
    ...headOf(facts),
    title: words.title.statement,
    facts: [
      period === null
        ? { label: words.asOf, value: dayText(asOf, words) }
        : { label: words.period, value: period },
    ],
    figure: figureOf(closing, words, currency),
    subject: null,
    paragraphs: [],
    strip: [],
    tables: [accountTable(facts, words)],
    notes: [],
    signature: [],
  };
}

/** What was owed before the first day of the period. */
export function openingOf(lines: readonly StatementLine[], fromDay: Day | null): Paise {
  if (fromDay === null) return ZERO;
  return lines.findLast(({ day }) => day < fromDay)?.balancePaise ?? ZERO;
}

function accountTable({ lines, fromDay, currency }: StatementFacts, words: PaperWords): PaperTable {
  const money = (amount: number): string => formatMoney(amount, currency);
  const shown = fromDay === null ? lines : lines.filter(({ day }) => day >= fromDay);
  const opening = openingOf(lines, fromDay);
  const debits = sumOf(shown, (line) => line.debitPaise);
  const credits = sumOf(shown, (line) => line.creditPaise);
  const closing = paise(opening + debits - credits);
  const balances = shown.map((line) => money(line.balancePaise).length);
  const columns = columnsOf([
    { label: words.day, kind: 'day', isWide: words.areDaysWide },
    { label: words.what, kind: 'text', weight: 50 },
    { label: words.number, kind: 'text', weight: 50 },
    { label: words.dueDay, kind: 'day', isWide: words.areDaysWide },
    { label: words.debit, kind: 'amount', lettersMost: money(debits).length },
    { label: words.credit, kind: 'amount', lettersMost: money(credits).length },
    { label: words.balance, kind: 'amount', lettersMost: Math.max(money(closing).length, ...balances) },
  ]);
  const rows = shown.map((line): PaperRow => {
    const balance = money(line.balancePaise);
    return {
      cells: [
        [dayText(line.day, words)],
        [words.kind[line.kind]],
        inLines(line.number ?? '', lettersIn(columns[2])),
        [line.dueDay === null ? '' : dayText(line.dueDay, words)],
        [line.debitPaise === 0 ? '' : money(line.debitPaise)],
        [line.creditPaise === 0 ? '' : money(line.creditPaise)],
        [balance],
      ],
      carry: ['', '', '', '', '', '', balance],
      mark: null,
    };
  });
  const first: readonly PaperRow[] = fromDay === null ? [] : [openingRow(fromDay, money(opening), words)];
  return {
    title: null,
    columns,
    rows: [...first, ...rows],
    carriedForward: words.carriedForward,
    broughtForward: words.broughtForward,
    totals: [
      { cells: ['', words.total, '', '', money(debits), money(credits), ''], isStrong: false },
      { cells: ['', words.closing, '', '', '', '', money(closing)], isStrong: true },
    ],
  };
}

function openingRow(fromDay: Day, balance: string, words: PaperWords): PaperRow {
  return {
    cells: [[dayText(fromDay, words)], [words.opening], [''], [''], [''], [''], [balance]],
    carry: ['', '', '', '', '', '', balance],
    mark: null,
  };
}
