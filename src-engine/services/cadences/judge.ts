import type { Day } from '#domain/days.ts';
import type { CadenceStep } from '#domain/reminders/cadence.ts';
import { ok, refuse, type Result } from '#domain/result.ts';

/** Steps as they can be walked: each of its own name, and none before a day that it does not know yet. */
export function judgeSteps(steps: readonly CadenceStep[], isOn: boolean): Result<readonly CadenceStep[]> {
  if (isOn && steps.length === 0) {
    const sentence = 'A cadence needs at least one step before it is switched on.';
    return refuse('cadence-no-steps', sentence, { field: 'steps' });
  }
  const seen = new Set<string>();
  for (const [at, step] of steps.entries()) {
    const number = at + 1;
    const values = { number };
    if (seen.has(step.stepId)) {
      const sentence = `Step ${number} bears the name of another step.`;
      return refuse('step-twice', sentence, { field: 'steps', values });
    }
    seen.add(step.stepId);
    if (step.anchor !== 'due' && step.days < 0) {
      const sentence = `Step ${number} cannot lie before the day it is counted from; only the due day is known ahead.`;
      return refuse('step-before-anchor', sentence, { field: 'steps', values });
    }
    if (step.anchor === 'previous' && at === 0) {
      const sentence = 'The first step has no step before it to be counted from.';
      return refuse('step-no-previous', sentence, { field: 'steps', values });
    }
  }
  return ok(steps);
}

/** Whether something acts now that did not before: then it acts from today on and never backwards. */
export function actsAnew(
  before: { readonly isOn: boolean; readonly steps: readonly CadenceStep[] },
  after: { readonly isOn: boolean; readonly steps: readonly CadenceStep[] },
): boolean {
  if (!after.isOn) return false;
  const known = new Set(before.steps.map((step) => step.stepId));
  return !before.isOn || after.steps.some((step) => !known.has(step.stepId));
}

/** The steps with the day from which each acts: today for those that fall on other days than before. */
export function withActsFrom(
  steps: readonly CadenceStep[],
  before: readonly CadenceStep[],
  today: Day,
): readonly CadenceStep[] {
  const made: CadenceStep[] = [];
  let isShifted = false;
  for (const [at, { actsFrom: _, ...step }] of steps.entries()) {
    const place = before.findIndex(({ stepId }) => stepId === step.stepId);
    const was = before[place];
    const isNext = before[place - 1]?.stepId === steps[at - 1]?.stepId;
    const follows: boolean = step.anchor === 'previous' && (isShifted || !isNext);
    isShifted = was !== undefined && (was.days !== step.days || was.anchor !== step.anchor || follows);
    const actsFrom = isShifted ? today : was?.actsFrom;
    made.push(actsFrom === undefined ? step : { ...step, actsFrom });
  }
  return made;
}
