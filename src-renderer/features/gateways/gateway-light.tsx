import type { GatewayShown } from '#contract/engine/gateways.ts';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconKey,
  IconPlayerPause,
  IconPower,
  type TablerIcon,
} from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

type GatewayLight = GatewayShown['light'];

/** Each light has a shape of its own: the colour alone tells nobody anything. */
const icons = {
  ok: IconCircleCheck,
  'never-tested': IconCircleDashed,
  paused: IconPlayerPause,
  failing: IconAlertTriangle,
  'no-secrets': IconKey,
  off: IconPower,
} as const satisfies Record<GatewayLight, TablerIcon>;

/** How a gateway is, with the word for it. */
export function LightMark({ light }: { readonly light: GatewayLight }): JSX.Element {
  const { t } = useTranslation('gateways');
  const Icon = icons[light];
  return (
    <span className={`gateway-light gateway-light--${light}`}>
      <Icon size={17} stroke={2} aria-hidden />
      {t(`light.${light}`)}
    </span>
  );
}
