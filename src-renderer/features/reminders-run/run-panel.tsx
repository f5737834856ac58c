import type { PlanShown } from '#contract/engine/reminders.ts';
import type { Day } from '#domain/days.ts';
import { Delayed } from '#kit/delayed.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { useStatusCounts } from '#kit/status.ts';
import { Skeleton } from '@mantine/core';
import { useEffect, useRef, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { ApproveBar } from './approve-bar.tsx';
import { DeclineForm } from './decline-form.tsx';
import { RowDetails } from './row-details.tsx';
import { RowEditor } from './row-editor.tsx';
import type { Nothing } from './nothing.ts';
import { RunEmpty } from './run-empty.tsx';
import { standingOn } from './run-items.ts';
import { RunList } from './run-list.tsx';
import { RunToolbar } from './run-toolbar.tsx';
import './run.css';
import { SilencesPane } from './silences-pane.tsx';
import { useApprove } from './use-approve.ts';
import { useRun, type Run } from './use-run.ts';

type RunPanelProps = {
  /** Of the address: 'YYYY-MM-DD'; today where there is none. */
  readonly askedDay: string | null;
  readonly onDay: (day: Day | undefined) => void;
  readonly onTab: (tab: string) => void;
};

/** What would leave on a day, to whom and why; today's can be changed and approved. */
export function RunPanel({ askedDay, onDay, onTab }: RunPanelProps): JSX.Element {
  const { t } = useTranslation('reminders');
  const run = useRun(askedDay);
  const { approve, isBusy } = useApprove(run);
  const [, goTo] = useLocation();
  const { plan } = run;
  const toCustomer = (customerId: number): void => goTo(`/customers/${customerId}`);
  useStatusCounts(
    plan ? t('run.counts', { count: plan.totals.messageCount, silent: plan.silences.length }) : '',
  );
  useApproveKey(approve);
  return (
    <div className="run">
      <RunToolbar run={run} onDay={onDay} />
      {run.problem ? <ProblemNote problem={run.problem} onRetry={run.retry} /> : null}
      {plan === undefined && !run.problem ? <RunBones /> : null}
      {plan && run.items.length === 0 ? (
        <div className="run__empty card">
          <RunEmpty onTab={onTab} known={knownOf(plan)} />
        </div>
      ) : null}
      {plan && run.items.length > 0 ? <RunPair run={run} onCustomer={toCustomer} /> : null}
      {plan && plan.silences.length > 0 ? (
        <SilencesPane silences={plan.silences} onCustomer={toCustomer} />
      ) : null}
      {plan && plan.rows.length > 0 ? <ApproveBar run={run} isBusy={isBusy} onApprove={approve} /> : null}
    </div>
  );
}

/** The filter hides what there is, there is nobody to remind, the texts lack something, or all is in the outbox already. */
function knownOf({ rows, silences }: PlanShown): Exclude<Nothing, 'nothing-due'> | undefined {
  if (rows.length > 0) return 'filtered';
  if (silences.length === 0) return 'nobody-owes';
  if (silences.some(({ reason }) => reason === 'no-business-phone')) return 'setup';
  return silences.some(({ reason }) => reason === 'duplicate') ? 'all-approved' : undefined;
}

/** Ctrl+Enter approves from wherever the focus is in the window, unless a field or a dialog has its own use for it. */
function useApproveKey(approve: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.key !== 'Enter' || !event.ctrlKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest('textarea, [role=dialog]')) return;
      event.preventDefault();
      approve();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [approve]);
}

type RunPairProps = { readonly run: Run; readonly onCustomer: (customerId: number) => void };

/** The list and, beside it, the message that the keyboard stands on. */
function RunPair({ run, onCustomer }: RunPairProps): JSX.Element {
  const listRef = useRef<HTMLDivElement>(null);
  const [stood, setStood] = useState({ rowKey: '', at: 0 });
  const [editedKey, setEditedKey] = useState<string>();
  const [declined, setDeclined] = useState<readonly string[]>();
  const active = standingOn(run.items, stood)?.row;
  const isEditing = active !== undefined && editedKey === active.rowKey && !run.isReadOnly;
  const edit = (): void => {
    if (!run.isReadOnly) setEditedKey(active?.rowKey);
  };
  const decline = (): void => {
    if (!run.isReadOnly && active) setDeclined([active.rowKey]);
  };
  const stopEditing = (): void => {
    setEditedKey(undefined);
    listRef.current?.focus();
  };
  return (
    <div className="run__pair">
      <RunList
        items={run.items}
        activeKey={active?.rowKey}
        unticked={run.unticked}
        isReadOnly={run.isReadOnly}
        listRef={listRef}
        onActive={(item) => setStood({ rowKey: item.row.rowKey, at: run.items.indexOf(item) })}
        onTick={({ row }) => run.tick(row)}
        onTickAll={run.tickShown}
        onOpen={({ row }) => onCustomer(row.customerId)}
        onEdit={edit}
        onDecline={decline}
      />
      <div className="run-details card">
        {active && isEditing ? <RowEditor key={active.rowKey} row={active} onDone={stopEditing} /> : null}
        {active && !isEditing ? (
          <RowDetails
            row={active}
            isReadOnly={run.isReadOnly}
            onEdit={edit}
            onDecline={decline}
            onCustomer={() => onCustomer(active.customerId)}
          />
        ) : null}
      </div>
      <DeclineForm rowKeys={declined} onClose={() => setDeclined(undefined)} />
    </div>
  );
}

function RunBones(): JSX.Element {
  return (
    <Delayed>
      <div className="run__pair" aria-hidden>
        <Skeleton height="100%" />
        <Skeleton height="100%" />
      </div>
    </Delayed>
  );
}
