import type { Day } from '#domain/days.ts';
import type { TallyCompany, TallyThinLedger } from '#domain/tally/facts.ts';
import { isUnmoved } from '#domain/tally/in-step.ts';
import type { WriteTx } from '../../storage/database.ts';
import { ledgersBetween } from '../../storage/tally-book-side.ts';
import { connectionRow, patchConnection, type ConnectionRow } from '../../storage/tally-connection.ts';
import { setAhead } from './ahead.ts';
import { dayAskedFor, identityOf, ourCompany } from './company.ts';
import { deriveInto, movedByDay } from './derive.ts';
import { moved, TallyStopped } from './failures.ts';
import { openBills } from './read.ts';
import { byParty, putOpenBills, type PartyBills } from './party-bills.ts';
import { ledgerIdsByName } from './put-period.ts';
import type { Run } from './runs.ts';
import { ask, targetOf } from './talk.ts';
import { keepTieOut } from './keep-tie-out.ts';
import { putClosings } from './write-masters.ts';

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
  const reported = byParty(bills);
  const after = await ourCompany(talk, identityOf(before));
  if (!isUnmoved(company, after)) return after;
  context.db.write((tx) => writeDay(tx, run, { before, asOf, reported, thin }));
  return null;
}

type DayRead = {
  readonly before: ConnectionRow;
  readonly asOf: Day;
  readonly reported: readonly PartyBills[];
  readonly thin: readonly TallyThinLedger[];
};

function writeDay(tx: WriteTx, run: Run, { before, asOf, reported, thin }: DayRead): void {
  const { context, counts } = run;
  const { today, now } = context;
  const ledgerIdOf = ledgerIdsByName(tx);
  // Entered or renamed since the counters were looked at: the next look reads it.
  if (reported.some(({ nameKey }) => ledgerIdOf(nameKey) === null)) throw new TallyStopped(moved(1));
  const { differing, billCount } = putOpenBills(tx, reported, ledgerIdOf);
  const parties = new Set([...movedByDay(tx, context, before), ...differing, ...putClosings(tx, thin)]);
  const at = now();
  setAhead(tx, false);
  patchConnection(tx, { asOfDay: asOf, syncedAt: at, inStepAt: at, failureJson: null });
  const connection = connectionRow(tx) ?? before;
  const derived = deriveInto(tx, { connection, today, now: at, parties });
  if (before.asOfDay !== null) for (const id of ledgersBetween(tx, before.asOfDay, asOf)) parties.add(id);
  counts.billCount = billCount;
  counts.addedCount = derived.added;
  counts.changedCount = derived.changed;
  counts.goneCount = derived.gone;
  counts.differencePaise = keepTieOut(tx, connection, parties);
  run.finish(tx, 'done');
}
