import { SegmentedControl } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { ThreadFilter } from './threads.ts';

type ThreadFiltersProps = {
  readonly filter: ThreadFilter;
  readonly openCount: number;
  readonly allCount: number;
  readonly onFilter: (filter: ThreadFilter) => void;
};

/** Those that wait for an answer, or all. */
export function ThreadFilters({ filter, openCount, allCount, onFilter }: ThreadFiltersProps): JSX.Element {
  const { t } = useTranslation('replies');
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('filter.label')}
      value={filter}
      onChange={(next) => onFilter(next === 'open' ? 'open' : 'all')}
      data={[
        { value: 'open', label: t('filter.open', { count: openCount }) },
        { value: 'all', label: t('filter.all', { count: allCount }) },
      ]}
    />
  );
}
