import type { Bucket } from '#domain/aging.ts';
import type { AgingTrend } from '#contract/engine/aging.ts';
import type { Day } from '#domain/days.ts';
import { dayWords } from '#kit/day-text.tsx';
import { useLateWords, LateMark } from '#kit/late-label.tsx';
import { lateColour } from '#kit/lateness.ts';
import { LiveText, useLive, useLiveValue, type Live } from '#kit/live.tsx';
import { MoneyText, useMoneyWords } from '#kit/money-text.tsx';
import { useRef, useState, type JSX, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { barOf, bucketAt, heightOn, type MonthBar, type Scale } from './stack-months.ts';
import type { ShownTrend } from './time-machine-state.ts';
import './trend.css';

const LABEL_EVERY_MONTHS = 3;

type TrendChartProps = {
  readonly live: Live<ShownTrend>;
  readonly scale: Live<Scale>;
  /** The trend of the window's day, which the caption tells of. */
  readonly settled: AgingTrend;
  /** One bucket of one month-end. */
  readonly onPart: (day: Day, bucket: number) => void;
};

/**
 * One bar a month-end, stacked by bucket in the one order of lateness; the last is the chosen day. The aging bar above
 * it names the colours. Plain boxes and no chart library, drawn once: what moves with the slider is written into them.
 */
export function TrendChart({ live, scale, settled, onPart }: TrendChartProps): JSX.Element {
  const [hovered, setHovered] = useState<number>();
  const count = settled.months.length;
  return (
    <figure className="trend__figure" onPointerLeave={() => setHovered(undefined)}>
      <Caption trend={settled} />
      <div className="months" aria-hidden="true">
        <Grid live={scale} />
        <div className="months__bars">
          {settled.months.map((_, at) => (
            <div
              key={at}
              className={`months__month${at === count - 1 ? ' months__month--chosen' : ''}`}
              onPointerEnter={() => setHovered(at)}
            >
              <Bar live={live} at={at} onPart={onPart} />
              {at % LABEL_EVERY_MONTHS === 0 ? (
                <LiveText
                  live={live}
                  say={({ trend }) => monthWords(trend.months[at]?.day)}
                  className="months__name"
                />
              ) : null}
            </div>
          ))}
        </div>
        {hovered === undefined ? null : <MonthCard live={live} at={hovered} isRight={hovered >= count / 2} />}
      </div>
    </figure>
  );
}

function Caption({ trend }: { readonly trend: AgingTrend }): JSX.Element {
  const { t } = useTranslation('dashboard');
  const sayMoney = useMoneyWords();
  const last = trend.months.at(-1);
  return (
    <figcaption className="unseen">
      {t('trend.caption', {
        count: trend.months.length,
        day: last ? dayWords(last.day) : '',
        amount: sayMoney(last?.outstandingPaise ?? 0, true),
      })}
    </figcaption>
  );
}

type BarProps = Pick<TrendChartProps, 'live' | 'onPart'> & { readonly at: number };

/** One button a month with its parts as one picture: a box for each of them is a box to be laid out at every frame. */
function Bar({ live, at, onPart }: BarProps): JSX.Element {
  const { t } = useTranslation('dashboard');
  const drawn = useRef('');
  const ref = useLive<HTMLButtonElement, ShownTrend>(live, (element, { trend, scale }) => {
    const month = trend.months[at];
    if (!month) return;
    const bar = barOf(month, scale);
    const image = imageOf(bar, month.buckets.length);
    const now = `${bar.bottom} ${bar.height} ${image}`;
    if (now === drawn.current) return;
    drawn.current = now;
    element.style.bottom = `${bar.bottom}%`;
    element.style.height = `${bar.height}%`;
    element.style.backgroundImage = image;
  });
  const press = ({ clientY, currentTarget }: MouseEvent): void => {
    const shown = live.get();
    const month = shown?.trend.months[at];
    if (!shown || !month) return;
    const { bottom, height } = currentTarget.getBoundingClientRect();
    const bucket = bucketAt(barOf(month, shown.scale), ((bottom - clientY) * 100) / height);
    if (bucket !== undefined) onPart(month.day, bucket);
  };
  return (
    <button
      ref={ref}
      type="button"
      tabIndex={-1}
      aria-label={t('bar.action')}
      className="months__part"
      onClick={press}
    />
  );
}

function imageOf({ parts }: MonthBar, bucketCount: number): string {
  const stops = parts.map(({ bucket, from, to }) => `${lateColour(bucket, bucketCount)} ${from}% ${to}%`);
  return stops.length === 0 ? 'none' : `linear-gradient(to top, ${stops.join(', ')})`;
}

/** Lines of the grid at round amounts, zero a little stronger. */
function Grid({ live }: { readonly live: Live<Scale> }): JSX.Element {
  const sayMoney = useMoneyWords();
  const scale = useLiveValue(live);
  return (
    <>
      {scale?.lines.map((amount, at) => (
        <div
          key={at}
          className={`months__line${amount === 0 ? ' months__line--zero' : ''}`}
          style={{ bottom: lineAt(heightOn(scale, amount) / 100) }}
        >
          <span className="months__amount">{sayMoney(amount, true)}</span>
        </div>
      ))}
    </>
  );
}

/** The plot ends above the months' names and a little below the figure's top. */
function lineAt(share: number): string {
  return `calc(var(--plot-bottom) + (100% - var(--plot-bottom) - var(--plot-top)) * ${share})`;
}

type MonthCardProps = {
  readonly live: Live<ShownTrend>;
  readonly at: number;
  readonly isRight: boolean;
};

/** What a bar is made of, while the pointer is over it; on the side where the bar is not. */
function MonthCard({ live, at, isRight }: MonthCardProps): JSX.Element | null {
  const shown = useLiveValue(live);
  const month = shown?.trend.months[at];
  if (!month) return null;
  return (
    <div className={`card month-card${isRight ? ' month-card--left' : ''}`}>
      <div className="month-card__row month-card__row--head">
        <span>{dayWords(month.day)}</span>
        <MoneyText paise={month.outstandingPaise} withSign short />
      </div>
      <MonthParts ranges={shown.trend.buckets} amounts={month.buckets} />
    </div>
  );
}

type MonthPartsProps = { readonly ranges: readonly Bucket[]; readonly amounts: readonly number[] };

function MonthParts({ ranges, amounts }: MonthPartsProps): readonly JSX.Element[] {
  const sayRange = useLateWords();
  return ranges.map((range, bucket) => (
    <div key={range.key} className="month-card__row">
      <span className="trend__key">
        <LateMark bucket={bucket} bucketCount={ranges.length} />
        {sayRange(range)}
      </span>
      <MoneyText paise={amounts[bucket] ?? 0} short />
    </div>
  ));
}

/** '2026-11-30' → '11-26' under the axis. */
function monthWords(day: Day | undefined): string {
  return day === undefined ? '' : `${day.slice(5, 7)}-${day.slice(2, 4)}`;
}
