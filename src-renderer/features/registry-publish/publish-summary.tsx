import type { Candidate } from '#contract/engine/registry.ts';
import { sumOf } from '#domain/money.ts';
import { NOTICE_DAYS, UNDO_HOURS } from '#domain/registry/visibility.ts';
import { MoneyText } from '#kit/money-text.tsx';
import { IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';

const happens = ['wait', 'notice', 'seen', 'paid'] as const;

type PublishSummaryProps = {
  readonly candidates: readonly Candidate[];
  /** What stays on this machine, by name; undefined while it is asked. */
  readonly staysHere: readonly string[] | undefined;
};

/** How much, of whom, what happens next, and what stays here. */
export function PublishSummary({ candidates, staysHere }: PublishSummaryProps): JSX.Element {
  const { t } = useTranslation('registry');
  const { data: membership } = useQuery(orpc.registry.membership.queryOptions());
  const isIrp = candidates.some(({ evidence }) => evidence === 'irp');
  const customers = new Set(candidates.map(({ customerId }) => customerId)).size;
  const only = customers === 1 ? candidates[0]?.customerName : undefined;
  return (
    <div className="go__summary">
      <p className="go__figures">
        <strong>
          <MoneyText paise={sumOf(candidates, ({ openPaise }) => openPaise)} withSign />
        </strong>{' '}
        {t('go.dues', { count: candidates.length })}
        {', '}
        {only ?? t('go.customers', { count: customers })}
      </p>
      <h3 className="go__heading">{t('go.happens')}</h3>
      <ol className="go__list">
        {happens.map((one) => (
          <li key={one}>
            {t(`go.step.${one}`, { hours: UNDO_HOURS, days: membership?.noticeDays ?? NOTICE_DAYS })}
          </li>
        ))}
      </ol>
      {membership?.status === 'pending' ? <p className="due__soft">{t('publish.waits')}</p> : null}
      {isIrp ? <p className="due__soft">{t('evidence.unverified')}</p> : null}
      <h3 className="go__heading">
        <IconLock size={15} aria-hidden /> {t('go.stays')}
      </h3>
      <ul className="go__list">
        {(staysHere ?? []).map((one) => (
          <li key={one}>{t(`staysHere.${one}`, { defaultValue: one })}</li>
        ))}
      </ul>
    </div>
  );
}
