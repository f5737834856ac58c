import { openEngine, type Engine } from '#engine/open-engine.ts';
import type { ReadTx } from '#engine/storage/database.ts';
import { countingGateway } from '#tests/fakes/gateways/counting.ts';
import { addCadence, addGateway, addTexts, fileOf, fillBook, MONDAY } from '../../bench/reminders-book.ts';

// A book with a run of some slices, for the engine that is killed and for the one that looks at what it left.

export const CUSTOMERS = 130;

/** The book of a folder, which is filled when it is empty. The clock stands still on a Monday morning. */
export async function aBookToApprove(dataFolder: string): Promise<Engine> {
  const engine = await openEngine({
    dataFolder,
    version: '0.0.0-test',
    now: () => MONDAY,
    gateways: [countingGateway()],
    vaultKey: new Uint8Array(32).fill(7),
  });
  if (engine.context.shelf.current()) return engine;
  await engine.client.books.create({ name: 'Gupta Traders' });
  fileOf(engine).write((tx) => {
    fillBook(tx, { customers: CUSTOMERS, sent: 0 });
    // Nothing that leaves would arrive: nobody listens.
    addGateway(tx, 9);
    addTexts(tx, null);
  });
  await addCadence(engine);
  return engine;
}

/** Rows of approvals, or of what an approval has begun. */
export function approvedIn(tx: ReadTx): { readonly messages: number; readonly runs: readonly string[] } {
  const messages = tx.sqlite
    .prepare<[], number>(
      `select count(*) from messages where run_id in (select id from reminder_runs where kind = 'approved')`,
    )
    .pluck()
    .get();
  const runs = tx.sqlite
    .prepare<[], string>(`select state from reminder_runs where kind = 'approved'`)
    .pluck()
    .all();
  return { messages: messages ?? 0, runs };
}

export async function approveAll({
  client,
}: Engine): Promise<Awaited<ReturnType<Engine['client']['reminders']['approve']>>> {
  const { rows, rowsHash } = await client.reminders.plan({});
  return client.reminders.approve({ rowsHash, rowKeys: rows.map((row) => row.rowKey) });
}
