import type { Paper } from '#domain/papers/paper.ts';
import { letterPaper, outstandingPaper } from '#domain/papers/outstanding-paper.ts';
import { statementPaper } from '#domain/papers/statement-paper.ts';
import { messageLanguages, type MessageLanguage } from '#domain/reminders/languages.ts';
import { openTypstPrinter } from '#engine/adapters/typst/printer.ts';
import jsqr from 'jsqr';
import { afterAll, describe, expect, it } from 'vitest';
import {
  account,
  copiedText,
  hasPoppler,
  letterFacts,
  outstandingFacts,
  paperFacts,
  payLink,
  pictureOf,
  statementFacts,
} from '../../builders/papers.ts';

// As CommonJS it comes wrapped once more than its types say.
const decode = 'default' in jsqr && typeof jsqr.default === 'function' ? (jsqr.default as typeof jsqr) : jsqr;

const printer = openTypstPrinter({ sideBySide: 1, idleMs: 10_000 });
afterAll(() => printer.close());

async function printed(paper: Paper): Promise<Uint8Array> {
  const made = await printer.print(paper);
  if (!made.ok) throw new Error(made.failure.sentence);
  return made.bytes;
}

/** Every text of a paper, wherever it stands. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** The paper's own words; what is no text of a page (links, sides, the frame of the page number) left out. */
function wordsOf({ language, pageWords, pay, ...paper }: Paper): ReadonlySet<string> {
  // What is carried over stands on some pages only.
  const tables = paper.tables.map(({ title, columns, rows, totals }) => [
    title,
    columns.map(({ label }) => label),
    rows.map(({ cells }) => cells),
    totals,
  ]);
  const texts = textsOf([{ ...paper, tables }, pay?.lines, pay?.title, pay?.code?.label]);
  expect(language + pageWords).not.toBe('');
  return tokensOf(texts.join(' '));
}

function tokensOf(text: string): ReadonlySet<string> {
  return new Set(
    text
      .normalize('NFC')
      .split(/\s+/u)
      .filter((token) => token !== ''),
  );
}

const texts: Readonly<Record<MessageLanguage, string>> = {
  en: 'Dear Sir,\n\nThis is a reminder of the office’s difficult bills.',
  hi: 'श्रीमान जी,\n\nकृपया द्वितीय तल के क्षेत्र ३ के विक्रेता कृष्ण का बकाया शीघ्र चुकाएँ, धन्यवाद।',
  mr: 'महोदय,\n\nकृपया ग्राहकाची थकबाकी लवकर भरावी, अशी नम्र विनंती; ऑक्टोबरच्या कर्जाची.',
  gu: 'માનનીય શ્રી,\n\nકૃપા કરીને દ્વિતીય બિલની બાકી રકમ ચૂકવશો, વિક્રેતા ક્ષેત્ર.',
  ta: 'ஐயா,\n\nதயவுசெய்து நிலுவைத் தொகையை விரைவில் செலுத்துங்கள், ஸ்ரீ கொடுக்க நௌகா.',
  te: 'అయ్యా,\n\nదయచేసి శ్రీ కృష్ణ ట్రేడర్స్ బకాయిని త్వరగా చెల్లించండి, క్షేత్రం.',
  kn: 'ಮಾನ್ಯರೇ,\n\nದಯವಿಟ್ಟು ಶ್ರೀ ಕೃಷ್ಣ ಟ್ರೇಡರ್ಸ್ ಬಾಕಿಯನ್ನು ಬೇಗ ಪಾವತಿಸಿ, ಕ್ಷೇತ್ರ.',
  bn: 'মহাশয়,\n\nঅনুগ্রহ করে শ্রী কৃষ্ণ ট্রেডার্সের বকেয়া ব্যক্তিগত পরিমাণ পর্যন্ত পরিশোধ করুন, কোনো ক্ষেত্র।',
};

describe.skipIf(!hasPoppler)('what is copied out of a paper (skipped without poppler-utils)', () => {
  it.each(messageLanguages)('reads word for word as it was written: %s', async (language) => {
    const ledger = account(14);
    const papers = [
      statementPaper(statementFacts(ledger, { language })),
      outstandingPaper(outstandingFacts(ledger, { language })),
      letterPaper(letterFacts(ledger, { language, grade: 2, subject: 'INV/26-27', text: texts[language] })),
    ];
    for (const paper of papers) {
      const copied = tokensOf(copiedText(await printed(paper)));
      expect([...wordsOf(paper)].filter((word) => !copied.has(word))).toEqual([]);
    }
  });

  it('keeps the order of the lines of an account and of a letter', async () => {
    const paper = statementPaper(statementFacts(account(9)));
    const copied = copiedText(await printed(paper)).replaceAll('\u00A0', ' ');
    const rows =
      paper.tables[0]?.rows.map(({ cells }) =>
        cells
          .flat()
          .filter((cell) => cell !== '')
          .join(' '),
      ) ?? [];
    expect(rows.length).toBe(14);
    const places = rows.map((row) => copied.indexOf(row));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('prints typst’s own signs, markup and numbers as they stand', async () => {
    const hostile =
      '#panic() $x^2$ *bold* _it_ `raw` \\n <label> @ref = head // no /* none */ ~ -- "quoted" {{page}}';
    const facts = paperFacts();
    const name = `#sys.inputs ${'W'.repeat(90)} कृष्ण`;
    const paper = letterPaper(
      letterFacts(account(3), {
        business: { ...facts.business, name: '*Sharma* & #Sons', address: hostile },
        customer: { ...facts.customer, name, address: 'a\u0007b\u202Ec\u0000d' },
        subject: hostile,
        text: `${hostile}\n\n= not a head\n- not a list\n+ nor this`,
      }),
    );
    const copied = copiedText(await printed(paper))
      .replaceAll('\u00A0', ' ')
      .replaceAll(/\s+/gu, ' ');
    expect(copied.split(hostile).length).toBe(4);
    for (const text of [
      '*Sharma* & #Sons',
      '#sys.inputs',
      'a b c d',
      '= not a head - not a list + nor this',
    ]) {
      expect(copied).toContain(text);
    }
  });

  it('numbers the pages of a long account, repeats its head and carries the balance over', async () => {
    const paper = statementPaper(statementFacts(account(140)));
    const copied = copiedText(await printed(paper)).replaceAll('\u00A0', ' ');
    const count = Number(/Page 1 of (\d+)/u.exec(copied)?.[1]);
    expect(count).toBeGreaterThan(4);
    const pages = copied.split('\f').slice(0, count);
    for (const [at, page] of pages.entries()) expect(page).toContain(`Page ${at + 1} of ${count}`);
    const carried = pages.flatMap((page) => /Carried forward\s+(\S+)/u.exec(page)?.[1] ?? []);
    const brought = pages.flatMap((page) => /Particulars[^]*Brought forward\s+(\S+)/u.exec(page)?.[1] ?? []);
    expect(carried.length).toBeGreaterThan(3);
    expect(brought).toEqual(carried);
    const rows = paper.tables[0]?.rows.length ?? 0;
    expect(copied.match(/^\d\d \w{3} 2\d{3} (?:Invoice|Debit note|Charge|Payment received)/gmu)?.length).toBe(
      rows,
    );
  });

  it('prints a code that a phone reads as the very link', async () => {
    const pdf = await printed(statementPaper(statementFacts(account(5))));
    const { rgba, width, height } = pictureOf(pdf, 1);
    expect(decode(rgba, width, height)?.data).toBe(payLink);
  });
});

it('rejects with the reason when it is called off, and prints the next paper', async () => {
  const paper = statementPaper(statementFacts(account(3), { payLink: null }));
  const stop = new AbortController();
  const under = printer.print(paper, stop.signal);
  stop.abort(new Error('called off'));
  await expect(under).rejects.toThrow('called off');
  expect((await printed(paper)).length).toBeGreaterThan(5000);
});

it('puts several papers into one file, each on pages of its own with numbers of its own', async () => {
  const long = Array.from({ length: 90 }, (_, at) => `Paragraph ${at} of a long letter.`).join('\n\n');
  const papers = [
    letterPaper(letterFacts(account(3), { language: 'hi', text: texts.hi })),
    letterPaper(letterFacts(account(3), { text: long })),
    statementPaper(statementFacts(account(60))),
  ];
  const single = await Promise.all(papers.map((paper) => printer.print(paper)));
  const made = await printer.printMany(papers);
  if (!made.ok) throw new Error(made.failure.sentence);
  const counts = single.map((one) => (one.ok ? one.pageCount : 0));
  expect(counts[1]).toBeGreaterThan(1);
  expect(made.pageCount).toBe(counts.reduce((sum, one) => sum + one, 0));
  if (!hasPoppler) return;
  const pages = copiedText(made.bytes).split('\f').slice(0, made.pageCount);
  const apart = single.flatMap((one) =>
    one.ok ? copiedText(one.bytes).split('\f').slice(0, one.pageCount) : [],
  );
  expect(pages).toEqual(apart);
});
