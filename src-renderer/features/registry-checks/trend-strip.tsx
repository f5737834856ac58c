import type { Day } from '#domain/days.ts';
import { dpdBands } from '#domain/registry/report.ts';
import { lateColour } from '#kit/lateness.ts';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { monthWords, trendMonths, type TrendMonth } from './trend.ts';

type TrendStripProps = { readonly trend: readonly string[] | null; readonly asOf: Day };

/** 24 months, each with the worst lateness that was reported of it: by colour, by height, and in words. */
export function TrendStrip({ trend, asOf }: TrendStripProps): JSX.Element | null {
  const { t } = useTranslation('registry');
  if (trend === null) return null;
  const months = trendMonths(trend, asOf);
  const say = ({ month, bucket }: TrendMonth): string => {
    const band = bucket === null ? t('result.nothingDue') : t(`dpd.${dpdBands[bucket] ?? '0'}`);
    return `${monthWords(month)}: ${band}`;
  };
  const [first, last] = [months.at(0), months.at(-1)];
  return (
    <div className="trend">
      <p className="result__heading">{t('result.trend')}</p>
      <ol className="trend__months" aria-label={t('result.trend')}>
        {months.map((one) => (
          <li key={one.month} className="trend__month" title={say(one)}>
            <span
              aria-hidden
              className={`trend__bar${one.bucket === null ? ' trend__bar--none' : ''}`}
              style={
                one.bucket === null
                  ? undefined
                  : {
                      background: lateColour(one.bucket, dpdBands.length),
                      height: `${((one.bucket + 1) * 100) / dpdBands.length}%`,
                    }
              }
            />
            <span className="unseen">{say(one)}</span>
          </li>
        ))}
      </ol>
      <div className="trend__ends" aria-hidden>
        <span>{first ? monthWords(first.month) : ''}</span>
        <span>{last ? monthWords(last.month) : ''}</span>
      </div>
    </div>
  );
}
