import type { CadenceScope } from '#domain/reminders/words.ts';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { useTranslation } from 'react-i18next';
import { client, problemOf } from '../../client.ts';
import type { Assignment } from './assignments.tsx';

export type Place = { readonly scope: CadenceScope; readonly scopeKey: string };

export type Assigning = {
  /** True when it was done. */
  readonly assign: (place: Place, cadenceId: number | null) => Promise<boolean>;
  readonly unassign: (assignment: Assignment) => Promise<void>;
};

/** Says for whom a cadence holds; each change can be taken back. */
export function useAssign(assignments: readonly Assignment[]): Assigning {
  const { t } = useTranslation('cadences');
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  return {
    assign: async ({ scope, scopeKey }, cadenceId) => {
      const before = assignments.find((one) => one.scope === scope && one.scopeKey === scopeKey);
      try {
        const { assignmentId } = await client.cadences.assign({ scope, scopeKey, cadenceId });
        done({
          message: t('assign.done'),
          undo: async () =>
            before
              ? client.cadences.assign({ scope, scopeKey, cadenceId: before.cadenceId })
              : client.cadences.unassign({ assignmentId }),
        });
        return true;
      } catch (error) {
        tell(error);
        return false;
      }
    },
    unassign: async ({ assignmentId, scope, scopeKey, cadenceId }) => {
      try {
        await client.cadences.unassign({ assignmentId });
        done({
          message: t('assign.undone'),
          undo: async () => client.cadences.assign({ scope, scopeKey, cadenceId }),
        });
      } catch (error) {
        tell(error);
      }
    },
  };
}
