import type { SyncLight } from '#contract/engine/sync-words.ts';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClockHour4,
  IconPlugConnectedX,
  type TablerIcon,
} from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './sync.css';

/** Each light has a shape of its own: the colour alone tells nobody anything. */
const icons = {
  green: IconCircleCheck,
  amber: IconClockHour4,
  red: IconAlertTriangle,
  off: IconPlugConnectedX,
} as const satisfies Record<SyncLight, TablerIcon>;

type LightProps = {
  readonly light: SyncLight;
  /** Stands in place of the light's own word. */
  readonly children?: ReactNode;
  readonly size?: number;
};

/** A light with its word. */
export function Light({ light, children, size = 16 }: LightProps): JSX.Element {
  const { t } = useTranslation('sync');
  const Icon = icons[light];
  return (
    <span className={`light light--${light}`}>
      <Icon size={size} stroke={2} className="light__lamp" aria-hidden />
      <span>
        {children === undefined ? (
          t(`light.${light}`)
        ) : (
          <>
            <span className="unseen">{t(`light.${light}`)}. </span>
            {children}
          </>
        )}
      </span>
    </span>
  );
}
