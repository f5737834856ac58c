import { Delayed } from '#kit/delayed.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { useStatusCounts } from '#kit/status.ts';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { Assignments } from './assignments.tsx';
import { CadenceEditor } from './cadence-editor.tsx';
import { CadenceList } from './cadence-list.tsx';
import { CadencesEmpty } from './cadences-empty.tsx';
import './cadences.css';
import { draftKey } from './draft.ts';

/** The cadences of the book and for whom they hold; one of them opens into its timeline. */
export function CadencesPanel(): JSX.Element {
  const { t } = useTranslation('cadences');
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  const { data, error, refetch } = useQuery(orpc.cadences.list.queryOptions());
  const [openId, setOpenId] = useState<number>();
  useStatusCounts(data ? t('counts', { count: data.cadences.length }) : '');
  if (error) return <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!data || !book) {
    return (
      <Delayed>
        <Skeleton height={240} />
      </Delayed>
    );
  }
  const open = data.cadences.find((one) => one.cadenceId === openId);
  if (open) {
    const key = draftKey(book.bookId, open.cadenceId);
    return <CadenceEditor key={key} cadence={open} draftAt={key} onClose={() => setOpenId(undefined)} />;
  }
  if (data.cadences.length === 0) return <CadencesEmpty onAdded={setOpenId} />;
  return (
    <div className="cadences">
      <CadenceList cadences={data.cadences} bookId={book.bookId} lastId={openId} onOpen={setOpenId} />
      <Assignments cadences={data.cadences} assignments={data.assignments} />
    </div>
  );
}
