import { AgingBar } from '#features/aging/aging-bar.tsx';
import { AgingExport } from '#features/aging/aging-export.tsx';
import { AgingFigures } from '#features/aging/figures.tsx';
import { GroupsSection } from '#features/aging/groups-section.tsx';
import { KeyFiguresPanel } from '#features/aging/key-figures.tsx';
import { TimeTravel } from '#features/aging/time-travel.tsx';
import { TopDebtors } from '#features/aging/top-debtors.tsx';
import { TrendPanel } from '#features/aging/trend-panel.tsx';
import { LastImport } from '#features/changes/last-import.tsx';
import { TodayPanel } from '#features/reminders-today/today-panel.tsx';
import { TieOutSection } from '#features/tie-out/tie-out-section.tsx';
import { DiffersCard } from '#features/tie-out-tally/differs-card.tsx';
import { LastSync } from '#features/tie-out-tally/last-sync.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { Page } from '#kit/page.tsx';
import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { orpc } from '../client.ts';
import './screens.css';

export function DashboardScreen(): JSX.Element {
  const { t } = useTranslation('dashboard');
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  const isEmpty = book?.billCount === 0 && book.customerCount === 0;
  return (
    <Page title={t('title')} actions={isEmpty ? null : <AgingExport />}>
      {isEmpty ? (
        <NothingYet />
      ) : (
        <TimeTravel>
          <div className="dashboard">
            <DiffersCard />
            <TodayPanel />
            <AgingFigures />
            <AgingBar />
            <TrendPanel />
            <TopDebtors />
            <KeyFiguresPanel />
            <GroupsSection />
            <Brought />
            <TieOutSection />
          </div>
        </TimeTravel>
      )}
    </Page>
  );
}

/** What came in last: from Tally where the book is tied to one, else from a file. */
function Brought(): JSX.Element {
  const { data: status } = useQuery(orpc.sync.status.queryOptions());
  return status?.connection ? <LastSync /> : <LastImport />;
}

function NothingYet(): JSX.Element {
  const { t } = useTranslation('dashboard');
  const [, goTo] = useLocation();
  return (
    <EmptyState
      icon={<IconFileImport size={40} stroke={1.3} />}
      title={t('empty.title')}
      next={t('empty.next')}
      actions={
        <>
          <Button onClick={() => goTo('/imports')}>{t('empty.import')}</Button>
          <Button variant="default" onClick={() => goTo('/books')}>
            {t('empty.demo')}
          </Button>
        </>
      }
    />
  );
}
