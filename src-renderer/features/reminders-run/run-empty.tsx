import { EmptyState } from '#kit/empty-state.tsx';
import { Button } from '@mantine/core';
import { IconBellRinging, IconChecks } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { orpc } from '../../client.ts';
import { nothingOf, type Nothing } from './nothing.ts';
import { SetupList } from './setup-list.tsx';

type RunEmptyProps = {
  readonly onTab: (tab: string) => void;
  /** What the run itself knows of it; undefined: whatever has to be set up first. */
  readonly known: Nothing | undefined;
};

/** Nothing is planned: why, and what to do next. */
export function RunEmpty({ onTab, known }: RunEmptyProps): JSX.Element {
  const { t } = useTranslation('reminders');
  const nothing = useNothing(known);
  if (nothing === 'setup') return <SetupList onTab={onTab} />;
  return (
    <EmptyState
      icon={
        nothing === 'nobody-owes' ? (
          <IconBellRinging size={36} stroke={1.3} />
        ) : (
          <IconChecks size={36} stroke={1.3} />
        )
      }
      title={t(`nothing.${nothing}.title`)}
      next={t(`nothing.${nothing}.next`)}
      actions={<NextStep nothing={nothing} onTab={onTab} />}
    />
  );
}

function useNothing(known: Nothing | undefined): Nothing {
  const { data: cadences } = useQuery(orpc.cadences.list.queryOptions());
  const { data: gateways } = useQuery(orpc.gateways.list.queryOptions());
  const { data: business } = useQuery(orpc.business.get.queryOptions());
  if (known) return known;
  return nothingOf(cadences && gateways && business ? { business, gateways, ...cadences } : undefined);
}

type NextStepProps = {
  readonly nothing: Exclude<Nothing, 'setup'>;
  readonly onTab: (tab: string) => void;
};

function NextStep({ nothing, onTab }: NextStepProps): JSX.Element | null {
  const { t } = useTranslation('reminders');
  const [, goTo] = useLocation();
  switch (nothing) {
    case 'nobody-owes':
      return <Button onClick={() => goTo('/imports')}>{t('nothing.toImport')}</Button>;
    case 'nothing-due':
      return (
        <Button variant="default" onClick={() => onTab('calendar')}>
          {t('nothing.toCalendar')}
        </Button>
      );
    case 'all-approved':
      return (
        <Button variant="default" onClick={() => onTab('outbox')}>
          {t('nothing.toOutbox')}
        </Button>
      );
    case 'filtered':
      return null;
  }
}
