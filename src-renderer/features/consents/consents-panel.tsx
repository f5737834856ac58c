import { EmptyState } from '#kit/empty-state.tsx';
import { IconListCheck } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

/** Nothing is drawn here yet. */
export function ConsentsPanel(): JSX.Element {
  const { t } = useTranslation('reminders');
  return (
    <EmptyState
      icon={<IconListCheck size={36} stroke={1.3} />}
      title={t('tabs.consents')}
      next={t('panels.consents')}
    />
  );
}
