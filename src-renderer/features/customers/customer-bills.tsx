import type { BillRow } from '#contract/engine/customers.ts';
import { DayText } from '#kit/day-text.tsx';
import { LateMark } from '#kit/late-label.tsx';
import { currencySign, MoneyText, useCurrency } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import { Button, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import './customers.css';

/** So many closed bills at a press: a customer of many years has thousands. */
const CLOSED_AT_ONCE = 100;

/** A page with few open bills is filled up with paid ones. */
const ROWS_AT_FIRST = 10;

function countOpen(bills: readonly BillRow[]): number {
  return bills.filter(({ openPaise }) => openPaise !== 0).length;
}

/** Bills, open first; what settled a bill is folded under it. */
export function CustomerBills({ bills }: { readonly bills: readonly BillRow[] }): JSX.Element {
  const { t } = useTranslation('customers');
  const [closedShown, setClosedShown] = useState(() => Math.max(0, ROWS_AT_FIRST - countOpen(bills)));
  const open = bills.filter(({ openPaise }) => openPaise !== 0);
  const closed = bills.filter(({ openPaise }) => openPaise === 0);
  const left = Math.max(0, closed.length - closedShown);
  return (
    <Section title={t('bills.title')} aside={t('bills.count', { open: open.length, closed: closed.length })}>
      {open.length === 0 ? <p className="sum__why">{t('bills.noneOpen')}</p> : null}
      {open.length + closedShown > 0 ? <Bills bills={[...open, ...closed.slice(0, closedShown)]} /> : null}
      {left > 0 ? (
        <Button
          variant="default"
          mt="sm"
          onClick={() => setClosedShown((shown) => Math.min(closed.length, shown + CLOSED_AT_ONCE))}
        >
          {t('bills.showClosed', { count: Math.min(left, CLOSED_AT_ONCE) })}
        </Button>
      ) : null}
    </Section>
  );
}

function Bills({ bills }: { readonly bills: readonly BillRow[] }): JSX.Element {
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
        </tr>
      </thead>
      <tbody>
        {bills.map((bill) => (
          <BillLines key={bill.billId} bill={bill} />
        ))}
      </tbody>
    </table>
  );
}

function BillLines({ bill }: { readonly bill: BillRow }): JSX.Element {
  const { t } = useTranslation('customers');
  const [isFolded, setFolded] = useState(true);
  const Chevron = isFolded ? IconChevronRight : IconChevronDown;
  const number = bill.number ?? t(`kind.${bill.kind}`);
  const isClosed = bill.openPaise === 0;
  return (
    <>
      <tr className={isClosed ? 'papers__closed' : ''}>
        <td>
          {bill.settlements.length === 0 ? (
            <span>{number}</span>
          ) : (
            <UnstyledButton
              className="papers__fold"
              aria-expanded={!isFolded}
              onClick={() => setFolded((folded) => !folded)}
            >
              <Chevron size={14} aria-hidden />
              {number}
            </UnstyledButton>
          )}
          {bill.currency === null || bill.foreignMinor === null ? null : (
            <span className="papers__foreign">
              {' '}
              {bill.currency} <MoneyText paise={bill.foreignMinor} currency={bill.currency} />
            </span>
          )}
        </td>
        <td>
          <DayText day={bill.billDay} />
        </td>
        <td>
          <DayText day={bill.dueDay} />
        </td>
        <td className="papers__number">
          {bill.bucket === null ? (
            t('bills.paid')
          ) : (
            <span className="papers__late">
              <LateMark bucket={bill.bucket} />
              {bill.daysLate > 0 ? bill.daysLate : t('bills.notDue')}
            </span>
          )}
        </td>
        <td className="papers__number">
          <MoneyText paise={bill.amountPaise} />
        </td>
        <td className="papers__number">
          <MoneyText paise={bill.openPaise} />
        </td>
      </tr>
      {isFolded ? null : <Settlements bill={bill} />}
    </>
  );
}

function Settlements({ bill }: { readonly bill: BillRow }): JSX.Element {
  const { t } = useTranslation('customers');
  return (
    <>
      {bill.settlements.map(({ kind, documentId, number, allocationDay, amountPaise }, index) => (
        <tr key={`${kind}:${documentId}:${index}`} className="papers__settlement">
          <td>
            {t(`kind.${kind}`)} {number}
          </td>
          <td colSpan={3}>
            <DayText day={allocationDay} />
          </td>
          <td className="papers__number">
            <MoneyText paise={-Math.abs(amountPaise)} />
          </td>
          <td>{'\u00a0'}</td>
        </tr>
      ))}
    </>
  );
}
