import type { Book } from '#contract/engine/books.ts';
import { absentBook, chooseBook } from '../choose-book.ts';
import type { Command, Job, Options } from '../command.ts';
import { done, noBook, refused, usage, type Ending } from '../ending.ts';
import { tableText } from '../table-text.ts';

export const books: Command = {
  summary: 'List the books, the one opened last first; rename, close or check one.',
  help: [
    'Usage: baaki books [--format table|json]',
    '       baaki books rename B NAME',
    '       baaki books close',
    '       baaki books check [B]',
    '',
    '  rename   gives the book B (id or name) another name; its id stays',
    '  close    so that no book is taken up at the next start until one is opened',
    '  check    looks the file of a book through; ends with 1 when it is not sound',
  ].join('\n'),
  takes: ['format'],
  formats: ['table', 'json'],
  read: ({ options, rest }) => {
    const [verb, ...words] = rest;
    if (verb === undefined) return list(options);
    if (verb === 'rename') return rename(words, options);
    if (verb === 'check') return check(words, options);
    if (verb === 'close' && words.length === 0) return close;
    return usage(`“baaki books ${rest.join(' ')}” is not understood. “baaki books --help” tells what is.`);
  },
};

function list(options: Options): Job {
  return async ({ client, terminal }) => {
    const all = await client.books.list();
    if (options.format === 'json') {
      terminal.out(JSON.stringify({ books: all }));
    } else if (all.length === 0) {
      terminal.note('There is no book yet.');
    } else {
      terminal.out(booksText(all));
    }
    return done;
  };
}

function rename(words: readonly string[], options: Options): Job | Ending {
  const [named, name, ...more] = words;
  if (named === undefined || name === undefined || name.trim() === '' || more.length > 0) {
    return usage('Write it like: baaki books rename BOOK "New name".');
  }
  return async ({ client, terminal }) => {
    const choice = await chooseBook(client, named);
    if (choice.kind === 'ending') return choice.ending;
    if (choice.kind === 'absent') return absentBook(choice.name, await client.books.list());
    const book = await client.books.rename({ bookId: choice.book.bookId, name });
    if (options.format === 'json') terminal.out(JSON.stringify({ book }));
    else terminal.note(`“${choice.book.name}” is now called “${book.name}”.`);
    return done;
  };
}

const close: Job = async ({ client, terminal }) => {
  const choice = await chooseBook(client, undefined);
  if (choice.kind !== 'book') return choice.kind === 'ending' ? choice.ending : noBook;
  await client.books.close();
  terminal.note(`“${choice.book.name}” is closed.`);
  return done;
};

function check(words: readonly string[], options: Options): Job | Ending {
  if (words.length > 1) return usage('One book at a time: baaki books check BOOK.');
  return async ({ client, terminal }) => {
    const choice = await chooseBook(client, words[0]);
    if (choice.kind === 'ending') return choice.ending;
    if (choice.kind === 'absent') return absentBook(choice.name, await client.books.list());
    const { bookId, name } = choice.book;
    const { isSound, checkedAt, problemCount } = await client.books.check();
    const sentence = isSound
      ? `“${name}” is sound.`
      : `“${name}” is not sound: ${problemCount} problems were found. Open a backup of it.`;
    if (!isSound) return refused('not-sound', sentence);
    if (options.format === 'json') terminal.out(JSON.stringify({ bookId, isSound, checkedAt, problemCount }));
    else terminal.note(sentence);
    return done;
  };
}

function booksText(all: readonly Book[]): string {
  return tableText({
    columns: ['Name', 'Id', 'Currency', 'Time zone', ''].map((heading) => ({ heading, align: 'left' })),
    rows: all.map((book) => [
      book.name,
      book.bookId,
      book.baseCurrency,
      book.timeZone,
      book.isDemo ? 'demo' : '',
    ]),
  });
}
