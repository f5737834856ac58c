import type { SyncRun } from '#contract/engine/sync.ts';
import { AgoText } from '#kit/ago-text.tsx';
import { Section } from '#kit/page.tsx';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { orpc } from '../../client.ts';
import './tie-out-tally.css';

const RUNS_LOOKED_AT = 30;

/** What the last reading of Tally that brought anything has brought; looks without news are passed over. */
export function LastSync(): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const { data } = useQuery(orpc.sync.runs.queryOptions({ input: { most: RUNS_LOOKED_AT } }));
  const done = data?.filter(({ outcome }) => outcome === 'done' || outcome === 'nothing-new');
  const last = done?.find(hasNews) ?? done?.[0];
  return (
    <Section
      title={t('lastSync.title')}
      aside={<Link href="/tally">{t('lastSync.all')}</Link>}
      className="tally-tie"
    >
      {last ? <Brought run={last} /> : null}
      {data && !last ? <p className="tally-tie__none">{t('lastSync.none')}</p> : null}
    </Section>
  );
}

function hasNews(run: SyncRun): boolean {
  return run.addedCount + run.changedCount + run.goneCount > 0;
}

function Brought({ run }: { readonly run: SyncRun }): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const facts = [
    ['added', run.addedCount],
    ['changed', run.changedCount],
    ['gone', run.goneCount],
  ] as const;
  return (
    <>
      <p className="tally-tie__none">
        {t('lastSync.read')} <AgoText at={run.endedAt ?? run.startedAt} />
      </p>
      {hasNews(run) ? (
        <dl className="tally-tie__figures">
          {facts.map(([name, count]) => (
            <div key={name} className="tally-tie__figure">
              <dt>{t(`lastSync.${name}`)}</dt>
              <dd>{count.toLocaleString('en-IN')}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="tally-tie__none">{t('lastSync.same')}</p>
      )}
    </>
  );
}
