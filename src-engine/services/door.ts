import { contract, type Contract } from '#contract/index.ts';
import type { Noun } from '#contract/engine/changes.ts';
import type { FailureShown } from '#contract/fields.ts';
import type { Day } from '#domain/days.ts';
import type { Refusal } from '#domain/result.ts';
import { implement, ORPCError, type ImplementerInternalWithMiddlewares } from '@orpc/server';
import type { Gateway, PaymentGateway, Vault } from '../adapters/message-ports.ts';
import type { PaperFiles, PaperPrinter } from '../adapters/paper-ports.ts';
import type { TableWriter, TallyFiles, TallySource, WorkbookSource } from '../adapters/ports.ts';
import type { RegistryClient } from '../adapters/registry-port.ts';
import type { BookFile } from '../storage/database.ts';
import type { BookRow } from '../storage/books.ts';
import type { Shelf } from '../storage/shelf.ts';

/** An event word and numbers, booleans or ids: a log line has no place for a name or an amount. */
export type Log = (
  event: string,
  facts?: Readonly<Record<string, number | boolean | null>>,
  errorId?: string,
) => void;

export type Context = {
  readonly shelf: Shelf;
  readonly workbooks: WorkbookSource;
  readonly tables: TableWriter;
  readonly tally: TallySource;
  readonly tallyFiles: TallyFiles;
  /** Every kind of gateway there is, by its kind. */
  readonly gatewayKinds: ReadonlyMap<string, Gateway>;
  readonly paymentKinds: ReadonlyMap<string, PaymentGateway>;
  readonly vault: Vault;
  readonly registry: RegistryClient;
  /** A code of a text as vectors: a square of `size` units, the black modules as one path. */
  readonly qr: (text: string) => { readonly size: number; readonly path: string };
  readonly papers: PaperPrinter;
  readonly paperFiles: PaperFiles;
  /** Which machine and folder this is: a copy of a book elsewhere is another one. */
  readonly homeOf: (bookId: string) => { readonly home: string; readonly name: string };
  /** The name of the file in the data folder that stops all sending; null = there is none. */
  readonly stopFile: () => string | null;
  readonly now: () => number;
  /** The calendar day at an instant in a time zone. */
  readonly dayAt: (instant: number, timeZone: string) => Day;
  readonly newId: () => string;
  readonly changed: (...nouns: readonly Noun[]) => void;
  readonly watch: (signal: AbortSignal | undefined) => AsyncGenerator<{ nouns: Noun[] }>;
  readonly log: Log;
  readonly logBug: (error: unknown) => string;
  readonly version: string;
  readonly startedAt: number;
  readonly runtime: { readonly node: string; readonly sqlite: string };
};

/** The context of a call that needs an open book. */
export type BookContext = Context & {
  readonly db: BookFile;
  readonly book: BookRow;
  readonly bookId: string;
  readonly today: Day;
};

/** A refusal of a rule, as the door's typed error. */
export function refused(refusal: Refusal): ORPCError<'REFUSED', Refusal> {
  return new ORPCError('REFUSED', { message: refusal.sentence, data: refusal });
}

/** What the world did, for whoever asked; `values` are what the sentence names. */
export type Failure = {
  readonly code: string;
  readonly sentence: string;
  readonly retryable: boolean;
  readonly values?: Readonly<Record<string, string | number>>;
};

export function failed({ code, sentence, retryable, values }: Failure): ORPCError<'FAILED', FailureShown> {
  const data = { code, sentence, retryable, ...(values === undefined ? {} : { values: { ...values } }) };
  return new ORPCError('FAILED', { message: sentence, data });
}

/** Written down by name: what the compiler infers of so many calls is longer than it writes. */
type Door<C extends Context> = ImplementerInternalWithMiddlewares<Contract, Context, C>;

const guarded = implement(contract)
  .$context<Context>()
  .use(async ({ context, next }) => {
    try {
      return await next();
    } catch (error) {
      if (error instanceof ORPCError || isAbort(error)) throw error;
      const errorId = context.logBug(error);
      throw new ORPCError('INTERNAL', {
        message: `Something went wrong inside Baaki (${errorId}).`,
        data: { errorId },
      });
    }
  });

/** Every call goes through here: what is no typed error is a bug of ours, logged under an id the user can quote. */
export const door: Door<Context> = guarded;

const withBook = guarded.use(({ context, next }) => {
  const open = context.shelf.current();
  if (!open) throw new ORPCError('NO_BOOK', { message: 'No book is open.' });
  const today = context.dayAt(context.now(), open.book.timeZone);
  return next({ context: { db: open.db, book: open.book, bookId: open.bookId, today } });
});

export const bookDoor: Door<BookContext> = withBook;

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
