import type { RegistryDispute } from '#contract/engine/registry.ts';
import { Delayed } from '#kit/delayed.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { useStatusCounts } from '#kit/status.ts';
import { SegmentedControl, Skeleton } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { AnswerDialog } from './answer-dialog.tsx';
import { DisputeCard } from './dispute-card.tsx';
import { disputeViews, inOrder, type DisputeView } from './dispute-order.ts';
import './registry-disputes.css';

/** What customers say against a due, and until when it is to be answered. */
export function DisputesPanel({ isOff }: { readonly isOff: boolean }): JSX.Element {
  const { t } = useTranslation('registry');
  const { data, error, refetch } = useQuery(orpc.registry.disputes.queryOptions());
  const [view, setView] = useState<DisputeView>('all');
  const [answered, setAnswered] = useState<RegistryDispute>();
  const shown = inOrder(data ?? []).filter(({ state }) => view === 'all' || state === 'open');
  useStatusCounts(data ? t('disputes.counts', { count: data.length }) : '');
  if (error) return <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Delayed>
        <Skeleton height={120} />
      </Delayed>
    );
  }
  return (
    <div className="registry-disputes">
      <div className="registry-disputes__head">
        <SegmentedControl
          size="xs"
          aria-label={t('publish.which')}
          value={view}
          data={disputeViews.map((value) => ({
            value,
            label: t(`disputes.view.${value}`, {
              count: value === 'all' ? data.length : data.filter(({ state }) => state === 'open').length,
            }),
          }))}
          onChange={(next) => setView(disputeViews.find((one) => one === next) ?? 'all')}
        />
        <p className="registry-disputes__soft">{t('disputes.note')}</p>
      </div>
      {shown.length === 0 ? (
        <EmptyState
          icon={<IconScale size={36} stroke={1.3} />}
          title={t(data.length > 0 ? 'disputes.empty.answered' : 'disputes.empty.title')}
          next={t('disputes.empty.next')}
        />
      ) : (
        <ul className="registry-disputes__list">
          {shown.map((dispute) => (
            <DisputeCard
              key={dispute.disputeId}
              dispute={dispute}
              isOff={isOff}
              onAnswer={() => setAnswered(dispute)}
            />
          ))}
        </ul>
      )}
      {answered ? <AnswerDialog dispute={answered} onClose={() => setAnswered(undefined)} /> : null}
    </div>
  );
}
