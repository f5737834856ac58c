import type { Client } from '../../client.ts';
import type { Day } from '#domain/days.ts';
import type { ReplyMark } from '#domain/reminders/words.ts';
import { readDay } from '#kit/day-input.ts';
import { dayWords } from '#kit/day-text.tsx';
import { readMoney } from '#kit/money-input.ts';
import type { ThreadLine } from './threads.ts';

/** What a reply can be, the usual first, each with the key that says so. */
export const markKeys = [
  ['promise', 'P'],
  ['paid', 'M'],
  ['dispute', 'D'],
  ['question', 'Q'],
  ['stop', 'S'],
  ['other', 'O'],
] as const satisfies readonly (readonly [ReplyMark, string])[];

export const UNMARK_KEY = 'U';

/** The key's place, so that P means P on a Hindi keyboard too. */
export function markOfCode(code: string): ReplyMark | undefined {
  return markKeys.find(([, key]) => code === `Key${key}`)?.[0];
}

/** These ask for something before they are kept; the others are kept at one press. */
const asking = ['promise', 'paid', 'dispute'] as const satisfies readonly ReplyMark[];
export type AskingMark = (typeof asking)[number];

export function isAsking(mark: ReplyMark): mark is AskingMark {
  return asking.some((one) => one === mark);
}

/** A mark as its form holds it: what is typed, as text. */
export type MarkDraft = { readonly day: string; readonly amount: string; readonly note: string };

/** The form begins with what Baaki took the reply for. */
export function markDraftOf(mark: AskingMark, hint: ThreadLine['hint']): MarkDraft {
  const day = mark === 'promise' && hint?.mark === 'promise' ? hint.day : null;
  return { day: day === null ? '' : dayWords(day), amount: '', note: '' };
}

type MarkWish = Parameters<Client['replies']['mark']>[0];
export type MarkFaults = { readonly [Field in keyof MarkDraft]?: string };
export type MarkRead =
  | { readonly wish: Omit<MarkWish, 'replyId'>; readonly faults: undefined }
  | { readonly wish: undefined; readonly faults: MarkFaults };

type MarkAsked = { readonly mark: AskingMark; readonly today: Day; readonly currency: string };

/** The wish of a form, or what is wrong with it by field (keys of the words). */
export function readMark(draft: MarkDraft, { mark, today, currency }: MarkAsked): MarkRead {
  const day = readDay(draft.day, today);
  const amount = mark === 'dispute' ? null : readMoney(draft.amount, currency);
  const faults = { ...dayFault(draft.day, { mark, day, today }), ...amountFault(amount) };
  if (Object.keys(faults).length > 0 || amount === undefined) return { wish: undefined, faults };
  const note = draft.note.trim() === '' ? null : draft.note.trim();
  return {
    wish: { mark, day: mark === 'paid' ? null : (day ?? null), amountPaise: amount, note },
    faults: undefined,
  };
}

function dayFault(
  typed: string,
  { mark, day, today }: { readonly mark: AskingMark; readonly day: Day | undefined; readonly today: Day },
): MarkFaults {
  if (mark === 'paid') return {};
  if (typed.trim() === '') return mark === 'promise' ? { day: 'mark.fault.day' } : {};
  if (day === undefined) return { day: 'mark.fault.noDay' };
  return day < today ? { day: 'mark.fault.past' } : {};
}

function amountFault(amount: number | null | undefined): MarkFaults {
  if (amount === undefined) return { amount: 'mark.fault.amount' };
  return amount === 0 ? { amount: 'mark.fault.nothing' } : {};
}
