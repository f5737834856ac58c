import type { PolicyShown } from '#contract/engine/reminders.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Skeleton } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { BudgetSection } from './budget-section.tsx';
import { HolidaysSection } from './holidays-section.tsx';
import { HoursSection } from './hours-section.tsx';
import { MoneySection } from './money-section.tsx';
import { OftenSection } from './often-section.tsx';
import { OthersSection } from './others-section.tsx';
import './sending-rules.css';
import { usePolicy, type SavePolicy } from './use-policy.ts';

/** What every part of the rules is given. */
export type RulesProps = {
  readonly policy: PolicyShown;
  readonly save: SavePolicy;
  /** Another day is looked at: nothing may be written. */
  readonly isOff: boolean;
};

/** The owner's rules for everything that leaves; each is saved when it is changed. */
export function SendingRulesPanel(): JSX.Element {
  const { t } = useTranslation('sending-rules');
  const { isMoved } = useAsOf();
  const { policy, outer, problem, retry, save } = usePolicy();
  if (problem) return <ProblemNote problem={problem} onRetry={retry} />;
  if (!policy) {
    return (
      <Delayed>
        <Skeleton height={320} />
      </Delayed>
    );
  }
  const rules = { policy, save, isOff: isMoved };
  return (
    <div className="rules">
      <p className="rules__note">{t(isMoved ? 'moved' : 'note')}</p>
      <HoursSection {...rules} outer={outer} />
      <div className="rules__columns">
        <div className="rules__column">
          <OftenSection {...rules} />
          <MoneySection {...rules} />
        </div>
        <div className="rules__column">
          <BudgetSection {...rules} />
          <OthersSection {...rules} />
          <HolidaysSection {...rules} />
        </div>
      </div>
    </div>
  );
}
