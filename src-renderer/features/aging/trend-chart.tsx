import type { AgingTrend } from '#contract/engine/aging.ts';
import type { Day } from '#domain/days.ts';
import { dayWords } from '#kit/day-text.tsx';
import { LateMark, useLateWords } from '#kit/late-label.tsx';
import { lateColour } from '#kit/lateness.ts';
import { MoneyText, useMoneyWords } from '#kit/money-text.tsx';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { heightOn, partsOf, scaleOf, type Scale } from './stack-months.ts';
import './trend.css';

const LABEL_EVERY_MONTHS = 3;

type TrendChartProps = {
  readonly trend: AgingTrend;
  /** Least top of the scale, so that it stays while the slider is held. */
  readonly topPaise: number;
  /** One bucket of one month-end. */
  readonly onPart: (day: Day, bucket: number) => void;
};

/**
 * One bar a month-end, stacked by bucket in the one order of lateness; the last is the chosen day. The aging bar above
 * it names the colours. Plain boxes and no chart library: it is drawn anew at every frame in which the slider moves.
 */
export function TrendChart({ trend, topPaise, onPart }: TrendChartProps): JSX.Element {
  const { t } = useTranslation('dashboard');
  const sayMoney = useMoneyWords();
  const sayRange = useLateWords();
  const [hovered, setHovered] = useState<number>();
  const scale = scaleOf(trend, topPaise);
  const names = trend.buckets.map(sayRange);
  const last = trend.months.at(-1);
  const month = hovered === undefined ? undefined : trend.months[hovered];
  return (
    <figure className="trend__figure" onPointerLeave={() => setHovered(undefined)}>
      <figcaption className="unseen">
        {t('trend.caption', {
          count: trend.months.length,
          day: last ? dayWords(last.day) : '',
          amount: sayMoney(last?.outstandingPaise ?? 0, true),
        })}
      </figcaption>
      <div className="months" aria-hidden="true">
        <Grid scale={scale} />
        <div className="months__bars">
          {trend.months.map(({ day, buckets, outstandingPaise }, at) => (
            <div
              key={at}
              className={`months__month${at === trend.months.length - 1 ? ' months__month--chosen' : ''}`}
              onPointerEnter={() => setHovered(at)}
            >
              {partsOf({ day, buckets, outstandingPaise }, scale).map(({ bucket, from, height }) => (
                <button
                  key={bucket}
                  type="button"
                  tabIndex={-1}
                  aria-label={names[bucket]}
                  className="months__part"
                  style={{
                    bottom: `${from}%`,
                    height: `${height}%`,
                    background: lateColour(bucket, buckets.length),
                  }}
                  onClick={() => onPart(day, bucket)}
                />
              ))}
              {at % LABEL_EVERY_MONTHS === 0 ? <span className="months__name">{monthWords(day)}</span> : null}
            </div>
          ))}
        </div>
        {month && hovered !== undefined ? (
          <MonthCard trend={trend} month={month} isRight={hovered >= trend.months.length / 2} />
        ) : null}
      </div>
    </figure>
  );
}

/** Lines of the grid at round amounts, zero a little stronger. */
function Grid({ scale }: { readonly scale: Scale }): JSX.Element {
  const sayMoney = useMoneyWords();
  return (
    <>
      {scale.lines.map((amount, at) => (
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
  readonly trend: AgingTrend;
  readonly month: AgingTrend['months'][number];
  readonly isRight: boolean;
};

/** What a bar is made of, while the pointer is over it; on the side where the bar is not. */
function MonthCard({ trend, month, isRight }: MonthCardProps): JSX.Element {
  const sayRange = useLateWords();
  return (
    <div className={`card month-card${isRight ? ' month-card--left' : ''}`}>
      <div className="month-card__row month-card__row--head">
        <span>{dayWords(month.day)}</span>
        <MoneyText paise={month.outstandingPaise} withSign short />
      </div>
      {trend.buckets.map((range, bucket) => (
        <div key={range.key} className="month-card__row">
          <span className="trend__key">
            <LateMark bucket={bucket} bucketCount={trend.buckets.length} />
            {sayRange(range)}
          </span>
          <MoneyText paise={month.buckets[bucket] ?? 0} short />
        </div>
      ))}
    </div>
  );
}

/** '2026-11-30' → '11-26' under the axis. */
function monthWords(day: Day): string {
  return `${day.slice(5, 7)}-${day.slice(2, 4)}`;
}
