import type { AgingTrend } from '#contract/engine/aging.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { dayWords } from '#kit/day-text.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { useLateWords } from '#kit/late-label.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import './customer-trend.css';

const MONTHS = 24;

// The chart library is large, and the window must stand before anybody looks at one customer's past.
const MonthsChart = lazy(async () => ({ default: (await import('./months-chart.tsx')).MonthsChart }));

/** What one customer owed at the last month-ends, by lateness; a press on a month moves the whole window there. */
export function CustomerTrend({ customerId }: { readonly customerId: number }): JSX.Element {
  const { t } = useTranslation('customers');
  const { wish, today, move } = useAsOf();
  const { data, error, refetch } = useQuery(
    orpc.aging.trend.queryOptions({ input: { asOf: wish, months: MONTHS, customerId } }),
  );
  const isEmpty = data?.months.every(({ buckets }) => buckets.every((amount) => amount === 0));
  return (
    <Section title={t('trend.title')} aside={isEmpty === false ? t('trend.aside') : null}>
      {error ? <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {isEmpty === true ? <p className="sum__why">{t('trend.none')}</p> : null}
      {data && isEmpty === false ? (
        <>
          <div className="months-chart">
            <Suspense fallback={null}>
              <MonthsChart trend={data} onMonth={(day) => move(day === today ? undefined : day)} />
            </Suspense>
          </div>
          <MonthsTable trend={data} />
        </>
      ) : null}
      {(data ?? error) ? null : (
        <Delayed>
          <Skeleton height={180} />
        </Delayed>
      )}
    </Section>
  );
}

/** The same figures for a screen reader, which sees no bars. */
function MonthsTable({ trend }: { readonly trend: AgingTrend }): JSX.Element {
  const { t } = useTranslation('customers');
  const sayRange = useLateWords();
  return (
    <div className="unseen">
      <table>
        <caption>{t('trend.caption', { count: trend.months.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('trend.month')}</th>
            {trend.buckets.map((range) => (
              <th key={range.key} scope="col">
                {sayRange(range)}
              </th>
            ))}
            <th scope="col">{t('trend.outstanding')}</th>
          </tr>
        </thead>
        <tbody>
          {trend.months.map(({ day, buckets, outstandingPaise }) => (
            <tr key={day}>
              <th scope="row">{dayWords(day)}</th>
              {trend.buckets.map(({ key }, bucket) => (
                <td key={key}>
                  <MoneyText paise={buckets[bucket] ?? 0} />
                </td>
              ))}
              <td>
                <MoneyText paise={outstandingPaise} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
