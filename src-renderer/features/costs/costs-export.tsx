import type { Day } from '#domain/days.ts';
import { channels } from '#domain/reminders/words.ts';
import { tableFromColumns, type ExportableColumn } from '#kit/export-columns.ts';
import { useExportHead } from '#kit/export-head.ts';
import { ExportMenu } from '#kit/export-menu.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { writeTable } from '../../client.ts';
import { paiseOfMicros } from '#kit/micros.ts';
import { totalsOf, type DayCosts } from './month-costs.ts';

type CostsExportProps = {
  readonly month: Day;
  readonly days: readonly DayCosts[];
  readonly disabled: boolean;
};

type Translate = (key: string) => string;

/** Each day of a month in a file, with a column for each channel. */
export function CostsExport({ month, days, disabled }: CostsExportProps): JSX.Element {
  const { t } = useTranslation('costs');
  const head = useExportHead();
  const name = t('monthOf', { month: t(`month.${Number(month.slice(5, 7))}`), year: month.slice(0, 4) });
  return (
    <ExportMenu
      name={`${t('file')} ${month.slice(0, 7)}`}
      makeTable={() =>
        tableFromColumns({
          title: `${t('file')}: ${name}`,
          lines: head.lines(),
          columns: columnsOf(days, (key) => t(key)),
          rows: days,
          currency: 'INR',
          totalWord: head.totalWord,
        })
      }
      onWrite={writeTable}
      disabled={disabled}
    />
  );
}

function columnsOf(days: readonly DayCosts[], t: Translate): readonly ExportableColumn<DayCosts>[] {
  const totals = totalsOf(days);
  const money = (
    header: string,
    of: (row: DayCosts) => number,
    total: number,
  ): ExportableColumn<DayCosts> => ({
    header,
    export: {
      kind: 'money',
      currency: 'INR',
      value: (row) => paiseOfMicros(of(row)),
      total: paiseOfMicros(total),
    },
  });
  return [
    { header: t('column.day'), export: { kind: 'day', value: (row) => row.day } },
    {
      header: t('column.count'),
      export: { kind: 'count', value: (row) => row.count, total: totals.count },
    },
    ...channels.map((channel) =>
      money(
        t(`channel.${channel}`),
        ({ byChannel }) => byChannel[channel] ?? 0,
        days.reduce((sum, { byChannel }) => sum + (byChannel[channel] ?? 0), 0),
      ),
    ),
    money(t('column.estimateMicros'), (row) => row.estimateMicros, totals.estimateMicros),
    money(t('column.costMicros'), (row) => row.costMicros, totals.costMicros),
  ];
}
