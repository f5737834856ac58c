import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { repository } from '#tests/architecture/read-tree.ts';
import { bundleSources } from '#tests/builders/bundle.ts';
import type { CountingServer, ServerPoint } from '#tests/fakes/gateways/counting.ts';
import type { ChildPoint, ChildSaid, ChildWish } from './sending-child.ts';

/** When a sending engine is killed: at one of its own points, at one of the server's, before a statement, after a while. */
export type Moment =
  | { readonly kind: 'own'; readonly at: ChildPoint; readonly nth: number }
  | { readonly kind: 'server'; readonly at: ServerPoint; readonly nth: number }
  | { readonly kind: 'statement'; readonly nth: number }
  | { readonly kind: 'time'; readonly ms: number };

export type Ended = {
  readonly wasKilled: boolean;
  readonly statements: number;
  readonly bugs: readonly string[];
};

export type Killing = {
  readonly run: (
    wish: Omit<ChildWish, 'die'>,
    moment: Moment | null,
    server: CountingServer,
  ) => Promise<Ended>;
  readonly end: () => void;
};

type Child = { readonly process: ChildProcess; readonly loaded: Promise<unknown> };

/** Engines in processes of their own, built once from the sources as they stand. The next one is loaded meanwhile. */
export async function buildKilling(): Promise<Killing> {
  const results = path.join(repository, 'test-results');
  mkdirSync(results, { recursive: true });
  const outDir = mkdtempSync(path.join(results, 'killed-sending-'));
  await bundleSources(outDir, { child: path.join(import.meta.dirname, 'sending-child.ts') });
  const env = { ...process.env, NODE_COMPILE_CACHE: path.join(outDir, 'cache') };
  const start = (): Child => {
    const child = fork(path.join(outDir, 'child.js'), { env, execArgv: [] });
    return { process: child, loaded: once(child, 'message') };
  };
  let next = start();
  return {
    run: (wish, moment, server) => {
      const child = next;
      next = start();
      return killAt(child, { wish, moment, server });
    },
    end: () => {
      next.process.kill('SIGKILL');
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}

type Killed = {
  readonly wish: Omit<ChildWish, 'die'>;
  readonly moment: Moment | null;
  readonly server: CountingServer;
};

async function killAt({ process: child, loaded }: Child, { wish, moment, server }: Killed): Promise<Ended> {
  await loaded;
  let done: Extract<ChildSaid, { kind: 'idle' }> | null = null;
  const kill = (): void => void child.kill('SIGKILL');
  child.on('message', (said: ChildSaid) => {
    if (said.kind !== 'idle') return;
    done = said;
    kill();
  });
  const gone = once(child, 'exit');
  let count = 0;
  server.onPoint = (point) => {
    if (moment?.kind !== 'server' || point !== moment.at) return;
    count += 1;
    if (count === moment.nth) kill();
  };
  child.send({ ...wish, die: dieOf(moment) } satisfies ChildWish);
  const timer = moment?.kind === 'time' ? setTimeout(kill, moment.ms) : undefined;
  await gone;
  clearTimeout(timer);
  server.onPoint = null;
  const { statements, bugs } = done ?? { statements: 0, bugs: [] };
  return { wasKilled: done === null, statements, bugs };
}

function dieOf(moment: Moment | null): ChildWish['die'] {
  if (moment?.kind === 'own') return { at: moment.at, nth: moment.nth };
  return moment?.kind === 'statement' ? { at: 'statement', nth: moment.nth } : null;
}
