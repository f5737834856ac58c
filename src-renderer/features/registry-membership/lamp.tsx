import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconClockHour4,
  type TablerIcon,
} from '@tabler/icons-react';
import type { JSX } from 'react';
import './registry-membership.css';
import type { RegistryLamp } from './standing.ts';

/** Each lamp has a shape of its own: the colour alone tells nobody anything. */
const icons = {
  green: IconCircleCheck,
  amber: IconClockHour4,
  red: IconAlertTriangle,
  off: IconCircleDashed,
} as const satisfies Record<RegistryLamp, TablerIcon>;

type LampProps = { readonly lamp: RegistryLamp; readonly size?: number };

export function Lamp({ lamp, size = 16 }: LampProps): JSX.Element {
  const Icon = icons[lamp];
  return <Icon size={size} stroke={1.9} className={`registry-lamp registry-lamp--${lamp}`} aria-hidden />;
}
