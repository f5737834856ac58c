import type { BillRow } from '#contract/engine/customers.ts';
import { DayText } from '#kit/day-text.tsx';
import { LateMark } from '#kit/late-label.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { Badge, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BillMenu } from './bill-menu.tsx';
import './customers.css';
import type { DocumentActions } from './document-actions.ts';
import { Settlements } from './settlements.tsx';

type BillLinesProps = {
  readonly bill: BillRow;
  readonly bucketCount: number;
  readonly actions: DocumentActions | undefined;
  readonly mark?: ReactNode;
};

/** A bill's own line and, unfolded, its instalments and what settled it. */
export function BillLines({ bill, bucketCount, actions, mark }: BillLinesProps): JSX.Element {
  const { t } = useTranslation('customers');
  const [isFolded, setFolded] = useState(true);
  const Chevron = isFolded ? IconChevronRight : IconChevronDown;
  const number = bill.number ?? t(`kind.${bill.kind}`);
  const folds = bill.settlements.length + bill.instalments.length > 0;
  return (
    <>
      <tr className={bill.openPaise === 0 ? 'papers__closed' : ''}>
        <td>
          {folds ? (
            <UnstyledButton
              className="papers__fold"
              aria-expanded={!isFolded}
              onClick={() => setFolded((folded) => !folded)}
            >
              <Chevron size={14} aria-hidden />
              {number}
            </UnstyledButton>
          ) : (
            <span className="papers__leaf">{number}</span>
          )}
          <BillNotes bill={bill} />
          {mark}
        </td>
        <td>
          <DayText day={bill.billDay} />
        </td>
        <td>
          <DayText day={bill.dueDay} />
        </td>
        <td className="papers__number">
          <Lateness bucket={bill.bucket} daysLate={bill.daysLate} bucketCount={bucketCount} />
        </td>
        <td className="papers__number">
          <MoneyText paise={bill.amountPaise} />
        </td>
        <td className="papers__number">
          <MoneyText paise={bill.openPaise} />
        </td>
        {actions ? (
          <td className="papers__menu">
            <BillMenu bill={bill} actions={actions} />
          </td>
        ) : null}
      </tr>
      {isFolded ? null : (
        <Instalments bill={bill} bucketCount={bucketCount} hasMenu={actions !== undefined} />
      )}
      {isFolded ? null : <Settlements bill={bill} isReadOnly={actions === undefined} />}
    </>
  );
}

function BillNotes({ bill }: { readonly bill: BillRow }): JSX.Element {
  const { t } = useTranslation('customers');
  return (
    <>
      {bill.currency === null || bill.foreignMinor === null ? null : (
        <span className="papers__foreign">
          {' '}
          {bill.currency} <MoneyText paise={bill.foreignMinor} currency={bill.currency} />
        </span>
      )}
      {bill.doNotChaseReason === null ? null : (
        <Badge
          size="sm"
          variant="default"
          radius="sm"
          className="papers__badge"
          title={bill.doNotChaseReason}
        >
          {t('flags.doNotChase')}
        </Badge>
      )}
    </>
  );
}

type LatenessProps = {
  readonly bucket: number | null;
  readonly daysLate: number;
  readonly bucketCount: number;
};

function Lateness({ bucket, daysLate, bucketCount }: LatenessProps): JSX.Element {
  const { t } = useTranslation('customers');
  if (bucket === null) return <>{t('bills.paid')}</>;
  return (
    <span className="papers__late">
      <LateMark bucket={bucket} bucketCount={bucketCount} />
      {daysLate > 0 ? daysLate : t('bills.notDue')}
    </span>
  );
}

type InstalmentsProps = Omit<BillLinesProps, 'actions' | 'mark'> & { readonly hasMenu: boolean };

function Instalments({ bill, bucketCount, hasMenu }: InstalmentsProps): JSX.Element {
  const { t } = useTranslation('customers');
  return (
    <>
      {bill.instalments.map((part) => (
        <tr key={part.instalmentId} className="papers__settlement">
          <td colSpan={2}>{t('bills.instalment', { count: part.position })}</td>
          <td>
            <DayText day={part.dueDay} />
          </td>
          <td className="papers__number">
            <Lateness bucket={part.bucket} daysLate={part.daysLate} bucketCount={bucketCount} />
          </td>
          <td className="papers__number">
            <MoneyText paise={part.amountPaise} />
          </td>
          <td className="papers__number">
            <MoneyText paise={part.openPaise} />
          </td>
          {hasMenu ? <td>{'\u00a0'}</td> : null}
        </tr>
      ))}
    </>
  );
}
