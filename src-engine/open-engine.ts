import { createHash, randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { nouns, type Noun } from '#contract/engine/changes.ts';
import type { Contract } from '#contract/index.ts';
import { day, type Day } from '#domain/days.ts';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient, EventPublisher } from '@orpc/server';
import { readPasted } from './adapters/csv/csv.ts';
import { writeCsv } from './adapters/csv/write-table.ts';
import { paperFiles } from './adapters/disk/paper-files.ts';
import { stopFileIn } from './adapters/disk/stop-file.ts';
import { isWithin, writeWhole } from './adapters/disk/write-whole.ts';
import { writeWorkbook } from './adapters/excel/write-table.ts';
import type { Gateway, PaymentGateway, Vault } from './adapters/message-ports.ts';
import type { PaperPrinter } from './adapters/paper-ports.ts';
import type { TableWriter, TallySource } from './adapters/ports.ts';
import { qrOf } from './adapters/qr/qr.ts';
import { readApart } from './adapters/reading/process.ts';
import { registryClient } from './adapters/registry/client.ts';
import { tallyFiles } from './adapters/tally/files.ts';
import { tallySource } from './adapters/tally/tally.ts';
import { openTypstPrinter } from './adapters/typst/printer.ts';
import { openVault } from './adapters/vault/vault.ts';
import { router } from './router.ts';
import { catchUp } from './services/bills/search.ts';
import { checkIfDue } from './services/books.ts';
import type { Context, Log } from './services/door.ts';
import { keepOutbox } from './services/outbox/keeper.ts';
import { keepInbox } from './services/replies/keeper.ts';
import { keepRegistry } from './services/registry/keeper.ts';
import { keepRounds } from './services/reminders/keeper.ts';
import { linkForMessage } from './services/pay-links/for-message.ts';
import { lookAtLinksOf } from './services/pay-links/look.ts';
import { keepInStep } from './services/sync/keeper.ts';
import { sqliteVersion } from './storage/database.ts';
import { openShelf, type Shelf } from './storage/shelf.ts';

export type EngineWish = {
  /** Holds books/ and backups/; made when absent. */
  readonly dataFolder: string;
  readonly version: string;
  readonly log?: Log;
  /** Told the whole of a bug, which the door shows only by its id. */
  readonly onBug?: (errorId: string, error: unknown) => void;
  /** UTC milliseconds; tests hand in a clock that stands. */
  readonly now?: () => number;
  /** Tests of the window let the clock begin elsewhere: reminders leave only at certain hours. */
  readonly startsAt?: number;
  /** Tests hand in one with shorter waits. */
  readonly tally?: TallySource;
  /** Opens the vault; main keeps it in the system's own safe. Without it nothing can be sent from here. */
  readonly vaultKey?: Uint8Array;
  /** Tests hand in gateways of their own beside those of the adapters. */
  readonly gateways?: readonly Gateway[];
  /** Tests hand in one that draws nothing. */
  readonly papers?: PaperPrinter;
};

export type Engine = {
  readonly client: ContractRouterClient<Contract>;
  readonly context: Context;
  /** The machine woke or the network is back: the inbox and what waited for it are looked at now, seldom enough. */
  readonly hurry: () => void;
  readonly close: () => Promise<void>;
};

/** The one wiring file: concrete adapters, clock and ids meet the services here. */
export async function openEngine(wish: EngineWish): Promise<Engine> {
  const shift = wish.startsAt === undefined ? 0 : wish.startsAt - Date.now();
  const now = wish.now ?? (() => Date.now() + shift);
  const publisher = new EventPublisher<{ changed: { nouns: Noun[] } }>();
  const shelf = openShelf(wish.dataFolder);
  const vault: Vault = openVault(wish.dataFolder, wish.vaultKey ?? null);
  const log: Log = wish.log ?? (() => undefined);
  const search = searchKeeper(() => context);
  const context: Context = {
    shelf,
    // Files are parsed in a thread that can be killed; what is pasted came through the window, a piece of text.
    workbooks: { read: readApart, readPasted },
    tables: tableWriter,
    tally: wish.tally ?? tallySource(),
    tallyFiles,
    gatewayKinds: new Map(
      [...gatewayKinds(), ...(wish.gateways ?? [])].map((one) => [one.describe.kind, one]),
    ),
    paymentKinds: new Map(paymentKinds().map((one) => [one.describe.kind, one])),
    vault,
    registry: registryClient,
    // It starts its threads with the first paper.
    papers: wish.papers ?? openTypstPrinter(),
    paperFiles,
    qr: qrOf,
    homeOf: (bookId) => homeOf(wish.dataFolder, bookId),
    stopFile: () => stopFileIn(wish.dataFolder),
    now,
    dayAt,
    newId: () => randomUUID(),
    changed: (...nouns) => {
      publisher.publish('changed', { nouns: [...nouns] });
      if (nouns.includes('bills')) search.fillSoon();
      if (nouns.includes('books')) inStep.booksMoved();
      outbox.wake();
      rounds.moved(nouns);
      registry.moved();
      inbox.moved(nouns);
    },
    watch: (signal) => publisher.subscribe('changed', signal ? { signal } : {}),
    log,
    logBug: (error) => {
      const errorId = randomUUID().slice(0, 8);
      wish.onBug?.(errorId, error);
      log('bug', {}, errorId);
      return errorId;
    },
    version: wish.version,
    startedAt: now(),
    runtime: { node: process.versions.node, sqlite: sqliteVersion() },
  };
  const inStep = keepInStep(context);
  const outbox = keepOutbox(context, { lookAtLinks: lookAtLinksOf, linkFor: linkForMessage });
  const rounds = keepRounds(context);
  const inbox = keepInbox(context);
  const registry = keepRegistry(context);
  const stopWatching = watchOthers(shelf, () => context.changed(...nouns));
  const hurry = seldom(() => {
    log('hurried');
    outbox.hurry();
    inbox.hurry();
  }, HURRIED_EVERY_MS);
  const stopLooking = watchStopFile(context);
  const stopChecking = checkNowAndThen(context);
  const close = async (): Promise<void> => {
    stopWatching();
    stopLooking();
    hurry.stop();
    stopChecking();
    inStep.stop();
    search.stop();
    rounds.stop();
    await registry.stop();
    await inbox.stop();
    await outbox.stop();
    await context.papers.close();
    shelf.close();
  };
  return { client: createRouterClient(router, { context }), context, hurry: hurry.ask, close };
}

/** A network that comes and goes must not make a burst of each coming. */
const HURRIED_EVERY_MS = 30_000;

/** At once, and then not again for a while: what is asked meanwhile is done once, at its end. */
function seldom(work: () => void, everyMs: number): { readonly ask: () => void; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsked = false;
  const ask = (): void => {
    isAsked = timer !== undefined;
    if (isAsked) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (isAsked) ask();
    }, everyMs).unref();
    work();
  };
  return { ask, stop: () => clearTimeout(timer) };
}

const OTHERS_LOOKED_AT_MS = 2000;

/** Another process (the command line) may write into the open book: whoever watches is told within seconds. */
function watchOthers(shelf: Shelf, tell: () => void): () => void {
  let before: string | null = null;
  const timer = setInterval(() => {
    const now = shelf.writtenByOthers();
    if (before !== null && now !== null && now !== before) tell();
    before = now;
  }, OTHERS_LOOKED_AT_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Somebody who drops the file that stops all sending, or takes it away, sees it in the window within seconds. */
function watchStopFile({ stopFile, changed }: Context): () => void {
  let before = stopFile();
  const timer = setInterval(() => {
    const now = stopFile();
    if (now !== before) changed('reminders', 'messages');
    before = now;
  }, OTHERS_LOOKED_AT_MS);
  timer.unref();
  return () => clearInterval(timer);
}

const SEARCH_FILLED_AFTER_MS = 3000;

/** An import does not wait for the index of bill numbers; it is filled once the engine has had nothing else to do. */
function searchKeeper(contextOf: () => Context): {
  readonly fillSoon: () => void;
  readonly stop: () => void;
} {
  let timer: NodeJS.Timeout | undefined;
  const fill = (): void => {
    const { shelf, logBug } = contextOf();
    const open = shelf.current();
    // A book that is closed or changed meanwhile is filled by its own first search.
    if (open) catchUp(open.db).catch((error: unknown) => (open.db.isOpen() ? logBug(error) : undefined));
  };
  const stop = (): void => clearTimeout(timer);
  const fillSoon = (): void => {
    stop();
    timer = setTimeout(fill, SEARCH_FILLED_AFTER_MS).unref();
  };
  return { fillSoon, stop };
}

const FIRST_CHECK_MS = 5 * 60_000;
const NEXT_CHECK_MS = 60 * 60_000;

/** The open book's file is looked over once a week, some minutes after the start: nothing that can wait holds it up. */
function checkNowAndThen(context: Context): () => void {
  const check = (): void => {
    checkIfDue(context).catch((error: unknown) => context.logBug(error));
  };
  const first = setTimeout(check, FIRST_CHECK_MS);
  const next = setInterval(check, NEXT_CHECK_MS);
  first.unref();
  next.unref();
  return () => {
    clearTimeout(first);
    clearInterval(next);
  };
}

// The company's own calendar day, never the UTC day: they differ until half past five in India.
function dayAt(instant: number, timeZone: string): Day {
  // Days begin at a whole quarter of an hour everywhere, and the same few are asked for with every message.
  const key = `${Math.floor(instant / QUARTER_MS)}|${timeZone}`;
  const known = daysKnown.get(key);
  if (known !== undefined) return known;
  const parts = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', parts);
  formats.set(timeZone, format);
  const found = day(format.format(instant));
  if (daysKnown.size >= DAYS_KNOWN_MOST) daysKnown.clear();
  daysKnown.set(key, found);
  return found;
}

const QUARTER_MS = 15 * 60_000;
const DAYS_KNOWN_MOST = 2000;
const daysKnown = new Map<string, Day>();
const formats = new Map<string, Intl.DateTimeFormat>();

// A vendor is a folder: a new one is found here and named nowhere else.
const vendors = import.meta.glob<{
  gateways?: readonly Gateway[];
  paymentGateways?: readonly PaymentGateway[];
}>('./adapters/*/gateway.ts', { eager: true });

function gatewayKinds(): readonly Gateway[] {
  return Object.values(vendors).flatMap(({ gateways }) => gateways ?? []);
}

function paymentKinds(): readonly PaymentGateway[] {
  return Object.values(vendors).flatMap(({ paymentGateways }) => paymentGateways ?? []);
}

/** A copied folder is another home, on the same machine too. */
function homeOf(dataFolder: string, bookId: string): { readonly home: string; readonly name: string } {
  const place = path.join(realpathSync(dataFolder), bookId);
  const home = createHash('sha256').update(`${hostname()}|${place}`).digest('hex');
  return { home, name: `${hostname()}: ${place}` };
}

const tableWriter: TableWriter = {
  write: ({ path, format, table, signal }) => {
    const writeTable = format === 'xlsx' ? writeWorkbook : writeCsv;
    return writeWhole(path, (sink) => writeTable(table, sink), signal);
  },
  isWithin,
};
