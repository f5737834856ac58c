import type { Day } from '#domain/days.ts';
import type { TallyCompany } from '#domain/tally/facts.ts';
import type { WriteTx } from '../../storage/database.ts';
import { ledgersBetween } from '../../storage/tally-book-side.ts';
import { patchConnection, type ConnectionRow } from '../../storage/tally-connection.ts';
import { forgetBefore, voucherWriter } from '../../storage/tally-vouchers.ts';
import { setAhead } from './ahead.ts';
import { deriveInto, movedByDay } from './derive.ts';
import type { BookRead } from './read.ts';
import type { Run } from './runs.ts';
import { keepTieOut } from './keep-tie-out.ts';
import { writeMasters, type MastersWritten } from './write-masters.ts';

export type WholeWish = {
  readonly connection: ConnectionRow;
  readonly read: BookRead;
  /** Whether everything is derived anew, whatever changed. */
  readonly isAll: boolean;
  /** Product as it greeted; unchanged when not asked. */
  readonly product?: string | undefined;
};

export type WholeWritten = {
  readonly connection: ConnectionRow;
  readonly masters: MastersWritten;
  readonly suspectDays: ReadonlySet<Day>;
  readonly hasLostTrack: boolean;
};

/** What was read of one moment becomes the book's, in one transaction: mirror, customers, documents, tie-out and state. */
export function writeWhole(tx: WriteTx, run: Run, wish: WholeWish): WholeWritten {
  const { connection: before, read, product } = wish;
  const { now, today } = run.context;
  const at = now();
  const masters = writeMasters(tx, read, at);
  const connection: ConnectionRow = {
    ...before,
    ...stateOf(read.company),
    ...(product === undefined ? {} : { product }),
    asOfDay: read.asOf,
    syncedAt: at,
    inStepAt: at,
    failureJson: null,
  };
  setAhead(tx, false);
  patchConnection(tx, connection);
  const voucherCount = writeVouchers(tx, connection, { read, masters });
  for (const ledgerId of movedByDay(tx, run.context, before)) masters.touched.add(ledgerId);
  const parties = wish.isAll ? 'all' : masters.touched;
  const counts = deriveInto(tx, { connection, today, now: at, parties });
  if (before.asOfDay !== null) {
    for (const ledgerId of ledgersBetween(tx, before.asOfDay, read.asOf)) masters.touched.add(ledgerId);
  }
  const differencePaise = keepTieOut(tx, connection, parties);
  Object.assign(run.counts, {
    ledgerCount: masters.ledgerCount,
    billCount: masters.billCount,
    voucherCount,
    addedCount: counts.added,
    changedCount: counts.changed,
    goneCount: counts.gone,
    differencePaise,
  } satisfies Run['counts']);
  const { suspectDays, hasLostTrack } = counts;
  return { connection, masters, suspectDays, hasLostTrack };
}

function stateOf(company: TallyCompany): Partial<ConnectionRow> {
  const { name, companyNumber, booksFrom, isEducational, masterCounter, voucherCounter } = company;
  return { companyName: name, companyNumber, booksFrom, isEducational, masterCounter, voucherCounter };
}

type Changed = { readonly read: BookRead; readonly masters: MastersWritten };

/** The mirror holds all vouchers from a day on and none before: one that was moved before it is forgotten. */
function writeVouchers(tx: WriteTx, connection: ConnectionRow, { read, masters }: Changed): number {
  const { companyGuid, historyFrom } = connection;
  if (historyFrom === null || read.vouchers.length === 0) return 0;
  const writer = voucherWriter(tx, { companyGuid, ledgerIdOf: masters.ledgerIdOf });
  for (const voucher of read.vouchers) writer.put(voucher);
  const { voucherCount, ledgerIds } = writer.flush();
  forgetBefore(tx, historyFrom);
  for (const ledgerId of ledgerIds) masters.touched.add(ledgerId);
  return voucherCount;
}
