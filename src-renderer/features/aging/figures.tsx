import type { AgingSummary } from '#contract/engine/aging.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { FigureTile } from '#kit/figure-tile.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { orpc, problemOf } from '../../client.ts';
import { Delayed } from '#kit/delayed.tsx';
import './aging.css';

const FIGURES = [
  {
    id: 'outstanding',
    bills: '/bills',
    now: (of: AgingSummary) => of.totals.outstandingPaise,
    before: (of: AgingSummary) => of.previous.outstandingPaise,
  },
  {
    id: 'overdue',
    bills: '/bills?part=overdue',
    now: (of: AgingSummary) => of.totals.overduePaise,
    before: (of: AgingSummary) => of.previous.overduePaise,
  },
  {
    id: 'ninetyPlus',
    bills: '/bills?part=over-90',
    now: (of: AgingSummary) => of.ninetyPlusPaise,
    before: (of: AgingSummary) => of.previousNinetyPlusPaise,
  },
  {
    id: 'dueSoon',
    bills: '/bills?part=due-30',
    now: (of: AgingSummary) => of.dueSoonPaise,
    before: (of: AgingSummary) => of.previousDueSoonPaise,
  },
] as const;

/** The dashboard's four figures, each with its change in a month and its definition. */
export function AgingFigures(): JSX.Element {
  const { t } = useTranslation('dashboard');
  const { wish } = useAsOf();
  const [, goTo] = useLocation();
  const { data, error, refetch } = useQuery(orpc.aging.summary.queryOptions({ input: { asOf: wish } }));
  if (error) return <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <div className="figures">
      {FIGURES.map(({ id, bills, now, before }) =>
        data ? (
          <FigureTile
            key={id}
            label={t(`figures.${id}.label`)}
            definition={t(`figures.${id}.definition`)}
            value={<MoneyText paise={now(data)} withSign />}
            changePaise={now(data) - before(data)}
            note={<FigureNote id={id} summary={data} />}
            open={{ words: t('bar.action'), go: () => goTo(bills) }}
          />
        ) : (
          <div key={id} className="card figures__bones">
            <Delayed>
              <Skeleton height={64} />
            </Delayed>
          </div>
        ),
      )}
    </div>
  );
}

type FigureId = (typeof FIGURES)[number]['id'];

/** What the figure is made of, in a few words; most at 'outstanding', where credits are set off. */
function FigureNote({
  id,
  summary,
}: {
  readonly id: FigureId;
  readonly summary: AgingSummary;
}): JSX.Element | null {
  const { t } = useTranslation('dashboard');
  const { openBillCount, overdueBillCount, oldestDays } = summary.totals;
  if (id === 'outstanding') return <span>{t('figures.bills', { count: openBillCount })}</span>;
  if (id === 'overdue') return <span>{t('figures.bills', { count: overdueBillCount })}</span>;
  if (id === 'ninetyPlus') return <span>{t('figures.oldest', { count: oldestDays })}</span>;
  return null;
}
