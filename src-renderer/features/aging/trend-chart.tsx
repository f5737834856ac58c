import type { AgingTrend } from '#contract/engine/aging.ts';
import type { Day } from '#domain/days.ts';
import { dayWords } from '#kit/day-text.tsx';
import { LateMark, useLateWords } from '#kit/late-label.tsx';
import { lateColour } from '#kit/lateness.ts';
import { useMoneyWords } from '#kit/money-text.tsx';
import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { useMemo, type JSX } from 'react';
import { useTranslation } from 'react-i18next';

const TICK_EVERY_MONTHS = 3;

type TrendChartProps = {
  readonly trend: AgingTrend;
  /** One bucket of one month-end. */
  readonly onPart: (day: Day, bucket: number) => void;
};

/** One bar a month-end, stacked by bucket in the one order of lateness. */
export function TrendChart({ trend, onPart }: TrendChartProps): JSX.Element {
  const { t } = useTranslation('dashboard');
  const sayRange = useLateWords();
  const sayMoney = useMoneyWords();
  const data = useMemo(
    () =>
      trend.months.map(({ day, buckets }) => ({
        day,
        ...Object.fromEntries(buckets.map((amount, index) => [String(index), amount])),
      })),
    [trend],
  );
  const last = trend.months.at(-1);
  return (
    <figure className="trend__figure">
      <figcaption className="unseen">
        {t('trend.caption', {
          count: trend.months.length,
          day: last ? dayWords(last.day) : '',
          amount: sayMoney(last?.outstandingPaise ?? 0, true),
        })}
      </figcaption>
      <Legend trend={trend} />
      <BarChart
        className="trend__chart"
        data={data}
        dataKey="day"
        type="stacked"
        series={trend.buckets.map((range, index) => ({
          name: String(index),
          label: sayRange(range),
          color: lateColour(index, trend.buckets.length),
        }))}
        valueFormatter={(value) => sayMoney(value, true)}
        gridAxis="x"
        tickLine="none"
        tooltipAnimationDuration={0}
        maxBarWidth={36}
        xAxisProps={{ tickFormatter: monthWords, interval: TICK_EVERY_MONTHS - 1 }}
        yAxisProps={{ width: 64 }}
        tooltipProps={{ labelFormatter: labelWords }}
        barProps={({ name }) => ({
          isAnimationActive: false,
          cursor: 'pointer',
          onClick: (_bar, month) => {
            const pressed = trend.months[month];
            if (pressed) onPart(pressed.day, Number(name));
          },
        })}
        barChartProps={{
          stackOffset: 'sign',
          barCategoryGap: '18%',
          accessibilityLayer: false,
        }}
      />
    </figure>
  );
}

/** The chart's own legend would lie over the bars where the names are long. */
function Legend({ trend }: { readonly trend: AgingTrend }): JSX.Element {
  const sayRange = useLateWords();
  return (
    <div className="trend__legend">
      {trend.buckets.map((range, index) => (
        <span key={range.key} className="trend__key">
          <LateMark bucket={index} bucketCount={trend.buckets.length} />
          {sayRange(range)}
        </span>
      ))}
    </div>
  );
}

/** '2026-11-30' → '11-26' under the axis. */
function monthWords(day: unknown): string {
  return typeof day === 'string' ? `${day.slice(5, 7)}-${day.slice(2, 4)}` : '';
}

function labelWords(label: unknown): string {
  return typeof label === 'string' ? `${label.slice(8, 10)}-${label.slice(5, 7)}-${label.slice(0, 4)}` : '';
}
