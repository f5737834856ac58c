import type { Book } from '#contract/engine/books.ts';
import { isDay } from '#domain/days.ts';
import type { Command } from '../command.ts';
import { done, usage } from '../ending.ts';

export const demo: Command = {
  summary: 'Make the demo company anew, and open it.',
  help: [
    'Usage: baaki demo [--customers N] [--until YYYY-MM-DD] [--format table|json]',
    '',
    '  --customers N   how many customers, 10 to 5000; 400 if not given',
    '  --until D       the last day of its three years; today if not given',
  ].join('\n'),
  takes: ['format', 'customers', 'until'],
  formats: ['table', 'json'],
  read: ({ options }) => {
    const { customers: count, until } = options;
    if (count !== undefined && !/^\d{1,4}$/.test(count)) {
      return usage(`--customers “${count}” is not a number from 10 to 5000.`);
    }
    if (until !== undefined && !isDay(until))
      return usage(`--until “${until}” is not a day like 2026-04-01.`);
    const wish = {
      ...(count === undefined ? {} : { customers: Number(count) }),
      ...(until === undefined ? {} : { until }),
    };
    return async ({ client, terminal }) => {
      let book: Book | undefined;
      for await (const event of await client.books.createDemo(wish)) {
        terminal.progress(`${event.done} of ${event.of}`);
        book = event.book ?? book;
      }
      terminal.progress('');
      if (book === undefined) throw new Error('The demo company ended without a book.');
      if (options.format === 'json') terminal.out(JSON.stringify({ book }));
      else terminal.out(`The demo company is ready: ${book.name} (${book.bookId}).`);
      return done;
    };
  },
};
