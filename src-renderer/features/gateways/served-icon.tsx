import { channelIcons } from '#kit/channel-icons.ts';
import { IconCreditCard, type TablerIcon } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { Served } from './gateway-order.ts';

const icons = { ...channelIcons, payment: IconCreditCard } as const satisfies Record<Served, TablerIcon>;

/** The sign of what a gateway serves; its word stands beside it. */
export function ServedIcon({
  channel,
  size = 18,
}: {
  readonly channel: Served;
  readonly size?: number;
}): JSX.Element {
  const Icon = icons[channel];
  return <Icon size={size} stroke={1.7} className="served-icon" aria-hidden />;
}
