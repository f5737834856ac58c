import type { CadenceShown } from '#contract/engine/cadences.ts';
import { ZERO } from '#domain/money.ts';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';
import { useStarterName } from '../../words/starter-names.ts';
import type { CadenceDraft } from './draft.ts';

/** What of a cadence is the owner's to change. */
export function draftOf(cadence: CadenceShown): CadenceDraft {
  const { name, isOn, steps, minimumPaise, gapDays, graceDays, mostPerBill, stopAfterDays, isAutomatic } =
    cadence;
  return { name, isOn, steps, minimumPaise, gapDays, graceDays, mostPerBill, stopAfterDays, isAutomatic };
}

export const presets = ['gentle', 'standard', 'firm'] as const;
export type Preset = (typeof presets)[number];

export type CadenceActions = {
  /** True when it was done. */
  readonly save: (cadence: CadenceShown, draft: CadenceDraft, said: string) => Promise<boolean>;
  readonly remove: (cadence: CadenceShown) => Promise<void>;
  /** Answers the new one's id; undefined where it was refused. */
  readonly add: (preset: Preset | 'empty') => Promise<number | undefined>;
};

/** Changes of whole cadences: each is done at once and can be taken back. */
export function useCadenceActions(): CadenceActions {
  const { t } = useTranslation('cadences');
  const sayName = useStarterName();
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      tell(error);
      return undefined;
    }
  };
  return {
    save: async (cadence, draft, said) => {
      const { cadenceId } = cadence;
      const before = draftOf(cadence);
      const saved = await attempt(async () => client.cadences.save({ cadenceId, ...draft }));
      if (saved === undefined) return false;
      done({ message: said, undo: async () => client.cadences.save({ cadenceId, ...before }) });
      return true;
    },
    remove: async ({ cadenceId, name }) => {
      const gone = await attempt(async () => client.cadences.remove({ cadenceId }));
      if (gone === undefined) return;
      done({
        message: t('removed', { name: sayName(name) }),
        undo: async () => client.cadences.restore({ cadenceId }),
      });
    },
    add: async (preset) => {
      const made = await attempt(async () =>
        preset === 'empty'
          ? client.cadences.save(emptyCadence(t('newName')))
          : client.cadences.addPreset({ preset }),
      );
      if (made === undefined) return undefined;
      const { cadenceId } = made;
      // Its texts came with it: an editor that does not know them yet would call its steps empty.
      await queryClient.invalidateQueries({ queryKey: orpc.templates.key() });
      done({ message: t('added'), undo: async () => client.cadences.remove({ cadenceId }) });
      return cadenceId;
    },
  };
}

const GAP_DAYS = 3;

function emptyCadence(name: string): Parameters<typeof client.cadences.save>[0] {
  return {
    name,
    isOn: false,
    steps: [],
    minimumPaise: ZERO,
    gapDays: GAP_DAYS,
    graceDays: 0,
    mostPerBill: null,
    stopAfterDays: null,
    isAutomatic: false,
  };
}
