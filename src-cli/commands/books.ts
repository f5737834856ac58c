import type { Book } from '#contract/engine/books.ts';
import type { Command } from '../command.ts';
import { done } from '../ending.ts';
import { tableText } from '../table-text.ts';

export const books: Command = {
  summary: 'List the books, the one opened last first.',
  help: 'Usage: baaki books [--format table|json]',
  takes: ['format'],
  formats: ['table', 'json'],
  read:
    ({ options }) =>
    async ({ client, terminal }) => {
      const list = await client.books.list();
      if (options.format === 'json') {
        terminal.out(JSON.stringify({ books: list }));
      } else if (list.length === 0) {
        terminal.note('There is no book yet.');
      } else {
        terminal.out(booksText(list));
      }
      return done;
    },
};

function booksText(list: readonly Book[]): string {
  return tableText({
    columns: ['Name', 'Id', 'Currency', 'Time zone', ''].map((heading) => ({ heading, align: 'left' })),
    rows: list.map((book) => [
      book.name,
      book.bookId,
      book.baseCurrency,
      book.timeZone,
      book.isDemo ? 'demo' : '',
    ]),
  });
}
