import type { Problem } from '#kit/problem.tsx';
import { endWork, reportWork } from '#kit/status.ts';
import { useSyncExternalStore } from 'react';
import { client, orpc, problemOf, queryClient } from '../../client.ts';
import { words } from '../../words/index.ts';

/** One run at a time, whatever screen is open; the status line shows it too. */
export type SyncRun = {
  readonly progress: SyncProgress | null;
  readonly problem: Problem | undefined;
};
type SyncProgress = {
  readonly phase: 'blinding' | 'sending' | 'fetching' | 'checking' | 'done';
  readonly done: number;
  readonly of: number;
};

const WORK_ID = 'registry-sync';
const IDLE: SyncRun = { progress: null, problem: undefined };

let run = IDLE;
let stopping = new AbortController();
const listeners = new Set<() => void>();

function set(next: SyncRun): void {
  run = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSyncRun(): SyncRun {
  return useSyncExternalStore(subscribe, () => run);
}

/** What was sent stays sent: the next run goes on from there. */
export function stopSync(): void {
  stopping.abort();
}

/** Sends what waits and fetches what is new. */
export async function syncNow(): Promise<void> {
  if (run.progress !== null) return;
  stopping = new AbortController();
  const { signal } = stopping;
  tell({ phase: 'sending', done: 0, of: 0 });
  try {
    for await (const progress of await client.registry.sync(undefined, { signal })) tell(progress);
    set(IDLE);
  } catch (error) {
    set({ progress: null, problem: signal.aborted ? undefined : problemOf(error) });
  } finally {
    endWork(WORK_ID);
    await queryClient.invalidateQueries({ queryKey: orpc.registry.key() });
  }
}

function tell(progress: SyncProgress): void {
  set({ progress, problem: undefined });
  const { phase, done, of } = progress;
  const label = words.t(`registry:sync.work`, { phase: words.t(`registry:sync.phase.${phase}`) });
  reportWork({ id: WORK_ID, label, done, of, stop: stopSync });
}
