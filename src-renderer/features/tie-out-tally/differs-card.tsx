import { MoneyText } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { orpc } from '../../client.ts';
import './tie-out-tally.css';
import { Verdict } from './verdict.tsx';

/** What to do today: only there while a party differs from Tally. */
export function DiffersCard(): JSX.Element | null {
  const { t } = useTranslation('tally-tie-out');
  const { data } = useQuery(orpc.sync.status.queryOptions());
  const tieOut = data?.tieOut ?? null;
  if (!data?.connection || tieOut === null || tieOut.differingCount === 0) return null;
  return (
    <Section
      title={t('today.title')}
      aside={<Link href="/tally/tie-out">{t('today.open')}</Link>}
      className="tally-tie tally-tie--card"
    >
      <Verdict isEqual={false}>
        {t('panel.differs', { count: tieOut.differingCount })}
        {tieOut.differencePaise === 0 ? null : (
          <>
            {', '}
            <MoneyText paise={tieOut.differencePaise} withSign />
          </>
        )}
        <span className="tally-tie__note">{t('today.next')}</span>
      </Verdict>
    </Section>
  );
}
