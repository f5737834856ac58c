import { useSyncExternalStore } from 'react';

/** An approval that can still be taken back, whatever tab is open. */
export type Approval = {
  readonly runId: number;
  readonly approvedCount: number;
  readonly secondsLeft: number;
};

const TICK_MILLISECONDS = 1000;
/** The engine lets nothing leave before; it says so itself, and this is how long it is shown. */
export const UNDO_SECONDS = 30;

let approval: Approval | undefined;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function set(next: Approval | undefined): void {
  approval = next;
  for (const listener of listeners) listener();
}

/** Begins to count down from the moment the engine answered. */
export function startApproval(made: Omit<Approval, 'secondsLeft'>): void {
  clearInterval(timer);
  set({ ...made, secondsLeft: UNDO_SECONDS });
  timer = setInterval(() => {
    const left = (approval?.secondsLeft ?? 0) - 1;
    if (approval && left > 0) set({ ...approval, secondsLeft: left });
    else endApproval();
  }, TICK_MILLISECONDS);
}

export function endApproval(): void {
  clearInterval(timer);
  timer = undefined;
  set(undefined);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useApproval(): Approval | undefined {
  return useSyncExternalStore(subscribe, () => approval);
}
