// An engine in a process of its own, so that it can be killed at any moment. Bundled and started by killing.ts.
import process from 'node:process';
import { tallySource } from '#engine/adapters/tally/tally.ts';
import { openEngine } from '#engine/open-engine.ts';
import Database from 'better-sqlite3';

/** What the engine is to do, and whether it has to die by its own hand in the middle of a write. */
export type ChildWish = {
  readonly dataFolder: string;
  readonly now: number;
  readonly address: { readonly host: string; readonly port: number };
  /** The statement of SQL, counted from the first call, before which it kills itself. */
  readonly dieAtStatement: number | null;
};

export type ChildSaid =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'noted'; readonly text: string }
  | { readonly kind: 'idle'; readonly statements: number; readonly bugs: readonly string[] };

/** Whoever killed us at this very moment no longer listens: that is no failure of ours. */
function say(said: ChildSaid): void {
  process.send?.(said, () => undefined);
}

type Counter = { readonly statements: () => number };

/** Begins and ends of transactions are statements too. */
function countStatements(dieAt: number | null): Counter {
  let count = 0;
  const statement: object = new Database(':memory:').prepare('select 1');
  const prototype: { run: (...values: unknown[]) => unknown } = Object.getPrototypeOf(statement);
  const { run } = prototype;
  prototype.run = function (...values) {
    count += 1;
    if (count === dieAt) process.kill(process.pid, 'SIGKILL');
    return run.apply(this, values);
  };
  return { statements: () => count };
}

async function work({ dataFolder, now, address, dieAtStatement }: ChildWish): Promise<void> {
  const bugs: string[] = [];
  const engine = await openEngine({
    dataFolder,
    version: '0.0.0-test',
    now: () => now,
    tally: tallySource({ trustMs: 0 }),
    onBug: (_, error) => bugs.push(error instanceof Error ? String(error.stack) : String(error)),
  });
  const { client } = engine;
  const { rows } = await client.customers.list({});
  const customer = rows[dieAtStatement === null ? 0 : rows.length - 1];
  if (customer) {
    const text = `Written before ${process.pid} was killed.`;
    await client.notes.add({ customerId: customer.customerId, text });
    say({ kind: 'noted', text });
  }
  const counter = countStatements(dieAtStatement);
  const { connection } = await client.sync.status();
  if (connection === null) {
    const { companies } = await client.sync.look(address);
    const [company] = companies;
    if (company) await client.sync.connect({ ...address, company, options: { speed: 'normal' } });
  } else await client.sync.run({});
  for await (const status of await client.sync.watch()) if (!status.isReading) break;
  say({ kind: 'idle', statements: counter.statements(), bugs });
}

process.once('message', (wish: ChildWish) => {
  work(wish).catch((error: unknown) => {
    say({
      kind: 'idle',
      statements: -1,
      bugs: [error instanceof Error ? String(error.stack) : String(error)],
    });
  });
});
process.on('disconnect', () => process.exit());
say({ kind: 'loaded' });
