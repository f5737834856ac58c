import type { Day } from '#domain/days.ts';
import { readDay } from '#kit/day-input.ts';

export type PauseDraft = { readonly until: string; readonly reason: string };
export type PauseFaults = { readonly [Field in keyof PauseDraft]?: string };
export type PauseRead =
  | { readonly wish: { readonly until: Day | null; readonly reason: string }; readonly faults: undefined }
  | { readonly wish: undefined; readonly faults: PauseFaults };

/** A pause needs a reason; without a day it lasts until somebody ends it. Faults are keys of the words. */
export function readPause(draft: PauseDraft, today: Day): PauseRead {
  const isOpenEnded = draft.until.trim() === '';
  const until = isOpenEnded ? null : readDay(draft.until, today);
  const reason = draft.reason.trim();
  const hasDay = until === null || (until !== undefined && until >= today);
  if (until === undefined || !hasDay || reason === '') {
    return {
      wish: undefined,
      faults: {
        ...(hasDay ? {} : { until: until === undefined ? 'pause.fault.noDay' : 'pause.fault.past' }),
        ...(reason === '' ? { reason: 'pause.fault.reason' } : {}),
      },
    };
  }
  return { wish: { until, reason }, faults: undefined };
}
