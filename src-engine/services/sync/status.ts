import type { SyncStatus } from '#contract/engine/sync.ts';
import type { SyncLight } from '#contract/engine/sync-words.ts';
import { paise, sumOf } from '#domain/money.ts';
import { openOfferCount } from '../../storage/contact-offers.ts';
import type { ReadTx } from '../../storage/database.ts';
import { connectionRow, type ConnectionRow } from '../../storage/tally-connection.ts';
import { differenceRows } from '../../storage/tally-differences.ts';
import { voucherCount } from '../../storage/tally-vouchers.ts';
import { windowRows } from '../../storage/tally-windows.ts';
import type { BookContext } from '../door.ts';
import { isHistoryDone, isHistoryWhole, wantedFrom } from './history-state.ts';
import { optionsOf } from './options.ts';
import { failureOf } from './runs.ts';
import { runnerOf, type Runner } from './runner.ts';

const NOT_CONNECTED: SyncStatus = {
  connection: null,
  files: null,
  light: 'off',
  failure: null,
  isReading: false,
  progress: null,
  asOf: null,
  syncedAt: null,
  inStepAt: null,
  nextAt: null,
  history: null,
  tieOut: null,
  offerCount: 0,
};

export function statusNow({ db, now }: Pick<BookContext, 'db' | 'now'>): SyncStatus {
  const runner = runnerOf(db);
  return db.read((tx) => {
    const connection = connectionRow(tx);
    if (!connection || (!connection.isConnected && connection.syncedAt === null)) return NOT_CONNECTED;
    const failure = connection.isConnected ? failureOf(connection.failureJson) : null;
    const isReading = runner.waiting > 0 || runner.history !== null;
    const { asOfDay, syncedAt, inStepAt, isConnected } = connection;
    return {
      connection: isConnected ? showConnection(connection) : null,
      files: showFiles(connection),
      light: isConnected ? lightOf({ connection, failure, isReading }, now()) : 'off',
      failure,
      isReading,
      progress: runner.progress,
      asOf: asOfDay,
      syncedAt,
      inStepAt,
      nextAt: runner.nextAt,
      history: historyOf(tx, connection, runner),
      tieOut: tieOutOf(tx, connection),
      offerCount: openOfferCount(tx),
    };
  });
}

function showConnection(connection: ConnectionRow): SyncStatus['connection'] {
  const { host, port, companyName, booksFrom, isEducational } = connection;
  const product =
    connection.product === 'prime' || connection.product === 'erp9' ? connection.product : 'unknown';
  return { host, port, product, companyName, booksFrom, isEducational, options: optionsOf(connection) };
}

function showFiles({ origin, companyName, asOfDay, syncedAt }: ConnectionRow): SyncStatus['files'] {
  if (origin !== 'files' || asOfDay === null || syncedAt === null) return null;
  return { companyName, asOf: asOfDay, readAt: syncedAt };
}

type Lit = {
  readonly connection: ConnectionRow;
  readonly failure: SyncStatus['failure'];
  readonly isReading: boolean;
};

/** Failures of the moment: what was read stays good for a while. */
const PASSING: ReadonlySet<string> = new Set([
  'tally-busy',
  'tally-moved',
  'tally-truncated',
  'tally-cut-off',
  'tally-restored',
  'tally-educational',
]);
const OLD_AFTER_MS = 60 * 60_000;
const FRESH_MS = 12 * 60 * 60_000;

function lightOf({ connection, failure, isReading }: Lit, now: number): SyncLight {
  const { inStepAt } = connection;
  const age = inStepAt === null ? Infinity : now - inStepAt;
  if (failure) {
    // A PC that is switched off for the night is no alarm while the figures are of today.
    const isPassing = PASSING.has(failure.code) || failure.code === 'tally-not-running';
    return isPassing && age < FRESH_MS ? 'amber' : 'red';
  }
  if (isReading || inStepAt === null) return 'amber';
  const { everyMinutes } = optionsOf(connection);
  const isOld = age > Math.max(OLD_AFTER_MS, 3 * (everyMinutes ?? 0) * 60_000);
  return isOld ? 'amber' : 'green';
}

function historyOf(tx: ReadTx, connection: ConnectionRow, runner: Runner): SyncStatus['history'] {
  if (connection.syncedAt === null || connection.origin === 'files') return null;
  const windows = windowRows(tx);
  const isDone = isHistoryDone(tx, connection);
  const isReading = runner.history !== null;
  const left = isHistoryWhole(connection, windows) ? 0 : Math.max(1, runner.windowsLeft ?? 1);
  return {
    from: connection.historyFrom,
    wantedFrom: wantedFrom(connection),
    voucherCount: voucherCount(tx),
    windowsDone: windows.length,
    windowCount: windows.length + left,
    state: isReading ? 'reading' : isDone ? 'complete' : connection.isPaused ? 'paused' : 'waiting',
  };
}

function tieOutOf(tx: ReadTx, { syncedAt }: ConnectionRow): SyncStatus['tieOut'] {
  if (syncedAt === null) return null;
  const rows = differenceRows(tx);
  return {
    differencePaise: paise(sumOf(rows, (row) => row.differencePaise)),
    differingCount: rows.length,
    at: syncedAt,
  };
}
