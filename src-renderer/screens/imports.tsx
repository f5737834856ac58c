import { BookForm } from '#features/books/book-form.tsx';
import { ImportWizard } from '#features/imports/import-wizard.tsx';
import { Page, Section } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../client.ts';

/** Brings a workbook into the open book; without a book it first offers to make one. */
export function ImportsScreen(): JSX.Element {
  const { t } = useTranslation('imports');
  const { data: book, error, refetch } = useQuery(orpc.books.current.queryOptions());
  return (
    <Page title={t('title')} body="fill">
      {error ? <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {book === null ? (
        <Section title={t('drop.noBook')} className="wizard__book">
          <BookForm isFirst />
        </Section>
      ) : null}
      {book ? <ImportWizard key={book.bookId} baseCurrency={book.baseCurrency} /> : null}
    </Page>
  );
}
