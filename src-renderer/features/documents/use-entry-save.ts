import type { Refusal } from '#domain/result.ts';
import { useRefusalWords, type Problem } from '#kit/problem.tsx';
import { useDone } from '#kit/undo.tsx';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '../../client.ts';
import { closeEntry } from './entry-store.ts';

export type Outcome = {
  readonly message: string;
  readonly warnings?: readonly Refusal[];
  readonly undo?: () => Promise<unknown>;
};

type SaveWish<Values> = {
  readonly save: (values: Values) => Promise<Outcome>;
  /** Shows a refusal beside its field; false when the form has no such field. */
  readonly setError: (field: string, words: string) => boolean;
};

export type EntrySave<Values> = {
  readonly submit: (values: Values) => void;
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
};

/** Saves a form: closes it and offers undo, or tells what was refused beside the field that it is about. */
export function useEntrySave<Values>({ save, setError }: SaveWish<Values>): EntrySave<Values> {
  const sayRefusal = useRefusalWords();
  const done = useDone(problemOf);
  const [problem, setProblem] = useState<Problem>();
  const mutation = useMutation({
    mutationFn: save,
    onSuccess: (outcome) => {
      closeEntry();
      done(outcome);
    },
    onError: (error) => {
      const met = problemOf(error);
      const refusal = met.kind === 'refused' ? met.refusal : undefined;
      const isBeside = refusal?.field !== undefined && setError(refusal.field, sayRefusal(refusal));
      setProblem(isBeside ? undefined : met);
    },
  });
  return {
    submit: (values) => {
      setProblem(undefined);
      mutation.mutate(values);
    },
    isBusy: mutation.isPending,
    problem,
  };
}
