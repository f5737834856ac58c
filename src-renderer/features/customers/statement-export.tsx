import type { Customer, CustomerStatement } from '#contract/engine/customers.ts';
import { formatMoney, sumOf } from '#domain/money.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { tableFromColumns, type ExportableColumn, type ShownTable } from '#kit/export-columns.ts';
import { useExportHead } from '#kit/export-head.ts';
import { ExportMenu } from '#kit/export-menu.tsx';
import { currencySign, useCurrency } from '#kit/money-text.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, writeTable } from '../../client.ts';

type Line = CustomerStatement['lines'][number];
type Say = ReturnType<typeof useTranslation<'customers'>>['t'];

/** A customer's account in a file: his bills and the money that came in, in order of day, with running balance. */
export function StatementExport({ customer }: { readonly customer: Customer }): JSX.Element {
  const { t } = useTranslation('customers');
  const head = useExportHead();
  const currency = useCurrency();
  const { wish } = useAsOf();
  const makeTable = async (): Promise<ShownTable> => {
    const account = await client.customers.statement({ customerId: customer.customerId, asOf: wish });
    const { closingPaise, postDatedPaise } = account;
    const inMoney = (paise: number): string => `${currencySign(currency)} ${formatMoney(paise, currency)}`;
    return tableFromColumns({
      title: t('statement.title'),
      lines: head.lines(
        t('statement.of', { name: customer.name }),
        customer.gstin === null ? '' : `GSTIN ${customer.gstin}`,
        t('statement.closing', { amount: inMoney(closingPaise) }),
        postDatedPaise === 0 ? '' : t('statement.postDated', { amount: inMoney(postDatedPaise) }),
      ),
      columns: statementColumns(t, account),
      rows: account.lines,
      currency,
      totalWord: head.totalWord,
    });
  };
  return (
    <ExportMenu
      name={head.nameOf(t('statement.file', { name: customer.name }))}
      label={t('statement.export')}
      makeTable={makeTable}
      onWrite={writeTable}
    />
  );
}

function statementColumns(
  t: Say,
  { lines, closingPaise }: CustomerStatement,
): readonly ExportableColumn<Line>[] {
  return [
    { header: t('statement.day'), export: { kind: 'day', value: (line) => line.day } },
    { header: t('statement.what'), export: { kind: 'text', value: (line) => t(`kind.${line.kind}`) } },
    { header: t('statement.number'), export: { kind: 'text', value: (line) => line.number } },
    { header: t('statement.dueDay'), export: { kind: 'day', value: (line) => line.dueDay } },
    {
      header: t('statement.debit'),
      export: {
        kind: 'money',
        value: ({ debitPaise }) => (debitPaise === 0 ? null : debitPaise),
        total: sumOf(lines, (line) => line.debitPaise),
      },
    },
    {
      header: t('statement.credit'),
      export: {
        kind: 'money',
        value: ({ creditPaise }) => (creditPaise === 0 ? null : creditPaise),
        total: sumOf(lines, (line) => line.creditPaise),
      },
    },
    {
      header: t('statement.balance'),
      export: { kind: 'money', value: (line) => line.balancePaise, total: closingPaise },
    },
  ];
}
