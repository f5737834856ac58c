import type { Day } from '#domain/days.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { DaySlider } from '#kit/day-slider.tsx';
import type { DayRange } from '#kit/day-ticks.ts';
import { dayWords, useRelativeDay } from '#kit/day-text.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { useLiveValue } from '#kit/live.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore, type JSX } from 'react';
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

function Travel(range: DayRange): JSX.Element {
  const { t } = useTranslation('dashboard');
  return (
    <>
      <div className="time__head">
        <span className="time__title">{t('time.title')}</span>
        <ShownDay />
        <TodayButton />
      </div>
      <Slider {...range} />
    </>
  );
}

/** The day that the slider stands on. Each that needs it draws itself anew, and nothing else does. */
function useSliderDay(): Day {
  const held = useLiveValue(useTimeMachine().heldDay);
  const { day } = useAsOf();
  return held ?? day;
}

function ShownDay(): JSX.Element {
  const { today } = useAsOf();
  const sayRelative = useRelativeDay();
  const day = useSliderDay();
  return (
    <span className="time__day" data-testid="time-day">
      <span className="live-box">
        {dayWords(day)} <span className="time__relative">({sayRelative(day, today)})</span>
      </span>
    </span>
  );
}

function TodayButton(): JSX.Element {
  const { t } = useTranslation('dashboard');
  const { day, today, move } = useAsOf();
  const { heldDay } = useTimeMachine();
  const isToday = useSyncExternalStore(heldDay.subscribe, () => (heldDay.get() ?? day) === today);
  return (
    <Button variant="default" size="compact-xs" disabled={isToday} onClick={() => move(undefined)}>
      {t('time.today')}
    </Button>
  );
}

function Slider({ firstDay, lastDay }: DayRange): JSX.Element {
  const { t } = useTranslation('dashboard');
  const { today, move } = useAsOf();
  const machine = useTimeMachine();
  const sayRelative = useRelativeDay();
  return (
    <DaySlider
      {...{ today, firstDay, lastDay }}
      day={useSliderDay()}
      sayDay={(said) => `${dayWords(said)}, ${sayRelative(said, today)}`}
      label={t('time.label')}
      onMove={machine.show}
      onRelease={(next) => void machine.arrive(next, next === today ? undefined : next, move)}
    />
  );
}
