import type { Cheque } from '#contract/engine/receipts.ts';
import { sumOf } from '#domain/money.ts';
import type { Column } from '#kit/data-table.tsx';
import { DayText } from '#kit/day-text.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { ActionIcon, Menu } from '@mantine/core';
import { IconBan, IconDots, IconPencil } from '@tabler/icons-react';
import { useCallback, type JSX } from 'react';
import { useTranslation } from 'react-i18next';

export type ChequeActions = {
  readonly change: (receiptId: number) => void;
  readonly void: (receiptId: number, number: string | null) => void;
};

/** The columns of the register; those of a file are asked with the rows that stand in it, for their total. */
export function useChequeColumns(
  sign: string,
  actions: ChequeActions | undefined,
): (shown: readonly Cheque[]) => readonly Column<Cheque>[] {
  const { t } = useTranslation('cheques');
  return useCallback(
    (shown: readonly Cheque[]): readonly Column<Cheque>[] => {
      const columns: readonly Column<Cheque>[] = [
        {
          key: 'customer',
          header: t('column.customer'),
          width: 200,
          grow: 2,
          opens: true,
          sortBy: (row) => row.customerName,
          cell: (row) => row.customerName,
          export: { kind: 'text', value: (row) => row.customerName },
        },
        {
          key: 'chequeDay',
          header: t('column.chequeDay'),
          width: 126,
          sortBy: (row) => row.chequeDay,
          cell: (row) => <DayText day={row.chequeDay} />,
          export: { kind: 'day', value: (row) => row.chequeDay },
        },
        {
          key: 'daysToGo',
          header: t('column.daysToGo'),
          width: 130,
          sortBy: (row) => row.daysToGo,
          cell: (row) => daysWords(row.daysToGo, (key, values) => t(key, values)),
          export: { kind: 'count', value: (row) => row.daysToGo },
        },
        {
          key: 'reference',
          header: t('column.reference'),
          width: 130,
          sortBy: (row) => row.reference ?? row.number,
          cell: (row) => row.reference ?? row.number,
          export: { kind: 'text', value: (row) => row.reference ?? row.number },
        },
        {
          key: 'receiptDay',
          header: t('column.receiptDay'),
          width: 110,
          sortBy: (row) => row.receiptDay,
          cell: (row) => <DayText day={row.receiptDay} />,
          export: { kind: 'day', value: (row) => row.receiptDay },
        },
        {
          key: 'amount',
          header: t('column.amount', { sign }),
          align: 'end',
          width: 140,
          sortBy: (row) => row.amountPaise,
          sortFirst: 'desc',
          cell: (row) => <MoneyText paise={row.amountPaise} />,
          export: {
            kind: 'money',
            value: (row) => row.amountPaise,
            total: sumOf(shown, (row) => row.amountPaise),
          },
          sum: (rows) => <MoneyText paise={sumOf(rows, (row) => row.amountPaise)} />,
        },
      ];
      if (!actions) return columns;
      return [
        ...columns,
        {
          key: 'actions',
          header: '',
          title: t('actions.title'),
          align: 'end',
          width: 48,
          cell: (row) => <ChequeMenu cheque={row} actions={actions} />,
        },
      ];
    },
    [t, sign, actions],
  );
}

type Say = (key: string, values: Record<string, number>) => string;

function daysWords(daysToGo: number, t: Say): string {
  if (daysToGo === 0) return t('days.today', {});
  return daysToGo > 0 ? t('days.ahead', { count: daysToGo }) : t('days.ago', { count: 0 - daysToGo });
}

type ChequeMenuProps = { readonly cheque: Cheque; readonly actions: ChequeActions };

function ChequeMenu({ cheque, actions }: ChequeMenuProps): JSX.Element {
  const { t } = useTranslation('cheques');
  const { receiptId, number, reference, customerName } = cheque;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={24} aria-label={t('actions.of', { name: reference ?? number ?? customerName })}>
          <IconDots size={15} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => actions.change(receiptId)}>
          {t('actions.change')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconBan size={15} />}
          onClick={() => actions.void(receiptId, reference ?? number)}
        >
          {t('actions.returned')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
