import type { Day } from '#domain/days.ts';
import type { ReplyMark } from '#domain/reminders/words.ts';

/** What can come of a call, the usual first. */
export const callOutcomes = [
  'promise',
  'paid',
  'no-answer',
  'question',
  'dispute',
  'wrong-number',
  'stop',
  'other',
] as const satisfies readonly (ReplyMark | 'no-answer' | 'wrong-number')[];
export type CallOutcome = (typeof callOutcomes)[number];

export type CallResult = {
  readonly isDone: true;
  readonly outcome: CallOutcome;
  readonly note: string | null;
  readonly promiseDay: Day | null;
};

export type CallDraft = {
  readonly outcome: CallOutcome | null;
  readonly note: string;
  /** As far as it could be read. */
  readonly promiseDay: Day | undefined;
};

/** What is kept of a call; undefined while something is missing: what came of it, and of a promise its day from today on. */
export function callResultOf({ outcome, note, promiseDay }: CallDraft, today: Day): CallResult | undefined {
  if (outcome === null) return undefined;
  const words = note.trim() === '' ? null : note.trim();
  if (outcome !== 'promise') return { isDone: true, outcome, note: words, promiseDay: null };
  if (promiseDay === undefined || promiseDay < today) return undefined;
  return { isDone: true, outcome, note: words, promiseDay };
}
