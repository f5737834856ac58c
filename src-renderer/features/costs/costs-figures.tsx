import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { microsWords } from '#kit/micros.ts';
import { totalsOf, usedPercent, type DayCosts } from './month-costs.ts';

type CostsFiguresProps = { readonly days: readonly DayCosts[]; readonly budgetMicros: number | null };

/** The month in four figures: messages, cost, estimate, budget. */
export function CostsFigures({ days, budgetMicros }: CostsFiguresProps): JSX.Element {
  const { t } = useTranslation('costs');
  const { count, costMicros, estimateMicros } = totalsOf(days);
  return (
    <dl className="card costs__figures">
      <Figure label={t('figure.messages')}>{t('count', { count })}</Figure>
      <Figure label={t('figure.cost')}>₹ {microsWords(costMicros)}</Figure>
      <Figure label={t('figure.estimate')}>
        ₹ {microsWords(estimateMicros)}
        <Difference micros={costMicros - estimateMicros} />
      </Figure>
      <Figure label={t('figure.budget')}>
        <Budget spentMicros={costMicros} budgetMicros={budgetMicros} />
      </Figure>
    </dl>
  );
}

function Figure({ label, children }: { readonly label: string; readonly children: ReactNode }): JSX.Element {
  return (
    <div className="costs__figure">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** How the bill came out against what was estimated. */
function Difference({ micros }: { readonly micros: number }): JSX.Element {
  const { t } = useTranslation('costs');
  if (micros === 0) return <span className="costs__aside">{t('difference.none')}</span>;
  const amount = microsWords(Math.abs(micros));
  return (
    <span className="costs__aside">{t(micros > 0 ? 'difference.more' : 'difference.less', { amount })}</span>
  );
}

type BudgetProps = { readonly spentMicros: number; readonly budgetMicros: number | null };

function Budget({ spentMicros, budgetMicros }: BudgetProps): JSX.Element {
  const { t } = useTranslation('costs');
  const percent = usedPercent(spentMicros, budgetMicros);
  if (percent === null || budgetMicros === null) return <>{t('budget.none')}</>;
  return (
    <>
      {t('budget.used', { percent, budget: microsWords(budgetMicros) })}
      <span className="costs__bar" aria-hidden>
        <span
          className={`costs__used${percent >= 100 ? ' costs__used--up' : ''}`}
          style={{ width: `${Math.min(100, percent)}%` }}
        />
      </span>
    </>
  );
}
