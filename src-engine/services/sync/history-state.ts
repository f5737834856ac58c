import { day, laterDay, type Day } from '#domain/days.ts';
import type { TallyCompany } from '#domain/tally/facts.ts';
import type { TallyPeriod } from '../../adapters/ports.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { putSetting, settingRows } from '../../storage/settings.ts';
import type { ConnectionRow } from '../../storage/tally-connection.ts';
import { markWindow, replaceWindows, windowRows, type WindowRow } from '../../storage/tally-windows.ts';
import { marksOf } from '../../storage/tally-vouchers.ts';
import { wholePeriod } from './company.ts';
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

/**
 * Every voucher there may be in Tally or is here. The last one of Tally's may have been deleted: the days behind those
 * that are left are asked for too, else it would stay for ever.
 */
export function periodWithHere(tx: ReadTx, company: TallyCompany, today: Day): TallyPeriod {
  const whole = wholePeriod(company, today);
  const behind = marksOf(tx, { from: whole.to, to: END_OF_DAYS, companyGuid: company.guid });
  const to = [...behind.values()].reduce((last, { day: on }) => laterDay(last, on), whole.to);
  return { ...whole, to };
}

const END_OF_DAYS = day('2199-12-31');
