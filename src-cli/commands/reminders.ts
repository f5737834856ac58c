import type { Book } from '#contract/engine/books.ts';
import type { PlanShown, SendingStatus } from '#contract/engine/reminders.ts';
import { isDay, type Day } from '#domain/days.ts';
import { absentBook, chooseBook } from '../choose-book.ts';
import type { Client, Command, Job, Options, World } from '../command.ts';
import { done, usage, type Ending } from '../ending.ts';
import { planText, statusText } from '../reminders-text.ts';

const help = `Usage: baaki reminders plan [--day YYYY-MM-DD] [--book B] [--format table|json]
       baaki reminders approve --hash H [--book B] [--format table|json]
       baaki reminders status [--book B] [--format table|json]

  plan      prints exactly what would be sent on a day, to whom and at what cost, and who gets nothing and why
  approve   puts today’s whole plan into the outbox; H is what “plan” printed. It is refused when anything changed since
  status    tells how sending stands

  --day D   the day to plan; the company’s today if not given
  --book B  the book, by id or name; the one opened last if not given

Messages leave from the window, which holds the keys of your gateways: a terminal sends nothing by itself.
Prices are millionths of a rupee in JSON.`;

const usageSentence =
  'Say “baaki reminders plan”, “approve” or “status”. “baaki reminders --help” tells more.';

export const reminders: Command = {
  summary: 'Plan, approve and follow reminders.',
  help,
  takes: ['book', 'day', 'hash', 'format'],
  formats: ['table', 'json'],
  read: ({ options, rest }) => {
    const [verb, ...more] = rest;
    if (more.length > 0) return usage(usageSentence);
    if (options.hash !== undefined && verb !== 'approve') return usage('--hash goes with “approve”.');
    if (options.day !== undefined && verb !== 'plan') return usage('--day goes with “plan”.');
    switch (verb) {
      case 'plan':
        return readPlan(options);
      case 'approve':
        return options.hash === undefined
          ? usage('Which plan? Give the hash that “baaki reminders plan” printed: --hash H.')
          : approve(options, options.hash);
      case 'status':
        return inBook(options, async ({ client, terminal }, book) => {
          tell(terminal, options, { book, answer: await client.reminders.status(), text: statusText });
          return done;
        });
      case undefined:
      default:
        return usage(usageSentence);
    }
  },
};

function readPlan(options: Options): Job | Ending {
  const { day } = options;
  if (day !== undefined && !isDay(day)) return usage(`“${day}” is no day. Write it like 2026-11-23.`);
  return inBook(options, async ({ client, terminal }, book) => {
    tell(terminal, options, { book, answer: await planOf(client, day), text: planText });
    return done;
  });
}

function planOf(client: Client, day: Day | undefined): Promise<PlanShown> {
  return client.reminders.plan(day === undefined ? {} : { day });
}

function approve(options: Options, hash: string): Job {
  return inBook(options, async ({ client, terminal }, book) => {
    const { rows } = await planOf(client, undefined);
    const rowKeys = rows.map((row) => row.rowKey);
    const made = await client.reminders.approve({ rowsHash: hash, rowKeys });
    const text = ({ name }: Book, { approvedCount }: typeof made): string =>
      `${approvedCount} messages of “${name}” are in the outbox.`;
    tell(terminal, options, { book, answer: made, text });
    return done;
  });
}

function inBook(options: Options, work: (world: World, book: Book) => Promise<Ending>): Job {
  return async (world) => {
    const { client } = world;
    const choice = await chooseBook(client, options.book);
    if (choice.kind === 'ending') return choice.ending;
    if (choice.kind === 'absent') return absentBook(choice.name, await client.books.list());
    return work(world, choice.book);
  };
}

type Told<T> = {
  readonly book: Book;
  readonly answer: T;
  readonly text: (book: Book, answer: T) => string;
};

function tell<T extends PlanShown | SendingStatus | object>(
  terminal: World['terminal'],
  { format }: Options,
  { book, answer, text }: Told<T>,
): void {
  const { bookId, name } = book;
  if (format === 'json') terminal.out(JSON.stringify({ book: { bookId, name }, ...answer }));
  else terminal.out(text(book, answer));
}
