import { Delayed } from '#kit/delayed.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { useStatusCounts } from '#kit/status.ts';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { draftKey, draftOf, emptyDraft, type TextPlace } from './draft.ts';
import { TemplateEditor } from './template-editor.tsx';
import './templates.css';
import { TemplatesEmpty } from './templates-empty.tsx';
import { TemplatesTable } from './templates-table.tsx';

/** What the messages say: every text of the book, and one of them opened. */
export function TemplatesPanel(): JSX.Element {
  const { t } = useTranslation('templates');
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  const { data: templates, error, refetch } = useQuery(orpc.templates.list.queryOptions());
  const [open, setOpen] = useState<TextPlace>();
  const [last, setLast] = useState<TextPlace>();
  useStatusCounts(templates ? t('counts', { count: templates.length }) : '');
  if (error) return <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!templates || !book) {
    return (
      <Delayed>
        <Skeleton height={240} />
      </Delayed>
    );
  }
  if (open) {
    const saved = templates.find(
      ({ key, channel, language }) =>
        key === open.key && channel === open.channel && language === open.language,
    );
    const at = draftKey(book.bookId, open);
    return (
      <TemplateEditor
        key={at}
        templates={templates}
        saved={saved}
        start={saved ? draftOf(saved) : emptyDraft(open, open)}
        draftAt={at}
        bookId={book.bookId}
        onOpen={setOpen}
        onClose={() => {
          setLast(open);
          setOpen(undefined);
        }}
      />
    );
  }
  if (templates.length === 0) return <TemplatesEmpty onOpen={setOpen} />;
  return <TemplatesTable templates={templates} bookId={book.bookId} last={last} onOpen={setOpen} />;
}
