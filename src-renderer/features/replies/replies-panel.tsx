import { EmptyState } from '#kit/empty-state.tsx';
import { IconInbox } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

/** Nothing is drawn here yet. */
export function RepliesPanel(): JSX.Element {
  const { t } = useTranslation('reminders');
  return (
    <EmptyState
      icon={<IconInbox size={36} stroke={1.3} />}
      title={t('tabs.replies')}
      next={t('panels.replies')}
    />
  );
}
