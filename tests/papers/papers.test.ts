import { readFileSync } from 'node:fs';
import path from 'node:path';
import { customerOf, DEFAULT_VIEW, figuresOf, openItemsAsOf } from '#domain/aging.ts';
import { addDays } from '#domain/days.ts';
import { formatMoney, paise } from '#domain/money.ts';
import { paperFileNames } from '#domain/papers/file-names.ts';
import { letterPaper, outstandingPaper } from '#domain/papers/outstanding-paper.ts';
import { statementPaper } from '#domain/papers/statement-paper.ts';
import { shares } from '#domain/papers/strip.ts';
import { inLines, paragraphsOf, plain } from '#domain/papers/texts.ts';
import { wordsOf } from '#domain/papers/words.ts';
import { messageLanguages } from '#domain/reminders/languages.ts';
import { latenessVariables } from '#kit/lateness.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyLedger, D } from '../builders/any-ledger.ts';
import { account, asOf, letterFacts, outstandingFacts, statementFacts } from '../builders/papers.ts';

describe('the words of the papers', () => {
  it('are all there in each of the eight languages', () => {
    const known = Object.keys(wordsOf('en'));
    for (const language of messageLanguages) {
      const words = wordsOf(language);
      expect(Object.keys(words)).toEqual(known);
      expect(words.months).toHaveLength(12);
      expect(new Set(words.months).size).toBe(12);
      expect(JSON.stringify(words)).not.toMatch(/""/u);
      for (const [text, field] of [
        [words.page, '{{page}}'],
        [words.page, '{{pages}}'],
        [words.lateDays, '{{from}}'],
        [words.lateDays, '{{to}}'],
        [words.lateMore, '{{from}}'],
        [words.forBusiness, '{{name}}'],
      ] as const)
        expect(text, language).toContain(field);
    }
  });
});

describe('a statement', () => {
  it('closes on what the rule says he owes, with or without an opening balance', () => {
    const facts = statementFacts(account(30));
    const closing = formatMoney(facts.lines.at(-1)?.balancePaise ?? 0);
    for (const fromDay of [null, addDays(asOf, -60), addDays(asOf, 1)]) {
      const paper = statementPaper({ ...facts, fromDay });
      expect(paper.tables[0]?.totals.at(-1)?.cells.at(-1)).toBe(closing);
      expect(paper.figure.value).toBe(`₹\u00A0${closing}`);
      expect(paper.tables[0]?.rows.at(-1)?.cells.at(-1)).toEqual([closing]);
    }
  });

  it('says a credit balance without a sign, in the customer’s favour', () => {
    const lines = [{ ...line, creditPaise: paise(5000), balancePaise: paise(-5000) }];
    const paper = statementPaper({ ...statementFacts(account(0)), lines });
    expect(paper.figure).toEqual({ label: 'In your favour', value: '₹\u00A050.00' });
  });

  it('gives every column a share, however long the amounts', () => {
    const lines = [
      { ...line, kind: 'invoice', debitPaise: paise(9e14), creditPaise: paise(0), balancePaise: paise(9e14) },
    ] as const;
    const columns = statementPaper({ ...statementFacts(account(0)), lines }).tables[0]?.columns ?? [];
    expect(columns.every(({ permille }) => permille > 60)).toBe(true);
    expect(columns.reduce((sum, { permille }) => sum + permille, 0)).toBeLessThanOrEqual(1000);
  });
});

const line = {
  day: asOf,
  kind: 'receipt',
  number: null,
  dueDay: null,
  debitPaise: paise(0),
  creditPaise: paise(0),
  balancePaise: paise(0),
} as const;

describe('an outstanding statement', () => {
  it('shows the figures of the aging rule, and its parts fill the strip', () => {
    let drawn = 0;
    fc.assert(
      fc.property(anyLedger, fc.integer({ min: -200, max: 200 }), (ledger, shift) => {
        const day = addDays(D, shift);
        const items = openItemsAsOf(ledger, day).filter((item) => customerOf(item) === 1);
        const figures = figuresOf(items, DEFAULT_VIEW);
        const facts = { ...outstandingFacts(account(0)), asOf: day, items, figures };
        const paper = outstandingPaper(facts);
        const value = formatMoney(Math.abs(figures.outstandingPaise));
        expect(paper.figure.value).toBe(`₹\u00A0${value}`);
        expect(paper.strip.map((part) => part.value)).toEqual(
          figures.buckets.map((amount) => `₹\u00A0${formatMoney(amount)}`),
        );
        const whole = paper.strip.reduce((sum, part) => sum + part.permille, 0);
        expect([0, 1000]).toContain(whole);
        drawn += whole;
        expect(paper.tables.flatMap(({ rows }) => rows).length).toBe(items.length);
      }),
      { numRuns: 150 },
    );
    expect(drawn).toBeGreaterThan(50_000);
  });

  it('keeps currencies apart and credits on their own', () => {
    const paper = outstandingPaper(outstandingFacts(account(20)));
    const titles = paper.tables.map(({ title }) => title);
    expect(titles).toEqual(['Open bills', 'Payments and credits not yet adjusted', 'In other currencies']);
    const foreign = paper.tables[2];
    expect(foreign?.totals.map(({ cells }) => cells.at(-1)?.slice(0, 4))).toEqual(['USD ']);
    expect(paper.notes).toEqual([
      { label: 'Post-dated cheques in hand, not yet counted', value: '₹\u00A05,000.00' },
    ]);
  });

  it('never hides a small late part, and gives what rounding leaves to the largest', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1e12 }), { minLength: 2, maxLength: 9 }),
        (amounts) => {
          const widths = shares(amounts);
          const isOwed = amounts.some((amount) => amount > 0);
          expect(widths.reduce((sum, one) => sum + one, 0)).toBe(isOwed ? 1000 : 0);
          amounts.forEach((amount, at) => expect((widths[at] ?? 0) > 0).toBe(amount > 0));
        },
      ),
    );
  });

  it('is drawn in the colours of lateness that the window has', () => {
    const file = path.resolve(import.meta.dirname, '../../resources/papers/paper.typ');
    const scale = /#let lateness = \(([^)]*)\)/u.exec(readFileSync(file, 'utf8'))?.[1];
    expect(scale?.match(/#[0-9a-f]{6}/gu)).toEqual(Object.values(latenessVariables.light));
  });
});

describe('a letter', () => {
  it('grows firmer by its title and keeps the text it was given', () => {
    const titles = ([1, 2, 3] as const).map((grade) => letterPaper(letterFacts(account(4), { grade })).title);
    expect(titles).toEqual(['Payment reminder', 'Second reminder', 'Final reminder']);
    const paper = letterPaper(letterFacts(account(4), { text: 'Dear Sir,\r\n\r\nOne.\nTwo.\n \nEnd.' }));
    expect(paper.paragraphs).toEqual(['Dear Sir,', 'One.\nTwo.', 'End.']);
    expect(paper.signature).toEqual(['For Sharma Traders', 'Rakesh Sharma']);
  });

  it('is signed once: who writes is not said again below its own words', () => {
    const text =
      'Dear Sir,\n\nSharma Traders thanks you.\n\nYours faithfully,\nSharma  Traders\n+919876543210\n';
    expect(letterPaper(letterFacts(account(4), { text })).paragraphs).toEqual([
      'Dear Sir,',
      'Sharma Traders thanks you.',
      'Yours faithfully,',
    ]);
    const other = 'Please pay.\n\nSharma Traders, Pune';
    expect(letterPaper(letterFacts(account(4), { text: other })).paragraphs).toHaveLength(2);
  });

  it('asks for rupees in rupees and for dollars in dollars', () => {
    const facts = letterFacts(account(20));
    const paper = letterPaper(facts);
    const own = facts.items.filter((item) => !facts.foreign.has(item));
    const dollars = [...facts.foreign.values()].reduce((sum, minor) => sum + minor, 0);
    expect(own.length).toBeLessThan(facts.items.length);
    const rupees = formatMoney(own.reduce((sum, item) => sum + item.openPaise, 0));
    expect(paper.figure).toEqual({ label: 'Balance due', value: `₹\u00A0${rupees}` });
    const sum = `USD ${formatMoney(dollars, 'USD')}`;
    expect(paper.facts.at(-1)).toEqual({ label: 'In other currencies', value: sum });
    expect(paper.tables.flatMap(({ rows }) => rows)).toHaveLength(facts.items.length);
    expect(paper.tables.at(-1)?.totals[0]?.cells.at(-1)).toBe(sum);
    const abroad = letterPaper({ ...facts, items: [...facts.foreign.keys()] });
    expect(abroad).toMatchObject({
      figure: { value: sum },
      strip: [],
      tables: [{ title: 'In other currencies' }],
    });
  });
});

describe('texts on paper', () => {
  it('lose what is not seen, and nothing else', () => {
    expect(plain('a\u0000b\u202Ec  d\u00A0e')).toBe('a b c d\u00A0e');
    expect(paragraphsOf('\n\n')).toEqual([]);
  });

  it('are broken into lines without losing a letter or tearing a sign from it', () => {
    expect(inLines('INV/2026-27/EXPORT/000017', 12)).toEqual(['INV/2026-27/', 'EXPORT/', '000017']);
    expect(inLines('कृष्णकृष्णकृष्ण', 4).join('')).toBe('कृष्णकृष्णकृष्ण');
    expect(inLines('x'.repeat(25), 10).map(({ length }) => length)).toEqual([10, 10, 5]);
  });

  it('make file names that Windows takes, one for each customer', () => {
    const customers = ['A/B: "C"?', 'a b c', 'CON', '..', 'श्री कृष्ण', 'x'.repeat(300)].map((name, at) => ({
      customerId: at + 1,
      name,
    }));
    const names = [...paperFileNames(customers, { title: 'Statement of account', asOf }).values()];
    expect(names.slice(0, 5)).toEqual([
      'A B C (1) – Statement of account 2026-11-22.pdf',
      'a b c (2) – Statement of account 2026-11-22.pdf',
      '_CON – Statement of account 2026-11-22.pdf',
      '_ – Statement of account 2026-11-22.pdf',
      'श्री कृष्ण – Statement of account 2026-11-22.pdf',
    ]);
    expect(Math.max(...names.map(({ length }) => length))).toBeLessThan(130);
  });
});
