import type { SendingStatus } from '#contract/engine/reminders.ts';
import { useEffect } from 'react';
import { words } from '../words/index.ts';
import { client, onEngineConnected, orpc, queryClient, shell } from '../client.ts';
import { newsSince } from './sending-news.ts';

/** Keeps the window in step with what leaves, whatever screen is open; after a restart of the engine anew. */
export function SendingAttendant(): null {
  useEffect(() => {
    let listening = new AbortController();
    const start = (): void => {
      listening.abort();
      listening = new AbortController();
      void follow(listening.signal);
    };
    start();
    const stop = onEngineConnected(start);
    return () => {
      stop();
      listening.abort();
    };
  }, []);
  return null;
}

async function follow(signal: AbortSignal): Promise<void> {
  try {
    for await (const status of await client.reminders.watch(undefined, { signal })) {
      if (!signal.aborted) tell(status);
    }
  } catch {
    // The engine went away. The overlay tells it, and the next connection starts to listen again.
  }
}

let last: SendingStatus | null = null;

function tell(status: SendingStatus): void {
  queryClient.setQueryData(orpc.reminders.status.queryKey(), status);
  for (const { key, count } of newsSince(last, status)) {
    shell.notify({ title: 'Baaki', body: words.t(`frame:notes.${key}`, { count }) });
  }
  last = status;
}
