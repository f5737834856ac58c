import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { serverFlags } from '../../../scripts/registry.mjs';

// Starts the benches' server process and asks it what it used.

export type BenchServerWish = {
  readonly databaseUrl: string;
  readonly keyFolder: string;
  readonly connections: number;
  /** Names of the jobs that run meanwhile. */
  readonly jobs: readonly string[];
  /** Its heap is told as it is after a collection. */
  readonly isWatched?: boolean;
  /** Any that is free where it is not given. */
  readonly port?: number;
};

export type ServerUse = {
  /** Of the process since it began. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** Of the event loop, since the last time it was asked. */
  readonly lagP99Ms: number;
  readonly connections: { readonly used: number; readonly waiting: number };
};

export type BenchServer = {
  readonly port: number;
  readonly use: () => Promise<ServerUse>;
  readonly stop: () => Promise<void>;
};

/** BAAKI_BENCH_PROFILE names a folder where the server's CPU profile is left. */
export async function serve(wish: BenchServerWish): Promise<BenchServer> {
  const profiles = process.env['BAAKI_BENCH_PROFILE'];
  const child = fork(path.join(import.meta.dirname, 'bench-server.ts'), [JSON.stringify(wish)], {
    execArgv: [
      ...serverFlags,
      ...(wish.isWatched === true ? ['--expose-gc'] : []),
      ...(profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`]),
    ],
  });
  const told = async <Word extends string, Value>(word: Word): Promise<Value> => {
    for (;;) {
      const [message] = (await once(child, 'message')) as [Readonly<Record<Word, Value>>];
      if (word in message) return message[word];
    }
  };
  const ended = once(child, 'exit');
  const port = await Promise.race([
    told<'port', number>('port'),
    ended.then(() => Promise.reject(new Error('The server ended while it started.'))),
  ]);
  return {
    port,
    use: async () => {
      const answer = told<'use', ServerUse>('use');
      child.send('use');
      return await answer;
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.send('stop');
      await ended;
    },
  };
}
