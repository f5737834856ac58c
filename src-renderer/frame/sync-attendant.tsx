import type { SyncStatus } from '#contract/engine/sync.ts';
import { useSyncStatus } from '#features/sync/use-sync-status.ts';
import { endWork, reportWork } from '#kit/status.ts';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { client, onEngineConnected, orpc, queryClient } from '../client.ts';

const WORK_ID = 'tally-sync';
const CHECK_LEAST_MILLISECONDS = 60_000;

/** Keeps the window in step with the sync, whatever screen is open: its status, its work, a look when one comes back. */
export function SyncAttendant(): null {
  const status = useSyncStatus(true);
  useWatch();
  useCheckOnFocus(Boolean(status?.connection));
  useWork(status);
  return null;
}

/** The status comes whenever it moved; after a restart of the engine it is listened to anew. */
function useWatch(): void {
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
}

async function follow(signal: AbortSignal): Promise<void> {
  try {
    for await (const status of await client.sync.watch(undefined, { signal })) {
      if (!signal.aborted) tell(status);
    }
  } catch {
    // The engine went away. The overlay tells it, and the next connection starts to listen again.
  }
}

function tell(status: SyncStatus): void {
  queryClient.setQueryData(orpc.sync.status.queryKey(), status);
}

/** Whoever comes back to the window wants to see today's books; once a minute is often enough. */
function useCheckOnFocus(isConnected: boolean): void {
  useEffect(() => {
    if (!isConnected) return undefined;
    let checkedAt: number | undefined;
    const onFocus = ({ timeStamp }: FocusEvent): void => {
      if (checkedAt !== undefined && timeStamp - checkedAt < CHECK_LEAST_MILLISECONDS) return;
      checkedAt = timeStamp;
      void check();
    };
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, [isConnected]);
}

async function check(): Promise<void> {
  try {
    tell(await client.sync.check());
  } catch {
    // Nobody asked for it. What stands between us and Tally is in the status and shown by its light.
  }
}

/** What is read from Tally stands in the status line, with its progress and a stop. */
function useWork(status: SyncStatus | undefined): void {
  const { t } = useTranslation('sync');
  const isReading = status?.isReading === true;
  const stage = status?.progress?.stage ?? 'greeting';
  const done = status?.progress?.done ?? 0;
  const of = status?.progress?.of ?? 0;
  useEffect(() => {
    if (!isReading) return endWork(WORK_ID);
    reportWork({
      id: WORK_ID,
      label: t('progress.work', { stage: t(`stage.${stage}`) }),
      done,
      of,
      stop: () => void client.sync.pause().then(tell, () => undefined),
    });
    return undefined;
  }, [t, isReading, stage, done, of]);
  useEffect(() => () => endWork(WORK_ID), []);
}
