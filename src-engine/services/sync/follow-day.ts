import type { Day } from '#domain/days.ts';
import type { TallyCompany, TallyOpenBill, TallyThinLedger } from '#domain/tally/facts.ts';
import { isUnmoved } from '#domain/tally/in-step.ts';
import type { WriteTx } from '../../storage/database.ts';
import { connectionRow, patchConnection, type ConnectionRow } from '../../storage/tally-connection.ts';
import { dayAskedFor, identityOf, ourCompany } from './company.ts';
import { deriveInto, movedByDay } from './derive.ts';
import { moved, TallyStopped } from './failures.ts';
import { openBills } from './read.ts';
import { ledgerIdsByName } from './put-period.ts';
import type { Run } from './runs.ts';
import { ask, targetOf } from './talk.ts';
import { keepTieOut } from './tie-out.ts';
import { putClosings, putOpenBills } from './write-masters.ts';

/**
 * Another day has begun and nothing was entered: the bills reports as of today, and the balances, which post-dated
 * vouchers move on their day. Answers null when it was written, or the company where it moved meanwhile.
 */
export async function followDay(
  run: Run,
  before: ConnectionRow,
  company: TallyCompany,
): Promise<TallyCompany | null> {
  const { context, talk } = run;
  const asOf = dayAskedFor(company, context.today);
  run.at('bills', 0);
  const bills = await openBills(run, company, asOf);
  run.at('ledgers', 0);
  const thin = await ask(talk, talk.source.thinLedgers(targetOf(talk, company.name), asOf));
  const after = await ourCompany(talk, identityOf(before));
  if (!isUnmoved(company, after)) return after;
  context.db.write((tx) => writeDay(tx, run, { before, asOf, bills, thin }));
  return null;
}

type DayRead = {
  readonly before: ConnectionRow;
  readonly asOf: Day;
  readonly bills: readonly TallyOpenBill[];
  readonly thin: readonly TallyThinLedger[];
};

function writeDay(tx: WriteTx, run: Run, { before, asOf, bills, thin }: DayRead): void {
  const { context, counts } = run;
  const { today, now } = context;
  const ledgerIdOf = ledgerIdsByName(tx);
  const rows = bills.map(({ party, ref, billDay, dueDay, balancePaise }) => {
    const ledgerId = ledgerIdOf(party);
    // Entered or renamed since the counters were looked at: the next look reads it.
    if (ledgerId === null) throw new TallyStopped(moved(1));
    return { ledgerId, ref, billDay, dueDay, balancePaise };
  });
  const parties = new Set([
    ...movedByDay(tx, context, before),
    ...putOpenBills(tx, rows),
    ...putClosings(tx, thin),
  ]);
  const at = now();
  patchConnection(tx, { asOfDay: asOf, syncedAt: at, inStepAt: at, failureJson: null });
  const connection = connectionRow(tx) ?? before;
  const derived = deriveInto(tx, { connection, today, now: at, parties });
  counts.billCount = rows.length;
  counts.addedCount = derived.added;
  counts.changedCount = derived.changed;
  counts.goneCount = derived.gone;
  counts.differencePaise = keepTieOut(tx, connection);
  run.finish(tx, 'done');
}
