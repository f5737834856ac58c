import { dayNumber, daysBetween, type Day } from '#domain/days.ts';
import { DayField } from '#kit/day-field.tsx';
import { DayText } from '#kit/day-text.tsx';
import { Section } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { IconBeach } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { Step } from './steps.ts';
import type { TextNames } from './use-text-names.ts';
import type { Example, ExampleDay } from './use-example.ts';

/** An endless repeat goes on; the first dates show the pattern. */
const SHOWN_MOST = 24;

type ExampleDatesProps = {
  readonly example: Example;
  readonly steps: readonly Step[];
  readonly texts: TextNames;
  readonly onSelect: (stepId: string) => void;
};

/** When the messages about one bill would leave if it were not paid. */
export function ExampleDates({ example, steps, texts, onSelect }: ExampleDatesProps): JSX.Element {
  const { t } = useTranslation('cadences');
  const { days, isPending, passed, problem } = example;
  const numbers = new Map(steps.map((step, at) => [step.stepId, at + 1]));
  const keys = new Map(steps.map((step) => [step.stepId, step.templateKey]));
  return (
    <Section title={t('example.title')} className="example">
      <p className="field-hint">{t('example.about')}</p>
      <div className="example__bill">
        <DayField
          size="xs"
          label={t('example.billDay')}
          value={example.typed.bill}
          onChange={example.typeBill}
        />
        <DayField
          size="xs"
          label={t('example.dueDay')}
          value={example.typed.due}
          error={example.isTurned ? t('example.turned') : undefined}
          onChange={example.typeDue}
        />
      </div>
      {problem ? <ProblemNote problem={problem} /> : null}
      <table className="example__days">
        <tbody>
          {days.slice(0, SHOWN_MOST).map((one) => (
            <tr key={`${one.stepId} ${one.repeat} ${one.day}`}>
              <td>
                <DayText day={one.day} /> <Weekday day={one.day} />
              </td>
              <td className="example__soft">
                <Distance day={one.day} dueDay={example.bill.dueDay} />
              </td>
              <td>
                <button type="button" className="example__step" onClick={() => onSelect(one.stepId)}>
                  {t('step', { number: numbers.get(one.stepId) ?? 0 })}
                </button>
                <Again one={one} />{' '}
                <span className="example__soft">{texts.nameOf(keys.get(one.stepId) ?? '')}</span>
              </td>
              <td>
                {one.isOnHoliday ? (
                  <span className="example__holiday">
                    <IconBeach size={14} aria-hidden /> {t('example.holiday')}
                  </span>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {days.length > SHOWN_MOST ? (
        <p className="field-hint">{t('example.more', { count: days.length - SHOWN_MOST })}</p>
      ) : null}
      {days.length === 0 && !problem && !isPending ? <p className="field-hint">{t('example.none')}</p> : null}
      {passed.length > 0 && days.length > 0 ? (
        <p className="field-hint">
          {t('example.passed', { steps: passed.join(', '), count: passed.length })}
        </p>
      ) : null}
    </Section>
  );
}

function Again({ one }: { readonly one: ExampleDay }): JSX.Element | null {
  const { t } = useTranslation('cadences');
  return one.repeat === 0 ? null : <span> · {t('example.again', { number: one.repeat + 1 })}</span>;
}

// 1970-01-01, the day of number 0, was a Thursday.
const THURSDAY = 3;
const DAYS_A_WEEK = 7;

function Weekday({ day }: { readonly day: Day }): JSX.Element {
  const { t } = useTranslation('cadences');
  const weekday = (((dayNumber(day) + THURSDAY) % DAYS_A_WEEK) + DAYS_A_WEEK) % DAYS_A_WEEK;
  return <span className="example__soft">{t(`weekday.${weekday}`)}</span>;
}

function Distance({ day, dueDay }: { readonly day: Day; readonly dueDay: Day }): JSX.Element {
  const { t } = useTranslation('cadences');
  const days = daysBetween(dueDay, day);
  if (days === 0) return <>{t('when.due.on')}</>;
  return <>{t(days < 0 ? 'example.before' : 'example.after', { count: Math.abs(days) })}</>;
}
