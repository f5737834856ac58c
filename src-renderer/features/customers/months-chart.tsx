import type { AgingTrend } from '#contract/engine/aging.ts';
import { isDay, type Day } from '#domain/days.ts';
import { dayWords } from '#kit/day-text.tsx';
import { LateMark, useLateWords } from '#kit/late-label.tsx';
import { lateColour } from '#kit/lateness.ts';
import { MoneyText, useMoneyWords } from '#kit/money-text.tsx';
import { useEffect, useRef, useState, type JSX, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  useActiveTooltipLabel,
  XAxis,
  YAxis,
} from 'recharts';

type Month = AgingTrend['months'][number];
type MonthsChartProps = { readonly trend: AgingTrend; readonly onMonth: (day: Day) => void };

const HEIGHT = 180;
const LABEL_EVERY_MONTHS = 3;
const MOVE_MILLISECONDS = 200;

/** One bar a month-end, stacked by bucket; the arrows go from month to month and Enter presses the one they are on. */
export function MonthsChart({ trend, onMonth }: MonthsChartProps): JSX.Element {
  const { t } = useTranslation('customers');
  const sayMoney = useMoneyWords();
  const isStill = useStillness();
  const activeRef = useRef<Day>(undefined);
  const press = (label: unknown): void => {
    if (typeof label === 'string' && isDay(label)) onMonth(label);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || activeRef.current === undefined) return;
    event.preventDefault();
    press(activeRef.current);
  };
  return (
    // The chart inside takes the keyboard by itself; Enter comes up from it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDown={onKeyDown}>
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <BarChart
          data={trend.months}
          stackOffset="sign"
          margin={{ top: 6, right: 4, bottom: 0, left: 0 }}
          barCategoryGap="22%"
          title={t('trend.caption', { count: trend.months.length })}
          onClick={({ activeLabel }) => press(activeLabel)}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="day"
            interval={LABEL_EVERY_MONTHS - 1}
            tickFormatter={monthWords}
            tickLine={false}
            axisLine={false}
            tick={{ fill: 'var(--ink-soft)', fontSize: 11 }}
            height={20}
          />
          <YAxis
            width={60}
            tickFormatter={(paise: number) => sayMoney(paise, true)}
            tickLine={false}
            axisLine={false}
            tick={{ fill: 'var(--ink-soft)', fontSize: 11 }}
          />
          <ReferenceLine y={0} stroke="var(--line-strong)" />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--ground-hover)' }}
            content={({ active, label }) => {
              const month = active ? trend.months.find(({ day }) => day === label) : undefined;
              return month ? <MonthCard trend={trend} month={month} /> : null;
            }}
          />
          {trend.buckets.map(({ key }, bucket) => (
            <Bar
              key={key}
              dataKey={({ buckets }: Month) => buckets[bucket] ?? 0}
              stackId="lateness"
              fill={lateColour(bucket, trend.buckets.length)}
              isAnimationActive={!isStill}
              animationDuration={MOVE_MILLISECONDS}
            />
          ))}
          <ActiveMonth activeRef={activeRef} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Keeps which month the pointer or the arrows are on: only a child of the chart can know. */
function ActiveMonth({ activeRef }: { readonly activeRef: RefObject<Day | undefined> }): null {
  const label = useActiveTooltipLabel();
  useEffect(() => {
    activeRef.current = typeof label === 'string' && isDay(label) ? label : undefined;
  });
  return null;
}

type MonthCardProps = { readonly trend: AgingTrend; readonly month: Month };

function MonthCard({ trend, month }: MonthCardProps): JSX.Element {
  const { t } = useTranslation('customers');
  const sayRange = useLateWords();
  return (
    <div className="card months-chart__card">
      <div className="months-chart__row months-chart__row--head">
        <span>{dayWords(month.day)}</span>
        <MoneyText paise={month.outstandingPaise} withSign />
      </div>
      {trend.buckets.map((range, bucket) => (
        <div key={range.key} className="months-chart__row">
          <span>
            <LateMark bucket={bucket} bucketCount={trend.buckets.length} /> {sayRange(range)}
          </span>
          <MoneyText paise={month.buckets[bucket] ?? 0} />
        </div>
      ))}
      <div className="months-chart__hint">{t('trend.move', { day: dayWords(month.day) })}</div>
    </div>
  );
}

const STILL = '(prefers-reduced-motion: reduce)';

/** Whether the user wishes that nothing moves by itself; followed while it is looked at. */
function useStillness(): boolean {
  const [isStill, setStill] = useState(() => window.matchMedia(STILL).matches);
  useEffect(() => {
    const query = window.matchMedia(STILL);
    const follow = (): void => setStill(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return isStill;
}

/** '2026-11-30' → '11-26' under the axis. */
function monthWords(day: string): string {
  return `${day.slice(5, 7)}-${day.slice(2, 4)}`;
}
