import type { CheckResult } from '#contract/engine/registry.ts';
import { DayText } from '#kit/day-text.tsx';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { AgeScale } from './age-scale.tsx';
import { ResultFacts } from './result-facts.tsx';
import { TrendStrip } from './trend-strip.tsx';

/** Facts that members reported, with their day. No score, no advice; and nothing that is not there is good. */
export function ResultCard({ result }: { readonly result: CheckResult }): JSX.Element {
  const { t } = useTranslation('registry');
  const { asOf, validUntil, isRecord, isSignatureGood, strength } = result;
  const Seal = isSignatureGood ? IconShieldCheck : IconAlertTriangle;
  return (
    <div className="result">
      <p className="result__days">
        {t('result.asOf')} <DayText day={asOf} /> · {t('result.validUntil')} <DayText day={validUntil} />
      </p>
      {isRecord ? (
        <>
          <ResultFacts result={result} />
          <AgeScale oldest={result.oldestDpd} worst={result.worstDpd24m} />
          <TrendStrip trend={result.trend} asOf={asOf} />
          {result.suppressed.map((one) => (
            <p key={one} className="result__soft">
              {t(`result.suppressed.${one}`)}
            </p>
          ))}
        </>
      ) : (
        <div className="result__none">
          <strong>{t('result.none.title')}</strong>
          <span>{t('result.none.text')}</span>
        </div>
      )}
      {strength === 'weak' ? <p className="result__soft">{t('result.weak')}</p> : null}
      <p className="result__soft">{t('result.notRating')}</p>
      <p className="result__seal">
        <Seal size={15} aria-hidden />
        {t(isSignatureGood ? 'result.signed' : 'result.notSigned')}
      </p>
    </div>
  );
}
