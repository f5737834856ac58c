import type { Noun } from '#contract/engine/changes.ts';
import { paise, sumOf, ZERO, type Paise } from '#domain/money.ts';
import type { BookFile, ReadTx, WriteTx } from '../../storage/database.ts';
import { ledgersOf } from '../../storage/tally-book-side.ts';
import { connectionRow, type ConnectionRow } from '../../storage/tally-connection.ts';
import { differenceRows, replaceDifferences, type DifferenceRow } from '../../storage/tally-differences.ts';
import { ledgerRow, ledgerRows } from '../../storage/tally-masters.ts';
import { beginTouched, touchedCustomers } from '../../storage/tally-touched.ts';
import type { BookContext } from '../door.ts';
import { isStop, runnerOf, tellMoved } from './runner.ts';
import { tieOutAll, tieOutSome, type Tied } from './tie-out.ts';

// Who differs is kept, so that nobody reminds him. Only parties whose side here or there was written are compared anew.

/**
 * Compares these ledgers, with all whose documents were written since the last time, and keeps who differs. Answers
 * Baaki's total beyond Tally's.
 */
export function keepTieOut(
  tx: WriteTx,
  connection: ConnectionRow,
  ledgerIds: ReadonlySet<number> | 'all',
): Paise {
  const { asOfDay } = connection;
  if (asOfDay === null) return ZERO;
  const written = touchedCustomers(tx);
  const rows =
    ledgerIds === 'all' || written === null
      ? rowsOf(tieOutAll(tx, connection, asOfDay))
      : differencesWith(tx, connection, new Set([...ledgerIds, ...ledgersOf(tx, written)]));
  beginTouched(tx);
  put(tx, rows);
  return paise(sumOf(rows, (row) => row.differencePaise));
}

function rowsOf(tied: readonly Tied[]): readonly DifferenceRow[] {
  return tied
    .filter(({ party }) => !party.tiesOut)
    .map(({ ledger: { ledgerId }, party: { differencePaise, differingBillCount: billCount, causes } }) => ({
      ledgerId,
      differencePaise,
      billCount,
      causes,
    }));
}

/** More parties than this are compared cheaper with all of them. */
const SINGLY_MOST = 300;
/** Of those that differed, so many are compared again each time: why they do may be another reason now. */
const AGAIN_MOST = 100;

/** What is kept, with these ledgers anew. */
function differencesWith(
  tx: ReadTx,
  connection: ConnectionRow,
  ledgerIds: ReadonlySet<number>,
): readonly DifferenceRow[] {
  const { asOfDay: asOf } = connection;
  if (asOf === null) return [];
  const before = differenceRows(tx);
  const again = before.length > AGAIN_MOST ? [] : before.map((row) => row.ledgerId);
  const wished = new Set([...ledgerIds, ...again]);
  if (wished.size > SINGLY_MOST) return rowsOf(tieOutAll(tx, connection, asOf));
  const ledgers = [...wished].flatMap((ledgerId) => ledgerRow(tx, { ledgerId }) ?? []);
  const others = before.filter((row) => !wished.has(row.ledgerId));
  return [...others, ...rowsOf(tieOutSome(tx, connection, { asOf, ledgers }))];
}

function put(tx: WriteTx, rows: readonly DifferenceRow[]): void {
  if (!isKept(tx, rows)) replaceDifferences(tx, rows);
}

function isKept(tx: ReadTx, rows: readonly DifferenceRow[]): boolean {
  const inOrder = rows.toSorted((a, b) => a.ledgerId - b.ledgerId);
  return textOf(differenceRows(tx)) === textOf(inOrder);
}

function textOf(rows: readonly DifferenceRow[]): string {
  return JSON.stringify(
    rows.map(({ ledgerId, differencePaise, billCount, causes }) => [
      ledgerId,
      differencePaise,
      billCount,
      causes,
    ]),
  );
}

/** Ledgers compared in one turn; others are answered between two turns. */
const SLICE_MOST = 100;

/** Every party anew, a few at a time: after a start nobody knows what was written before it. */
export async function tieOutAnew({ db, changed }: BookContext): Promise<void> {
  if (db.read((tx) => connectionRow(tx)?.asOfDay ?? null) === null) return;
  db.write((tx) => beginTouched(tx));
  const ids = db.read((tx) =>
    ledgerRows(tx).flatMap(({ ledgerId, customerId }) => (customerId === null ? [] : ledgerId)),
  );
  let hasMoved = false;
  for (let at = 0; at < ids.length; at += SLICE_MOST) {
    if (!db.isOpen()) return;
    if (tieOutSlice(db, ids.slice(at, at + SLICE_MOST))) hasMoved = true;
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (hasMoved && db.isOpen()) tell({ db, changed });
}

/** Whether anything was kept otherwise. Where nothing is, the file is not written. */
function tieOutSlice(db: BookFile, ledgerIds: readonly number[]): boolean {
  const rows = db.read((tx) => {
    const connection = connectionRow(tx);
    if (!connection || connection.asOfDay === null) return null;
    const next = differencesWith(tx, connection, new Set(ledgerIds));
    return isKept(tx, next) ? null : next;
  });
  if (rows !== null) db.write((tx) => replaceDifferences(tx, rows));
  return rows !== null;
}

function tell({ db, changed }: Pick<BookContext, 'db' | 'changed'>): void {
  changed('sync');
  tellMoved(runnerOf(db));
}

const writtenByOthers = new WeakMap<BookFile, string>();

/** Brings what is kept in step with what people wrote since; what another process changed may be anybody's. */
export async function tieOutWritten(context: BookContext): Promise<void> {
  const { db } = context;
  const connection = db.read(connectionRow);
  if (!connection || connection.asOfDay === null) return;
  const before = writtenByOthers.get(db);
  const others = db.writtenByOthers();
  writtenByOthers.set(db, others);
  const written = db.read(touchedCustomers);
  if (written === null || (before !== undefined && before !== others)) await tieOutAnew(context);
  else if (written.length > 0) {
    const was = db.read(differenceRows);
    db.write((tx) => keepTieOut(tx, connection, new Set()));
    if (!db.read((tx) => isKept(tx, was))) tell(context);
  }
}

const TIED: ReadonlySet<Noun> = new Set(['bills', 'receipts', 'credits']);
const AFTER_MS = 200;

/** Follows whatever is written into the open book, until the signal ends it. */
export async function tieOutFollowing(
  { watch, logBug }: Pick<BookContext, 'watch' | 'logBug'>,
  { now, signal }: { readonly now: () => BookContext | null; readonly signal: AbortSignal },
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const work = (): void => {
    timer = undefined;
    const context = now();
    if (!context) return;
    tieOutWritten(context).catch((error: unknown) => (context.db.isOpen() ? logBug(error) : undefined));
  };
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  try {
    for await (const { nouns } of watch(signal)) {
      if (nouns.some((noun) => TIED.has(noun))) timer ??= setTimeout(work, AFTER_MS).unref();
    }
  } catch (error) {
    if (!isStop(error)) logBug(error);
  }
}
