import type { Cheque } from '#contract/engine/receipts.ts';
import { paise, sumOf } from '#domain/money.ts';
import { DataTable, type Column, type Grouping } from '#kit/data-table.tsx';
import { DayText } from '#kit/day-text.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { currencySign, MoneyText, useCurrency } from '#kit/money-text.tsx';
import type { Problem } from '#kit/problem.tsx';
import { reportSelection, useStatusCounts } from '#kit/status.ts';
import { ActionIcon, Menu } from '@mantine/core';
import { IconBan, IconCalendarTime, IconDots, IconPencil } from '@tabler/icons-react';
import { useMemo, type JSX } from 'react';
import { useTranslation } from 'react-i18next';

export type ChequeActions = {
  readonly change: (receiptId: number) => void;
  readonly void: (receiptId: number, number: string | null) => void;
};

type ChequesPanelProps = {
  readonly cheques: readonly Cheque[] | undefined;
  readonly problem: Problem | undefined;
  readonly onRetry: () => void;
  readonly onOpen: (customerId: number) => void;
  /** Left out while nothing may be written. */
  readonly actions: ChequeActions | undefined;
};

const DAYS_A_WEEK = 7;
/** When a cheque may be paid in; the order in which the groups stand. */
const whens = ['today', 'week', 'later', 'past'] as const;

function whenOf({ daysToGo }: Cheque): (typeof whens)[number] {
  if (daysToGo < 0) return 'past';
  if (daysToGo === 0) return 'today';
  return daysToGo <= DAYS_A_WEEK ? 'week' : 'later';
}

/** The register of post-dated cheques: due today, this week, later, and those whose day has come. */
export function ChequesPanel(props: ChequesPanelProps): JSX.Element {
  const { cheques, actions } = props;
  const { t } = useTranslation('cheques');
  const columns = useColumns(actions);
  const groups = useMemo(
    (): Grouping<Cheque> => ({
      // The digit keeps the groups in the order of time.
      keysOf: (cheque) => [String(whens.indexOf(whenOf(cheque)))],
      labelOf: (key) => t(`when.${whens[Number(key)] ?? 'later'}`),
      orderBy: (key) => Number(key),
    }),
    [t],
  );
  useStatusCounts(cheques ? t('counts', { count: cheques.length }) : '');
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={cheques}
      keyOf={keyOf}
      initialSort={{ key: 'chequeDay', direction: 'asc' }}
      groups={groups}
      withTotals
      onOpen={(row) => props.onOpen(row.customerId)}
      onSelectionChange={reportRows}
      problem={props.problem}
      onRetry={props.onRetry}
      empty={
        <EmptyState
          icon={<IconCalendarTime size={36} stroke={1.3} />}
          title={t('empty')}
          next={t('emptyNext')}
        />
      }
    />
  );
}

function keyOf(cheque: Cheque): string {
  return String(cheque.receiptId);
}

function reportRows(rows: readonly Cheque[]): void {
  reportSelection(
    rows.length,
    sumOf(rows, (row) => row.amountPaise),
  );
}

function useColumns(actions: ChequeActions | undefined): readonly Column<Cheque>[] {
  const { t } = useTranslation('cheques');
  const sign = currencySign(useCurrency());
  return useMemo((): readonly Column<Cheque>[] => {
    const columns: readonly Column<Cheque>[] = [
      {
        key: 'customer',
        header: t('column.customer'),
        width: 200,
        grow: 2,
        opens: true,
        sortBy: (row) => row.customerName,
        cell: (row) => row.customerName,
      },
      {
        key: 'chequeDay',
        header: t('column.chequeDay'),
        width: 110,
        sortBy: (row) => row.chequeDay,
        cell: (row) => <DayText day={row.chequeDay} />,
      },
      {
        key: 'daysToGo',
        header: t('column.daysToGo'),
        width: 130,
        sortBy: (row) => row.daysToGo,
        cell: (row) => daysWords(row.daysToGo, (key, values) => t(key, values)),
      },
      {
        key: 'reference',
        header: t('column.reference'),
        width: 130,
        sortBy: (row) => row.reference ?? row.number,
        cell: (row) => row.reference ?? row.number,
      },
      {
        key: 'receiptDay',
        header: t('column.receiptDay'),
        width: 110,
        sortBy: (row) => row.receiptDay,
        cell: (row) => <DayText day={row.receiptDay} />,
      },
      {
        key: 'amount',
        header: t('column.amount', { sign }),
        align: 'end',
        width: 140,
        sortBy: (row) => row.amountPaise,
        sortFirst: 'desc',
        cell: (row) => <MoneyText paise={row.amountPaise} />,
        sum: (rows) => (
          <MoneyText paise={rows.reduce((sum, row) => paise(sum + row.amountPaise), paise(0))} />
        ),
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
  }, [t, sign, actions]);
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
