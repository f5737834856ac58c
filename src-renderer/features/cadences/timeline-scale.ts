import type { PlacedStep } from './steps.ts';

// How days are drawn around the due day: evenly near it, closer and closer far from it, so that a reminder after a week
// and one after a year stand on one line.

/** Up to here a day is about as wide as the day before it. */
const EVEN_DAYS = 12;
const ENDS = [
  14, 22, 30, 38, 45, 52, 60, 68, 75, 82, 90, 105, 120, 150, 180, 240, 300, 365, 545, 730, 1095, 1460, 1830,
] as const;
const BEGINS = [5, 8, 12, 16, 22, 30, 45, 60, 90, 120, 180] as const;
const TICKS = [
  -180, -90, -60, -30, -15, -7, -3, 0, 3, 7, 15, 30, 45, 60, 90, 120, 180, 365, 730, 1095, 1825,
] as const;

export type Range = { readonly from: number; readonly to: number };

export type Scale = Range & {
  readonly width: number;
  /** Where a day stands, in pixels from the left. */
  readonly x: (place: number) => number;
  /** The day at a place of the line, whole. */
  readonly dayAt: (x: number) => number;
};

/** What the line must show: it grows in steps, so that moving a card by a day does not move all the others. */
export function rangeOf(places: readonly number[]): Range {
  const first = Math.min(0, ...places);
  const last = Math.max(0, ...places);
  const begin = BEGINS.find((days) => -days <= first - 1) ?? Math.abs(first) + 5;
  const end = ENDS.find((days) => days >= last + 1) ?? last + 30;
  return { from: -begin, to: end };
}

function stretch(days: number): number {
  return Math.asinh(days / EVEN_DAYS);
}

export function scaleOf({ from, to }: Range, width: number): Scale {
  const left = stretch(from);
  const perUnit = width / (stretch(to) - left);
  return {
    from,
    to,
    width,
    x: (place) => (stretch(place) - left) * perUnit,
    dayAt: (x) => Math.round(Math.sinh(x / perUnit + left) * EVEN_DAYS),
  };
}

/** Days that are written under the line: as many as have room; the due day always. */
export function ticksOf(scale: Scale, gap: number): readonly number[] {
  const kept: number[] = [0];
  for (const tick of TICKS.toSorted((a, b) => Math.abs(b) - Math.abs(a))) {
    const isInside = tick >= scale.from && tick <= scale.to;
    if (isInside && kept.every((one) => Math.abs(scale.x(one) - scale.x(tick)) >= gap)) kept.push(tick);
  }
  return kept.toSorted((a, b) => a - b);
}

/**
 * In which row each card stands, 0 nearest to the line. A card stands to the right of its pole; it is lifted over every
 * card whose pole it would cover, so no pole goes through a card.
 */
export function lanesOf(
  placed: readonly PlacedStep[],
  scale: Scale,
  cardWidth: number,
): ReadonlyMap<string, number> {
  const lanes = new Map<string, number>();
  const done: { readonly x: number; readonly lane: number }[] = [];
  const fromRight = placed.toSorted((a, b) => b.place - a.place || b.number - a.number);
  for (const { step, place } of fromRight) {
    const x = scale.x(place);
    const lane = done.reduce(
      (least, one) => (one.x < x + cardWidth ? Math.max(least, one.lane + 1) : least),
      0,
    );
    lanes.set(step.stepId, lane);
    done.push({ x, lane });
  }
  return lanes;
}
