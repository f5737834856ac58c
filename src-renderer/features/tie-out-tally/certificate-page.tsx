import { differenceCauses, type DifferenceCause } from '#contract/engine/sync-words.ts';
import type { TieOut, TieOutParty } from '#contract/engine/sync.ts';
import { dayWords } from '#kit/day-text.tsx';
import { currencySign, MoneyText, useCurrency } from '#kit/money-text.tsx';
import '#kit/print.css';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { CauseList, useCauseWords } from './cause-text.tsx';
import './certificate-page.css';
import { useStatement } from './certificate-head.tsx';
import { bySize, isDiffering } from './differing.ts';
import { instantWords } from '#kit/instant-text.ts';

/** What is beyond stands in the workbook; a certificate is to be read and signed. */
const CERTIFICATE_ROWS_MOST = 500;

export type CertificateMaker = { readonly version: string; readonly book: string; readonly at: string };

type CertificatePageProps = { readonly tieOut: TieOut; readonly maker: CertificateMaker };

/** The certificate as paper shows it, black on white, with a line to sign. */
export function CertificatePage({ tieOut, maker }: CertificatePageProps): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const statement = useStatement(tieOut);
  const differing = tieOut.parties.filter(isDiffering).toSorted(bySize);
  const causes = new Set<DifferenceCause>(differing.flatMap((party) => party.causes));
  return (
    <section className="print-page certificate" aria-hidden data-testid="certificate">
      <h1 className="print-page__title">{t('certificate.title')}</h1>
      <Facts tieOut={tieOut} />
      <Numbers tieOut={tieOut} />
      <p className="certificate__statement">{statement}</p>
      {differing.length === 0 ? null : <Differences parties={differing} />}
      {causes.size === 0 ? null : (
        <>
          <h2 className="certificate__heading">{t('certificate.causesTitle')}</h2>
          <CauseList causes={differenceCauses.filter((cause) => causes.has(cause))} />
        </>
      )}
      <div className="certificate__foot">
        <p>{t('certificate.madeBy', maker)}</p>
        <div className="certificate__lines">
          {(['checkedBy', 'signature', 'date'] as const).map((line) => (
            <span key={line} className="certificate__line">
              {t(`certificate.${line}`)}
            </span>
          ))}
        </div>
      </div>
    </section>
  );
}

function Facts({ tieOut }: { readonly tieOut: TieOut }): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const { partyCount, billCount } = tieOut.totals;
  const facts = [
    ['company', tieOut.companyName],
    ['asOf', dayWords(tieOut.asOf)],
    ['readAt', instantWords(tieOut.at)],
    [
      'scope',
      `${t('certificate.parties', { count: partyCount })}, ${t('certificate.bills', { count: billCount })}`,
    ],
  ] as const;
  return (
    <dl className="certificate__facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`certificate.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Numbers({ tieOut: { totals } }: { readonly tieOut: TieOut }): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const numbers = [
    ['tally', totals.tallyPaise],
    ['bills', totals.billsPaise],
    ['onAccount', totals.onAccountPaise],
    ['baaki', totals.baakiPaise],
    ['difference', totals.differencePaise],
  ] as const;
  return (
    <table className="certificate__numbers">
      <tbody>
        {numbers.map(([name, paise]) => (
          <tr key={name} data-number={name}>
            <th scope="row">{t(`totals.${name}`)}</th>
            <td>
              <MoneyText paise={paise} withSign />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Differences({ parties }: { readonly parties: readonly TieOutParty[] }): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const { ofParty } = useCauseWords();
  const sign = currencySign(useCurrency());
  const rest = parties.length - CERTIFICATE_ROWS_MOST;
  return (
    <>
      <h2 className="certificate__heading">{t('certificate.differences')}</h2>
      <table className="print-page__table">
        <thead>
          <tr>
            {(['party', 'tally', 'baaki', 'difference', 'causes'] as const).map((column) => (
              <th
                key={column}
                scope="col"
                className={`print-page__cell${column === 'party' || column === 'causes' ? ' print-page__cell--text' : ''}`}
              >
                {t(`column.${column}`, { sign })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {parties.slice(0, CERTIFICATE_ROWS_MOST).map((party) => (
            <tr key={party.ledgerGuid}>
              <td className="print-page__cell print-page__cell--text">{party.name}</td>
              {[party.tallyPaise, party.baakiPaise, party.differencePaise].map((paise, at) => (
                // The three stand in a fixed order.
                // oxlint-disable-next-line react/no-array-index-key
                <td key={at} className="print-page__cell">
                  <MoneyText paise={paise} />
                </td>
              ))}
              <td className="print-page__cell print-page__cell--text">{ofParty(party)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 ? <p>{t('certificate.rest', { count: rest })}</p> : null}
    </>
  );
}
