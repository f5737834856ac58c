import type { BillRow } from '#contract/engine/customers.ts';
import { DayText } from '#kit/day-text.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLinkOff } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, problemOf } from '../../client.ts';
import './customers.css';

type SettlementsProps = { readonly bill: BillRow; readonly isReadOnly: boolean };

/** What settled a bill; each application can be taken back. */
export function Settlements({ bill, isReadOnly }: SettlementsProps): JSX.Element {
  const { t } = useTranslation('customers');
  return (
    <>
      {bill.settlements.map((settlement) => (
        <tr key={settlement.allocationId} className="papers__settlement">
          <td colSpan={2}>
            {t(`kind.${settlement.kind}`)} {settlement.number}
          </td>
          <td colSpan={2}>
            <DayText day={settlement.allocationDay} />
          </td>
          <td className="papers__number">
            <MoneyText paise={-Math.abs(settlement.amountPaise)} />
          </td>
          <td>{'\u00a0'}</td>
          {isReadOnly ? null : (
            <td className="papers__menu">
              <UndoButton billId={bill.billId} settlement={settlement} />
            </td>
          )}
        </tr>
      ))}
    </>
  );
}

type UndoButtonProps = {
  readonly billId: number;
  readonly settlement: BillRow['settlements'][number];
};

function UndoButton({ billId, settlement }: UndoButtonProps): JSX.Element {
  const { t } = useTranslation('customers');
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  const { allocationId, kind, documentId, number, instalmentId, amountPaise } = settlement;
  const name = number ?? t(`kind.${kind}`);
  const undo = async (): Promise<void> => {
    try {
      await client.allocations.undo({ allocationIds: [allocationId] });
      done({
        message: t('bills.undone', { name }),
        undo: () =>
          client.allocations.apply({
            money: { kind: kind === 'receipt' ? 'receipt' : 'credit', id: documentId },
            parts: [{ billId, instalmentId: instalmentId ?? undefined, amountPaise }],
          }),
      });
    } catch (error) {
      tell(error);
    }
  };
  return (
    <Tooltip label={t('bills.undo', { name })}>
      <ActionIcon size={22} aria-label={t('bills.undo', { name })} onClick={() => void undo()}>
        <IconLinkOff size={14} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
