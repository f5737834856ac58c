import type { Day } from '#domain/days.ts';
import type { TallyCompany, TallyThinLedger } from '#domain/tally/facts.ts';
import { isUnmoved } from '#domain/tally/in-step.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { ledgersBetween } from '../../storage/tally-book-side.ts';
import { connectionRow, patchConnection, type ConnectionRow } from '../../storage/tally-connection.ts';
import { ledgerRows } from '../../storage/tally-masters.ts';
import { setAhead } from './ahead.ts';
import { dayAskedFor, identityOf, ourCompany } from './company.ts';
import { deriveInto, movedByDay } from './derive.ts';
import { moved, TallyStopped, truncated } from './failures.ts';
import { openBills } from './read.ts';
import { byParty, putOpenBills, type PartyBills } from './party-bills.ts';
import { ledgerIdsByName } from './put-period.ts';
import type { Run } from './runs.ts';
import { ask, targetOf } from './talk.ts';
import { keepTieOut } from './keep-tie-out.ts';
import { putClosings } from './write-masters.ts';

export type FollowDayWish = {
  readonly before: ConnectionRow;
  readonly company: TallyCompany;
  /** False: nothing may differ, for neither the day nor a counter moved. */
  readonly isNewDay: boolean;
};

/** 'restored': nothing was written, for the vouchers that are here do not come to it. */
export type DayFollowed =
  | { readonly kind: 'same' | 'written' | 'restored' }
  | { readonly kind: 'moved'; readonly company: TallyCompany };

/**
 * No counter moved: the bills reports as of today, and the balances, which post-dated vouchers move on their day. Nothing
 * is written where the company moved meanwhile.
 */
export async function followDay(run: Run, wish: FollowDayWish): Promise<DayFollowed> {
  const { before, company, isNewDay } = wish;
  const { context, talk } = run;
  const asOf = dayAskedFor(company, context.today);
  run.at('bills', 0);
  const bills = await openBills(run, company, asOf);
  run.at('ledgers', 0);
  const thin = await ask(talk, talk.source.thinLedgers(targetOf(talk, company.name), asOf));
  // Cash and the profit and loss account are in every company: none at all was never whole.
  if (thin.length === 0) throw new TallyStopped(truncated(1, 0));
  const reported = byParty(bills);
  const after = await ourCompany(talk, identityOf(before));
  if (!isUnmoved(company, after)) return { kind: 'moved', company: after };
  try {
    return context.db.write((tx) => writeDay(tx, run, { before, asOf, reported, thin, isNewDay }));
  } catch (error) {
    if (!(error instanceof Restored)) throw error;
    context.db.write((tx) => run.finish(tx, 'nothing-new'));
    return { kind: 'restored' };
  }
}

/** Takes back what was written: a book half of which is older would look like any other if the rest never came. */
class Restored extends Error {
  override readonly name = 'Restored';
}

type DayRead = {
  readonly before: ConnectionRow;
  readonly asOf: Day;
  readonly reported: readonly PartyBills[];
  readonly thin: readonly TallyThinLedger[];
  readonly isNewDay: boolean;
};

function writeDay(tx: WriteTx, run: Run, read: DayRead): DayFollowed {
  const { before, asOf, reported, thin, isNewDay } = read;
  const { context, counts } = run;
  const { today, now } = context;
  if (hasOtherLedgers(tx, thin)) throw new Restored();
  const ledgerIdOf = ledgerIdsByName(tx);
  // Entered or renamed since the counters were looked at: the next look reads it.
  if (reported.some(({ nameKey }) => ledgerIdOf(nameKey) === null)) throw new TallyStopped(moved(1));
  const { differing, billCount } = putOpenBills(tx, reported, ledgerIdOf);
  const differs = new Set([...differing, ...putClosings(tx, thin)]);
  const isSame = !isNewDay && differs.size === 0;
  if (!isNewDay && !isSame) throw new Restored();
  const parties = new Set([...movedByDay(tx, context, before), ...differs]);
  const at = now();
  setAhead(tx, false);
  patchConnection(tx, { asOfDay: asOf, syncedAt: at, inStepAt: at, failureJson: null });
  const connection = connectionRow(tx) ?? before;
  const derived = deriveInto(tx, { connection, today, now: at, parties });
  if (derived.suspectDays.size > 0 || derived.hasLostTrack) throw new Restored();
  if (before.asOfDay !== null) for (const id of ledgersBetween(tx, before.asOfDay, asOf)) parties.add(id);
  counts.billCount = billCount;
  counts.addedCount = derived.added;
  counts.changedCount = derived.changed;
  counts.goneCount = derived.gone;
  counts.differencePaise = keepTieOut(tx, connection, parties);
  run.finish(tx, isSame ? 'nothing-new' : 'done');
  return { kind: isSame ? 'same' : 'written' };
}

/** Ledgers that are away or bear another name, though the counter of masters says that none was touched. */
function hasOtherLedgers(tx: ReadTx, thin: readonly TallyThinLedger[]): boolean {
  const names = new Map(thin.map(({ guid, name }) => [guid, name]));
  return ledgerRows(tx).some((row) => row.goneAt === null && names.get(row.guid) !== row.name);
}
