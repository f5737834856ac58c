import type { Day } from '#domain/days.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { Section } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Skeleton } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { problemOf } from '../../client.ts';
import { TimeMachine } from './time-machine.tsx';
import { useShownTrend } from './time-travel.tsx';
import { TrendChart } from './trend-chart.tsx';

/** How the outstanding money and its lateness went over the last month-ends, and the slider that moves the day. */
export function TrendPanel(): JSX.Element {
  const { t } = useTranslation('dashboard');
  const { move, today } = useAsOf();
  const { live, scale, settled, error, retry } = useShownTrend();
  const [, goTo] = useLocation();
  const openPart = (day: Day, bucket: number): void => {
    move(day === today ? undefined : day);
    goTo(`/bills?bucket=${bucket}`);
  };
  return (
    <Section title={t('trend.title')} aside={t('trend.aside')} className="trend">
      {error ? <ProblemNote problem={problemOf(error)} onRetry={retry} /> : null}
      {settled ? (
        <TrendChart {...{ live, scale, settled }} onPart={openPart} />
      ) : (
        <div className="trend__figure">
          <Delayed>
            <Skeleton height={168} />
          </Delayed>
        </div>
      )}
      <TimeMachine />
    </Section>
  );
}
