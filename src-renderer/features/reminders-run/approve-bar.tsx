import type { PlannedRow } from '#contract/engine/reminders.ts';
import { MoneyText } from '#kit/money-text.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { Button } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { orpc } from '../../client.ts';
import { paiseOfMicros } from '#kit/micros.ts';
import { totalsOf, untestedOf } from './run-items.ts';
import { sendingStateOf } from './sending-state.ts';
import type { Run } from './use-run.ts';
import { useSendingStatus } from './use-sending-status.ts';

type ApproveBarProps = {
  readonly run: Run;
  readonly isBusy: boolean;
  readonly onApprove: () => void;
};

/** What is approved by one press, how much it costs, and what happens then. */
export function ApproveBar({ run, isBusy, onApprove }: ApproveBarProps): JSX.Element {
  const { t } = useTranslation('reminders');
  const totals = totalsOf(run.chosen);
  return (
    <footer className="approve-bar card">
      <div className="approve-bar__words">
        <Totals chosen={run.chosen} />
        <ApproveNote run={run} />
      </div>
      {run.isReadOnly ? null : (
        <Button
          size="md"
          leftSection={<IconSend size={18} aria-hidden />}
          rightSection={<Shortcut keys="Ctrl+Enter" />}
          disabled={isBusy || totals.messageCount === 0}
          onClick={onApprove}
          data-testid="approve"
        >
          {t('approve.button', { count: totals.messageCount })}
        </Button>
      )}
    </footer>
  );
}

function Totals({ chosen }: { readonly chosen: readonly PlannedRow[] }): JSX.Element {
  const { t } = useTranslation('reminders');
  const { messageCount, customerCount, costMicros, unpricedCount } = totalsOf(chosen);
  return (
    <div className="approve-bar__totals">
      <strong>{t('approve.messages', { count: messageCount })}</strong> ·{' '}
      {t('approve.customers', { count: customerCount })} ·{' '}
      <MoneyText paise={paiseOfMicros(costMicros)} withSign />
      {unpricedCount > 0 ? ` · ${t('approve.unpriced', { count: unpricedCount })}` : ''}
    </div>
  );
}

/** What happens after the press: another day cannot be approved, and a stopped or offline Baaki keeps what is approved. */
function ApproveNote({ run }: { readonly run: Run }): JSX.Element {
  const { t } = useTranslation('reminders');
  const status = useSendingStatus();
  const state = status ? sendingStateOf(status) : 'on';
  const shownKeys = new Set(run.items.map(({ row }) => row.rowKey));
  const hiddenCount = run.chosen.filter(({ rowKey }) => !shownKeys.has(rowKey)).length;
  const note = run.isReadOnly ? t('approve.readOnly') : t(`approve.after.${state}`);
  return (
    <div className="approve-bar__note">
      {note}
      {hiddenCount > 0 ? ` ${t('approve.hidden', { count: hiddenCount })}` : ''}
      {run.isReadOnly ? null : <Untested chosen={run.chosen} />}
    </div>
  );
}

/** What goes through a gateway that never reached its owner waits, whatever is approved. */
function Untested({ chosen }: { readonly chosen: readonly PlannedRow[] }): JSX.Element | null {
  const { t } = useTranslation('reminders');
  const [, goTo] = useLocation();
  const { data: gateways } = useQuery(orpc.gateways.list.queryOptions());
  const names = untestedOf(chosen, gateways ?? []);
  if (names.length === 0) return null;
  return (
    <>
      {' '}
      <strong>{t('approve.untested', { names: names.join(', ') })}</strong>{' '}
      <Button size="compact-xs" variant="subtle" onClick={() => goTo('/reminders?tab=gateways')}>
        {t('setup.toTest')}
      </Button>
    </>
  );
}
