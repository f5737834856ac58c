import type { MessageState } from '#domain/reminders/words.ts';
import {
  IconAlertTriangle,
  IconCheck,
  IconCircleX,
  IconClockHour4,
  IconUserQuestion,
  type TablerIcon,
} from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { standingOf, type Standing } from './message-views.ts';

const icons = {
  waiting: IconClockHour4,
  left: IconCheck,
  'needs-you': IconUserQuestion,
  failed: IconAlertTriangle,
  'not-sent': IconCircleX,
} as const satisfies Record<Standing, TablerIcon>;

/** Where a message stands, in words, with a sign for how far that is. */
export function StateMark({ state }: { readonly state: MessageState }): JSX.Element {
  const { t } = useTranslation('messages');
  const standing = standingOf(state);
  const Icon = icons[standing];
  return (
    <span className={`state-mark state-mark--${standing}`}>
      <Icon size={15} stroke={1.8} aria-hidden />
      {t(`state.${state}`)}
    </span>
  );
}
