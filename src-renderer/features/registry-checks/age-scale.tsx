import { dpdBands, type DpdBand } from '#domain/registry/report.ts';
import { lateColour } from '#kit/lateness.ts';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

type AgeScaleProps = {
  /** How late the oldest open due is now. */
  readonly oldest: DpdBand;
  /** The worst of the last 24 months; null where that is not told. */
  readonly worst: DpdBand | null;
};

/** Where the oldest due, and the worst month, stand on the one scale of lateness. */
export function AgeScale({ oldest, worst }: AgeScaleProps): JSX.Element {
  const { t } = useTranslation('registry');
  return (
    <div className="age-scale">
      <p className="result__heading">{t('result.ages')}</p>
      <div className="age-scale__bands" aria-hidden>
        {dpdBands.map((band, index) => {
          const isHere = band === oldest || band === worst;
          return (
            <span key={band} className={`age-scale__band${isHere ? ' age-scale__band--here' : ''}`}>
              <span
                className="age-scale__colour"
                style={{ background: isHere ? lateColour(index, dpdBands.length) : undefined }}
              />
              <span className="age-scale__name">{t(`dpdShort.${band}`)}</span>
            </span>
          );
        })}
      </div>
      <p className="age-scale__words selectable">
        {t('result.oldest', { band: t(`dpd.${oldest}`) })}{' '}
        {worst === null ? '' : t('result.worst', { band: t(`dpd.${worst}`) })}
      </p>
    </div>
  );
}
