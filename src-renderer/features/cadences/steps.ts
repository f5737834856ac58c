import type { CadenceShown } from '#contract/engine/cadences.ts';
import { daysBetween, monthEnd, type Day } from '#domain/days.ts';
import type { StepAnchor } from '#domain/reminders/words.ts';

// Changes of a cadence's steps as the editor makes them. What they mean is the engine's to say.

export type Step = CadenceShown['steps'][number];

/** A bill to look at the steps with. */
export type ExampleBill = { readonly billDay: Day; readonly dueDay: Day };

export type PlacedStep = {
  readonly step: Step;
  /** 1 for the first. */
  readonly number: number;
  /** Days after the example bill's due day; negative = before it. */
  readonly place: number;
};

/** Only the due day is known ahead, so only steps counted from it may lie before. */
const DAYS_LEAST = { due: -180, bill: 0, 'month-end': 0, previous: 0 } as const satisfies Record<
  StepAnchor,
  number
>;
export const DAYS_MOST = 1825;
export const STEPS_MOST = 40;

export function clampDays(anchor: StepAnchor, days: number): number {
  return Math.min(DAYS_MOST, Math.max(DAYS_LEAST[anchor], Math.round(days)));
}

/** Where the first message of each step is drawn. A step after the previous one stands as if that had left on its day. */
export function placeSteps(steps: readonly Step[], bill: ExampleBill): readonly PlacedStep[] {
  const billed = daysBetween(bill.dueDay, bill.billDay);
  const monthEnded = daysBetween(bill.dueDay, monthEnd(bill.dueDay));
  const placed: PlacedStep[] = [];
  for (const [at, step] of steps.entries()) {
    const from = {
      due: 0,
      bill: billed,
      'month-end': monthEnded,
      previous: placed.at(-1)?.place ?? 0,
    }[step.anchor];
    placed.push({ step, number: at + 1, place: from + step.days });
  }
  return placed;
}

/** Steps in the order of their days; those counted from the one before them stay behind it. */
export function orderSteps(steps: readonly Step[], bill: ExampleBill): readonly Step[] {
  const groups: { readonly place: number; readonly steps: Step[] }[] = [];
  for (const { step, place } of placeSteps(steps, bill)) {
    const last = groups.at(-1);
    if (step.anchor === 'previous' && last) last.steps.push(step);
    else groups.push({ place, steps: [step] });
  }
  return groups.toSorted((a, b) => a.place - b.place).flatMap((group) => group.steps);
}

export function changeStep(
  steps: readonly Step[],
  stepId: string,
  change: Partial<Omit<Step, 'stepId'>>,
): readonly Step[] {
  return steps.map((step) => {
    if (step.stepId !== stepId) return step;
    const changed = { ...step, ...change };
    return { ...changed, days: clampDays(changed.anchor, changed.days) };
  });
}

/** Without a step; what was counted from it is counted from the one before it now, and the first from the due day. */
export function withoutStep(steps: readonly Step[], stepId: string): readonly Step[] {
  const left = steps.filter((step) => step.stepId !== stepId);
  const [first] = left;
  return first?.anchor === 'previous' ? [{ ...first, anchor: 'due' }, ...left.slice(1)] : left;
}

/** Puts a step back to where it stood. */
export function withStepAt(steps: readonly Step[], step: Step, at: number): readonly Step[] {
  return steps.some((one) => one.stepId === step.stepId) ? steps : steps.toSpliced(at, 0, step);
}

/** 'step-1', 'step-2', …: the first name that no step bears. */
function freeStepId(steps: readonly Step[]): string {
  const taken = new Set(steps.map((step) => step.stepId));
  let number = steps.length + 1;
  while (taken.has(`step-${number}`)) number += 1;
  return `step-${number}`;
}

const DAYS_BETWEEN_NEW = 7;

/** A new step, a week after the last one and like it; in an empty cadence a friendly one on the due day. */
export function newStep(steps: readonly Step[], bill: ExampleBill): Step {
  const last = placeSteps(steps, bill)
    .toSorted((a, b) => a.place - b.place)
    .at(-1);
  if (!last) {
    return {
      stepId: freeStepId(steps),
      anchor: 'due',
      days: 0,
      channels: ['whatsapp', 'sms', 'email'],
      tone: 'friendly',
      templateKey: 'on-due',
      repeatEveryDays: null,
      repeatMost: null,
      needsPerson: false,
      attaches: null,
    };
  }
  return copyStep(steps, { ...last.step, anchor: 'due', days: last.place });
}

/** The same step once more, a week later. */
export function copyStep(steps: readonly Step[], step: Step): Step {
  return {
    ...step,
    stepId: freeStepId(steps),
    days: clampDays(step.anchor, step.days + DAYS_BETWEEN_NEW),
    repeatEveryDays: null,
    repeatMost: null,
  };
}

/** Moves the channel at one place of the ladder up or down by one. */
export function moveChannel(channels: Step['channels'], at: number, by: -1 | 1): Step['channels'] {
  const channel = channels[at];
  const to = at + by;
  if (channel === undefined || to < 0 || to >= channels.length) return channels;
  return channels.toSpliced(at, 1).toSpliced(to, 0, channel);
}
