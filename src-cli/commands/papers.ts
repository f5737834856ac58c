import type { Book } from '#contract/engine/books.ts';
import type { PaperWish } from '#contract/engine/papers.ts';
import { isDay } from '#domain/days.ts';
import { messageLanguages } from '#domain/reminders/languages.ts';
import { letterKinds } from '#domain/reminders/words.ts';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { absentBook, chooseBook } from '../choose-book.ts';
import { customerOf } from '../choose-customer.ts';
import type { Command, Options, World } from '../command.ts';
import { done, refused, usage, type Ending } from '../ending.ts';

const help = `Usage: baaki papers --customer C --out FILE.pdf [--kind K] [options]
       baaki papers --all --folder DIR [--kind K] [options]

  --customer C     whose paper: the id, the code or the name
  --out FILE       the PDF to write
  --all            one PDF for everybody who owes, into --folder DIR; who has nothing on it is left out
  --kind K         outstanding (if not given), statement, letter-1, letter-2 or letter-3
  --as-of D        the day to look from; the company’s today if not given
  --from D         statements: from this day on, with the balance brought forward
  --language L     en, hi, gu, mr, ta, te, kn or bn; each customer’s own if not given
  --book B         the book, by id or name; the one opened last if not given`;

type Wish = Omit<PaperWish, 'customerId'>;

export const papers: Command = {
  summary: 'Write statements and letters as PDF.',
  help,
  takes: ['book', 'customer', 'out', 'all', 'folder', 'kind', 'as-of', 'from', 'language'],
  formats: [],
  read: ({ options, rest }) => {
    if (rest.length > 0) return usage('“baaki papers” takes options only. “baaki papers --help” tells more.');
    const wish = readWish(options);
    if ('code' in wish) return wish;
    const { customer, out, all, folder } = options;
    if (all === true && folder !== undefined && customer === undefined && out === undefined)
      return (world) => inBook(world, options, () => writeAll(world, wish, path.resolve(folder)));
    if (all === undefined && folder === undefined && customer !== undefined && out !== undefined)
      return (world) =>
        inBook(world, options, () => writeOne(world, wish, { customer, out: path.resolve(out) }));
    return usage('Say --customer C --out FILE.pdf for one paper, or --all --folder DIR for everybody’s.');
  },
};

function readWish(options: Options): Wish | Extract<Ending, { readonly code: string }> {
  const { kind: kindWord = 'outstanding', 'as-of': asOf, from, language: languageWord } = options;
  const kind = letterKinds.find((one) => one === kindWord);
  if (kind === undefined) return misfit(`--kind “${kindWord}” is not one of: ${letterKinds.join(', ')}.`);
  const language = messageLanguages.find((one) => one === languageWord);
  if (languageWord !== undefined && language === undefined)
    return misfit(`--language “${languageWord}” is not one of: ${messageLanguages.join(', ')}.`);
  if (asOf !== undefined && !isDay(asOf)) return misfit(`“${asOf}” is no day. Write it like 2026-11-23.`);
  if (from !== undefined && !isDay(from)) return misfit(`“${from}” is no day. Write it like 2026-11-23.`);
  if (from !== undefined && kind !== 'statement') return misfit('--from goes with --kind statement.');
  return {
    kind,
    ...(asOf === undefined ? {} : { asOf }),
    ...(from === undefined ? {} : { from }),
    ...(language === undefined ? {} : { language }),
  };
}

function misfit(sentence: string): Extract<Ending, { readonly code: string }> {
  return { kind: 'usage', code: 'usage', sentence };
}

async function inBook(
  { client }: World,
  options: Options,
  work: (book: Book) => Promise<Ending>,
): Promise<Ending> {
  const choice = await chooseBook(client, options.book);
  if (choice.kind === 'ending') return choice.ending;
  if (choice.kind === 'absent') return absentBook(choice.name, await client.books.list());
  return work(choice.book);
}

async function writeOne(
  { client, terminal }: World,
  wish: Wish,
  { customer, out }: { readonly customer: string; readonly out: string },
): Promise<Ending> {
  const found = await customerOf(client, customer);
  if ('kind' in found) return found;
  const { byteCount } = await client.papers.write({ ...wish, customerId: found.customerId, path: out });
  terminal.out(`Wrote the paper of “${found.name}” to ${out} (${byteCount} bytes).`);
  return done;
}

async function writeAll({ client, terminal }: World, wish: Wish, folder: string): Promise<Ending> {
  const { asOf } = wish;
  const { rows } = await client.aging.table(asOf === undefined ? {} : { asOf });
  const customerIds = rows.map((row) => row.customerId);
  if (customerIds.length === 0)
    return refused('nobody-owes', 'Nobody owes anything, so there is nothing to write.');
  mkdirSync(folder, { recursive: true });
  let [written, skipped] = [0, 0];
  for (const some of chunks(customerIds)) {
    let last = { done: 0, skipped: 0 };
    for await (const progress of await client.papers.writeMany({ ...wish, folder, customerIds: [...some] }))
      last = progress;
    written += last.done - last.skipped;
    skipped += last.skipped;
  }
  const left = skipped === 0 ? '' : ` ${skipped} have nothing on theirs.`;
  terminal.out(`Wrote ${written} papers to ${folder}.${left}`);
  return done;
}

/** The door takes so many at once. */
const AT_ONCE_MOST = 10_000;

function chunks(ids: readonly number[]): readonly (readonly number[])[] {
  const count = Math.ceil(ids.length / AT_ONCE_MOST);
  return Array.from({ length: count }, (_, at) => ids.slice(at * AT_ONCE_MOST, (at + 1) * AT_ONCE_MOST));
}
