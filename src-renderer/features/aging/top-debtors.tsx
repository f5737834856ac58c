import { AgingStrip } from '#kit/aging-strip.tsx';
import { useAsOf } from '#kit/as-of.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { currencySign, MoneyText, useCurrency } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { orpc } from '../../client.ts';

/** The ten who owe most, with how late their money is. */
export function TopDebtors(): JSX.Element {
  const { t } = useTranslation('dashboard');
  const { wish } = useAsOf();
  const sign = currencySign(useCurrency());
  const { data } = useQuery(orpc.aging.summary.queryOptions({ input: { asOf: wish } }));
  return (
    <Section
      title={t('debtors.title')}
      aside={<Link href="/customers">{t('debtors.all')}</Link>}
      className="debtors"
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
            {data.topDebtors.map((row) => (
              <tr key={row.customerId}>
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
