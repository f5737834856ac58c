import type { SyncRun } from '#contract/engine/sync.ts';
import { AgoText } from '#kit/ago-text.tsx';
import type { Column } from '#kit/data-table.tsx';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDurationWords } from './durations.ts';
import { useFailureWords } from './failure-words.ts';

const indian = new Intl.NumberFormat('en-IN');

type CountKey = 'requests' | 'vouchers' | 'added' | 'changed' | 'gone';

const countOf = {
  requests: (run) => run.requestCount,
  vouchers: (run) => run.voucherCount,
  added: (run) => run.addedCount,
  changed: (run) => run.changedCount,
  gone: (run) => run.goneCount,
} as const satisfies Record<CountKey, (run: SyncRun) => number>;

export function useRunColumns(): readonly Column<SyncRun>[] {
  const { t, i18n } = useTranslation('sync');
  const { sayDuration } = useDurationWords();
  const sayFailure = useFailureWords();
  return useMemo(() => {
    const count = (key: CountKey, width: number): Column<SyncRun> => ({
      key,
      header: t(`runs.${key}`),
      title: t(`runs.title_${key}`),
      width,
      align: 'end',
      sortBy: countOf[key],
      sortFirst: 'desc',
      cell: (run) => indian.format(countOf[key](run)),
    });
    const outcome = (run: SyncRun): string => {
      if (run.failure) return sayFailure(run.failure).title;
      return t(`runs.outcomes.${run.outcome ?? 'running'}`);
    };
    return [
      {
        key: 'when',
        header: t('runs.when'),
        width: 100,
        sortBy: (run) => run.startedAt,
        sortFirst: 'desc',
        cell: (run) => <AgoText at={run.startedAt} />,
      },
      {
        key: 'kind',
        header: t('runs.kind'),
        width: 120,
        sortBy: (run) => t(`runs.kinds.${run.kind}`),
        cell: (run) => t(`runs.kinds.${run.kind}`),
      },
      {
        key: 'duration',
        header: t('runs.duration'),
        width: 96,
        align: 'end',
        sortBy: millisecondsOf,
        sortFirst: 'desc',
        cell: (run) => {
          const milliseconds = millisecondsOf(run);
          return milliseconds === null ? '–' : sayDuration(milliseconds);
        },
      },
      {
        key: 'tally',
        header: t('runs.tally'),
        title: t('runs.title_tally'),
        width: 104,
        align: 'end',
        sortBy: (run) => run.tallyMilliseconds,
        sortFirst: 'desc',
        cell: (run) => sayDuration(run.tallyMilliseconds),
      },
      count('requests', 90),
      count('vouchers', 92),
      count('added', 76),
      count('changed', 86),
      count('gone', 76),
      {
        key: 'outcome',
        header: t('runs.outcome'),
        width: 150,
        grow: 1,
        sortBy: outcome,
        cell: (run) => <span title={outcome(run)}>{outcome(run)}</span>,
      },
    ];
    // The sayings change with the language only.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [t, i18n.language]);
}

function millisecondsOf({ startedAt, endedAt }: SyncRun): number | null {
  return endedAt === null ? null : Math.max(0, endedAt - startedAt);
}
