import type { Day } from '#domain/days.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { Section } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { orpc, problemOf } from '../../client.ts';

// The chart library is large and the figures above do not wait for it.
const TrendChart = lazy(async () => ({ default: (await import('./trend-chart.tsx')).TrendChart }));

const MONTHS = 24;

/** How the outstanding money and its lateness went over the last month-ends. */
export function TrendPanel(): JSX.Element {
  const { t } = useTranslation('dashboard');
  const { wish, move, today } = useAsOf();
  const { data, error, refetch } = useQuery(
    orpc.aging.trend.queryOptions({ input: { asOf: wish, months: MONTHS } }),
  );
  const [, goTo] = useLocation();
  const openPart = (day: Day, bucket: number): void => {
    move(day === today ? undefined : day);
    goTo(`/bills?bucket=${bucket}`);
  };
  const bones = (
    <Delayed>
      <Skeleton height={250} />
    </Delayed>
  );
  return (
    <Section title={t('trend.title')} aside={t('trend.aside')} className="trend">
      {error ? <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} /> : null}
      <Suspense fallback={bones}>{data ? <TrendChart trend={data} onPart={openPart} /> : bones}</Suspense>
    </Section>
  );
}
