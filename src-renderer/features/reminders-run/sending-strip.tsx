import type { SendingStatus } from '#contract/engine/reminders.ts';
import { AgoText } from '#kit/ago-text.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useApproval } from './approval-store.ts';
import './sending.css';
import { paiseOfMicros } from '#kit/micros.ts';
import { SendingLamp } from './sending-light.tsx';
import { byHandCount, lampOf, sendingStateOf, sendingWords } from './sending-state.ts';
import { useSendingActions } from './use-sending-actions.ts';
import { useSendingStatus } from './use-sending-status.ts';

type SendingStripProps = {
  /** Only says what stands in the way. */
  readonly isQuiet?: boolean;
  readonly onGateways?: () => void;
};

/** Whether messages leave, what stands in their way and what to do about it, and what they did today. */
export function SendingStrip({ isQuiet = false, onGateways }: SendingStripProps): JSX.Element | null {
  const { t } = useTranslation('reminders');
  const status = useSendingStatus();
  const actions = useSendingActions();
  const approval = useApproval();
  // The undo bar takes the strip's place while there is something to take back: nothing below may jump.
  if (!status || (approval && !isQuiet)) return null;
  const state = sendingStateOf(status);
  if (isQuiet && state === 'on') return null;
  return (
    <div className={`sending-strip card sending-strip--${state}`} role="status">
      <SendingLamp lamp={lampOf(status)} size={18} />
      <span className="sending-strip__words">{t(`sending.${state}.sentence`, sendingWords(status))}</span>
      {isQuiet ? null : <Counts status={status} />}
      {state === 'killed' ? (
        <Button size="compact-sm" disabled={actions.isBusy} onClick={() => actions.kill(false)}>
          {t('sending.goOn')}
        </Button>
      ) : null}
      {state === 'copy' || state === 'elsewhere' ? (
        <Button size="compact-sm" disabled={actions.isBusy} onClick={actions.sendFromHere}>
          {t('sending.fromHere')}
        </Button>
      ) : null}
      {state === 'cannot' && onGateways ? (
        <Button size="compact-sm" variant="default" onClick={onGateways}>
          {t('sending.gateways')}
        </Button>
      ) : null}
    </div>
  );
}

function Counts({ status }: { readonly status: SendingStatus }): JSX.Element {
  const { t } = useTranslation('reminders');
  const counts = [
    ['waiting', status.scheduledCount + status.sendingCount],
    ['needsYou', status.heldCount + status.unknownCount],
    ['byHand', byHandCount(status)],
    ['sentToday', status.sentTodayCount],
  ] as const;
  return (
    <span className="sending-strip__counts">
      {counts
        .filter(([key, count]) => count > 0 || key === 'sentToday')
        .map(([key, count]) => (
          <span key={key}>{t(`sending.counts.${key}`, { count })}</span>
        ))}
      <Spent label={t('sending.spentToday')} micros={status.spentTodayMicros} />
      <Spent label={t('sending.spentMonth')} micros={status.spentMonthMicros} />
      {status.roundAt === null ? null : (
        <span>
          {t('sending.looked')} <AgoText at={status.roundAt} />
        </span>
      )}
    </span>
  );
}

function Spent({ label, micros }: { readonly label: string; readonly micros: number }): JSX.Element | null {
  if (micros === 0) return null;
  return (
    <span>
      {label} <MoneyText paise={paiseOfMicros(micros)} withSign />
    </span>
  );
}
