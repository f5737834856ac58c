import type { RegistryConsent } from '#contract/engine/registry.ts';
import type { Column } from '#kit/data-table.tsx';
import { DayText } from '#kit/day-text.tsx';
import { instantDayWords, instantWords } from '#kit/instant-text.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { rankOf } from './consent-steps.ts';
import { StepMarks } from './step-line.tsx';

/** The columns of the requests: who, what for, how far. */
export function useConsentColumns(): readonly Column<RegistryConsent>[] {
  const { t } = useTranslation('registry');
  return useMemo(
    (): readonly Column<RegistryConsent>[] => [
      {
        key: 'name',
        header: t('column.who'),
        width: 134,
        grow: 2,
        opens: true,
        sortBy: (row) => row.name,
        cell: (row) => <span title={row.name}>{row.name}</span>,
      },
      {
        key: 'purpose',
        header: t('column.purpose'),
        width: 122,
        sortBy: (row) => row.purpose,
        cell: (row) => t(`code.${row.purpose}.short`),
      },
      {
        key: 'state',
        header: t('column.state'),
        width: 168,
        grow: 1,
        sortBy: rankOf,
        cell: (row) => <StepMarks consent={row} />,
      },
      {
        key: 'asked',
        header: t('column.asked'),
        width: 104,
        sortBy: (row) => row.askedAt,
        sortFirst: 'desc',
        cell: (row) => <span title={instantWords(row.askedAt)}>{instantDayWords(row.askedAt)}</span>,
      },
      {
        key: 'expires',
        header: t('column.expires'),
        width: 104,
        sortBy: (row) => row.expiresDay,
        cell: (row) => <DayText day={row.expiresDay} />,
      },
    ],
    [t],
  );
}
