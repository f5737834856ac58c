import type { GroupBy } from '#contract/engine/aging-words.ts';
import { groupBys } from '#contract/engine/aging-words.ts';
import { AgingStrip } from '#kit/aging-strip.tsx';
import { useAsOf } from '#kit/as-of.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { currencySign, MoneyText, useCurrency } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { NativeSelect, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { orpc, problemOf } from '../../client.ts';
import { billsOfGroup } from './bills-address.ts';

const ROWS_MOST = 8;

/** The largest groups on the dashboard; all of them stand on the Bills screen. */
export function GroupsSection(): JSX.Element {
  const { t } = useTranslation('aging');
  const { wish } = useAsOf();
  const sign = currencySign(useCurrency());
  const [groupBy, setGroupBy] = useState<GroupBy>('salesperson');
  const { data, error, refetch } = useQuery(
    orpc.aging.groups.queryOptions({ input: { asOf: wish, groupBy } }),
  );
  const groups = data?.groupBy === groupBy ? data : undefined;
  return (
    <Section
      title={t('groups.title')}
      className="debtors groups"
      aside={
        <span className="groups__aside">
          <NativeSelect
            size="xs"
            aria-label={t('groups.choose')}
            value={groupBy}
            data={groupBys.map((value) => ({ value, label: t(`groups.by.${value}`) }))}
            onChange={({ currentTarget }) =>
              setGroupBy(groupBys.find((one) => one === currentTarget.value) ?? groupBy)
            }
          />
          <Link href={`/bills?view=groups&groupBy=${groupBy}`}>{t('groups.all')}</Link>
        </span>
      }
    >
      {error ? (
        <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : groups && groups.rows.length === 0 ? (
        <p className="groups__empty">{t('groups.empty')}</p>
      ) : groups ? (
        <table className="debtors__table">
          <thead>
            <tr>
              <th scope="col">{t(`groups.by.${groupBy}`)}</th>
              <th scope="col" className="debtors__number">
                {t('groups.outstanding', { sign })}
              </th>
              <th scope="col" className="debtors__strip">
                {t('groups.strip')}
              </th>
            </tr>
          </thead>
          <tbody>
            {groups.rows.slice(0, ROWS_MOST).map((row) => (
              <tr key={row.key}>
                <th scope="row" className="debtors__name">
                  <Link href={billsOfGroup(groupBy, row.key)}>
                    {row.name === '' ? t(`groups.none.${groupBy}`) : row.name}
                  </Link>
                </th>
                <td className="debtors__number">
                  <MoneyText paise={row.outstandingPaise} />
                </td>
                <td className="debtors__strip">
                  <AgingStrip amounts={row.buckets} ranges={groups.buckets} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <Delayed>
          <Skeleton height={200} />
        </Delayed>
      )}
    </Section>
  );
}
