import { Button, Switch } from '@mantine/core';
import { IconPlayerStopFilled, IconRefresh } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import './sending.css';
import { useSendingActions } from './use-sending-actions.ts';
import { useSendingStatus } from './use-sending-status.ts';

/** Dry run, a look right now, and the red button. */
export function SendingSwitches(): JSX.Element | null {
  const { t } = useTranslation('reminders');
  const status = useSendingStatus();
  const actions = useSendingActions();
  if (!status) return null;
  return (
    <>
      <Switch
        size="sm"
        label={t('switches.dryRun')}
        checked={status.isDryRun}
        disabled={actions.isBusy}
        onChange={(event) => actions.dryRun(event.currentTarget.checked)}
      />
      <Button
        variant="default"
        leftSection={<IconRefresh size={16} aria-hidden />}
        disabled={actions.isBusy}
        onClick={actions.round}
      >
        {t('switches.round')}
      </Button>
      <Button
        className="kill-button"
        leftSection={<IconPlayerStopFilled size={16} aria-hidden />}
        disabled={actions.isBusy || status.isKilled}
        onClick={() => actions.kill(true)}
      >
        {t(status.isKilled ? 'switches.killed' : 'switches.kill')}
      </Button>
    </>
  );
}
