import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import { HandQueue } from './hand-queue.tsx';
import { handViews, type HandView } from './hand-views.ts';
import './messages.css';

/** What only a person can do: letters to print and post, calls to make, WhatsApp messages to send. */
export function ByHandPanel(): JSX.Element {
  const { t } = useTranslation('messages');
  const { data: status } = useQuery(orpc.reminders.status.queryOptions());
  const counts: Readonly<Record<HandView, number>> = {
    'to-hand': status?.toHandCount ?? 0,
    'to-call': status?.toCallCount ?? 0,
    'to-print': status?.toPrintCount ?? 0,
  };
  const [chosen, setChosen] = useState<HandView>();
  // The first that has anything, found once: what comes later must not take the list from under somebody's hands.
  if (status && chosen === undefined) setChosen(handViews.find((one) => counts[one] > 0) ?? handViews[0]);
  const view = chosen ?? handViews[0];
  return (
    <div className="outbox">
      <div className="outbox__tools">
        <SegmentedControl
          size="xs"
          aria-label={t('hand.label')}
          value={view}
          onChange={(next) => setChosen(handViews.find((one) => one === next))}
          data={handViews.map((one) => ({
            value: one,
            label: t(`hand.${one}`, { count: counts[one] }),
          }))}
        />
      </div>
      <HandQueue key={view} view={view} comingCount={counts[view]} />
    </div>
  );
}
