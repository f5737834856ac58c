import type { Book, OpenBook } from '#contract/engine/books.ts';
import { orpc, problemOf } from '../../client.ts';
import { AgoText } from '#kit/ago-text.tsx';
import { DataTable, type Column } from '#kit/data-table.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Badge } from '@mantine/core';
import { IconBook2, IconCheck } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { BookMenu } from './book-menu.tsx';
import './books.css';

type BooksTableProps = {
  /** Called with the book that is open after the user's choice. */
  readonly onOpened: (book: Book) => void;
};

/** All books of this computer; Enter or a click on the name opens one. */
export function BooksTable({ onOpened }: BooksTableProps): JSX.Element {
  const { t } = useTranslation('books');
  const { data: current } = useQuery(orpc.books.current.queryOptions());
  const { data, error, refetch } = useQuery(orpc.books.list.queryOptions());
  const open = useMutation(orpc.books.open.mutationOptions({ onSuccess: onOpened }));
  const openId = current?.bookId;
  const columns = useColumns(current);
  const choose = (book: Book): void =>
    book.bookId === openId ? onOpened(book) : open.mutate({ bookId: book.bookId });
  return (
    <>
      {open.error ? <ProblemNote problem={problemOf(open.error)} /> : null}
      <div className="books__table" aria-busy={open.isPending}>
        <DataTable
          label={t('list')}
          columns={columns}
          rows={data}
          keyOf={({ bookId }) => bookId}
          initialSort={{ key: 'openedAt', direction: 'desc' }}
          onOpen={choose}
          empty={
            <EmptyState
              icon={<IconBook2 size={32} stroke={1.25} />}
              title={t('emptyTitle')}
              next={t('empty')}
            />
          }
          problem={error ? problemOf(error) : undefined}
          onRetry={() => void refetch()}
        />
      </div>
    </>
  );
}

function useColumns(current: OpenBook | null | undefined): readonly Column<Book>[] {
  const { t } = useTranslation('books');
  const openId = current?.bookId;
  return useMemo(
    () => [
      {
        key: 'name',
        header: t('name'),
        width: 220,
        grow: 1,
        opens: true,
        sortBy: ({ name }) => name,
        cell: ({ name, isDemo }) => (
          <>
            {name}
            {isDemo ? (
              <Badge size="sm" variant="default" radius="sm" className="demo-badge books__demo">
                {t('demo')}
              </Badge>
            ) : null}
          </>
        ),
      },
      {
        key: 'state',
        header: t('state'),
        width: 120,
        sortBy: ({ bookId }) => (bookId === openId ? 0 : 1),
        cell: ({ bookId }) => (bookId === openId ? <OpenMark /> : null),
      },
      {
        key: 'currency',
        header: t('currency'),
        width: 90,
        sortBy: ({ baseCurrency }) => baseCurrency,
        cell: ({ baseCurrency }) => baseCurrency,
      },
      {
        key: 'timeZone',
        header: t('timeZone'),
        width: 150,
        sortBy: ({ timeZone }) => timeZone,
        cell: ({ timeZone }) => timeZone,
      },
      {
        key: 'openedAt',
        header: t('openedAt'),
        width: 130,
        sortBy: ({ openedAt }) => openedAt,
        sortFirst: 'desc',
        cell: ({ openedAt }) => <AgoText at={openedAt} />,
      },
      {
        key: 'menu',
        header: '',
        title: t('actionsTitle'),
        align: 'end',
        width: 48,
        cell: (book) => <BookMenu book={book} current={current} />,
      },
    ],
    [t, openId, current],
  );
}

function OpenMark(): JSX.Element {
  const { t } = useTranslation('books');
  return (
    <>
      <IconCheck size={16} className="books__open" aria-hidden /> {t('isOpen')}
    </>
  );
}
