import type { TallyCompany } from '#domain/tally/facts.ts';
import { tallyNameKey } from '#domain/tally/groups.ts';
import { isUnmoved } from '#domain/tally/in-step.ts';
import { connectionRow, patchConnection, type ConnectionRow } from '../../storage/tally-connection.ts';
import { ledgerRows } from '../../storage/tally-masters.ts';
import { dayAskedFor, identityOf, ourCompany } from './company.ts';
import { deriveInto, movedByDay } from './derive.ts';
import { moved, TallyStopped } from './failures.ts';
import { openBills } from './read.ts';
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
  const { today, now } = context;
  const asOf = dayAskedFor(company, today);
  run.at('bills', 0);
  const bills = await openBills(run, company, asOf);
  run.at('ledgers', 0);
  const thin = await ask(talk, talk.source.thinLedgers(targetOf(talk, company.name), asOf));
  const after = await ourCompany(talk, identityOf(before));
  if (!isUnmoved(company, after)) return after;
  context.db.write((tx) => {
    const ids = new Map(
      ledgerRows(tx)
        .filter((row) => row.goneAt === null)
        .map((row) => [row.nameKey, row.ledgerId]),
    );
    const rows = bills.map(({ party, ...bill }) => {
      const ledgerId = ids.get(tallyNameKey(party));
      // Entered or renamed since the counters were looked at: the next look reads it.
      if (ledgerId === undefined) throw new TallyStopped(moved(1));
      return { ledgerId, ...bill };
    });
    const parties = new Set([
      ...movedByDay(tx, context, before),
      ...putOpenBills(tx, rows),
      ...putClosings(tx, thin),
    ]);
    const at = now();
    patchConnection(tx, { asOfDay: asOf, syncedAt: at, inStepAt: at, failureJson: null });
    const connection = { ...(connectionRow(tx) ?? before) };
    const counts = deriveInto(tx, { connection, today, now: at, parties });
    run.counts.billCount = rows.length;
    run.counts.addedCount = counts.added;
    run.counts.changedCount = counts.changed;
    run.counts.goneCount = counts.gone;
    run.counts.differencePaise = keepTieOut(tx, connection);
    run.finish(tx, 'done');
  });
  return null;
}
