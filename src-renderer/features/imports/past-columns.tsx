import { AgoText } from '#kit/ago-text.tsx';
import type { Column } from '#kit/data-table.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CountText } from './count-text.tsx';
import { useFileWords } from './file-words.ts';
import { RevertCell } from './revert-parts.tsx';
import type { ImportBatch } from './types.ts';
import type { Revert } from './use-revert.ts';

const dayOf = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' });

/** The columns of past imports; a file has no sign in them, as its cells bear the currency. */
export function usePastColumns(sign: string, revert: Revert): readonly Column<ImportBatch>[] {
  const { t } = useTranslation('imports');
  const sayFile = useFileWords();
  return useMemo(() => {
    const count = (
      key: 'taken' | 'refused' | 'leftOut',
      of: (batch: ImportBatch) => number,
    ): Column<ImportBatch> => ({
      key,
      header: t(`past.${key}`),
      width: 90,
      align: 'end',
      sortBy: of,
      cell: (batch) => <CountText count={of(batch)} />,
      export: { kind: 'count', value: of },
    });
    return [
      {
        key: 'file',
        header: t('past.file'),
        width: 200,
        grow: 1,
        opens: true,
        sortBy: ({ fileName }) => fileName,
        cell: ({ fileName }) => <span title={sayFile(fileName)}>{sayFile(fileName)}</span>,
        export: { kind: 'text', value: ({ fileName }) => sayFile(fileName) },
      },
      {
        key: 'at',
        header: t('past.at'),
        width: 120,
        sortBy: ({ importedAt }) => importedAt,
        sortFirst: 'desc',
        cell: ({ importedAt }) => <AgoText at={importedAt} />,
        export: { kind: 'day', value: ({ importedAt }) => dayOf.format(importedAt) },
      },
      count('taken', ({ takenRowCount }) => takenRowCount),
      count('refused', ({ refusedRowCount }) => refusedRowCount),
      count('leftOut', ({ leftOutRowCount }) => leftOutRowCount),
      {
        key: 'bills',
        header: sign === '' ? t('past.bills') : `${t('past.bills')} (${sign})`,
        width: 170,
        align: 'end',
        sortBy: ({ billPaise }) => billPaise,
        cell: ({ billPaise }) => <MoneyText paise={billPaise} />,
        export: { kind: 'money', value: ({ billPaise }) => billPaise },
      },
      {
        key: 'open',
        header: sign === '' ? t('past.open') : `${t('past.open')} (${sign})`,
        width: 170,
        align: 'end',
        sortBy: ({ openPaise }) => openPaise,
        cell: ({ openPaise }) => <MoneyText paise={openPaise} />,
        export: { kind: 'money', value: ({ openPaise }) => openPaise },
      },
      {
        key: 'revert',
        header: t('past.action'),
        width: 110,
        align: 'end',
        cell: (batch) => <RevertCell batch={batch} revert={revert} />,
        title: t('past.state'),
        export: {
          kind: 'text',
          value: ({ revertedAt }) => (revertedAt === null ? null : t('revert.reverted')),
        },
      },
    ];
  }, [t, sign, revert, sayFile]);
}
