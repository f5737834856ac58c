import type { SyncRun } from '#contract/engine/sync.ts';
import { DataTable, ROW_HEIGHT } from '#kit/data-table.tsx';
import { Section } from '#kit/page.tsx';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import './sync.css';
import { useRunColumns } from './run-columns.tsx';

const RUNS_MOST = 200;
const ROWS_SHOWN = 9;
const ROWS_LEAST = 3;
const HEAD_ROWS = 1.3;

/** What was read from Tally, newest first: when, how long, how many requests, what changed in the book. */
export function RunsTable(): JSX.Element {
  const { t } = useTranslation('sync');
  const columns = useRunColumns();
  const { data, error, refetch } = useQuery(orpc.sync.runs.queryOptions({ input: { most: RUNS_MOST } }));
  const rows = Math.min(ROWS_SHOWN, Math.max(ROWS_LEAST, data?.length ?? ROWS_LEAST)) + HEAD_ROWS;
  return (
    <Section title={t('runs.title')} aside={data?.length ? t('runs.count', { count: data.length }) : null}>
      {data?.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('runs.empty')}
        </Text>
      ) : (
        <div className="runs" style={{ height: Math.ceil(rows * ROW_HEIGHT) }}>
          <DataTable
            label={t('runs.title')}
            columns={columns}
            rows={data}
            keyOf={keyOf}
            initialSort={{ key: 'when', direction: 'desc' }}
            problem={error ? problemOf(error) : undefined}
            onRetry={() => void refetch()}
          />
        </div>
      )}
    </Section>
  );
}

function keyOf({ runId }: SyncRun): string {
  return String(runId);
}
