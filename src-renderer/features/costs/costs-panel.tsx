import type { Day } from '#domain/days.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { ActionIcon, Skeleton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconCoinRupee } from '@tabler/icons-react';
import { useMemo, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { CostsExport } from './costs-export.tsx';
import './costs.css';
import { CostsChart } from './costs-chart.tsx';
import { CostsFigures } from './costs-figures.tsx';
import { GatewayCosts } from './gateway-costs.tsx';
import { daysOf, monthBeside, monthShown } from './month-costs.ts';
import { useCosts } from './use-costs.ts';

/** What messages cost: by day and channel, by gateway, the estimate beside the actual, and how much of the budget. */
export function CostsPanel(): JSX.Element {
  const { t } = useTranslation('costs');
  const { today } = useAsOf();
  const [asked, setAsked] = useState<Day>();
  const month = monthShown(asked, today);
  const { costs, monthBudgetMicros, problem, retry } = useCosts(month);
  const days = useMemo(() => daysOf(month, costs?.days ?? []), [month, costs]);
  const isEmpty = costs !== undefined && costs.days.length === 0;
  return (
    <div className="costs">
      <MonthHead month={month} isLast={month === monthShown(undefined, today)} onMonth={setAsked}>
        <CostsExport month={month} days={days} disabled={costs === undefined || isEmpty} />
      </MonthHead>
      {problem ? <ProblemNote problem={problem} onRetry={retry} /> : null}
      {costs === undefined && !problem ? (
        <Delayed>
          <Skeleton height={300} />
        </Delayed>
      ) : null}
      {costs !== undefined && !isEmpty ? (
        <>
          <CostsFigures days={days} budgetMicros={monthBudgetMicros} />
          <CostsChart days={days} />
          <GatewayCosts month={month} gateways={costs.gateways} />
        </>
      ) : null}
      {isEmpty ? (
        <EmptyState
          icon={<IconCoinRupee size={36} stroke={1.3} />}
          title={t('empty.title')}
          next={t('empty.next')}
        />
      ) : null}
    </div>
  );
}

type MonthHeadProps = {
  readonly month: Day;
  /** The month that runs: none after it can be shown. */
  readonly isLast: boolean;
  readonly onMonth: (month: Day) => void;
  readonly children: JSX.Element;
};

function MonthHead({ month, isLast, onMonth, children }: MonthHeadProps): JSX.Element {
  const { t } = useTranslation('costs');
  return (
    <header className="costs__head">
      <ActionIcon size={30} aria-label={t('previous')} onClick={() => onMonth(monthBeside(month, -1))}>
        <IconChevronLeft size={18} aria-hidden />
      </ActionIcon>
      <h2 className="costs__month" aria-live="polite">
        {t('monthOf', { month: t(`month.${Number(month.slice(5, 7))}`), year: month.slice(0, 4) })}
      </h2>
      <ActionIcon
        size={30}
        aria-label={t('next')}
        disabled={isLast}
        onClick={() => onMonth(monthBeside(month, 1))}
      >
        <IconChevronRight size={18} aria-hidden />
      </ActionIcon>
      <span className="costs__actions">{children}</span>
    </header>
  );
}
