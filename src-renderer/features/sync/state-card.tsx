import type { SyncStatus } from '#contract/engine/sync.ts';
import { DayText } from '#kit/day-text.tsx';
import { Section } from '#kit/page.tsx';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EducationalNote, FailureNote } from './failure-note.tsx';
import { SyncedAgo } from './freshness.tsx';
import { Light } from './light.tsx';
import { isOnlyHistory } from './only-history.ts';
import { HistoryLine, ReadingLine } from './progress.tsx';
import type { SyncActions } from './use-sync-actions.ts';

type StateCardProps = { readonly status: SyncStatus; readonly actions: SyncActions };

/** How the book stands to its Tally: light, sentence, what is read just now, and what stands between. */
export function StateCard({ status, actions }: StateCardProps): JSX.Element | null {
  const { t } = useTranslation('sync');
  const { connection, failure } = status;
  if (!connection) return null;
  const { companyName, host, port } = connection;
  const isAnew = failure?.code === 'tally-restored';
  return (
    <Section title={t('state.title')} className="state">
      <div className="state__head">
        {failure ? (
          <FailureNote
            failure={failure}
            where={{ company: companyName, host, port }}
            light={status.light}
            again={t(isAnew ? 'action.full' : 'look.again')}
            isBusy={status.isReading || actions.isRunning}
            onAgain={() => actions.run(isAnew)}
          />
        ) : (
          <p className="state__light">
            <Light light={status.light} size={22}>
              {t(stateWords(status))}
            </Light>
          </p>
        )}
        <Facts status={status} />
      </div>
      {connection.isEducational ? <EducationalNote /> : null}
      <ReadingLine status={status} onStop={actions.pause} />
      {status.history ? (
        <HistoryLine
          history={status.history}
          progress={status.progress}
          onPause={actions.pause}
          onResume={actions.resume}
        />
      ) : null}
    </Section>
  );
}

function stateWords(status: SyncStatus): string {
  const { isReading, light, syncedAt } = status;
  if (isOnlyHistory(status)) return 'state.history';
  if (isReading) return syncedAt === null ? 'state.first' : 'state.reading';
  return `state.${light}`;
}

function Facts({ status }: { readonly status: SyncStatus }): JSX.Element | null {
  const { t } = useTranslation('sync');
  const { connection, asOf } = status;
  if (!connection) return null;
  return (
    <dl className="facts">
      <Fact label={t('facts.inStep')}>
        {t('fresh.tally')} <SyncedAgo status={status} />
      </Fact>
      <Fact label={t('facts.company')}>{connection.companyName}</Fact>
      <Fact label={t('facts.product')}>
        {t(`product.${connection.product}`)} · {connection.host}:{connection.port}
      </Fact>
      <Fact label={t('facts.booksFrom')}>
        <DayText day={connection.booksFrom} />
      </Fact>
      <Fact label={t('facts.asOf')}>
        <DayText day={asOf} />
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): JSX.Element {
  return (
    <div className="facts__fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
