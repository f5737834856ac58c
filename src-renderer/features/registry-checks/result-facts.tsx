import type { CheckResult } from '#contract/engine/registry.ts';
import { TREND_LEAST } from '#domain/registry/report.ts';
import { evidenceGrades } from '#domain/registry/words.ts';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { monthWords, percentOf, tenthOf } from './trend.ts';

/** The facts one by one, each in words. */
export function ResultFacts({ result }: { readonly result: CheckResult }): JSX.Element {
  const { t } = useTranslation('registry');
  const { reporterCount, since, settledShare, medianDaysLate, evidence } = result;
  const say = useShareWords(reporterCount < TREND_LEAST);
  const proofs = evidenceGrades
    .filter((grade) => evidence[grade] > 0)
    .map((grade) => `${say(evidence[grade])} ${t(`grade.${grade}`)}`);
  const { disputesOpen, disputesForDebtor, disputesForReporter, writtenOff, withdrawn } = result;
  const isTold = !result.suppressed.includes('details');
  const nothing = t(isTold ? 'result.none.short' : 'result.notTold');
  const counted = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([key, count]) => t(`result.${key}`, { count }))
      .join(' · ') || nothing;
  return (
    <dl className="result__facts">
      <Fact name={t('result.reporters')}>
        {t('result.reporterCount', { count: reporterCount })}
        {since === null ? '' : ` · ${t('result.since', { month: monthWords(since) })}`}
      </Fact>
      <Fact name={t('result.outstanding')}>{t(`band.${result.outstanding}`)}</Fact>
      <Fact name={t('result.overdue')}>{t(`band.${result.overdue}`)}</Fact>
      <Fact name={t('result.settled')}>
        {settledShare === null
          ? t('result.notTold')
          : t('result.settledShare', { share: say(settledShare, medianDaysLate === null) })}
      </Fact>
      <Fact name={t('result.median')}>
        {medianDaysLate === null
          ? t(settledShare === null ? 'result.notTold' : 'result.nonePaid')
          : t(`dpd.${medianDaysLate}`)}
      </Fact>
      <Fact name={t('result.disputes')}>
        {counted({ disputesOpen, disputesForDebtor, disputesForReporter })}
      </Fact>
      <Fact name={t('result.proofs')}>{proofs.length === 0 ? nothing : proofs.join(' · ')}</Fact>
      <Fact name={t('result.ended')}>{counted({ writtenOff, withdrawn })}</Fact>
    </dl>
  );
}

/** Returns how a share is said; a coarse one is a tenth of which only the lower end is known. */
function useShareWords(isCoarse: boolean): (share: number, isNone?: boolean) => string {
  const { t } = useTranslation('registry');
  return (share, isNone = false) => {
    const range = isCoarse ? tenthOf(share, isNone) : null;
    return range ? t('result.range', range) : t('result.percent', { percent: percentOf(share) });
  };
}

type FactProps = { readonly name: string; readonly children: ReactNode };

function Fact({ name, children }: FactProps): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="selectable">{children}</dd>
    </div>
  );
}
