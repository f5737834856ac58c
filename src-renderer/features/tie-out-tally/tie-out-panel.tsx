import type { TieOut } from '#contract/engine/sync.ts';
import { dayWords } from '#kit/day-text.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { orpc, problemOf } from '../../client.ts';
import './tie-out-tally.css';
import { Verdict } from './verdict.tsx';

/** Tally, Baaki and the difference between them, as of the last sync. */
export function TieOutPanel(): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const { data, error, refetch } = useQuery(orpc.sync.tieOut.queryOptions());
  return (
    <Section
      title={t('panel.title')}
      aside={data ? t('panel.aside', { day: dayWords(data.asOf) }) : null}
      className="tally-tie"
    >
      {error ? <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {data ? <Agreement tieOut={data} /> : null}
      {data === null ? <p className="tally-tie__none">{t('panel.none')}</p> : null}
      {data === undefined && !error ? (
        <Delayed>
          <Skeleton height={64} />
        </Delayed>
      ) : null}
    </Section>
  );
}

function Agreement({ tieOut: { totals } }: { readonly tieOut: TieOut }): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const { differingCount } = totals;
  const isEqual = totals.differencePaise === 0 && differingCount === 0;
  const figures = [
    ['tally', totals.tallyPaise],
    ['baaki', totals.baakiPaise],
    ['difference', totals.differencePaise],
  ] as const;
  return (
    <div data-testid="tally-tie-out">
      <dl className="tally-tie__figures">
        {figures.map(([name, paise]) => (
          <div key={name} className="tally-tie__figure">
            <dt>{t(`panel.${name}`)}</dt>
            <dd>
              <MoneyText paise={paise} withSign />
            </dd>
          </div>
        ))}
      </dl>
      <Verdict isEqual={isEqual}>
        {isEqual ? t('panel.equal') : t('panel.differs', { count: differingCount })}
        {isEqual ? null : <span className="tally-tie__note">{t('panel.remindersOff')}</span>}
      </Verdict>
      <Link href="/tally/tie-out">{t('panel.open')}</Link>
    </div>
  );
}
