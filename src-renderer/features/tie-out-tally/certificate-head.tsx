import type { TieOut } from '#contract/engine/sync.ts';
import { MoneyText } from '#kit/money-text.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import './tie-out-tally.css';
import { Verdict } from './verdict.tsx';

/** The numbers of the certificate and what they say. */
export function CertificateHead({ tieOut }: { readonly tieOut: TieOut }): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const { totals } = tieOut;
  const figures = [
    ['tally', totals.tallyPaise, ''],
    ['bills', totals.billsPaise, 'tally-tie__figure--part'],
    ['onAccount', totals.onAccountPaise, 'tally-tie__figure--part'],
    ['baaki', totals.baakiPaise, ''],
    ['difference', totals.differencePaise, ''],
  ] as const;
  return (
    <section className="card tally-tie tally-tie--head" aria-label={t('certificate.title')}>
      <dl className="tally-tie__figures">
        {figures.map(([name, paise, style]) => (
          <div key={name} className={`tally-tie__figure ${style}`} data-figure={name}>
            <dt>{t(`totals.${name}`)}</dt>
            <dd>
              <MoneyText paise={paise} withSign />
            </dd>
          </div>
        ))}
      </dl>
      <Verdict isEqual={isWhole(tieOut)}>{useStatement(tieOut)}</Verdict>
    </section>
  );
}

export function isWhole({ totals }: TieOut): boolean {
  return totals.differencePaise === 0 && totals.differingCount === 0;
}

/** What the three numbers say, in a sentence. */
export function useStatement(tieOut: TieOut): string {
  const { t } = useTranslation('tally-tie-out');
  const { partyCount: count, differingCount: differing } = tieOut.totals;
  return isWhole(tieOut) ? t('statement.equal', { count }) : t('statement.differs', { count, differing });
}
