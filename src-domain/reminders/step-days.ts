import { addDays, monthEnd, type Day } from '../days.ts';
import type { Cadence, CadenceStep } from './cadence.ts';
import { dayAt, dayCount } from './day-counts.ts';
import { heardFrom, isGentle, isHeardSince, rungBefore, type Said } from './tone-order.ts';

/**
 * When the steps of a cadence fall for one open part of a bill.
 *
 * - A step is done by the first reminder about the bill that left on its day or later, whichever step that reminder was
 *   written for: a message gathers bills and speaks in the firmest tone that is due, so it stands for every step that lies
 *   behind it. Hence a missed day is caught up once and with the latest step only (RM7, cases E7, E8).
 * - A step repeats so many days after it was really done; a later step that has come takes its place (case E1).
 * - 'previous' counts from the day on which the step before it was really done. A step that was passed over counts as
 *   done on its own day.
 * - Rules act from the day they are switched on: a step that fell before it is not caught up, and neither is one before
 *   the bill's own day or, once the bill is late, one that lay before or on its due day: what it says of that day is no
 *   longer true, and the first step after it is near.
 * - A step that was moved acts from the day of the move, as if it had been new then.
 * - A bill that had passed two steps or more at the switch-on is an old debt (case E9). It starts at the first step after
 *   the due day, on the day of the switch-on, and climbs one step at a time with at least the days between the steps, so
 *   that nobody's first word from us is a final notice. A bill that had passed one step waits for its next one.
 * - A step whose tone needs a gentler word first waits for it, and then for the days between the two (tone-order.ts). Until
 *   then the gentler step is said, on the firmer one's day where its own is over.
 */
export type StepFacts = {
  readonly steps: readonly CadenceStep[];
  readonly billDay: Day;
  readonly dueDay: Day;
  /** Rules act from here on. */
  readonly activeFrom: Day;
  /** Days on which reminders about the bill left, oldest first. */
  readonly doneDays: readonly Day[];
  /** Steps that reminders about the bill were written for before `activeFrom`. */
  readonly doneSteps?: ReadonlySet<string>;
  /** What was said of the bill, oldest first; without it no tone has to wait. */
  readonly said?: readonly Said[];
  /** What `fixedPlaces` says of these steps and days, where it was asked before. */
  readonly places?: StepPlaces;
};

export type StepDay = {
  readonly step: CadenceStep;
  /** 1 for the first step of the cadence. */
  readonly stepNumber: number;
  readonly day: Day;
  /** 0 the first time, 1 for the first repeat. */
  readonly repeat: number;
  /** The number of a firmer step that has come and waits until this one was said. */
  readonly before?: number;
};

export type StepsNow = {
  /** The latest step that has come and is not done. */
  readonly due: StepDay | null;
  /** The next one to come, as far as it is known before the due one is done. */
  readonly next: StepDay | null;
};

type Placed = { readonly step: CadenceStep; readonly number: number; readonly day: number };
type Found = {
  readonly step: CadenceStep;
  readonly number: number;
  readonly day: number;
  readonly repeat: number;
  /** The first firmer step that waits for it. */
  readonly firmer?: Placed;
};
type Walk = {
  readonly facts: StepFacts;
  readonly active: number;
  readonly billed: number;
  readonly due: number;
  readonly done: readonly number[];
  readonly today: number;
};

/** First days of steps that depend on nothing that is done; null where they do. */
export type StepPlaces = readonly Placed[] | null;

/** To be kept by whoever asks for the same bill many times. */
export function fixedPlaces(bill: Pick<StepFacts, 'steps' | 'billDay' | 'dueDay'>): StepPlaces {
  if (bill.steps.some(({ anchor }, at) => anchor === 'previous' && at > 0)) return null;
  return place(walkOf({ ...bill, activeFrom: bill.billDay, doneDays: [] }, bill.billDay), true);
}

/** Where the steps of a bill stand on a day. */
export function stepsOn(facts: StepFacts, today: Day): StepsNow {
  return stepsAt(openSteps(facts, today), today);
}

/** Times of steps that wait or are to come. */
export type OpenSteps = readonly Found[];

/**
 * The times at which steps of a bill are open. They are the same on every day up to its due day and on every day after it,
 * until another reminder is sent.
 */
export function openSteps(facts: StepFacts, today: Day): OpenSteps {
  const walk = walkOf(facts, today);
  const placed = isOldDebt(walk) ? climb(walk) : (facts.places ?? place(walk, false));
  const { starts, waiting } = inTone(placed, walk);
  const open: Found[] = [];
  for (const start of starts) {
    const time = openTime(start, starts, walk);
    if (time !== null) open.push(time);
  }
  return waiting.length === 0 ? open : withGentler(open, waiting);
}

type Waiting = { readonly firmer: Placed; readonly gentler: Placed };

/** Steps that may be said in their tone, on the day from which they may; the rest waits for a gentler one. */
function inTone(
  placed: readonly Placed[],
  walk: Walk,
): { readonly starts: readonly Placed[]; readonly waiting: readonly Waiting[] } {
  const { said } = walk.facts;
  if (said === undefined || placed.every(({ step }) => isGentle(step.tone)))
    return { starts: placed, waiting: [] };
  const rungs = (walk.facts.places ?? place(walk, true)).filter(({ day }) => day > walk.due);
  const starts: Placed[] = [];
  const waiting: Waiting[] = [];
  for (const one of placed) {
    const from = sayableFrom(one, rungs, walk);
    if (from !== null) starts.push(from === one.day ? one : { ...one, day: from });
    else if (!isGone(one, walk, walk.today))
      waiting.push({ firmer: one, gentler: gentlerOf(one, rungs, walk) });
  }
  return { starts, waiting };
}

/** The day from which a step may be said in its tone; null while something gentler must be said first. */
function sayableFrom(placed: Placed, rungs: readonly Placed[], { facts }: Walk): number | null {
  const { said = [] } = facts;
  const { step, day } = placed;
  const own = ownRung(placed, rungs);
  const before = rungBefore(own, rungs);
  if (before === null || isHeardSince(step.tone, day, said)) return day;
  const heard = heardFrom(before.step.tone, said);
  if (heard === null) return null;
  return heard < day ? day : heard + Math.max(1, own.day - before.day);
}

/** An old debt's step as the ladder has it. */
function ownRung(placed: Placed, rungs: readonly Placed[]): Placed {
  return rungs.find(({ number }) => number === placed.number) ?? placed;
}

/** Of the steps that must be said before it, the firmest that may be said. */
function gentlerOf(placed: Placed, rungs: readonly Placed[], walk: Walk): Placed {
  const before = rungBefore(ownRung(placed, rungs), rungs);
  if (before === null || sayableFrom(placed, rungs, walk) !== null) return placed;
  return gentlerOf(before, rungs, walk);
}

/** A gentler step that waits or is to come is said on its own day; one that is over, on the day of the firmer one. */
function withGentler(open: readonly Found[], waiting: readonly Waiting[]): readonly Found[] {
  const found = [...open];
  for (const { firmer, gentler } of waiting) {
    const at = found.findIndex(({ number }) => number === gentler.number);
    const own = found[at];
    if (own === undefined) found.push({ ...gentler, day: firmer.day, repeat: 0, firmer });
    else if (own.firmer === undefined) found[at] = { ...own, firmer };
  }
  return found;
}

function walkOf(facts: StepFacts, today: Day): Walk {
  return {
    facts,
    active: dayCount(facts.activeFrom),
    billed: dayCount(facts.billDay),
    due: dayCount(facts.dueDay),
    done: facts.doneDays.map(dayCount),
    today: dayCount(today),
  };
}

export function stepsAt(open: OpenSteps, day: Day): StepsNow {
  const today = dayCount(day);
  let latest: Found | null = null;
  let coming: Found | null = null;
  for (const one of open) {
    if (one.day > today) coming = coming === null || one.day < coming.day ? one : coming;
    else if (latest === null || one.day >= latest.day) latest = one;
  }
  return { due: latest && stepDay(latest, today), next: coming && stepDay(coming, today) };
}

function stepDay({ step, number, day, repeat, firmer }: Found, today: number): StepDay {
  const own = { step, stepNumber: number, day: dayAt(day), repeat };
  return firmer !== undefined && firmer.day <= today ? { ...own, before: firmer.number } : own;
}

function fixedDay({ anchor, days }: CadenceStep, walk: Walk): number | null {
  if (anchor === 'due') return walk.due + days;
  if (anchor === 'bill') return walk.billed + days;
  if (anchor === 'month-end') return dayCount(monthEnd(walk.facts.dueDay)) + days;
  return null;
}

/** The first day of every step that is known by now; `isPlain`: as if each step before had been done on its own day. */
function place(walk: Walk, isPlain: boolean): readonly Placed[] {
  const placed: Placed[] = [];
  let before: Placed | null = null;
  for (const [at, step] of walk.facts.steps.entries()) {
    const fixed: number | null = fixedDay(step, walk);
    // The first step has none before it: then the due day stands for it.
    const previous: number | null =
      at === 0 ? walk.due : before && (isPlain ? before.day : settledOn(before, walk));
    const day: number | null = fixed ?? (previous === null ? null : previous + step.days);
    before = day === null ? null : { step, number: at + 1, day };
    if (before !== null) placed.push(before);
  }
  return placed;
}

/**
 * The day on which a step was done; its own day where it was passed over, whatever was sent afterwards; null while it is
 * still to be done.
 */
function settledOn(placed: Placed, walk: Walk): number | null {
  const done = doneFrom(placed.day, walk);
  if (done !== null && !isGone(placed, walk, done)) return done;
  return isGone(placed, walk, walk.today) ? placed.day : null;
}

function doneFrom(day: number, { done }: Walk): number | null {
  return done.find((one) => one >= day) ?? null;
}

/** Passed over for good, as seen from a day: it is neither sent nor caught up. */
function isGone({ step, day }: Placed, { active, billed, due }: Walk, seenFrom: number): boolean {
  if (day < active || day < billed) return true;
  if (step.actsFrom !== undefined && day < dayCount(step.actsFrom)) return true;
  return step.anchor === 'due' && day <= due && due < seenFrom;
}

function isOldDebt(walk: Walk): boolean {
  const { active, due, facts } = walk;
  if (due >= active) return false;
  const passed = place(walk, true).filter(
    ({ day, step }) => day < active && day >= due && !isDoneBefore(step, facts),
  );
  return passed.length >= 2;
}

function isDoneBefore(step: CadenceStep, facts: StepFacts): boolean {
  return facts.doneSteps?.has(step.stepId) ?? false;
}

/** An old debt's steps from the switch-on: each waits until the one before is done, and the days between the two. */
function climb(walk: Walk): readonly Placed[] {
  const { steps } = walk.facts;
  const reached = steps.findLastIndex((step) => isDoneBefore(step, walk.facts));
  const rungs = place(walk, true).filter(({ day, number }) => day > walk.due && number > reached + 1);
  const climbed: Placed[] = [];
  let before: Placed | null = null;
  for (const rung of rungs.toSorted((a, b) => a.day - b.day || a.number - b.number)) {
    const last: Placed | null = climbed.at(-1) ?? null;
    const done: number | null = last === null ? walk.active : doneFrom(last.day, walk);
    if (done === null) break;
    const between: number = before === null ? 0 : Math.max(1, rung.day - before.day);
    const earliest = done + between;
    climbed.push({ ...rung, day: rung.day >= walk.active ? Math.max(rung.day, earliest) : earliest });
    before = rung;
  }
  return climbed;
}

/** The time of a step that waits or is to come: the first, or the repeat that follows the last one done. */
function openTime(start: Placed, starts: readonly Placed[], walk: Walk): Found | null {
  const { step, number } = start;
  const { repeatEveryDays, repeatMost } = step;
  let takesOver = Infinity;
  for (const one of starts) {
    const isLater = one.day > start.day || (one.day === start.day && one.number > number);
    if (isLater && one.day < takesOver) takesOver = one.day;
  }
  let day = start.day;
  for (let repeat = 0; repeatMost === null || repeat < repeatMost; repeat += 1) {
    if (repeat > 0 && day >= takesOver) return null;
    const settled = settledOn({ step, number, day }, walk);
    if (settled === null) return { step, number, day, repeat };
    if (repeatEveryDays === null) return null;
    day = settled + repeatEveryDays;
  }
  return null;
}

/**
 * The days on which the steps would fall if each were sent on its day and nothing were paid: what the timeline of the
 * editor draws. At most `count`.
 */
export function stepDaysOf(
  cadence: Pick<Cadence, 'steps'>,
  bill: { readonly billDay: Day; readonly dueDay: Day },
  count: number,
): readonly StepDay[] {
  const found: StepDay[] = [];
  const doneDays: Day[] = [];
  // A step that lies before the bill's own day is never sent.
  let today = addDays(bill.billDay, -1);
  const steps = cadence.steps.map((step) => ({ ...step, actsFrom: undefined }));
  while (found.length < count) {
    const facts = { steps, ...bill, activeFrom: bill.billDay, doneDays };
    const { next } = stepsOn(facts, today);
    if (next === null) break;
    found.push(next);
    doneDays.push(next.day);
    today = next.day;
  }
  return found;
}
