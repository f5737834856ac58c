import { useEffect, useSyncExternalStore } from 'react';

/** Work that goes on while the user does something else; shown in the status line with its progress and a stop. */
export type Work = {
  readonly id: string;
  readonly label: string;
  readonly done: number;
  /** 0 while nobody knows. */
  readonly of: number;
  readonly stop: (() => void) | undefined;
};

/** What the status line at the bottom says. Panels report it; the frame draws it. */
export type Status = {
  readonly counts: string;
  readonly selection: { readonly count: number; readonly paise: number };
  readonly works: readonly Work[];
};

const NOTHING: Status = { counts: '', selection: { count: 0, paise: 0 }, works: [] };
let status = NOTHING;
const listeners = new Set<() => void>();

function set(next: Partial<Status>): void {
  status = { ...status, ...next };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useStatus(): Status {
  return useSyncExternalStore(subscribe, () => status);
}

/** What the screen counts, e.g. '400 customers'; gone when the screen goes. */
export function useStatusCounts(counts: string): void {
  useEffect(() => {
    set({ counts });
    return () => set({ counts: '', selection: NOTHING.selection });
  }, [counts]);
}

/** The selected rows' number and sum, as a spreadsheet shows them. */
export function reportSelection(count: number, paise: number): void {
  if (status.selection.count === count && status.selection.paise === paise) return;
  set({ selection: { count, paise } });
}

/** Adds work, or tells how far it is. */
export function reportWork(work: Work): void {
  set({ works: [...status.works.filter(({ id }) => id !== work.id), work] });
}

export function endWork(id: string): void {
  set({ works: status.works.filter((work) => work.id !== id) });
}
