import { BookForm } from '#features/books/book-form.tsx';
import { ConnectPanel } from '#features/sync/connect-panel.tsx';
import { FilesPanel } from '#features/sync/files-panel.tsx';
import { RunsTable } from '#features/sync/runs-table.tsx';
import { StateCard } from '#features/sync/state-card.tsx';
import { SyncButtons } from '#features/sync/sync-buttons.tsx';
import { SyncSettings } from '#features/sync/sync-settings.tsx';
import { useSyncActions } from '#features/sync/use-sync-actions.ts';
import { useSyncStatus } from '#features/sync/use-sync-status.ts';
import { OffersPanel } from '#features/sync-offers/offers-panel.tsx';
import { TieOutPanel } from '#features/tie-out-tally/tie-out-panel.tsx';
import { Page } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../client.ts';

/** Tally: to find it and connect, or how the book stands to it. */
export function TallyScreen(): JSX.Element {
  const { t } = useTranslation('sync');
  const { data: book, error, refetch } = useQuery(orpc.books.current.queryOptions());
  const status = useSyncStatus(Boolean(book));
  if (status?.connection) return <Connected status={status} connection={status.connection} />;
  const isKnown = book === null || status !== undefined;
  return (
    <Page title={t('title')} note={t('about')}>
      {error ? <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {isKnown ? (
        <ConnectPanel
          book={book ?? null}
          files={<FilesPanel bookForm={book === null ? <BookForm /> : null} />}
        />
      ) : null}
    </Page>
  );
}

type ConnectedProps = Parameters<typeof SyncSettings>[0] extends { readonly connection: infer Connection }
  ? { readonly status: Parameters<typeof StateCard>[0]['status']; readonly connection: Connection }
  : never;

function Connected({ status, connection }: ConnectedProps): JSX.Element {
  const { t } = useTranslation('sync');
  const actions = useSyncActions();
  return (
    <Page
      title={t('title')}
      note={connection.companyName}
      actions={<SyncButtons status={status} actions={actions} />}
    >
      <div className="synced">
        <StateCard status={status} actions={actions} />
        <div className="synced__pair">
          <TieOutPanel />
          <OffersPanel />
        </div>
        <RunsTable />
        <SyncSettings connection={connection} actions={actions} />
      </div>
    </Page>
  );
}
