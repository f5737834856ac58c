import type { AgingRow, AgingSummary } from '#contract/engine/aging.ts';
import { LiveStrip } from '#kit/aging-strip.tsx';
import { Delayed } from '#kit/delayed.tsx';
import type { LateRange } from '#kit/late-label.tsx';
import { LiveText, useLive, useLiveValue, writeText, type Live } from '#kit/live.tsx';
import { currencySign, LiveMoney, useCurrency } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import { Skeleton } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useRouter } from 'wouter';
import { useShownSummary } from './time-travel.tsx';

const ROWS_MOST = 10;
const PLACES = Array.from({ length: ROWS_MOST }, (_, place) => place);

/** The ten who owe most, with how late their money is. */
export function TopDebtors(): JSX.Element {
  const { t } = useTranslation('dashboard');
  const sign = currencySign(useCurrency());
  const { live, isThere, ranges: liveRanges } = useShownSummary();
  const ranges = useLiveValue(liveRanges);
  return (
    <Section
      title={t('debtors.title')}
      aside={<Link href="/customers">{t('debtors.all')}</Link>}
      className="debtors debtors--top"
    >
      {isThere && ranges ? (
        <table className="debtors__table">
          <thead>
            <tr>
              <th scope="col">{t('debtors.name')}</th>
              <th scope="col" className="debtors__number">
                {t('debtors.outstanding', { sign })}
              </th>
              <th scope="col" className="debtors__number">
                {t('debtors.oldest')}
              </th>
              <th scope="col" className="debtors__strip">
                {t('debtors.strip')}
              </th>
            </tr>
          </thead>
          <tbody>
            {PLACES.map((place) => (
              <DebtorRow key={place} {...{ live, ranges, place }} />
            ))}
          </tbody>
        </table>
      ) : (
        <Delayed>
          <Skeleton height={300} />
        </Delayed>
      )}
    </Section>
  );
}

type DebtorRowProps = {
  readonly live: Live<AgingSummary>;
  readonly ranges: readonly LateRange[];
  readonly place: number;
};

/** By place and not by customer: while the slider moves, rows change what they say and never move. */
function DebtorRow({ live, ranges, place }: DebtorRowProps): JSX.Element {
  const { hrefs } = useRouter();
  const rowOf = ({ topDebtors }: AgingSummary): AgingRow | undefined => topDebtors[place];
  const row = useLive<HTMLTableRowElement, AgingSummary>(live, (element, summary) => {
    element.hidden = rowOf(summary) === undefined;
  });
  const name = useLive<HTMLAnchorElement, AgingSummary>(live, (element, summary) => {
    const { customerId, name: said = '' } = rowOf(summary) ?? {};
    const href = hrefs(`/customers/${customerId}`);
    if (element.getAttribute('href') !== href) element.setAttribute('href', href);
    writeText(element, said);
  });
  return (
    <tr ref={row}>
      <th scope="row" className="debtors__name">
        <span className="live-box">
          {/* What it says and where it leads are written into it. */}
          {/* oxlint-disable-next-line jsx-a11y/anchor-has-content, jsx-a11y/anchor-is-valid */}
          <a ref={name} />
        </span>
      </th>
      <td className="debtors__number">
        <span className="live-box">
          <LiveMoney live={live} of={(summary) => rowOf(summary)?.outstandingPaise} />
        </span>
      </td>
      <td className="debtors__number">
        <span className="live-box">
          <LiveText live={live} say={(summary) => String(rowOf(summary)?.oldestDays ?? '')} />
        </span>
      </td>
      <td className="debtors__strip">
        <LiveStrip live={live} of={(summary) => rowOf(summary)?.buckets} ranges={ranges} />
      </td>
    </tr>
  );
}
