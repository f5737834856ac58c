import { orpc, problemOf } from '../../client.ts';
import { DataTable } from '#kit/data-table.tsx';
import { currencySign, useCurrency } from '#kit/money-text.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Section } from '#kit/page.tsx';
import { CloseButton, Drawer, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useFileWords } from './file-words.ts';
import { NotesTable } from './notes-table.tsx';
import { usePastColumns } from './past-columns.tsx';
import { RevertRefused } from './revert-parts.tsx';
import { RowBox } from './row-box.tsx';
import { TableExport } from './table-export.tsx';
import type { ImportBatch } from './types.ts';
import { useRevert } from './use-revert.ts';

const NO_BATCHES: readonly never[] = [];
const ROWS_MOST = 10;
const DRAWER_ROWS_MOST = 20;

type PastImportsProps = { readonly onNotes: (batch: ImportBatch) => void };

/** What was imported into this book before, newest first; a row opens what was not taken of it, and can be taken back. */
export function PastImports({ onNotes }: PastImportsProps): JSX.Element {
  const { t } = useTranslation('imports');
  const revert = useRevert();
  const columns = usePastColumns(currencySign(useCurrency()), revert);
  const fileColumns = usePastColumns('', revert);
  const shownRef = useRef<readonly ImportBatch[]>(NO_BATCHES);
  const { data, error, refetch } = useQuery(orpc.imports.list.queryOptions());
  return (
    <Section
      title={t('past.heading')}
      className="past"
      aside={
        data && data.length > 0 ? (
          <span className="past__aside">
            {revert.isOff ? t('revert.asOfMoved') : null}
            <TableExport title={t('past.heading')} columns={fileColumns} shownRef={shownRef} />
          </span>
        ) : null
      }
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
            shownRef={shownRef}
            onOpen={onNotes}
            problem={error ? problemOf(error) : undefined}
            onRetry={() => void refetch()}
          />
        </RowBox>
      )}
    </Section>
  );
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
          {batch ? <BatchNotes batchId={batch.batchId} title={title} /> : null}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

type BatchNotesProps = { readonly batchId: number; readonly title: string };

function BatchNotes({ batchId, title }: BatchNotesProps): JSX.Element {
  const { t } = useTranslation('imports');
  const { data, error, refetch } = useQuery(orpc.imports.notes.queryOptions({ input: { batchId } }));
  if (error) return <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <NotesTable notes={data} emptyWords={t('past.noNotes')} rowsMost={DRAWER_ROWS_MOST} exportTitle={title} />
  );
}
