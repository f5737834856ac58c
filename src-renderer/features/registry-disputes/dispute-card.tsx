import type { RegistryDispute } from '#contract/engine/registry.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { DayText } from '#kit/day-text.tsx';
import { instantWords } from '#kit/instant-text.ts';
import { Button } from '@mantine/core';
import { IconClockHour4 } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { clockOf } from './dispute-order.ts';

type DisputeCardProps = {
  readonly dispute: RegistryDispute;
  readonly isOff: boolean;
  readonly onAnswer: () => void;
};

/** What one customer says against one due, where that stands, and how long there is to answer. */
export function DisputeCard({ dispute, isOff, onAnswer }: DisputeCardProps): JSX.Element {
  const { t } = useTranslation('registry');
  const { customerName, number, reason, state, openedAt } = dispute;
  return (
    <li className="registry-dispute card">
      <div className="registry-dispute__words">
        <strong className="registry-dispute__name">{customerName ?? t('disputes.unknown')}</strong>
        <span className="registry-disputes__soft">
          {number === null ? '' : `${t('disputes.bill', { number })} · `}
          {t('disputes.since', { at: instantWords(openedAt) })}
        </span>
        <span>{t(`reasonSays.${reason}`)}</span>
      </div>
      <div className="registry-dispute__state">
        <span>{t(`disputeState.${state}`)}</span>
        <Deadline dispute={dispute} />
        <span className="registry-disputes__soft">{t(`disputeStateNote.${state}`)}</span>
      </div>
      {state === 'open' ? (
        <Button disabled={isOff} onClick={onAnswer}>
          {t('disputes.answer')}
        </Button>
      ) : (
        <span />
      )}
    </li>
  );
}

function Deadline({ dispute }: { readonly dispute: RegistryDispute }): JSX.Element | null {
  const { t } = useTranslation('registry');
  const { today } = useAsOf();
  const clock = clockOf(dispute, today);
  if (clock === null) return null;
  return (
    <span className="registry-dispute__clock">
      <IconClockHour4 size={15} aria-hidden />
      <strong>{t(`disputes.clock.${clock.say}`, { count: clock.days })}</strong>
      <span className="registry-disputes__soft">
        {t('disputes.answerBy')} <DayText day={dispute.answerBy} />
      </span>
    </span>
  );
}
