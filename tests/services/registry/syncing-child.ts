// An engine that syncs with its registry, in a process of its own, so that it can be killed at any moment. Bundled by
// killed.test.ts.
import process from 'node:process';
import { openEngine } from '#engine/open-engine.ts';
import Database from 'better-sqlite3';

export type ChildWish = {
  readonly dataFolder: string;
  readonly now: number;
  readonly vaultKey: readonly number[];
  /** It kills itself before the nth statement that writes; null = never. */
  readonly dieBefore: number | null;
};

export type ChildSaid =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'done'; readonly statements: number; readonly trouble: string | null };

type Run = { run: (...values: unknown[]) => unknown };

let statements = 0;

function watchStatements(dieBefore: number | null): void {
  const statement: object = new Database(':memory:').prepare('select 1');
  const prototype: Run = Object.getPrototypeOf(statement);
  const own = prototype.run;
  prototype.run = function (...values) {
    statements += 1;
    if (statements === dieBefore) process.kill(process.pid, 'SIGKILL');
    return own.apply(this, values);
  };
}

async function work(wish: ChildWish): Promise<void> {
  const { client } = await openEngine({
    dataFolder: wish.dataFolder,
    version: '0.0.0-test',
    now: () => wish.now,
    vaultKey: Uint8Array.from(wish.vaultKey),
  });
  watchStatements(wish.dieBefore);
  for await (const _ of await client.registry.sync());
  const { trouble } = await client.registry.membership();
  say({ kind: 'done', statements, trouble: trouble?.code ?? null });
}

function say(said: ChildSaid): void {
  process.send?.(said, () => undefined);
}

process.once('message', (wish: ChildWish) => {
  work(wish).catch((error: unknown) => say({ kind: 'done', statements, trouble: String(error) }));
});
process.on('disconnect', () => process.exit());
say({ kind: 'loaded' });
