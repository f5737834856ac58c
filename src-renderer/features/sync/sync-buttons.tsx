import type { SyncStatus } from '#contract/engine/sync.ts';
import { Button, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import {
  IconPlayerPause,
  IconPlayerPlay,
  IconPlugConnectedX,
  IconRefresh,
  IconRotate2,
} from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { isOnlyHistory } from './only-history.ts';
import type { SyncActions } from './use-sync-actions.ts';

type SyncButtonsProps = { readonly status: SyncStatus; readonly actions: SyncActions };

/** What can be done at any time: read what changed, read all anew, pause, disconnect. */
export function SyncButtons({ status, actions }: SyncButtonsProps): JSX.Element {
  const { t } = useTranslation('sync');
  const ask = (what: 'full' | 'disconnect', onConfirm: () => void): void => {
    modals.openConfirmModal({
      title: t(`ask.${what}.title`),
      children: <Text size="sm">{t(`ask.${what}.text`)}</Text>,
      labels: { confirm: t(`ask.${what}.confirm`), cancel: t('ask.cancel') },
      closeButtonProps: { 'aria-label': t('ask.cancel') },
      onConfirm,
    });
  };
  // What changed can be read at any time: the past lets it go first.
  const isBusy = (status.isReading && !isOnlyHistory(status)) || actions.isRunning;
  return (
    <>
      <PauseButton {...{ status, actions }} />
      <Button
        variant="default"
        disabled={isBusy}
        leftSection={<IconRotate2 size={16} aria-hidden />}
        onClick={() => ask('full', () => actions.run(true))}
      >
        {t('action.full')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconPlugConnectedX size={16} aria-hidden />}
        onClick={() => ask('disconnect', actions.disconnect)}
      >
        {t('action.disconnect')}
      </Button>
      <Button
        // What stands between has a button of its own then.
        variant={status.failure ? 'default' : 'filled'}
        disabled={isBusy}
        leftSection={<IconRefresh size={16} aria-hidden />}
        onClick={() => actions.run(false)}
        data-testid="sync-now"
      >
        {t('action.now')}
      </Button>
    </>
  );
}

/** One place for both, so that nothing moves when one becomes the other. */
function PauseButton({ status, actions }: SyncButtonsProps): JSX.Element {
  const { t } = useTranslation('sync');
  const history = status.history?.state;
  const isPaused = history === 'paused';
  const isAnythingToPause = status.isReading || history === 'reading' || history === 'waiting';
  return (
    <Button
      variant="default"
      disabled={!isPaused && !isAnythingToPause}
      leftSection={
        isPaused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />
      }
      onClick={isPaused ? actions.resume : actions.pause}
    >
      {t(isPaused ? 'action.resume' : 'action.pause')}
    </Button>
  );
}
