import type { Pause } from '#contract/engine/consents.ts';
import { DayText } from '#kit/day-text.tsx';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { Button } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';

const NO_PAUSES: readonly Pause[] = [];

type PauseLinesProps = { readonly customerId: number; readonly isReadOnly: boolean };

/** The pauses that hold, each with why and until when, and the way to end it. */
export function PauseLines({ customerId, isReadOnly }: PauseLinesProps): JSX.Element | null {
  const { data = NO_PAUSES } = useQuery(orpc.consents.pauses.queryOptions({ input: { customerId } }));
  if (data.length === 0) return null;
  return (
    <ul className="care__pauses">
      {data.map((pause) => (
        <PauseLine key={pause.pauseId} pause={pause} isReadOnly={isReadOnly} />
      ))}
    </ul>
  );
}

function PauseLine({
  pause,
  isReadOnly,
}: {
  readonly pause: Pause;
  readonly isReadOnly: boolean;
}): JSX.Element {
  const { t } = useTranslation('customer-reminders');
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  const { pauseId, customerId, billId, billNumber, kind, until, reason } = pause;
  const refetch = async (): Promise<void> => {
    await queryClient.invalidateQueries({ queryKey: orpc.consents.key() });
    await queryClient.invalidateQueries({ queryKey: orpc.reminders.key() });
  };
  const end = async (): Promise<void> => {
    try {
      await client.consents.endPause({ pauseId });
      await refetch();
      done({
        message: t('pause.ended'),
        undo: async () => {
          await client.consents.pause({ customerId, billId, kind, until, reason });
          await refetch();
        },
      });
    } catch (error) {
      tell(error);
    }
  };
  return (
    <li className="care__pause">
      <IconPlayerPause size={15} aria-hidden />
      <span className="care__words">
        <strong>{t(`pause.kind.${kind}`)}</strong>
        {billNumber === null ? '' : ` (${billNumber})`}
        {until === null ? ` · ${t('pause.open')}` : ` · ${t('pause.until')} `}
        {until === null ? null : <DayText day={until} />}
        <span className="care__soft"> · {reason}</span>
      </span>
      {isReadOnly ? null : (
        <Button size="compact-xs" variant="default" onClick={() => void end()}>
          {t('pause.end')}
        </Button>
      )}
    </li>
  );
}
