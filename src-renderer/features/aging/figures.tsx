import type { AgingSummary } from '#contract/engine/aging.ts';
import { Delayed } from '#kit/delayed.tsx';
import { FigureChange, FigureTile } from '#kit/figure-tile.tsx';
import { useCountWords } from '#kit/count-words.ts';
import { LiveText, type Live } from '#kit/live.tsx';
import { LiveMoney } from '#kit/money-text.tsx';
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

/** The dashboard's four figures, each with its change in a month and its definition. Drawn once; figures are written. */
export function AgingFigures(): JSX.Element {
  const { t } = useTranslation('dashboard');
  const [, goTo] = useLocation();
  const { live, isThere, error, retry } = useShownSummary();
  const { explain, drawer } = useExplain();
  if (error) return <ProblemNote problem={problemOf(error)} onRetry={retry} />;
  return (
    <div className="figures">
      {FIGURES.map(({ id, explain: wish, bills, now, before }) =>
        isThere ? (
          <FigureTile
            key={id}
            label={t(`figures.${id}.label`)}
            definition={t(`figures.${id}.definition`)}
            value={<LiveMoney live={live} of={now} withSign className="live-box" />}
            note={
              <div className="figures__note">
                <div className="live-box">
                  <FigureChange live={live} of={(of) => now(of) - before(of)} />
                  <FigureNote id={id} live={live} />
                </div>
              </div>
            }
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

type FigureNoteProps = { readonly id: (typeof FIGURES)[number]['id']; readonly live: Live<AgingSummary> };

/** What the figure is made of, in a few words; most at 'outstanding', where credits are set off. */
function FigureNote({ id, live }: FigureNoteProps): JSX.Element | null {
  const sayBills = useCountWords('dashboard', 'figures.bills');
  const sayOldest = useCountWords('dashboard', 'figures.oldest');
  if (id === 'outstanding')
    return <LiveText live={live} say={({ totals }) => sayBills(totals.openBillCount)} />;
  if (id === 'overdue')
    return <LiveText live={live} say={({ totals }) => sayBills(totals.overdueBillCount)} />;
  if (id === 'ninetyPlus') return <LiveText live={live} say={({ totals }) => sayOldest(totals.oldestDays)} />;
  return null;
}
