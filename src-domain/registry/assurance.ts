import type { Assurance } from './words.ts';

// How sure it is that a contact is the debtor's own (docs/registry.md 3). Whoever asks could name his own number.

/** Businesses without ties that have to report one contact before it is believed. */
export const REPORTERS_LEAST = 2;
/** Nobody but the asker vouches for the contact: other known ones are told, and it is looked at again after this. */
export const HOLD_HOURS = 72;

/** One member's word that this contact is the subject's. */
export type ContactWord = {
  readonly contact: string;
  /** Equal for two memberships of one business; null where the member's own word counts nothing. */
  readonly reporter: string | null;
  /** When it was first said; UTC milliseconds. */
  readonly firstAt: number;
  /** The debtor himself answered from it, when it was believed already. */
  readonly isRegistered: boolean;
  /** He did, but so long ago that the number may be another's by now. */
  readonly isFormer: boolean;
};

export type Belief = {
  readonly assurance: Assurance;
  /** From then on; UTC milliseconds. Before it the contact is to be treated as an A0. */
  readonly from: number;
  /** Believed for nothing but that the debtor answered from it long ago. */
  readonly isFormer: boolean;
};

/**
 * A3 where the debtor answered from it before; A2 where two businesses report it and none is reported by more, and three
 * where he answered from another one before; otherwise A0. A1 is kept for the tax portal's own list. Words count from 72
 * hours after the last one that was needed: two who say the same thing on the same day may be one. What he answered from
 * before and not for a year is an A2.
 */
export function beliefIn(words: readonly ContactWord[], contact: string): Belief {
  if (words.some((word) => word.contact === contact && word.isRegistered))
    return { assurance: 'A3', from: 0, isFormer: false };
  const firsts = new Map(
    [...Map.groupBy(words, (word) => word.contact)].map(([of, said]) => [of, firstWords(said)]),
  );
  const own = firsts.get(contact) ?? [];
  const isRivalled = [...firsts.values()].some((other) => other.length > own.length);
  const isElsewhere = words.some(({ isRegistered }) => isRegistered);
  const last = own[REPORTERS_LEAST + (isElsewhere ? 1 : 0) - 1];
  if (last !== undefined && !isRivalled)
    return { assurance: 'A2', from: last + HOLD_HOURS * HOUR_MS, isFormer: false };
  const isFormer = words.some((word) => word.contact === contact && word.isFormer);
  return { assurance: isFormer ? 'A2' : 'A0', from: 0, isFormer };
}

/** When each business first said it, earliest first. */
function firstWords(said: readonly ContactWord[]): readonly number[] {
  const heard = said.filter(({ reporter }) => reporter !== null);
  return [...Map.groupBy(heard, ({ reporter }) => reporter).values()]
    .map((own) => own.reduce((first, { firstAt }) => Math.min(first, firstAt), Infinity))
    .toSorted((a, b) => a - b);
}

const HOUR_MS = 3_600_000;

/** What is believed at this moment. */
export function assuranceOf(words: readonly ContactWord[], contact: string, now: number): Assurance {
  const { assurance, from } = beliefIn(words, contact);
  return now >= from ? assurance : 'A0';
}
