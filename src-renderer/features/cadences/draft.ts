import type { CadenceShown } from '#contract/engine/cadences.ts';
import { useSyncExternalStore } from 'react';

/** A cadence as it is being changed. */
export type CadenceDraft = Omit<CadenceShown, 'cadenceId' | 'activeFrom'>;

type History = { readonly past: readonly CadenceDraft[]; readonly now: CadenceDraft };

const PAST_MOST = 100;

// Changes that were not saved outlive the tab they were made in: going to look something up must not lose them.
let drafts: ReadonlyMap<string, History> = new Map();
const listeners = new Set<() => void>();

function put(key: string, history: History | undefined): void {
  const next = new Map(drafts);
  if (history === undefined) next.delete(key);
  else next.set(key, history);
  drafts = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A cadence of one book. */
export function draftKey(bookId: string, cadenceId: number): string {
  return `${bookId} ${cadenceId}`;
}

/** What was changed and not saved, by key. */
export function useDrafts(): ReadonlySet<string> {
  const all = useSyncExternalStore(subscribe, () => drafts);
  return new Set(all.keys());
}

export function dropDraft(key: string): void {
  put(key, undefined);
}

/** Changes that were thrown away come back. */
export function bringBackDraft(key: string, draft: CadenceDraft): void {
  put(key, { past: [], now: draft });
}

type Change = (before: CadenceDraft) => CadenceDraft;

export type Draft = {
  readonly value: CadenceDraft;
  readonly isChanged: boolean;
  readonly canUndo: boolean;
  readonly change: (change: Change) => void;
  /** As `change`, but one with the change before it: a card on its way does not stop at every day. */
  readonly slide: (change: Change) => void;
  readonly undo: () => void;
};

export function useDraft(key: string, saved: CadenceDraft): Draft {
  const history = useSyncExternalStore(subscribe, () => drafts.get(key));
  const read = (): History => drafts.get(key) ?? { past: [], now: saved };
  return {
    value: history?.now ?? saved,
    isChanged: history !== undefined,
    canUndo: (history?.past.length ?? 0) > 0,
    change: (change) => {
      const { past, now } = read();
      put(key, { past: [...past, now].slice(-PAST_MOST), now: change(now) });
    },
    slide: (change) => {
      const { past, now } = read();
      put(key, { past, now: change(now) });
    },
    undo: () => {
      const { past } = read();
      const before = past.at(-1);
      if (before === undefined) return;
      put(key, before === saved ? undefined : { past: past.slice(0, -1), now: before });
    },
  };
}
