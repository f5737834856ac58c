import type { BillRow, CustomerPage } from '#contract/engine/customers.ts';
import { AgingStrip } from '#kit/aging-strip.tsx';
import { useAsOf } from '#kit/as-of.tsx';
import { DayText } from '#kit/day-text.tsx';
import { LateMark } from '#kit/late-label.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { Button, CloseButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { CustomerContact } from './customer-header.tsx';
import './customers.css';

const BILLS_MOST = 12;

type CustomerPeekProps = {
  readonly customerId: number;
  readonly onOpen: () => void;
  readonly onClose: () => void;
};

/** A look at a customer beside the table; it follows the row that the keyboard stands on. */
export function CustomerPeek({ customerId, onOpen, onClose }: CustomerPeekProps): JSX.Element {
  const { t } = useTranslation('customers');
  const { wish } = useAsOf();
  const settledId = useDeferredValue(customerId);
  const { data, error } = useQuery(
    orpc.customers.get.queryOptions({ input: { customerId: settledId, asOf: wish } }),
  );
  return (
    <aside className="peek card" aria-label={t('peek.label')}>
      <header className="peek__head">
        <h2 className="peek__name">{data?.customer.name ?? '\u00a0'}</h2>
        <CloseButton size="sm" aria-label={t('peek.close')} onClick={onClose} />
      </header>
      {error ? <ProblemNote problem={problemOf(error)} /> : null}
      {data ? <PeekBody page={data} /> : null}
      <Button variant="default" onClick={onOpen} rightSection={<Shortcut keys="Enter" />}>
        {t('peek.open')}
      </Button>
    </aside>
  );
}

function PeekBody({ page }: { readonly page: CustomerPage }): JSX.Element {
  const { t } = useTranslation('customers');
  const { figures, buckets, customer } = page;
  const open = page.bills.filter(({ openPaise }) => openPaise !== 0);
  return (
    <div className="peek__body">
      <CustomerContact customer={customer} />
      <dl className="sum">
        <div className="sum__line">
          <dt>{t('figures.outstanding')}</dt>
          <dd>
            <strong>
              <MoneyText paise={figures.outstandingPaise} withSign />
            </strong>
          </dd>
        </div>
        <div className="sum__line">
          <dt>{t('figures.overdue')}</dt>
          <dd>
            <MoneyText paise={figures.overduePaise} withSign />
          </dd>
        </div>
        <div className="sum__line">
          <dt>{t('figures.unallocated')}</dt>
          <dd>
            <MoneyText paise={figures.unallocatedPaise} withSign />
          </dd>
        </div>
      </dl>
      <AgingStrip amounts={figures.buckets} ranges={buckets} />
      {open.length === 0 ? <p className="sum__why">{t('bills.noneOpen')}</p> : null}
      <ul className="peek__bills">
        {open.slice(0, BILLS_MOST).map((bill) => (
          <PeekBill key={bill.billId} bill={bill} bucketCount={buckets.length} />
        ))}
      </ul>
      {open.length > BILLS_MOST ? (
        <p className="sum__why">{t('peek.more', { count: open.length - BILLS_MOST })}</p>
      ) : null}
    </div>
  );
}

function PeekBill({
  bill,
  bucketCount,
}: {
  readonly bill: BillRow;
  readonly bucketCount: number;
}): JSX.Element {
  const { t } = useTranslation('customers');
  return (
    <li>
      {bill.bucket === null ? null : <LateMark bucket={bill.bucket} bucketCount={bucketCount} />}
      <span className="peek__number">{bill.number ?? t(`kind.${bill.kind}`)}</span>
      <DayText day={bill.dueDay} />
      <MoneyText paise={bill.openPaise} />
    </li>
  );
}
