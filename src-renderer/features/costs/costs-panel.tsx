import { EmptyState } from '#kit/empty-state.tsx';
import { IconCoinRupee } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

/** Nothing is drawn here yet. */
export function CostsPanel(): JSX.Element {
  const { t } = useTranslation('reminders');
  return (
    <EmptyState
      icon={<IconCoinRupee size={36} stroke={1.3} />}
      title={t('tabs.costs')}
      next={t('panels.costs')}
    />
  );
}
