import type { Day } from '../days.ts';
import { dayCount } from './day-counts.ts';
import type { Tone } from './words.ts';

/**
 * A tone climbs one grade a word, beginning gently. Whoever comes under a rule late (a tag, a bill that was entered late, a
 * machine that was off) would else hear a final notice as his first word. A firm step needs that something was said of the
 * bill, and a final one that something firm was, as far as the ladder has such a step after the due day before it: a ladder
 * that begins firmly is its owner's choice.
 *
 * What counts is what was sent of this bill, and not since when a rule has acted. Nothing here depends on the day that is
 * planned, so that a plan, the check at the last moment and the calendar say the same.
 */
const grades: Readonly<Record<Tone, number>> = { friendly: 0, plain: 0, firm: 1, final: 2 };

/** A word about the bill that left, or is about to. */
export type Said = { readonly day: Day; readonly tone: Tone };

export function isGentle(tone: Tone): boolean {
  return grades[tone] === 0;
}

/** A step and the day, as a count, on which it falls. */
type Rung = { readonly step: { readonly tone: Tone }; readonly day: number };

/** The step whose tone must have been heard before; null where none must. `rungs` are the ladder after the due day. */
export function rungBefore<T extends Rung>(rung: T, rungs: readonly T[]): T | null {
  const grade = grades[rung.step.tone];
  let found: T | null = null;
  for (const one of grade === 0 ? [] : rungs) {
    const own = grades[one.step.tone];
    if (own >= grade || one.day >= rung.day) continue;
    const best: number = found === null ? -1 : grades[found.step.tone];
    if (own > best || (own === best && one.day >= (found?.day ?? 0))) found = one;
  }
  return found;
}

/** Since when a tone has been heard, as a count of days; null = not yet. `said` is in order of its days. */
export function heardFrom(tone: Tone, said: readonly Said[]): number | null {
  const first = said.find((one) => grades[one.tone] >= grades[tone]);
  return first === undefined ? null : dayCount(first.day);
}

/** Whether the tone was heard on a day or later. */
export function isHeardSince(tone: Tone, day: number, said: readonly Said[]): boolean {
  return said.some((one) => grades[one.tone] >= grades[tone] && dayCount(one.day) >= day);
}
