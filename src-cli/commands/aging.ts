import type { Book } from '#contract/engine/books.ts';
import path from 'node:path';
import { agingCsv, agingExport, agingText, type AgingAnswer } from '../aging-table.ts';
import { readAgingWish, type AgingAsked } from '../aging-wish.ts';
import { absentBook, chooseBook } from '../choose-book.ts';
import type { Command, Options, World } from '../command.ts';
import { done, usage, type Ending } from '../ending.ts';

export const aging: Command = {
  summary: 'Print who owes what, and how late it is.',
  help: [
    'Usage: baaki aging [--book B] [--as-of YYYY-MM-DD] [--by due|bill] [--bounds 0,30,60,90,120] [--grace N]',
    '                   [--credits net|gross] [--group-by parent|salesperson|territory|group|tag]',
    '                   [--format table|csv|json|xlsx] [--output FILE]',
    '',
    '  --book B       the book, by id or name; the one opened last if not given',
    '  --as-of D      the day to look from; the company’s today if not given',
    '  --by W         age from the due day, or from the bill’s own day',
    '  --bounds L     the last day of each bucket but the last; the first is 0, not due',
    '  --grace N      a bill is overdue only when it is more than N days late; buckets do not move',
    '  --credits W    net: receipts and credits that no bill is matched with count as negative amounts;',
    '                 gross: bills only',
    '  --group-by W   one row a payer, salesperson, territory, account group or tag',
    '  --output FILE  where to write xlsx, or csv with the mark that Excel needs',
    '',
    'What is not given is as the settings of the book say. The buckets of a row add up to what is outstanding.',
    'Post-dated cheques are in no other figure; their column is the last one, and is there when there are any.',
    'Amounts are whole paise in JSON, plain decimals in CSV.',
  ].join('\n'),
  takes: ['book', 'as-of', 'by', 'bounds', 'grace', 'credits', 'group-by', 'format', 'output'],
  formats: ['table', 'csv', 'json', 'xlsx'],
  read: ({ options }) => {
    const asked = readAgingWish(options);
    if ('kind' in asked) return asked;
    const misfit = outputMisfit(options);
    if (misfit !== undefined) return usage(misfit);
    return (world) => answer(world, asked, options);
  },
};

function outputMisfit({ format = 'table', output }: Options): string | undefined {
  if (output === undefined) {
    return format === 'xlsx' ? 'A workbook needs a file: name it with --output FILE.xlsx.' : undefined;
  }
  if (format === 'xlsx' || format === 'csv') return undefined;
  return '--output goes with --format xlsx or csv.';
}

async function answer(world: World, asked: AgingAsked, options: Options): Promise<Ending> {
  const { client, terminal } = world;
  const choice = await chooseBook(client, options.book);
  if (choice.kind === 'ending') return choice.ending;
  if (choice.kind === 'absent') return absentBook(choice.name, await client.books.list());
  const { book } = choice;
  const { wish, groupBy } = asked;
  const table =
    groupBy === undefined ? await client.aging.table(wish) : await client.aging.groups({ ...wish, groupBy });
  if (options.output !== undefined) return write(world, { book, table, output: options.output, options });
  if (options.format === 'json') {
    terminal.out(JSON.stringify({ book: { bookId: book.bookId, name: book.name }, ...table }));
  } else if (options.format === 'csv') {
    terminal.out(agingCsv(table));
  } else {
    terminal.out(agingText(book.name, table));
  }
  return done;
}

type Writing = {
  readonly book: Book;
  readonly table: AgingAnswer;
  readonly output: string;
  readonly options: Options;
};

async function write(
  { client, terminal }: World,
  { book, table, output, options }: Writing,
): Promise<Ending> {
  const format = options.format === 'xlsx' ? 'xlsx' : 'csv';
  const target = path.resolve(output);
  const exported = agingExport(book.name, table, format === 'xlsx' ? 'headings' : 'names');
  const { rowCount } = await client.exports.write({ path: target, format, table: exported });
  terminal.note(`Wrote ${rowCount} rows to ${target}.`);
  return done;
}
