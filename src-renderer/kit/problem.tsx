import { isDay } from '#domain/days.ts';
import type { Refusal } from '#domain/result.ts';
import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconHandStop } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { dayWords } from './day-text.tsx';

/** What can go wrong with a call, by kind: the user's, the world's, ours. */
export type Problem =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly sentence: string;
      readonly retryable: boolean;
      readonly values?: Refusal['values'] | undefined;
    }
  | { readonly kind: 'no-book' }
  | { readonly kind: 'broken'; readonly errorId: string | null };

/** Returns how to say a refusal in the window's language; the engine's English sentence is the fallback. */
export function useRefusalWords(): (refusal: Refusal) => string {
  const { t } = useTranslation('refusals');
  return (refusal) =>
    t(refusal.code, {
      ...withDayWords(refusal.values),
      defaultValue: refusal.sentence,
      interpolation: { escapeValue: false },
    });
}

/** Days in a refusal come as the engine writes them, and are read as India does. */
function withDayWords(values: Refusal['values']): Refusal['values'] {
  if (values === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && isDay(value) ? dayWords(value) : value,
    ]),
  );
}

export function useProblemWords(): (problem: Problem) => string {
  const { t } = useTranslation('kit');
  const sayRefusal = useRefusalWords();
  return (problem) => {
    switch (problem.kind) {
      case 'refused':
        return sayRefusal(problem.refusal);
      case 'failed':
        return sayRefusal({ code: problem.code, sentence: problem.sentence, values: problem.values });
      case 'no-book':
        return t('problem.noBook');
      case 'broken':
        return problem.errorId === null
          ? t('problem.disconnected')
          : t('problem.internal', { id: problem.errorId });
    }
  };
}

type ProblemNoteProps = {
  readonly problem: Problem;
  readonly onRetry?: (() => void) | undefined;
};

/** A refusal or failure as a sentence with, where it helps, a button to try again. */
export function ProblemNote({ problem, onRetry }: ProblemNoteProps): JSX.Element {
  const { t } = useTranslation('kit');
  const say = useProblemWords();
  const isRefusal = problem.kind === 'refused' || problem.kind === 'no-book';
  return (
    <Alert
      className="problem"
      role="alert"
      color="gray"
      icon={isRefusal ? <IconHandStop size={18} /> : <IconAlertTriangle size={18} />}
      title={t(isRefusal ? 'problem.refusedTitle' : 'problem.failedTitle')}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm">{say(problem)}</Text>
        {onRetry && problem.kind !== 'refused' ? (
          <Button variant="default" onClick={onRetry}>
            {t('problem.retry')}
          </Button>
        ) : null}
      </Group>
    </Alert>
  );
}
