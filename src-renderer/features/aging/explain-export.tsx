import type { Explained } from '#contract/engine/aging.ts';
import { subtract } from '#domain/money.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { tableFromColumns, type ExportableColumn, type ShownTable } from '#kit/export-columns.ts';
import { useExportHead } from '#kit/export-head.ts';
import { ExportMenu } from '#kit/export-menu.tsx';
import { useCurrency } from '#kit/money-text.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, writeTable } from '../../client.ts';
import type { ExplainWish } from './explain-drawer.tsx';

type Document = Explained['documents'][number];
type Say = ReturnType<typeof useTranslation<'aging'>>['t'];

/** As many as the engine tells of one figure; what is beyond stands in a line of its own, as in the drawer. */
const DOCUMENTS_MOST = 1000;

/** The documents behind a figure in a file; they add up to it. */
export function ExplainExport({
  wish,
  title,
}: {
  readonly wish: ExplainWish;
  readonly title: string;
}): JSX.Element {
  const { t } = useTranslation('aging');
  const head = useExportHead();
  const currency = useCurrency();
  const { wish: asOf } = useAsOf();
  const makeTable = async (): Promise<ShownTable> => {
    const explained = await client.aging.explain({ ...wish, asOf, most: DOCUMENTS_MOST });
    const { restCount, restPaise } = explained;
    const table = tableFromColumns<Document>({
      title: t('explain.file', { figure: title }),
      lines: head.lines(),
      columns: explainColumns(t, explained),
      rows: explained.documents,
      currency,
      totalWord: t('explain.total'),
    });
    if (restCount === 0) return table;
    const rest = table.columns.map((_, at) =>
      at === 0 ? t('explain.rest', { count: restCount }) : at === table.columns.length - 1 ? restPaise : null,
    );
    return { ...table, rows: [...table.rows, rest] };
  };
  return (
    <ExportMenu name={head.nameOf(title)} size="compact-sm" makeTable={makeTable} onWrite={writeTable} />
  );
}

function explainColumns(t: Say, { totalPaise }: Explained): readonly ExportableColumn<Document>[] {
  const money = (header: string, value: (row: Document) => number): ExportableColumn<Document> => ({
    header,
    export: { kind: 'money', value },
  });
  return [
    { header: t('explain.document'), export: { kind: 'text', value: (row) => t(`kind.${row.kind}`) } },
    { header: t('explain.number'), export: { kind: 'text', value: (row) => row.number } },
    { header: t('explain.customer'), export: { kind: 'text', value: (row) => row.customerName } },
    { header: t('explain.day'), export: { kind: 'day', value: (row) => row.day } },
    { header: t('explain.dueDay'), export: { kind: 'day', value: (row) => row.dueDay } },
    { header: t('explain.late'), export: { kind: 'count', value: (row) => Math.max(0, row.daysLate) } },
    money(t('explain.amount', { sign: '' }), (row) => row.amountPaise),
    money(t('explain.applied'), (row) => subtract(row.amountPaise, row.openPaise)),
    {
      header: t('explain.open', { sign: '' }),
      export: { kind: 'money', value: (row) => row.openPaise, total: totalPaise },
    },
  ];
}
