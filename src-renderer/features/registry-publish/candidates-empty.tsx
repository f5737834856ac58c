import { EmptyState } from '#kit/empty-state.tsx';
import { IconFilterOff, IconMoodCheck } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { Candidates } from './candidates-toolbar.tsx';

/** Nobody is late, or nothing of the late is what was looked for. */
export function CandidatesEmpty({ data }: { readonly data: Candidates | undefined }): JSX.Element {
  const { t } = useTranslation('registry');
  if (data && data.candidates.length > 0) {
    return (
      <EmptyState
        icon={<IconFilterOff size={36} stroke={1.3} />}
        title={t('publish.empty.filtered')}
        next={t('publish.empty.filteredNext')}
      />
    );
  }
  return (
    <EmptyState
      icon={<IconMoodCheck size={36} stroke={1.3} />}
      title={t('publish.empty.title')}
      next={t('publish.empty.next')}
    />
  );
}
