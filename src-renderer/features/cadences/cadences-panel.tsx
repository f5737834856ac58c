import { EmptyState } from '#kit/empty-state.tsx';
import { IconTimeline } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

/** Nothing is drawn here yet. */
export function CadencesPanel(): JSX.Element {
  const { t } = useTranslation('reminders');
  return (
    <EmptyState
      icon={<IconTimeline size={36} stroke={1.3} />}
      title={t('tabs.cadences')}
      next={t('panels.cadences')}
    />
  );
}
