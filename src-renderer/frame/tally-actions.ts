import { useSyncStatus } from '#features/sync/use-sync-status.ts';
import { useTellProblem } from '#kit/undo.tsx';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../client.ts';
import type { Action } from './actions.ts';
import { goTo } from './hash-location.ts';

/** What can be done with Tally from anywhere: connect one, or read what changed in the one that is connected. */
export function useTallyActions(hasBook: boolean): readonly Action[] {
  const { t } = useTranslation('frame');
  const tellProblem = useTellProblem(problemOf);
  const isConnected = Boolean(useSyncStatus(hasBook)?.connection);
  const syncNow = useCallback(async (): Promise<void> => {
    try {
      queryClient.setQueryData(orpc.sync.status.queryKey(), await client.sync.run({}));
    } catch (error) {
      tellProblem(error);
    }
    // How a problem is told does not change while the window is open.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return useMemo(
    () => [
      isConnected
        ? {
            id: 'sync-now',
            group: 'actions',
            label: t('actions.syncNow'),
            keys: 'Ctrl+Shift+S',
            run: () => void syncNow(),
          }
        : {
            id: 'connect-tally',
            group: 'actions',
            label: t('actions.connectTally'),
            run: () => goTo('/tally'),
          },
    ],
    [t, isConnected, syncNow],
  );
}
