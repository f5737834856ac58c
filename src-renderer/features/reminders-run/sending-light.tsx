import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconHandStop, IconSend, type TablerIcon } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import './sending.css';
import { lampOf, sendingStateOf, sendingWords, type Lamp } from './sending-state.ts';
import { useSendingStatus } from './use-sending-status.ts';

/** Each lamp has a shape of its own: the colour alone tells nobody anything. */
const icons = {
  green: IconSend,
  amber: IconAlertTriangle,
  red: IconHandStop,
} as const satisfies Record<Lamp, TablerIcon>;

export function SendingLamp({
  lamp,
  size = 16,
}: {
  readonly lamp: Lamp;
  readonly size?: number;
}): JSX.Element {
  const Icon = icons[lamp];
  return <Icon size={size} stroke={1.9} className={`sending-lamp sending-lamp--${lamp}`} aria-hidden />;
}

/** Whether messages leave, for the top bar; pressed, it leads to the reminders. */
export function SendingLight({ onOpen }: { readonly onOpen: () => void }): JSX.Element | null {
  const { t } = useTranslation('reminders');
  const status = useSendingStatus();
  if (!status) return null;
  const state = sendingStateOf(status);
  return (
    <Tooltip label={t(`sending.${state}.sentence`, sendingWords(status))}>
      <UnstyledButton className="sending-light" onClick={onOpen}>
        <SendingLamp lamp={lampOf(status)} />
        <span>{t(`sending.${state}.short`)}</span>
        {status.toApproveCount > 0 ? (
          <span className="sending-light__count">
            {t('sending.toApprove', { count: status.toApproveCount })}
          </span>
        ) : null}
      </UnstyledButton>
    </Tooltip>
  );
}
