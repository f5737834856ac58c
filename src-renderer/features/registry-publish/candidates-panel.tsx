import type { Candidate } from '#contract/engine/registry.ts';
import { sumOf } from '#domain/money.ts';
import type { PublishBar } from '#domain/registry/publish.ts';
import { DataTable } from '#kit/data-table.tsx';
import { reportSelection, useStatusCounts } from '#kit/status.ts';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { useCandidateColumns } from './candidate-columns.tsx';
import { CandidateDrawer } from './candidate-drawer.tsx';
import { CandidatesEmpty } from './candidates-empty.tsx';
import { CandidatesToolbar } from './candidates-toolbar.tsx';
import { canPublish, isCandidateShown, toPublish, type CandidateView } from './fixes.ts';
import { ProveManyDialog } from './prove-many-dialog.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import './registry-publish.css';

const NO_ROWS: readonly Candidate[] = [];

type CandidatesPanelProps = {
  /** Another day is looked at: nothing may be written. */
  readonly isOff: boolean;
  /** Only this customer's dues; undefined for all. */
  readonly customerId: number | undefined;
  readonly onAllCustomers: () => void;
  readonly onAskConsent: (customerId: number) => void;
};

/** Everything overdue that is not published yet: what may go, and what speaks against the rest. */
export function CandidatesPanel(props: CandidatesPanelProps): JSX.Element {
  const { isOff, customerId, onAllCustomers, onAskConsent } = props;
  const { t } = useTranslation('registry');
  const { data: membership } = useQuery(orpc.registry.membership.queryOptions());
  const { data, error, refetch } = useQuery(
    orpc.registry.candidates.queryOptions({ input: { which: 'all' } }),
  );
  const [view, setView] = useState<CandidateView>('all');
  const [text, setText] = useState('');
  const [bar, setBar] = useState<PublishBar | null>(null);
  const [selected, setSelected] = useState(NO_ROWS);
  const [openedId, setOpenedId] = useState<number>();
  const [sent, setSent] = useState<readonly Candidate[]>();
  const [proved, setProved] = useState<readonly Candidate[]>();
  const columns = useCandidateColumns();
  const isShown = useCallback(
    (row: Candidate) => isCandidateShown(row, { view, text, customerId, bar }),
    [view, text, customerId, bar],
  );
  const rows = data?.candidates;
  const shown = useMemo(() => (rows ?? NO_ROWS).filter(isShown), [rows, isShown]);
  const select = useCallback((next: readonly Candidate[]) => {
    setSelected(next);
    reportSelection(
      next.length,
      sumOf(next, (row) => row.openPaise),
    );
  }, []);
  useStatusCounts(rows ? t('publish.counts', { count: shown.length }) : '');
  const isAllowed = !isOff && canPublish(membership);
  return (
    <div className="publish">
      <CandidatesToolbar
        {...{ data, view, text, bar, isAllowed, selected, customerId, onAllCustomers }}
        toGo={toPublish(selected, shown)}
        onView={setView}
        onText={setText}
        onBar={setBar}
        onPublish={setSent}
        onProve={setProved}
      />
      <DataTable
        label={t('tabs.publish')}
        columns={columns}
        rows={rows}
        keyOf={keyOf}
        isShown={isShown}
        withTotals
        initialSort={{ key: 'open', direction: 'desc' }}
        onOpen={({ billId }) => setOpenedId(billId)}
        onPeek={({ billId }) => setOpenedId(billId)}
        onSelectionChange={select}
        problem={error ? problemOf(error) : undefined}
        onRetry={() => void refetch()}
        empty={<CandidatesEmpty data={data} />}
      />
      <CandidateDrawer
        // The row as it is now: a proof that was added a moment ago counts.
        candidate={rows?.find(({ billId }) => billId === openedId)}
        isAllowed={isAllowed}
        onPublish={(one) => setSent([one])}
        onAskConsent={onAskConsent}
        onClose={() => setOpenedId(undefined)}
      />
      {proved ? <ProveManyDialog candidates={proved} onClose={() => setProved(undefined)} /> : null}
      {sent ? (
        <PublishDialog
          candidates={sent}
          onClose={() => setSent(undefined)}
          onDone={() => setOpenedId(undefined)}
        />
      ) : null}
    </div>
  );
}

function keyOf({ billId }: Candidate): string {
  return String(billId);
}
