import { useDone, useTellProblem } from '#kit/undo.tsx';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../client.ts';
import type { Voidable } from './entry-store.ts';
import { restoreDocument, voidDocument } from './voiding.ts';

/** Returns how to bring a voided document back, and to take that back again. */
export function useRestore(): (voided: { readonly what: Voidable; readonly id: number }) => void {
  const { t } = useTranslation('documents');
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  return ({ what, id }) => {
    const restore = async (): Promise<void> => {
      try {
        await restoreDocument(what, id);
        done({ message: t('void.restored'), undo: () => voidDocument(what, id, t('void.takenBack')) });
      } catch (error) {
        tell(error);
      }
    };
    void restore();
  };
}
