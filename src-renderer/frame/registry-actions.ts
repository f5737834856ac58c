import { isMember } from '#features/registry-membership/standing.ts';
import { syncNow } from '#features/registry-membership/sync-run.ts';
import { orpc } from '../client.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from './actions.ts';
import { goTo } from './hash-location.ts';

/** What can be done with the registry from anywhere; who belongs to none can only join. */
export function useRegistryActions(hasBook: boolean): readonly Action[] {
  const { t } = useTranslation('frame');
  const { data: membership } = useQuery(orpc.registry.membership.queryOptions({ enabled: hasBook }));
  const isIn = hasBook && membership !== undefined && isMember(membership);
  const purpose = membership?.purpose;
  return useMemo(() => {
    const act = (id: string, run: () => void, keys?: string): Action => ({
      id,
      group: 'actions',
      label: t(`actions.${id}`),
      run,
      ...(keys === undefined ? {} : { keys }),
    });
    if (!hasBook) return [];
    if (!isIn) return [act('registryJoin', () => goTo('/registry?join=yes'))];
    return [
      ...(purpose === 'check' ? [] : [act('registryPublish', () => goTo('/registry?tab=publish'))]),
      ...(purpose === 'publish' ? [] : [act('registryCheck', () => goTo('/registry?tab=checks&ask=new'))]),
      act('registrySync', () => void syncNow(), 'Ctrl+Shift+R'),
    ];
  }, [t, hasBook, isIn, purpose]);
}
