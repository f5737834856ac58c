import type { AgingFigures } from '#contract/engine/aging.ts';
import type { CustomerRow } from '#contract/engine/customers.ts';
import { formatDay } from '#domain/days.ts';
import { plainDecimal, plainMoney } from '#domain/exports.ts';
import { formatMoney, type Paise } from '#domain/money.ts';
import { readAgingWish } from '../aging-wish.ts';
import { absentBook, chooseBook } from '../choose-book.ts';
import type { Client, Command } from '../command.ts';
import { csvText } from '../csv-text.ts';
import { done } from '../ending.ts';
import { tableText } from '../table-text.ts';

type Listed = Awaited<ReturnType<Client['customers']['list']>>;

export const customers: Command = {
  summary: 'Print the customers with what they owe.',
  help: [
    'Usage: baaki customers [--book B] [--as-of YYYY-MM-DD] [--search T] [--by due|bill]',
    '                       [--bounds 0,30,60,90,120] [--grace N] [--credits net|gross] [--format table|csv|json]',
    '',
    '  --book B     the book, by id or name; the one opened last if not given',
    '  --as-of D    the day to look from; the company’s today if not given',
    '  --search T   only those who have T in name, code, phone, e-mail, GSTIN or a contact; words in any order',
    '',
    '--by, --bounds, --grace and --credits are those of “baaki aging”. All customers are listed, by name, also those',
    'who owe nothing. Amounts are whole paise in JSON, plain decimals in CSV.',
  ].join('\n'),
  takes: ['book', 'as-of', 'search', 'by', 'bounds', 'grace', 'credits', 'format'],
  formats: ['table', 'csv', 'json'],
  read: ({ options }) => {
    const asked = readAgingWish(options);
    if ('kind' in asked) return asked;
    return async ({ client, terminal }) => {
      const choice = await chooseBook(client, options.book);
      if (choice.kind === 'ending') return choice.ending;
      if (choice.kind === 'absent') return absentBook(choice.name, await client.books.list());
      const { bookId, name, baseCurrency } = choice.book;
      const list = await client.customers.list({ ...asked.wish, search: options.search ?? '' });
      if (options.format === 'json') {
        terminal.out(JSON.stringify({ book: { bookId, name }, baseCurrency, ...list }));
      } else if (options.format === 'csv') {
        terminal.out(customersCsv(list, baseCurrency));
      } else {
        terminal.out(customersText(name, list, baseCurrency));
      }
      return done;
    };
  },
};

function customersText(bookName: string, list: Listed, currency: string): string {
  const title = `${bookName}: customers as of ${formatDay(list.asOf)}, in ${currency}`;
  if (list.rows.length === 0) return `${title}\nThere is none.`;
  const money = (amount: Paise): string => formatMoney(amount, currency);
  const figures = (row: AgingFigures): readonly string[] => [
    money(row.outstandingPaise),
    money(row.overduePaise),
    row.oldestDays === 0 ? '' : String(row.oldestDays),
  ];
  const numbers = ['Outstanding', 'Overdue', 'Oldest, days', 'Last receipt', 'Days late'];
  const text = tableText({
    columns: [
      ...['Customer', 'Code', 'Phone'].map((heading) => ({ heading, align: 'left' }) as const),
      ...numbers.map((heading) => ({ heading, align: 'right' }) as const),
    ],
    rows: list.rows.map((row) => [
      row.name,
      row.code ?? '',
      row.phone ?? '',
      ...figures(row),
      row.lastReceiptDay === null ? '' : formatDay(row.lastReceiptDay),
      daysLate(row),
    ]),
    footer: [`${list.rows.length} customers`, '', '', ...figures(list.totals), '', ''],
  });
  return `${title}\n\n${text}`;
}

/** How late his bills of the last year were paid, on the average and by amount: '12.5'. */
function daysLate({ averageDaysLateTenths: tenths }: CustomerRow): string {
  return tenths === null ? '' : plainDecimal(tenths, 1);
}

const ABOUT = [
  'customer',
  'code',
  'phone',
  'email',
  'gstin',
  'salesperson',
  'territory',
  'group',
  'payer',
  'tags',
  'credit days',
  'credit limit',
  'insured limit',
  'last receipt',
  'average days late',
];

function customersCsv(list: Listed, currency: string): string {
  const money = (amount: Paise | null): string | null =>
    amount === null ? null : plainMoney(amount, currency);
  const about = (row: CustomerRow): readonly (string | number | null)[] => [
    row.name,
    row.code,
    row.phone,
    row.email,
    row.gstin,
    row.salesperson,
    row.territory,
    row.groupPath,
    row.parentName,
    row.tags.join('; '),
    row.creditDays,
    money(row.creditLimitPaise),
    money(row.insuredLimitPaise),
    row.lastReceiptDay,
    daysLate(row),
  ];
  const figures = (row: AgingFigures): readonly (string | number | null)[] => [
    money(row.outstandingPaise),
    money(row.overduePaise),
    money(row.unallocatedPaise),
    money(row.postDatedPaise),
    ...row.buckets.map(money),
    row.openBillCount,
    row.overdueBillCount,
    row.oldestDays,
  ];
  const keys = list.buckets.map(({ key }) => key);
  const counts = ['open bills', 'overdue bills', 'oldest days'];
  return csvText([
    [...ABOUT, 'outstanding', 'overdue', 'unallocated', 'post-dated', ...keys, ...counts],
    ...list.rows.map((row) => [...about(row), ...figures(row)]),
    ['Total', ...ABOUT.slice(1).map(() => null), ...figures(list.totals)],
  ]);
}
