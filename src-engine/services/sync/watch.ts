import type { SyncStatus } from '#contract/engine/sync.ts';
import type { BookContext } from '../door.ts';
import { pause, runnerOf } from './runner.ts';
import { statusNow } from './status.ts';

/** Between two statuses: four a second are enough for an eye. */
const TELL_EVERY_MS = 250;

/** The status now, and anew whenever it moved; ends when nobody listens or the book is closed. */
export async function* watchStatus(
  context: BookContext,
  signal: AbortSignal | undefined,
): AsyncGenerator<SyncStatus, void> {
  const runner = runnerOf(context.db);
  let hasMoved = true;
  let wake: () => void = () => undefined;
  const listener = (): void => {
    hasMoved = true;
    wake();
  };
  runner.listeners.add(listener);
  signal?.addEventListener('abort', listener, { once: true });
  try {
    while (signal?.aborted !== true && context.db.isOpen()) {
      if (hasMoved) {
        hasMoved = false;
        yield statusNow(context);
        await pause(TELL_EVERY_MS, signal);
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    runner.listeners.delete(listener);
    signal?.removeEventListener('abort', listener);
  }
}
