import { endWork, reportWork } from '#kit/status.ts';
import { useSyncExternalStore } from 'react';
import { client } from '../../client.ts';

const WORK_ID = 'papers';

/** Papers that are being written, whatever screen is open; one batch at a time. */
export type Writing = {
  readonly state: 'writing' | 'done' | 'stopped' | 'failed';
  readonly done: number;
  readonly of: number;
  readonly skipped: number;
  readonly perSecond: number | null;
  /** What broke it off; what was written before stays. */
  readonly error: unknown;
  readonly stop: () => void;
  /** Puts away what is told of it, so that another batch can begin. */
  readonly forget: () => void;
};

type ManyWish = Parameters<typeof client.papers.writeMany>[0];

let writing: Writing | undefined;
const listeners = new Set<() => void>();

function set(next: Writing | undefined): void {
  writing = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useWriting(): Writing | undefined {
  return useSyncExternalStore(subscribe, () => writing);
}

/** Begins a batch; the status line tells how far it is and stops it. */
export function startWriting({ label, wish }: { readonly label: string; readonly wish: ManyWish }): void {
  if (writing?.state === 'writing') return;
  const abort = new AbortController();
  set({
    state: 'writing',
    done: 0,
    of: wish.customerIds.length,
    skipped: 0,
    perSecond: null,
    error: undefined,
    stop: () => abort.abort(),
    forget: () => set(undefined),
  });
  void follow({ label, wish, signal: abort.signal });
}

type Following = { readonly label: string; readonly wish: ManyWish; readonly signal: AbortSignal };

async function follow({ label, wish, signal }: Following): Promise<void> {
  try {
    for await (const told of await client.papers.writeMany(wish, { signal })) {
      if (!writing) continue;
      set({ ...writing, ...told });
      reportWork({ id: WORK_ID, label, done: told.done, of: told.of, stop: writing.stop });
    }
    if (writing) set({ ...writing, state: signal.aborted ? 'stopped' : 'done' });
  } catch (error) {
    if (writing) set({ ...writing, ...(signal.aborted ? { state: 'stopped' } : { state: 'failed', error }) });
  } finally {
    endWork(WORK_ID);
  }
}
