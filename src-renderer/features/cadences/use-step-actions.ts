import { useDone } from '#kit/undo.tsx';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../client.ts';
import type { Draft } from './draft.ts';
import {
  changeStep,
  copyStep,
  newStep,
  orderSteps,
  withoutStep,
  withStepAt,
  type ExampleBill,
  type Step,
} from './steps.ts';

export type StepActions = {
  readonly select: (stepId: string) => void;
  readonly add: () => void;
  readonly duplicate: (step: Step) => void;
  readonly remove: (step: Step) => void;
  readonly change: (stepId: string, change: Partial<Omit<Step, 'stepId'>>) => void;
  readonly slide: (stepId: string, days: number, isFirst: boolean) => void;
  /** A card was let go: the steps are numbered by their days again. */
  readonly settle: () => void;
};

type StepActionsWish = {
  readonly draft: Draft;
  readonly bill: ExampleBill;
  readonly onSelect: (stepId: string) => void;
};

/** What can be done with the steps of a draft. */
export function useStepActions({ draft, bill, onSelect }: StepActionsWish): StepActions {
  const { t } = useTranslation('cadences');
  const done = useDone(problemOf);
  const setSteps = (make: (steps: readonly Step[]) => readonly Step[]): void => {
    draft.change((before) => ({ ...before, steps: [...orderSteps(make(before.steps), bill)] }));
  };
  const put = (step: Step, at: number): void => {
    setSteps((steps) => withStepAt(steps, step, at));
    onSelect(step.stepId);
  };
  return {
    select: onSelect,
    add: () => put(newStep(draft.value.steps, bill), draft.value.steps.length),
    duplicate: (step) => put(copyStep(draft.value.steps, step), draft.value.steps.indexOf(step) + 1),
    remove: (step) => {
      const { steps } = draft.value;
      const at = steps.indexOf(step);
      setSteps((before) => withoutStep(before, step.stepId));
      const beside = steps[at + 1] ?? steps[at - 1];
      if (beside) onSelect(beside.stepId);
      done({
        message: t('stepRemoved', { number: at + 1 }),
        undo: async () => Promise.resolve(put(step, at)),
      });
    },
    change: (stepId, change) => setSteps((steps) => changeStep(steps, stepId, change)),
    slide: (stepId, days, isFirst) => {
      const move = isFirst ? draft.change : draft.slide;
      move((before) => ({ ...before, steps: [...changeStep(before.steps, stepId, { days })] }));
    },
    settle: () => draft.slide((before) => ({ ...before, steps: [...orderSteps(before.steps, bill)] })),
  };
}
