import { laterDay, type Day } from '#domain/days.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { putSetting, settingRows } from '../../storage/settings.ts';
import type { ConnectionRow } from '../../storage/tally-connection.ts';
import { markWindow, replaceWindows, windowRows, type WindowRow } from '../../storage/tally-windows.ts';
import { optionsOf } from './options.ts';

/** Everything older than this is not asked for; the books themselves begin later. */
export function wantedFrom(connection: ConnectionRow): Day | null {
  const { historyFrom } = optionsOf(connection);
  const { booksFrom } = connection;
  if (historyFrom === null || booksFrom === null) return historyFrom ?? booksFrom;
  return laterDay(historyFrom, booksFrom);
}

/** From which day on the history was read in its present pass; null = it begins anew. */
export function readFromOf(windows: readonly WindowRow[]): Day | null {
  return windows.reduce<Day | null>(
    (first, { fromDay, readAt }) =>
      readAt !== null && (first === null || fromDay < first) ? fromDay : first,
    null,
  );
}

export function isHistoryWhole(connection: ConnectionRow, windows: readonly WindowRow[]): boolean {
  const readFrom = readFromOf(windows);
  const wanted = wantedFrom(connection);
  return readFrom !== null && wanted !== null && readFrom <= wanted;
}

const DUE = 'tallyHistoryDue';

/** Says that vouchers were read which no document shows yet, or that all do. It outlives the program. */
export function setHistoryDue(tx: WriteTx, isDue: boolean): void {
  putSetting(tx, DUE, JSON.stringify(isDue));
}

/** All that is wanted is here, and the documents show it. */
export function isHistoryDone(tx: ReadTx, connection: ConnectionRow): boolean {
  const isDue = settingRows(tx).get(DUE) === 'true';
  return !isDue && connection.isHistoryShown && isHistoryWhole(connection, windowRows(tx));
}

/** The record of the windows that were read in the present pass. */
export function putWindows(tx: WriteTx, windows: readonly WindowRow[]): void {
  const rows = windows.map((row, position) => ({ ...row, position }));
  replaceWindows(tx, rows);
  for (const { position, readAt, voucherCount, milliseconds } of rows) {
    if (readAt === null || voucherCount === null || milliseconds === null) continue;
    markWindow(tx, position, { readAt, voucherCount, milliseconds });
  }
}

/** The record without what lies before a day, which is forgotten. */
export function windowsFrom(windows: readonly WindowRow[], day: Day): readonly WindowRow[] {
  return windows
    .filter((row) => row.toDay >= day)
    .map((row) => ({ ...row, fromDay: laterDay(row.fromDay, day) }));
}
