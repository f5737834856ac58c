import type { Day } from '#domain/days.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { DaySlider } from '#kit/day-slider.tsx';
import type { DayRange } from '#kit/day-ticks.ts';
import { dayWords, useRelativeDay } from '#kit/day-text.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { sliderEnds } from './slider-ends.ts';
import { useTimeMachine } from './time-travel.tsx';
import './trend.css';

/** The slider over the days of the book; what it moves is in time-travel.tsx. */
export function TimeMachine(): JSX.Element | null {
  const { today } = useAsOf();
  const { data: span, error, refetch } = useQuery(orpc.aging.span.queryOptions());
  if (error) return <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (span === null) return null;
  return (
    <div className="time">
      {span ? (
        <Travel {...sliderEnds(span, today)} />
      ) : (
        <div className="time__bones">
          <Delayed>
            <Skeleton height={66} />
          </Delayed>
        </div>
      )}
    </div>
  );
}

function Travel({ firstDay, lastDay }: DayRange): JSX.Element {
  const { t } = useTranslation('dashboard');
  const { day: windowDay, today, move } = useAsOf();
  const [heldDay, setHeldDay] = useState<Day>();
  const machine = useTimeMachine();
  const sayRelative = useRelativeDay();
  const day = heldDay ?? windowDay;

  const show = (next: Day): void => {
    setHeldDay(next);
    machine.show(next);
  };
  const release = async (next: Day): Promise<void> => {
    await machine.arrive(next, next === today ? undefined : next, (wish) => {
      move(wish);
      setHeldDay(undefined);
    });
  };
  const sayDay = (said: Day): string => `${dayWords(said)}, ${sayRelative(said, today)}`;
  return (
    <>
      <div className="time__head">
        <span className="time__title">{t('time.title')}</span>
        <span className="time__day" data-testid="time-day">
          {dayWords(day)} <span className="time__relative">({sayRelative(day, today)})</span>
        </span>
        <Button
          variant="default"
          size="compact-xs"
          disabled={day === today}
          onClick={() => {
            move(undefined);
            setHeldDay(undefined);
          }}
        >
          {t('time.today')}
        </Button>
      </div>
      <DaySlider
        {...{ day, today, firstDay, lastDay, sayDay }}
        label={t('time.label')}
        onMove={show}
        onRelease={(next) => void release(next)}
      />
    </>
  );
}
