import type { SendingStatus } from '#contract/engine/reminders.ts';
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { orpc } from '../../client.ts';

/** How sending stands; undefined until it is known, and without a book. */
export function useSendingStatus(hasBook = true): SendingStatus | undefined {
  const { data } = useQuery({ ...orpc.reminders.status.queryOptions(), enabled: hasBook });
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  if (!hasBook || !data) return undefined;
  // The engine looks at no network by itself; the window knows whether this computer has one.
  return isOnline || !data.isOnline ? data : { ...data, isOnline: false };
}

/** Only whether all sending is stopped: the rest of the status moves with every message, and this does not. */
export function useIsSendingKilled(hasBook: boolean): boolean {
  const { data } = useQuery({
    ...orpc.reminders.status.queryOptions({ select: ({ isKilled }: SendingStatus) => isKilled }),
    enabled: hasBook,
  });
  return hasBook && data === true;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}
