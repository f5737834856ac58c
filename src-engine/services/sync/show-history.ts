import { deriveParty } from '#domain/tally/derive.ts';
import { connectionRow, patchConnection, type ConnectionRow } from '../../storage/tally-connection.ts';
import { documentWriter } from '../../storage/tally-documents.ts';
import { ledgerRow, ledgerRows } from '../../storage/tally-masters.ts';
import { partyFactsOf } from '../../storage/tally-parties.ts';
import { applyOne, documentsOf, frameOf } from './derive.ts';
import { setHistoryDue } from './history-state.ts';
import type { Run } from './runs.ts';
import { keepTieOut, tieOutAnew } from './keep-tie-out.ts';

/** The engine answers others between two transactions. Each costs what it touches of every index: few are cheaper. */
const SLICE_MS = 150;

/**
 * The documents of every party with the history that is here. Each party is whole by itself, so they are written a few
 * at a time: nobody waits, and after a kill the rest is done by the next pass.
 */
export async function showHistory(run: Run): Promise<void> {
  const { db, today, now } = run.context;
  const ledgerIds = db.read((tx) =>
    ledgerRows(tx)
      .filter((row) => row.customerId !== null)
      .map((row) => row.ledgerId),
  );
  let at = 0;
  while (at < ledgerIds.length) {
    at = db.write((tx) => {
      const connection = shown(connectionRow(tx));
      const started = performance.now();
      const writer = documentWriter(tx, { now: now(), keepsOldValues: false, looksElsewhere: false });
      let next = at;
      while (next < ledgerIds.length && (next === at || performance.now() - started < SLICE_MS)) {
        const ledger = ledgerRow(tx, { ledgerId: ledgerIds[next] ?? 0 });
        const facts = ledger?.isCustomer ? partyFactsOf(tx, ledger.ledgerId, frameOf(connection)) : null;
        if (ledger) applyOne(writer, ledger, documentsOf(facts && deriveParty({ ...facts, today })));
        next += 1;
      }
      const counts = writer.flush();
      run.counts.addedCount += counts.added;
      run.counts.changedCount += counts.changed;
      run.counts.goneCount += counts.gone;
      return next;
    });
    run.at('writing', at, ledgerIds.length);
    await new Promise((resolve) => setImmediate(resolve));
    run.talk.signal.throwIfAborted();
  }
  // What is open as of the report did not move: to compare once behind it all is enough.
  await tieOutAnew(run.context);
  run.talk.signal.throwIfAborted();
  db.write((tx) => {
    patchConnection(tx, { isHistoryShown: true });
    setHistoryDue(tx, false);
    run.counts.differencePaise = keepTieOut(tx, shown(connectionRow(tx)), new Set());
    run.finish(tx, 'done');
  });
  run.context.changed('sync', 'customers', 'bills', 'receipts', 'credits', 'aging');
}

function shown(connection: ConnectionRow | null): ConnectionRow {
  if (!connection) throw new Error('This book is not tied to a Tally.');
  return { ...connection, isHistoryShown: true };
}
