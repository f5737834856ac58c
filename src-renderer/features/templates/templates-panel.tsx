import { EmptyState } from '#kit/empty-state.tsx';
import { IconFileText } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

/** Nothing is drawn here yet. */
export function TemplatesPanel(): JSX.Element {
  const { t } = useTranslation('reminders');
  return (
    <EmptyState
      icon={<IconFileText size={36} stroke={1.3} />}
      title={t('tabs.templates')}
      next={t('panels.templates')}
    />
  );
}
