import type { AgingFigures, AgingTable } from '#contract/engine/aging.ts';
import { formatDay, isDay } from '#domain/days.ts';
import { formatMoney, type Paise } from '#domain/money.ts';
import { absentBook, chooseBook } from '../choose-book.ts';
import type { Command } from '../command.ts';
import { csvText, plainMoney } from '../csv-text.ts';
import { done, usage } from '../ending.ts';
import { tableText } from '../table-text.ts';

export const aging: Command = {
  summary: 'Print who owes what, and how late it is.',
  help: [
    'Usage: baaki aging [--book B] [--as-of YYYY-MM-DD] [--format table|csv|json]',
    '',
    '  --book B     the book, by id or name; the one opened last if not given',
    '  --as-of D    the day to look from; the company’s today if not given',
    '',
    'Bills are sorted into buckets by how many days they are past their due day. Receipts and credits that',
    'no bill is matched with count as negative amounts. The buckets of a row add up to what is outstanding.',
    'Amounts are whole paise in JSON, plain decimals in CSV.',
  ].join('\n'),
  takes: ['book', 'as-of', 'format'],
  formats: ['table', 'csv', 'json'],
  read: ({ options }) => {
    const asOf = options['as-of'];
    if (asOf !== undefined && !isDay(asOf)) return usage(`--as-of “${asOf}” is not a day like 2026-04-01.`);
    return async ({ client, terminal }) => {
      const choice = await chooseBook(client, options.book);
      if (choice.kind === 'ending') return choice.ending;
      if (choice.kind === 'absent') return absentBook(choice.name, await client.books.list());
      const { book } = choice;
      const table = await client.aging.table(asOf === undefined ? {} : { asOf });
      if (options.format === 'json') {
        terminal.out(JSON.stringify({ book: { bookId: book.bookId, name: book.name }, ...table }));
      } else if (options.format === 'csv') {
        terminal.out(agingCsv(table));
      } else {
        terminal.out(agingText(book.name, table));
      }
      return done;
    };
  },
};

function agingText(bookName: string, table: AgingTable): string {
  const title = `${bookName}: aging as of ${formatDay(table.asOf)}, in ${table.baseCurrency}`;
  if (table.rows.length === 0) return `${title}\nNothing is open.`;
  const money = (amount: Paise): string => formatMoney(amount, table.baseCurrency);
  const figures = (row: AgingFigures): readonly string[] => [
    String(row.openBillCount),
    money(row.outstandingPaise),
    ...row.buckets.map(money),
    row.oldestDays === 0 ? '' : String(row.oldestDays),
  ];
  const headings = ['Bills', 'Outstanding', ...table.buckets.map(({ key }) => heading(key)), 'Oldest, days'];
  const text = tableText({
    columns: [
      { heading: 'Customer', align: 'left' },
      ...headings.map((one) => ({ heading: one, align: 'right' }) as const),
    ],
    rows: table.rows.map((row) => [row.name, ...figures(row)]),
    footer: [`${table.rows.length} customers`, ...figures(table.totals)],
  });
  return `${title}\n\n${text}`;
}

function heading(key: string): string {
  return key === 'not-due' ? 'Not due' : key.replace('-', '–');
}

function agingCsv(table: AgingTable): string {
  const money = (amount: Paise): string => plainMoney(amount, table.baseCurrency);
  const figures = (row: AgingFigures): readonly (string | number)[] => [
    money(row.outstandingPaise),
    money(row.overduePaise),
    money(row.unallocatedPaise),
    ...row.buckets.map(money),
    row.openBillCount,
    row.overdueBillCount,
    row.oldestDays,
  ];
  return csvText([
    [
      'customer',
      'code',
      'outstanding',
      'overdue',
      'unallocated',
      ...table.buckets.map(({ key }) => key),
      'open bills',
      'overdue bills',
      'oldest days',
    ],
    ...table.rows.map((row) => [row.name, row.code, ...figures(row)]),
    ['Total', null, ...figures(table.totals)],
  ]);
}
