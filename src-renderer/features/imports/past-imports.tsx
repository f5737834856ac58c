import { orpc, problemOf } from '../../client.ts';
import { AgoText } from '#kit/ago-text.tsx';
import { DataTable, type Column } from '#kit/data-table.tsx';
import { currencySign, MoneyText, useCurrency } from '#kit/money-text.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Section } from '#kit/page.tsx';
import { CloseButton, Drawer, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { CountText } from './count-text.tsx';
import { useFileWords } from './file-words.ts';
import { NotesTable } from './notes-table.tsx';
import { RevertCell, RevertRefused } from './revert-parts.tsx';
import { RowBox } from './row-box.tsx';
import type { ImportBatch } from './types.ts';
import { useRevert, type Revert } from './use-revert.ts';

const ROWS_MOST = 10;
const DRAWER_ROWS_MOST = 20;

type PastImportsProps = { readonly onNotes: (batch: ImportBatch) => void };

/** What was imported into this book before, newest first; a row opens what was not taken of it, and can be taken back. */
export function PastImports({ onNotes }: PastImportsProps): JSX.Element {
  const { t } = useTranslation('imports');
  const revert = useRevert();
  const columns = useColumns(revert);
  const { data, error, refetch } = useQuery(orpc.imports.list.queryOptions());
  return (
    <Section
      title={t('past.heading')}
      className="past"
      aside={revert.isOff && data && data.length > 0 ? t('revert.asOfMoved') : null}
    >
      <RevertRefused revert={revert} />
      {data?.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('past.empty')}
        </Text>
      ) : (
        <RowBox rowCount={data?.length} rowsMost={ROWS_MOST}>
          <DataTable
            label={t('past.heading')}
            columns={columns}
            rows={data}
            keyOf={({ batchId }) => String(batchId)}
            onOpen={onNotes}
            problem={error ? problemOf(error) : undefined}
            onRetry={() => void refetch()}
          />
        </RowBox>
      )}
    </Section>
  );
}

function useColumns(revert: Revert): readonly Column<ImportBatch>[] {
  const { t } = useTranslation('imports');
  const sign = currencySign(useCurrency());
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
      },
      {
        key: 'at',
        header: t('past.at'),
        width: 120,
        sortBy: ({ importedAt }) => importedAt,
        sortFirst: 'desc',
        cell: ({ importedAt }) => <AgoText at={importedAt} />,
      },
      count('taken', ({ takenRowCount }) => takenRowCount),
      count('refused', ({ refusedRowCount }) => refusedRowCount),
      count('leftOut', ({ leftOutRowCount }) => leftOutRowCount),
      {
        key: 'bills',
        header: `${t('past.bills')} (${sign})`,
        width: 170,
        align: 'end',
        sortBy: ({ billPaise }) => billPaise,
        cell: ({ billPaise }) => <MoneyText paise={billPaise} />,
      },
      {
        key: 'open',
        header: `${t('past.open')} (${sign})`,
        width: 170,
        align: 'end',
        sortBy: ({ openPaise }) => openPaise,
        cell: ({ openPaise }) => <MoneyText paise={openPaise} />,
      },
      {
        key: 'revert',
        header: t('past.action'),
        width: 110,
        align: 'end',
        cell: (batch) => <RevertCell batch={batch} revert={revert} />,
      },
    ];
  }, [t, sign, revert, sayFile]);
}

type NotesDrawerProps = { readonly batch: ImportBatch | null; readonly onClose: () => void };

/** The rows of one past import that were not taken. */
export function NotesDrawer({ batch, onClose }: NotesDrawerProps): JSX.Element {
  const { t } = useTranslation('imports');
  const sayFile = useFileWords();
  const title = t('past.notesOf', { file: sayFile(batch?.fileName ?? '') });
  return (
    <Drawer.Root opened={batch !== null} onClose={onClose} position="right" size="xl">
      <Drawer.Overlay />
      <Drawer.Content aria-label={title}>
        <Drawer.Body>
          <div className="drawer__head">
            <h2 className="section__title">{title}</h2>
            <CloseButton aria-label={t('past.close')} onClick={onClose} />
          </div>
          {batch ? <BatchNotes batchId={batch.batchId} /> : null}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function BatchNotes({ batchId }: { readonly batchId: number }): JSX.Element {
  const { t } = useTranslation('imports');
  const { data, error, refetch } = useQuery(orpc.imports.notes.queryOptions({ input: { batchId } }));
  if (error) return <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />;
  return <NotesTable notes={data} emptyWords={t('past.noNotes')} rowsMost={DRAWER_ROWS_MOST} />;
}
