import { EmptyState } from '#kit/empty-state.tsx';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { Button } from '@mantine/core';
import { IconBellRinging, IconChecks } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf } from '../../client.ts';
import { nothingOf, type Nothing } from './nothing.ts';

type RunEmptyProps = {
  readonly onTab: (tab: string) => void;
  /** What the run itself knows of it; undefined: whatever has to be put right first. */
  readonly known: Nothing | undefined;
};

/** Nothing is planned: why, and what to do next. */
export function RunEmpty({ onTab, known }: RunEmptyProps): JSX.Element {
  const { t } = useTranslation('reminders');
  const { data: cadences } = useQuery(orpc.cadences.list.queryOptions());
  const { data: gateways } = useQuery(orpc.gateways.list.queryOptions());
  const nothing = known ?? nothingOf(cadences, gateways);
  return (
    <EmptyState
      icon={
        nothing === 'no-cadence' ? (
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

type NextStepProps = { readonly nothing: Nothing; readonly onTab: (tab: string) => void };

function NextStep({ nothing, onTab }: NextStepProps): JSX.Element | null {
  const { t } = useTranslation('reminders');
  switch (nothing) {
    case 'no-cadence':
      return <AddGentle onAdded={() => onTab('cadences')} />;
    case 'cadence-off':
    case 'not-assigned':
      return <Button onClick={() => onTab('cadences')}>{t('nothing.toCadences')}</Button>;
    case 'no-gateway':
      return <Button onClick={() => onTab('gateways')}>{t('nothing.toGateways')}</Button>;
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

function AddGentle({ onAdded }: { readonly onAdded: () => void }): JSX.Element {
  const { t } = useTranslation('reminders');
  const [isBusy, setBusy] = useState(false);
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  const add = async (): Promise<void> => {
    setBusy(true);
    try {
      const { cadenceId } = await client.cadences.addPreset({ preset: 'gentle' });
      done({ message: t('nothing.added'), undo: () => client.cadences.remove({ cadenceId }) });
      onAdded();
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button disabled={isBusy} onClick={() => void add()}>
      {t('nothing.addGentle')}
    </Button>
  );
}
