import type { BillRow } from '#contract/engine/customers.ts';
import { currencySign, useCurrency } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import { Button } from '@mantine/core';
import { useState, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BillLines } from './bill-lines.tsx';
import './customers.css';
import type { DocumentActions } from './document-actions.ts';

/** So many more at a press: a customer of many years has thousands. */
const MORE_AT_ONCE = 100;

/** A page with few open bills is filled up with paid ones. */
const ROWS_AT_FIRST = 10;
const OPEN_AT_FIRST = 100;

type CustomerBillsProps = {
  readonly bills: readonly BillRow[];
  readonly bucketCount: number;
  readonly actions: DocumentActions | undefined;
  /** What stands beside a bill's number, from another part of the window. */
  readonly markOf?: ((billId: number) => ReactNode) | undefined;
};

function countOpen(bills: readonly BillRow[]): number {
  return bills.filter(({ openPaise }) => openPaise !== 0).length;
}

/** Bills, open first; instalments and what settled a bill are folded under it. */
export function CustomerBills({ bills, bucketCount, actions, markOf }: CustomerBillsProps): JSX.Element {
  const { t } = useTranslation('customers');
  const [openShown, setOpenShown] = useState(OPEN_AT_FIRST);
  const [closedShown, setClosedShown] = useState(() => Math.max(0, ROWS_AT_FIRST - countOpen(bills)));
  const open = bills.filter(({ openPaise }) => openPaise !== 0);
  const closed = bills.filter(({ openPaise }) => openPaise === 0);
  const openLeft = Math.max(0, open.length - openShown);
  const left = Math.max(0, closed.length - closedShown);
  const shown = [...open.slice(0, openShown), ...(openLeft > 0 ? [] : closed.slice(0, closedShown))];
  return (
    <Section title={t('bills.title')} aside={t('bills.count', { open: open.length, closed: closed.length })}>
      {open.length === 0 ? <p className="sum__why">{t('bills.noneOpen')}</p> : null}
      {shown.length > 0 ? <Bills bills={shown} {...{ bucketCount, actions, markOf }} /> : null}
      {openLeft > 0 ? (
        <Button variant="default" mt="sm" onClick={() => setOpenShown((was) => was + MORE_AT_ONCE)}>
          {t('bills.showOpen', { count: Math.min(openLeft, MORE_AT_ONCE) })}
        </Button>
      ) : null}
      {openLeft === 0 && left > 0 ? (
        <Button
          variant="default"
          mt="sm"
          onClick={() => setClosedShown((was) => Math.min(closed.length, was + MORE_AT_ONCE))}
        >
          {t('bills.showClosed', { count: Math.min(left, MORE_AT_ONCE) })}
        </Button>
      ) : null}
    </Section>
  );
}

function Bills({ bills, bucketCount, actions, markOf }: CustomerBillsProps): JSX.Element {
  const { t } = useTranslation('customers');
  const sign = currencySign(useCurrency());
  return (
    <table className="papers">
      <thead>
        <tr>
          <th scope="col">{t('bills.number')}</th>
          <th scope="col">{t('bills.day')}</th>
          <th scope="col">{t('bills.dueDay')}</th>
          <th scope="col" className="papers__number">
            {t('bills.late')}
          </th>
          <th scope="col" className="papers__number">
            {t('bills.amount', { sign })}
          </th>
          <th scope="col" className="papers__number">
            {t('bills.open', { sign })}
          </th>
          {actions ? (
            <th scope="col">
              <span className="unseen">{t('actions.title')}</span>
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {bills.map((bill) => (
          <BillLines key={bill.billId} {...{ bill, bucketCount, actions }} mark={markOf?.(bill.billId)} />
        ))}
      </tbody>
    </table>
  );
}
