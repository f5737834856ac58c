import { AgingStrip } from '#kit/aging-strip.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { currencySign, MoneyText, useCurrency } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import { Skeleton } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useShownSummary } from './time-travel.tsx';

/** The ten who owe most, with how late their money is. */
export function TopDebtors(): JSX.Element {
  const { t } = useTranslation('dashboard');
  const sign = currencySign(useCurrency());
  const { data } = useShownSummary();
  return (
    <Section
      title={t('debtors.title')}
      aside={<Link href="/customers">{t('debtors.all')}</Link>}
      className="debtors debtors--top"
    >
      {data ? (
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
            {/* By place and not by customer: while the slider moves, rows change what they say and never move. */}
            {data.topDebtors.map((row, place) => (
              <tr key={place}>
                <th scope="row" className="debtors__name">
                  <Link href={`/customers/${row.customerId}`}>{row.name}</Link>
                </th>
                <td className="debtors__number">
                  <MoneyText paise={row.outstandingPaise} />
                </td>
                <td className="debtors__number">{row.oldestDays}</td>
                <td className="debtors__strip">
                  <AgingStrip amounts={row.buckets} ranges={data.buckets} />
                </td>
              </tr>
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
