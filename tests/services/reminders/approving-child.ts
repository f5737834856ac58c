// An engine that approves a run, in a process of its own, and kills itself at a COMMIT. Bundled by approving-killed.test.ts.
import process from 'node:process';
import Database from 'better-sqlite3';
import { aBookToApprove, approveAll } from './approving-book.ts';

export type ApprovingWish = {
  readonly dataFolder: string;
  /** Before it writes down for good for the nth time, counted from the beginning of the approval; null = never. */
  readonly dieBefore: number | null;
};

type Runs = Record<'run' | 'get', (...values: unknown[]) => unknown>;

function watchCommits(dieBefore: number | null): () => number {
  const statement: object = new Database(':memory:').prepare('select 1');
  const prototype: Runs = Object.getPrototypeOf(statement);
  let [commits, isApproving, isWriting] = [0, false, false];
  for (const name of ['run', 'get'] as const) {
    const own = prototype[name];
    prototype[name] = function (this: { source: string }, ...values) {
      if (this.source.startsWith('insert into "reminder_runs"')) isApproving = true;
      // Others read meanwhile, which ends with the same word.
      if (this.source.startsWith('BEGIN')) isWriting = this.source === 'BEGIN IMMEDIATE';
      if (isApproving && isWriting && this.source === 'COMMIT') {
        commits += 1;
        if (commits === dieBefore) process.kill(process.pid, 'SIGKILL');
      }
      return own.apply(this, values);
    };
  }
  return () => commits;
}

process.once('message', ({ dataFolder, dieBefore }: ApprovingWish) => {
  void aBookToApprove(dataFolder).then(async (engine) => {
    const commits = watchCommits(dieBefore);
    const { approvedCount } = await approveAll(engine);
    process.send?.({ approvedCount, commits: commits() }, () => process.kill(process.pid, 'SIGKILL'));
  });
});
process.on('disconnect', () => process.exit());
