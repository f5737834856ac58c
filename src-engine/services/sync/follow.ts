import { monthStart } from '#domain/days.ts';
import { decide, expectedRows, type Step } from '#domain/tally/in-step.ts';
import type { TallyCompany } from '#domain/tally/facts.ts';
import { connectionRow, patchConnection, type ConnectionRow } from '../../storage/tally-connection.ts';
import type { ReadTx } from '../../storage/database.ts';
import { groupRows, ledgerRows } from '../../storage/tally-masters.ts';
import { voucherCount } from '../../storage/tally-vouchers.ts';
import { replaceWindows } from '../../storage/tally-windows.ts';
import type { BookContext } from '../door.ts';
import { monthsSince } from './census.ts';
import { addToCensus } from './census-queue.ts';
import { isAhead } from './ahead.ts';
import { dayAskedFor, identityOf, ourCompany } from './company.ts';
import { otherCompany, restored, TallyStopped } from './failures.ts';
import { followDay } from './follow-day.ts';
import { tieOutAnew, tieOutWritten } from './keep-tie-out.ts';
import { optionsOf } from './options.ts';
import { readBook, type Since } from './read.ts';
import { isStop, stoppable, type Runner } from './runner.ts';
import { failureText, recorded, type Run } from './runs.ts';
import { ask, talkWith } from './talk.ts';
import { writeWhole } from './whole.ts';

const BOOK_NOUNS = ['sync', 'customers', 'bills', 'receipts', 'credits', 'aging'] as const;

/**
 * Looks at the counters, and reads what they call for. A look that finds nothing new is one request and leaves no row in
 * the record. Answers whether the book is in step now.
 */
export async function follow(context: BookContext, runner: Runner): Promise<boolean> {
  const connection = context.db.read(connectionRow);
  if (!connection?.isConnected) return false;
  if (connection.syncedAt === null) return await readAllOf(context, runner, { connection, kind: 'first' });
  const seen = await look(context, runner, connection);
  if (seen === null) return false;
  const step = stepOf(context, connection, seen);
  switch (step.kind) {
    case 'nothing':
      if (runner.mustReadBills && !(await compareBills(context, runner, { connection, seen }))) return false;
      if (!context.db.isOpen()) return true;
      await tieOutWritten(context);
      if (!context.db.isOpen()) return true;
      keepInStep(context, connection, seen);
      return true;
    case 'full':
      return await readAllOf(context, runner, { connection, kind: 'full', why: step.why });
    case 'bills-only':
      return await readBills(context, runner, { connection, seen, isNewDay: true });
    case 'changes':
      return await recorded(context, runner, { kind: 'changes', connection }, (run) =>
        readChanges(run, { connection, seen, step }),
      );
  }
}

export function stepOf(context: BookContext, connection: ConnectionRow, seen: TallyCompany): Step {
  const { masterCounter, voucherCounter, asOfDay } = connection;
  const stored = { ...identityOf(connection), masterCounter, voucherCounter };
  const step = decide({ stored, seen, asOf: asOfDay, today: dayAskedFor(seen, context.today) });
  // What has no day of its own counts from today, also where Tally is asked for a later day.
  const isNewDay = context.dayAt(connection.syncedAt ?? 0, context.book.timeZone) !== context.today;
  const isStale = isNewDay || context.db.read(isAhead);
  if (step.kind === 'nothing' && context.db.read((tx) => isUncounted(tx, seen))) return UNCOUNTED;
  return step.kind === 'nothing' && isStale ? { kind: 'bills-only' } : step;
}

const UNCOUNTED = { kind: 'changes', masters: false, vouchers: true } as const;
/** Where people still enter and change vouchers. */
const UNCOUNTED_MONTHS = 3;

/** A Tally that has vouchers and names no counter of them: nothing says whether one has changed. */
function isUncounted(tx: ReadTx, { voucherCounter }: TallyCompany): boolean {
  return voucherCounter === null && voucherCount(tx) > 0;
}

/** One request; what it fails with is kept, and null is answered. */
async function look(
  context: BookContext,
  runner: Runner,
  connection: ConnectionRow,
): Promise<TallyCompany | null> {
  const { host, port } = connection;
  try {
    return await stoppable(runner, (signal) =>
      ourCompany(talkWith(context.tally, { host, port }, signal), identityOf(connection)),
    );
  } catch (error) {
    if (!context.db.isOpen()) return null;
    if (error instanceof TallyStopped) {
      const failureJson = failureText(error.failure);
      if (failureJson !== connection.failureJson) {
        context.db.write((tx) => patchConnection(tx, { failureJson }));
        context.changed('sync');
      }
    } else if (!isStop(error)) context.logBug(error);
    return null;
  }
}

/** A company that was renamed moves no counter, and is asked for by its name. */
function keepInStep(context: BookContext, before: ConnectionRow, { name: companyName }: TallyCompany): void {
  context.db.write((tx) => patchConnection(tx, { inStepAt: context.now(), failureJson: null, companyName }));
  if (before.failureJson !== null || before.companyName !== companyName) context.changed('sync');
}

type BillsWish = {
  readonly connection: ConnectionRow;
  readonly seen: TallyCompany;
  /** Another day has begun, or a party is ahead of the counters: what is due may differ. */
  readonly isNewDay: boolean;
};

/**
 * The bills reports at counters that stand where they stood. Where they say what the vouchers here do not, a backup was
 * restored and as much was entered behind it as was lost: then no counter tells which vouchers are others than here.
 */
async function readBills(context: BookContext, runner: Runner, wish: BillsWish): Promise<boolean> {
  const { connection, seen, isNewDay } = wish;
  let isRestored = false;
  const isRead = await recorded(context, runner, { kind: 'changes', connection }, async (run) => {
    const found = await followDay(run, { before: connection, company: seen, isNewDay });
    if (found.kind === 'moved') {
      await readChanges(run, { connection, seen: found.company, step: ALL_MOVED });
    }
    isRestored = found.kind === 'restored';
    if (!isRestored) runner.mustReadBills = false;
    if (found.kind === 'written' || found.kind === 'moved') context.changed(...BOOK_NOUNS);
  });
  const now = isRead && isRestored && context.db.isOpen() ? context.db.read(connectionRow) : null;
  if (!now?.isConnected) return isRead;
  return await readAllOf(context, runner, { connection: now, kind: 'full', why: 'restored' });
}

/**
 * Done when a person asks, and once after each start of the program, as it is once on each new day: equal counters are no
 * proof, and a scheduled look must not cost Tally more than one small request.
 */
function compareBills(
  context: BookContext,
  runner: Runner,
  wish: Omit<BillsWish, 'isNewDay'>,
): Promise<boolean> {
  return readBills(context, runner, { ...wish, isNewDay: false });
}

const ALL_MOVED = { kind: 'changes', masters: true, vouchers: true } as const;

type AllWish = {
  readonly connection: ConnectionRow;
  readonly kind: 'first' | 'full';
  readonly why?: 'first' | 'restored' | 'other-company';
};

/**
 * Masters and bills anew; the vouchers are read again window by window behind it, each in place of what was there, so
 * what people see stays as it is where nothing changed.
 */
export async function readAllOf(
  context: BookContext,
  runner: Runner,
  { connection, kind, why }: AllWish,
): Promise<boolean> {
  const failure = why === 'restored' ? restored(connection.companyName) : undefined;
  return await recorded(context, runner, { kind, connection }, async (run) => {
    if (why === 'other-company') throw new TallyStopped(otherCompany(connection.companyName));
    if (failure) context.db.write((tx) => patchConnection(tx, { failureJson: failureText(failure) }));
    run.at('greeting', 0);
    const { product } = await ask(run.talk, run.talk.source.greet(run.talk.address, run.talk.signal));
    run.at('companies', 0);
    const known = identityOf(connection);
    const company = await ourCompany(run.talk, known);
    const read = await readBook(run, { known, scope: optionsOf(connection).scope, since: null }, company);
    run.at('writing', 0);
    context.db.write((tx) => {
      // A party that was read on its own meanwhile has moved nothing of the connection but its instants.
      const now = connectionRow(tx) ?? connection;
      // Without a history the bills reports alone make the documents of everybody.
      const isAll = now.syncedAt === null;
      writeWhole(tx, run, { connection: now, read, isAll, product });
      replaceWindows(tx, []);
      run.finish(tx, 'done', failure);
    });
    runner.mustReadBills = false;
    if (connection.syncedAt !== null) await tieOutAnew(context);
    context.changed(...BOOK_NOUNS);
  });
}

type ChangesWish = {
  readonly connection: ConnectionRow;
  readonly seen: TallyCompany;
  readonly step: Extract<Step, { readonly kind: 'changes' }>;
};

/** Above so many changed vouchers the windows of the history, which are bounded, read them better than one reply. */
const CHANGES_MOST = 20_000;

async function readChanges(run: Run, { connection, seen, step }: ChangesWish): Promise<void> {
  const { context } = run;
  const movedBy = (seen.voucherCounter ?? 0) - (connection.voucherCounter ?? 0);
  const isTooMuch = movedBy > CHANGES_MOST;
  const since = context.db.read((tx): Since => {
    const ledgers = ledgerRows(tx).filter((row) => row.goneAt === null);
    const hasHistory = connection.historyFrom !== null;
    return {
      masterCounter: connection.masterCounter ?? 0,
      // A company that never held a voucher names no counter of them: its first one is new all the same.
      voucherCounter: step.vouchers && hasHistory && !isTooMuch ? (connection.voucherCounter ?? 0) : null,
      shape: connection.voucherShape ?? 'every-field',
      keptGuids: new Set(ledgers.map((row) => row.guid)),
      customerGuids: new Set(ledgers.filter((row) => row.customerId !== null).map((row) => row.guid)),
      groups: groupRows(tx),
    };
  });
  const wish = { known: identityOf(connection), scope: optionsOf(connection).scope, since };
  const read = await readBook(run, wish, seen);
  run.at('writing', 0);
  const { voucherCounter } = read.company;
  const rows = new Set(read.vouchers.map((voucher) => voucher.guid)).size;
  const mustLook =
    since.voucherCounter !== null && expectedRows(connection.voucherCounter, voucherCounter, rows).mustLook;
  context.db.write((tx) => {
    const now = connectionRow(tx) ?? connection;
    // The bills of a party that was read on its own were here before their vouchers.
    const wasAhead = isAhead(tx);
    const { masters, suspectDays, hasLostTrack } = writeWhole(tx, run, {
      connection: now,
      read,
      isAll: false,
    });
    if (masters.cameOlder || (isTooMuch && now.historyFrom !== null)) replaceWindows(tx, []);
    // Suspects also where the counters explain all: after a restored backup they may have come past where they were.
    const months = monthsSince(now.historyFrom, context.today);
    const uncounted = isUncounted(tx, read.company) ? months.slice(0, UNCOUNTED_MONTHS) : [];
    const suspects = [...new Set([...[...suspectDays].map(monthStart), ...uncounted])];
    const isAnyGone = mustLook || (hasLostTrack && !wasAhead);
    addToCensus(tx, { suspects, others: isAnyGone ? months : [] });
    run.finish(tx, 'done');
  });
  run.runner.mustReadBills = false;
  context.changed(...BOOK_NOUNS);
}
