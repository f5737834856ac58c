import { useAsOf } from '#kit/as-of.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { Section } from '#kit/page.tsx';
import { StackedBar } from '#kit/stacked-bar.tsx';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { orpc } from '../../client.ts';

/** All of the outstanding money by lateness; each bucket leads to its bills. */
export function AgingBar(): JSX.Element {
  const { t } = useTranslation('dashboard');
  const { wish } = useAsOf();
  const [, goTo] = useLocation();
  const { data } = useQuery(orpc.aging.summary.queryOptions({ input: { asOf: wish } }));
  return (
    <Section title={t('bar.title')} aside={t('bar.aside')} className="aging-bar">
      {data ? (
        <StackedBar
          parts={data.buckets.map((range, index) => ({
            range,
            amountPaise: data.totals.buckets[index] ?? 0,
            note: t('figures.bills', { count: data.bucketBillCounts[index] ?? 0 }),
          }))}
          actionWords={t('bar.action')}
          onPress={(index) => goTo(`/bills?bucket=${index}`)}
        />
      ) : (
        <Delayed>
          <Skeleton height={88} />
        </Delayed>
      )}
    </Section>
  );
}
