import type { AgingSummary } from '#contract/engine/aging.ts';
import { Delayed } from '#kit/delayed.tsx';
import { FigureTile } from '#kit/figure-tile.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Skeleton } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { problemOf } from '../../client.ts';
import './aging.css';
import { useExplain, type ExplainWish } from './explain-drawer.tsx';
import { useShownSummary } from './time-travel.tsx';

type Figure = {
  readonly id: string;
  readonly explain: ExplainWish;
  /** The list that the figure is the sum of. */
  readonly bills: string;
  readonly now: (of: AgingSummary) => number;
  readonly before: (of: AgingSummary) => number;
};

const FIGURES = [
  {
    id: 'outstanding',
    explain: {},
    bills: '/bills',
    now: (of: AgingSummary) => of.totals.outstandingPaise,
    before: (of: AgingSummary) => of.previous.outstandingPaise,
  },
  {
    id: 'overdue',
    explain: { part: 'overdue' },
    bills: '/bills?part=overdue',
    now: (of: AgingSummary) => of.totals.overduePaise,
    before: (of: AgingSummary) => of.previous.overduePaise,
  },
  {
    id: 'ninetyPlus',
    explain: { part: 'over-90' },
    bills: '/bills?part=over-90',
    now: (of: AgingSummary) => of.ninetyPlusPaise,
    before: (of: AgingSummary) => of.previousNinetyPlusPaise,
  },
  {
    id: 'dueSoon',
    explain: { part: 'due-30' },
    bills: '/bills?part=due-30',
    now: (of: AgingSummary) => of.dueSoonPaise,
    before: (of: AgingSummary) => of.previousDueSoonPaise,
  },
] as const satisfies readonly Figure[];

/** The dashboard's four figures, each with its change in a month and its definition. */
export function AgingFigures(): JSX.Element {
  const { t } = useTranslation('dashboard');
  const [, goTo] = useLocation();
  const { data, error, refetch } = useShownSummary();
  const { explain, drawer } = useExplain();
  if (error) return <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <div className="figures">
      {FIGURES.map(({ id, explain: wish, bills, now, before }) =>
        data ? (
          <FigureTile
            key={id}
            label={t(`figures.${id}.label`)}
            definition={t(`figures.${id}.definition`)}
            value={<MoneyText paise={now(data)} withSign />}
            changePaise={now(data) - before(data)}
            note={<FigureNote id={id} summary={data} />}
            open={{ words: t('bar.action'), go: () => goTo(bills) }}
            explain={() => explain(wish, t(`figures.${id}.label`))}
          />
        ) : (
          <div key={id} className="card figures__bones">
            <Delayed>
              <Skeleton height={64} />
            </Delayed>
          </div>
        ),
      )}
      {drawer}
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
