import { BookForm } from '#features/books/book-form.tsx';
import { BookHealth } from '#features/books/book-health.tsx';
import { BooksTable } from '#features/books/books-table.tsx';
import { DemoCompany } from '#features/books/demo-company.tsx';
import { Page, Section } from '#kit/page.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';

/** The companies on this computer: open one, make one, look around in the demo. */
export function BooksScreen(): JSX.Element {
  const { t } = useTranslation('books');
  const [, goTo] = useLocation();
  const goHome = (): void => goTo('/');
  return (
    <Page title={t('title')} note={t('about')} body="fill">
      <div className="books">
        <div className="books__list">
          <BooksTable onOpened={goHome} />
          <BookHealth />
        </div>
        <div className="books__aside">
          <Section title={t('form.heading')}>
            <BookForm onCreated={() => goTo('/imports')} />
          </Section>
          <Section title={t('demoCompany.heading')}>
            <DemoCompany onMade={goHome} />
          </Section>
        </div>
      </div>
    </Page>
  );
}
