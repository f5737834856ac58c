import { AgoText } from '#kit/ago-text.tsx';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import './books.css';

/** When the open book's file was last checked, and whether it was sound. */
export function BookHealth(): JSX.Element | null {
  const { t } = useTranslation('books');
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  if (!book) return null;
  if (book.checkedAt === null || book.isSound === null) {
    return <p className="books__health">{t('check.never', { name: book.name })}</p>;
  }
  return (
    <p className="books__health">
      {book.isSound ? t('check.sound', { name: book.name }) : t('check.unsoundLong', { name: book.name })}{' '}
      {t('check.last')} <AgoText at={book.checkedAt} />
    </p>
  );
}
