import { useSendingActions } from '#features/reminders-run/use-sending-actions.ts';
import { useIsSendingKilled } from '#features/reminders-run/use-sending-status.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { reminderTabs } from '../screens/reminder-tabs.ts';
import type { Action } from './actions.ts';
import { goTo } from './hash-location.ts';

/** Every part of the reminders, what they say of the business, and the red button. */
export function useReminderActions(hasBook: boolean): readonly Action[] {
  const { t } = useTranslation(['frame', 'reminders']);
  const isKilled = useIsSendingKilled(hasBook);
  const { kill, round } = useSendingActions();
  return useMemo(() => {
    if (!hasBook) return [];
    const act = (id: string, label: string, run: () => void): Action => ({
      id,
      group: 'actions',
      label,
      isOnlyFound: true,
      run,
    });
    return [
      ...reminderTabs.map((part) =>
        act(`reminders-${part}`, t('actions.reminders', { part: t(`reminders:tabs.${part}`) }), () =>
          goTo(`/reminders?tab=${part}`),
        ),
      ),
      act('business', t('actions.business'), () => goTo('/settings')),
      act('sending-round', t('actions.sendingRound'), round),
      isKilled
        ? act('sending-on', t('actions.sendingOn'), () => kill(false))
        : act('sending-off', t('actions.sendingOff'), () => kill(true)),
    ];
    // The calls do not change while the window is open.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [t, hasBook, isKilled]);
}
