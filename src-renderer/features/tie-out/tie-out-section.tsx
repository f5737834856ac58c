import { useAsOf } from '#kit/as-of.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Skeleton, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { TieOut } from '#contract/engine/aging.ts';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { orpc, problemOf } from '../../client.ts';
import './tie-out.css';

/** The customers' ledgers beside the aging: what was billed, less what came in, is what the bills say is open. */
export function TieOutSection(): JSX.Element {
  const { t } = useTranslation('tie-out');
  const { wish } = useAsOf();
  const { data, error, refetch } = useQuery(orpc.aging.tieOut.queryOptions({ input: { asOf: wish } }));
  return (
    <Section title={t('title')} aside={t('hint')} className="agreement">
      {error ? <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {data ? <Agreement tieOut={data} /> : null}
      {data || error ? null : (
        <Delayed>
          <Skeleton height={44} />
        </Delayed>
      )}
    </Section>
  );
}

function Agreement({ tieOut }: { readonly tieOut: TieOut }): JSX.Element {
  const { t } = useTranslation('tie-out');
  const isEqual = tieOut.ledgerPaise === tieOut.agingPaise && tieOut.differingCount === 0;
  const Mark = isEqual ? IconCircleCheck : IconAlertTriangle;
  const parts = [
    ['billed', tieOut.billedPaise],
    ['received', 0 - tieOut.receivedPaise],
    ['credited', 0 - tieOut.creditedPaise],
    ['ledger', tieOut.ledgerPaise],
    ['aging', tieOut.agingPaise],
  ] as const;
  return (
    <div className="agreement__body" data-testid="ledger-tie-out" data-equal={isEqual}>
      <dl className="agreement__parts">
        {parts.map(([part, paise]) => (
          <div key={part} className="agreement__part">
            <dt>{t(part)}</dt>
            <dd>
              <MoneyText paise={paise} />
            </dd>
          </div>
        ))}
      </dl>
      <div className="agreement__mark">
        <Mark size={18} aria-hidden />
        <span>
          {t(isEqual ? 'equal' : 'differs', {
            count: isEqual ? tieOut.customerCount : tieOut.differingCount,
          })}
        </span>
      </div>
      {tieOut.rows.length > 0 ? <Differences rows={tieOut.rows} /> : null}
    </div>
  );
}

function Differences({ rows }: { readonly rows: TieOut['rows'] }): JSX.Element {
  const { t } = useTranslation('tie-out');
  return (
    <>
      <ul className="agreement__rows">
        {rows.map((row) => (
          <li key={row.customerId}>
            <Link href={`/customers/${row.customerId}`}>{row.name}</Link>
            <MoneyText paise={row.differencePaise} />
          </li>
        ))}
      </ul>
      <Text size="sm" c="dimmed">
        {t('next')}
      </Text>
    </>
  );
}
