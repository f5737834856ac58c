import { setTimeout as pause } from 'node:timers/promises';
import type { Book } from '#contract/engine/books.ts';
import type { SyncStatus, TallyCompanyShown } from '#contract/engine/sync.ts';
import { absentBook, chooseBook } from '../choose-book.ts';
import type { Client, Command, Job, Options, World } from '../command.ts';
import { done, failed, refused, usage, type Ending } from '../ending.ts';
import { syncText } from '../sync-text.ts';
import { readAddress, type Address } from '../tally-address.ts';

const help = `Usage: baaki sync [--book B] [--full] [--quick] [--format table|json]
       baaki sync --company NAME [--host H] [--port P] [--book B] [--quick] [--format table|json]
       baaki sync status [--book B] [--format table|json]

  Reads what changed in Tally into a book, and says whether both agree.

  --company NAME  connects the book to this company, which must be open in Tally
  --host H        the computer Tally runs on; this one if not given
  --port P        the port it listens on; 9000 if not given
  --book B        the book, by id or name. With --company one that is not there yet is made, and bears the company’s
                  name if no other is given; else it is the one opened last
  --full          reads everything anew
  --quick         does not wait for the older vouchers; they are read on at the next sync or in the window
  status          only tells how the book stands with Tally; asks Tally nothing

Nothing is ever written into Tally. A Tally that does not answer is a failure (exit code 3).`;

export const sync: Command = {
  summary: 'Read from Tally into a book, and tie out.',
  help,
  takes: ['book', 'host', 'port', 'company', 'full', 'quick', 'format'],
  formats: ['table', 'json'],
  read: ({ options, rest }) => {
    const [verb, ...more] = rest;
    if (more.length > 0 || (verb !== undefined && verb !== 'status')) {
      return usage(`“baaki sync ${rest.join(' ')}” is not understood. “baaki sync --help” tells what is.`);
    }
    const address = readAddress(options);
    if ('kind' in address) return address;
    const isAddressed = options.host !== undefined || options.port !== undefined;
    if (verb === 'status') {
      if (isAddressed || options.company !== undefined || options.full || options.quick) {
        return usage('“baaki sync status” takes no more than --book and --format.');
      }
      return status(options);
    }
    if (options.company !== undefined) return connect(options, options.company, address);
    if (isAddressed) return usage('--host and --port go with --company.');
    return run(options);
  },
};

function status(options: Options): Job {
  return async (world) => {
    const found = await connectedBook(world.client, options.book);
    if ('kind' in found) return found;
    tell(world.terminal, { book: found, status: await world.client.sync.status(), options });
    return done;
  };
}

function run(options: Options): Job {
  return async (world) => {
    const found = await connectedBook(world.client, options.book);
    if ('kind' in found) return found;
    return await syncBook(world, found, options);
  };
}

/** A book that was made for this company alone does not outlive it when nothing could be read. */
function connect(options: Options, company: string, address: Address): Job {
  return async (world) => {
    const { client, terminal } = world;
    const look = await client.sync.look(address);
    if (look.failure) return failed(look.failure.code, look.failure.sentence);
    const found = companyOf(look.companies, company);
    if ('kind' in found) return found;
    const choice = await chooseBook(client, options.book ?? found.name);
    if (choice.kind === 'ending') return choice.ending;
    const isNew = choice.kind === 'absent';
    const book = choice.kind === 'book' ? choice.book : await client.books.create({ name: choice.name });
    if (isNew) terminal.note(`Made the book “${book.name}” (${book.bookId}).`);
    const { guid, companyNumber, booksFrom, name } = found;
    try {
      const { connection } = await client.sync.status();
      const isOurs = connection?.companyName === name && connection.booksFrom === booksFrom;
      if (isOurs) await client.sync.moveTo(address);
      else await client.sync.connect({ ...address, company: { guid, companyNumber, booksFrom, name } });
      return await syncBook(world, book, options);
    } finally {
      if (isNew && (await client.sync.status()).syncedAt === null) {
        await client.sync.disconnect();
        await client.books.discardEmpty({ bookId: book.bookId });
      }
    }
  };
}

function companyOf(companies: readonly TallyCompanyShown[], named: string): TallyCompanyShown | Ending {
  const key = (name: string): string => name.trim().toLocaleLowerCase('en');
  const [company, another] = companies.filter(({ name }) => key(name) === key(named));
  if (another) {
    const sentence = `Two companies named “${named}” are open in Tally. Close one of them there.`;
    return refused('tally-same-name', sentence);
  }
  if (company) return company;
  const open = companies.map(({ name }) => `“${name}”`).join(', ');
  return refused('tally-other-company', `“${named}” is not open in Tally. Open there: ${open}.`);
}

async function connectedBook(client: Client, named: string | undefined): Promise<Book | Ending> {
  const choice = await chooseBook(client, named);
  if (choice.kind === 'ending') return choice.ending;
  if (choice.kind === 'absent') return absentBook(choice.name, await client.books.list());
  const { connection } = await client.sync.status();
  if (connection) return choice.book;
  const sentence = `“${choice.book.name}” is not connected to a Tally. Connect it with --company NAME.`;
  return refused('not-connected', sentence);
}

async function syncBook(world: World, book: Book, options: Options): Promise<Ending> {
  const { client, terminal } = world;
  const reading = client.sync.run({ isFull: options.full ?? false });
  // Told while it is awaited: a first reading may take a minute.
  const stopTelling = tellProgress(world);
  try {
    await reading;
    if (!options.quick) await historyRead(client);
  } finally {
    await stopTelling();
    terminal.progress('');
  }
  const last = await client.sync.status();
  // What was read before stays as it is; a failure is told alone.
  if (last.failure) return failed(last.failure.code, last.failure.sentence);
  tell(terminal, { book, status: last, options });
  return done;
}

const LOOKED_AT_MS = 200;

/** Draws how far the reading is until it is stopped. */
function tellProgress({ client, terminal }: World): () => Promise<void> {
  let isOver = false;
  const draw = async (): Promise<void> => {
    while (!isOver) {
      const { progress } = await client.sync.status();
      if (progress) terminal.progress(`${progress.stage}: ${progress.done} of ${progress.of ?? '?'}`);
      await pause(LOOKED_AT_MS);
    }
  };
  const drawing = draw();
  return async () => {
    isOver = true;
    await drawing;
  };
}

/** Until the older vouchers are read, or something stands between. */
async function historyRead(client: Client): Promise<void> {
  for (;;) {
    const { history, failure } = await client.sync.status();
    const isUnder = history?.state === 'reading' || history?.state === 'waiting';
    if (failure || !isUnder) return;
    await pause(LOOKED_AT_MS);
  }
}

type Told = { readonly book: Book; readonly status: SyncStatus; readonly options: Options };

function tell(terminal: World['terminal'], { book, status: shown, options }: Told): void {
  const { bookId, name } = book;
  if (options.format === 'json') terminal.out(JSON.stringify({ book: { bookId, name }, status: shown }));
  else terminal.out(syncText(book, shown));
}
