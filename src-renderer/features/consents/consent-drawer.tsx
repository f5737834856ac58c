import type { Consent } from '#contract/engine/consents.ts';
import { DayText } from '#kit/day-text.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { instantWords } from '#kit/instant-text.ts';
import type { RecordWish } from './record-dialog.tsx';
import { SaidMark } from './said-mark.tsx';

type ConsentDrawerProps = {
  /** undefined while it is closed. */
  readonly customer: Pick<Consent, 'customerId' | 'customerName'> | undefined;
  readonly isOff: boolean;
  readonly onRecord: (wish: RecordWish) => void;
  readonly onClose: () => void;
};

/** Everything one customer said, newest first, each with its proof; what counts can be withdrawn. */
export function ConsentDrawer({ customer, isOff, onRecord, onClose }: ConsentDrawerProps): JSX.Element {
  const { t } = useTranslation('consents');
  return (
    <Drawer
      opened={customer !== undefined}
      onClose={onClose}
      position="right"
      size="min(520px, 94vw)"
      title={customer ? t('history.title', { name: customer.customerName }) : ' '}
      closeButtonProps={{ 'aria-label': t('close') }}
      attributes={{ header: { role: 'none' } }}
      transitionProps={{ duration: 120 }}
    >
      {customer ? (
        <History key={customer.customerId} customer={customer} isOff={isOff} onRecord={onRecord} />
      ) : null}
    </Drawer>
  );
}

type HistoryProps = Pick<ConsentDrawerProps, 'isOff' | 'onRecord'> & {
  readonly customer: Pick<Consent, 'customerId' | 'customerName'>;
};

function History({ customer: { customerId, customerName }, isOff, onRecord }: HistoryProps): JSX.Element {
  const { t } = useTranslation('consents');
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  const { data, error } = useQuery({
    ...orpc.consents.list.queryOptions({ input: { customerId } }),
    // Another customer's words are no placeholder for these.
    placeholderData: undefined,
  });
  if (error) return <ProblemNote problem={problemOf(error)} />;
  const chosen = [{ customerId, name: customerName }];
  return (
    <ul className="said-list">
      {(data ?? [])
        .toSorted((a, b) => b.recordedAt - a.recordedAt || b.consentId - a.consentId)
        .map((consent) => (
          <li key={consent.consentId} className="said-list__one">
            <div className="said-list__head">
              <SaidMark consent={consent} />
              <span>
                {t(`channel.${consent.channel}`)} · {t(`purpose.${consent.purpose}`)}
              </span>
              <span
                className="said-list__day"
                title={instantWords(consent.recordedAt, { zone: book?.timeZone })}
              >
                <DayText day={consent.day} />
              </span>
            </div>
            <p className="said-list__how selectable">{consent.how}</p>
            {consent.proof === null ? null : <p className="said-list__proof selectable">{consent.proof}</p>}
            {consent.isCurrent && consent.isGranted ? (
              <Button
                size="compact-sm"
                variant="default"
                disabled={isOff}
                onClick={() =>
                  onRecord({ chosen, channel: consent.channel, purpose: consent.purpose, isGranted: false })
                }
              >
                {t('history.withdraw')}
              </Button>
            ) : null}
          </li>
        ))}
    </ul>
  );
}
