import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDots, IconPencil, IconPower, IconTrash } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { GatewayCardProps } from './gateway-card.tsx';

type GatewayMenuProps = GatewayCardProps & { readonly isOff: boolean };

/** Its place among those of its channel, and what else can be done with it. */
export function GatewayMenu(props: GatewayMenuProps): JSX.Element {
  const { gateway, kind, actions, onChange, onUp, onDown, isOff } = props;
  const { t } = useTranslation('gateways');
  const isStill = isOff || actions.isBusy;
  return (
    <>
      {onUp === undefined && onDown === undefined ? null : (
        <>
          <ActionIcon
            size={28}
            disabled={isStill || onUp === undefined}
            aria-label={t('upOf', { name: gateway.name })}
            title={t('up')}
            onClick={onUp}
          >
            <IconArrowUp size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            size={28}
            disabled={isStill || onDown === undefined}
            aria-label={t('downOf', { name: gateway.name })}
            title={t('down')}
            onClick={onDown}
          >
            <IconArrowDown size={16} aria-hidden />
          </ActionIcon>
        </>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={28} disabled={isStill} aria-label={t('moreOf', { name: gateway.name })}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={15} />} disabled={kind === undefined} onClick={onChange}>
            {t('change')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPower size={15} />}
            onClick={() => actions.turn(gateway, !gateway.isOn)}
          >
            {t(gateway.isOn ? 'turnOff' : 'turnOn')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => actions.remove(gateway)}>
            {t('remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
