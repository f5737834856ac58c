// An engine that sends, in a process of its own, so that it can be killed at any moment. Bundled by killed.test.ts.
import process from 'node:process';
import { openEngine } from '#engine/open-engine.ts';
import { roundNow } from '#engine/services/outbox/keeper.ts';
import { contextOf } from '#engine/services/sync/keeper.ts';
import { countingGateway } from '#tests/fakes/gateways/counting.ts';
import Database from 'better-sqlite3';

/** Moments that only the sending process knows; those of the server are the test's. */
export type ChildPoint =
  | 'lease'
  | 'claim'
  | 'claim-commit'
  | 'preflight'
  | 'phase-commit'
  | 'send'
  | 'connected'
  | 'half'
  | 'written'
  | 'answered'
  | 'outcome-commit'
  | 'outcome-done';

export type ChildWish = {
  readonly dataFolder: string;
  readonly now: number;
  readonly vaultKey: readonly number[];
  readonly canFind: boolean;
  /** It kills itself when it comes to a point for the nth time, or before the nth statement of SQL. */
  readonly die: { readonly at: ChildPoint | 'statement'; readonly nth: number } | null;
};

export type ChildSaid =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'idle'; readonly statements: number; readonly bugs: readonly string[] };

function say(said: ChildSaid): void {
  process.send?.(said, () => undefined);
}

type Watch = {
  readonly pass: (point: ChildPoint | 'statement') => void;
  readonly counts: Map<string, number>;
};

function watchFor(die: ChildWish['die']): Watch {
  const counts = new Map<string, number>();
  return {
    counts,
    pass: (point) => {
      const count = (counts.get(point) ?? 0) + 1;
      counts.set(point, count);
      if (die?.at === point && die.nth === count) process.kill(process.pid, 'SIGKILL');
    },
  };
}

/** What the next COMMIT will write down for good. */
let pending: 'claim-commit' | 'phase-commit' | 'outcome-commit' | null = null;

type Runs = Record<'run' | 'get' | 'all', (...values: unknown[]) => unknown>;

function watchStatements({ pass }: Watch): void {
  const statement: object = new Database(':memory:').prepare('select 1');
  const prototype: Runs = Object.getPrototypeOf(statement);
  for (const name of ['run', 'get', 'all'] as const) {
    const own = prototype[name];
    prototype[name] = function (this: { source: string }, ...values) {
      const sql = this.source;
      if (name === 'run') pass('statement');
      if (sql.includes('into outbox_lease')) pass('lease');
      if (sql.startsWith('insert into "attempts"')) {
        pass('claim');
        pending = 'claim-commit';
      }
      const isEnd = sql === 'COMMIT' ? pending : null;
      if (isEnd) pass(isEnd);
      const made = own.apply(this, values);
      if (isEnd === 'outcome-commit') pass('outcome-done');
      if (isEnd) pending = null;
      return made;
    };
  }
}

async function work(wish: ChildWish): Promise<void> {
  const bugs: string[] = [];
  const watch = watchFor(wish.die);
  const engine = await openEngine({
    dataFolder: wish.dataFolder,
    version: '0.0.0-test',
    now: () => wish.now,
    vaultKey: Uint8Array.from(wish.vaultKey),
    onBug: (_, error) => bugs.push(error instanceof Error ? String(error.stack) : String(error)),
    gateways: [
      countingGateway({
        canFind: wish.canFind,
        onPoint: (point) => {
          watch.pass(point);
          if (point === 'preflight') pending = 'phase-commit';
          if (point === 'answered') pending = 'outcome-commit';
        },
      }),
    ],
  });
  const open = engine.context.shelf.current();
  const book = open ? contextOf(engine.context, open.db) : null;
  if (!book) throw new Error('No book is open.');
  watchStatements(watch);
  await roundNow(book);
  say({ kind: 'idle', statements: watch.counts.get('statement') ?? 0, bugs });
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
