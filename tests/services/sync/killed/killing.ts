import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Dice } from '#domain/demo-dice.ts';
import { repository } from '#tests/architecture/read-tree.ts';
import { bundleSources } from '#tests/builders/bundle.ts';
import type { FakeTally } from '#tests/fakes/tally/index.ts';
import type { ChildSaid, ChildWish } from './engine-child.ts';

/** When an engine is killed: at a request of the fake, so many milliseconds after it began, or inside a write. */
export type Moment =
  | {
      readonly kind: 'request';
      readonly number: number;
      readonly when: 'before' | 'after';
      readonly plusMs: number;
    }
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'statement'; readonly number: number };

export type Ended = {
  /** False: it had done everything before its moment came. */
  readonly wasKilled: boolean;
  readonly notes: readonly string[];
  readonly statements: number;
  readonly bugs: readonly string[];
};

/** Engines in processes of their own, built once from the sources as they stand. The next one is loaded meanwhile. */
export type Killing = {
  readonly run: (
    wish: Omit<ChildWish, 'dieAtStatement'>,
    moment: Moment | null,
    tally: FakeTally,
  ) => Promise<Ended>;
  readonly end: () => void;
};

type Child = { readonly process: ChildProcess; readonly loaded: Promise<unknown> };

export async function buildKilling(): Promise<Killing> {
  const results = path.join(repository, 'test-results');
  mkdirSync(results, { recursive: true });
  const outDir = mkdtempSync(path.join(results, 'killed-'));
  await bundleSources(outDir, { child: path.join(import.meta.dirname, 'engine-child.ts') });
  const env = { ...process.env, NODE_COMPILE_CACHE: path.join(outDir, 'cache') };
  const start = (): Child => {
    const child = fork(path.join(outDir, 'child.js'), { env, execArgv: [] });
    return { process: child, loaded: once(child, 'message') };
  };
  let next = start();
  return {
    run: (wish, moment, tally) => {
      const child = next;
      next = start();
      return killAt(child, { wish, moment, tally });
    },
    end: () => {
      next.process.kill('SIGKILL');
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}

type Killed = {
  readonly wish: Omit<ChildWish, 'dieAtStatement'>;
  readonly moment: Moment | null;
  readonly tally: FakeTally;
};

async function killAt({ process: child, loaded }: Child, { wish, moment, tally }: Killed): Promise<Ended> {
  await loaded;
  const notes: string[] = [];
  let done: Extract<ChildSaid, { kind: 'idle' }> | null = null;
  const kill = (): void => void child.kill('SIGKILL');
  child.on('message', (said: ChildSaid) => {
    if (said.kind === 'noted') notes.push(said.text);
    if (said.kind !== 'idle') return;
    done = said;
    kill();
  });
  const gone = once(child, 'exit');
  const dieAtStatement = moment?.kind === 'statement' ? moment.number : null;
  tally.faults.clear();
  let timer: NodeJS.Timeout | undefined;
  if (moment?.kind === 'request') {
    const { number, when, plusMs } = moment;
    const act = (): void => {
      if (plusMs === 0) kill();
      else timer = setTimeout(kill, plusMs);
    };
    tally.faults.at(number, { kind: when, act });
  }
  child.send({ ...wish, dieAtStatement } satisfies ChildWish);
  if (moment?.kind === 'time') timer = setTimeout(kill, moment.ms);
  await gone;
  clearTimeout(timer);
  tally.faults.clear();
  const { statements, bugs } = done ?? { statements: 0, bugs: [] };
  return { wasKilled: done === null, notes, statements, bugs };
}

/** How many requests and statements there are to be killed at, and how long they take. */
export type Extent = { readonly requests: number; readonly statements: number; readonly ms: number };

/** Spread over requests, statements and time. */
export function momentOf(dice: Dice, { requests, statements, ms }: Extent): Moment {
  const kind = dice.between(0, 9);
  if (kind < 4) {
    const when = dice.between(0, 1) === 0 ? 'before' : 'after';
    const number = dice.between(1, requests);
    return { kind: 'request', number, when, plusMs: dice.between(0, 2) * dice.between(0, 8) };
  }
  if (kind < 8) return { kind: 'statement', number: dice.between(1, statements) };
  return { kind: 'time', ms: dice.between(1, ms) };
}
