import type { CadenceStep } from '#domain/reminders/cadence.ts';
import { frozenOf, revalidate } from '#domain/reminders/plan-check.ts';
import type { PlanFacts } from '#domain/reminders/plan-facts.ts';
import { planAhead } from '#domain/reminders/plan-ahead.ts';
import { planDays, planReminders, sentOf } from '#domain/reminders/plan.ts';
import { tones } from '#domain/reminders/words.ts';
import { expect, it, describe } from 'vitest';
import { aCadence, anItem, aSent, aStep, at, D, openPolicy, planFacts } from '../../builders/plan-facts.ts';

// Nobody's first word is a final notice, however late a rule, a tag or a bill comes to be known.

const ladder: readonly CadenceStep[] = [
  aStep({ days: -3, tone: 'friendly' }),
  aStep({ days: 1, tone: 'friendly' }),
  aStep({ days: 15, tone: 'plain' }),
  aStep({ days: 30, tone: 'firm' }),
  aStep({ days: 60, tone: 'final', needsPerson: true }),
];
const late = (days: number, more: Partial<PlanFacts> = {}): PlanFacts =>
  planFacts({
    cadences: [aCadence(ladder, { activeFrom: at(-100) })],
    policy: openPolicy(),
    items: [anItem(1, 1000, 0 - days)],
    ...more,
  });
const first = (facts: PlanFacts) => planReminders(facts).messages[0]!;

/** Days and steps of all words from a day on, none of which is paid. */
function told(
  facts: PlanFacts,
  days: number,
): readonly (readonly [day: string, step: number, tone: string])[] {
  return planDays(facts, facts.day, at(days)).flatMap(({ messages }) =>
    messages.map(({ day, stepNumber, step }) => [day, stepNumber, step.tone] as const),
  );
}

describe('a bill that comes under a rule late', () => {
  it('is spoken of gently first, and says which step had come', () => {
    expect(first(late(64))).toMatchObject({
      stepNumber: 3,
      needsPerson: false,
      why: { code: 'gentler-first', values: { stepNumber: 3, before: 4 } },
    });
  });

  it('climbs one grade a word from there, with the days between the steps', () => {
    expect(told(late(64), 90)).toEqual([
      [D, 3, 'plain'],
      [at(15), 4, 'firm'],
      [at(45), 5, 'final'],
    ]);
  });

  it('begins after the due day where the ladder begins before it', () => {
    const cadences = [aCadence([ladder[0]!, ladder[3]!, ladder[4]!], { activeFrom: at(-100) })];
    expect(told(late(64, { cadences }), 40)).toEqual([
      [D, 2, 'firm'],
      [at(30), 3, 'final'],
    ]);
  });

  it('hears what its rule passed over before it acted, on the day of the firm step', () => {
    const cadences = [aCadence([ladder[1]!, ladder[3]!], { activeFrom: D })];
    expect(told(late(10, { cadences }), 60)).toEqual([
      [at(20), 1, 'friendly'],
      [at(49), 2, 'firm'],
    ]);
  });
});

describe('what was said before', () => {
  it('lets a machine that was off go on one grade above it, and no further', () => {
    const sent = [aSent([1], -63, { stepId: 'due1' })];
    expect(first(late(64, { sent }))).toMatchObject({ stepNumber: 4, why: { code: 'gentler-first' } });
    expect(told(late(64, { sent }), 60)).toEqual([
      [D, 4, 'firm'],
      [at(30), 5, 'final'],
    ]);
  });

  it('counts when a person wrote it, as a gentle word', () => {
    const sent = [aSent([1], -40, { cadenceId: null, stepId: null, isAutomatic: false })];
    expect(first(late(64, { sent })).stepNumber).toBe(4);
  });

  it('counts under another rule, by the tone it had there', () => {
    const other = aCadence([aStep({ days: 1, stepId: 'hard', tone: 'firm' })], { cadenceId: 2 });
    const sent = [aSent([1], -50, { cadenceId: 2, stepId: 'hard' })];
    expect(first(late(64, { cadences: [...late(0).cadences, other], sent })).stepNumber).toBe(5);
  });

  it('does not count when it never left or did not arrive yet', () => {
    const sent = [aSent([1], -40, { state: 'declined' }), aSent([1], -30, { state: 'skipped' })];
    expect(first(late(64, { sent })).stepNumber).toBe(3);
  });
});

it('leaves a ladder on its days when each step is sent on its own', () => {
  expect(told(late(-5), 70).map(([day]) => day)).toEqual([2, 6, 20, 35, 65].map(at));
});

it('lets an owner begin firmly who has no gentler step', () => {
  const cadences = [aCadence([aStep({ days: 10, tone: 'final' })])];
  expect(first(late(64, { cadences }))).toMatchObject({ stepNumber: 1, needsPerson: true });
});

it('is said alike by the plan, the last check and the calendar, and never two grades at once', () => {
  const grade = (tone: string): number => Math.max(0, tones.findIndex((one) => one === tone) - 1);
  for (const days of [1, 16, 31, 45, 64, 200]) {
    const facts = late(days);
    const planned = planDays(facts, D, at(120)).flatMap(({ messages }) => messages);
    const ahead = [...planAhead(facts, at(120), ({ day, step }) => [day, step.stepId])].flatMap(
      (one) => one?.messages ?? [],
    );
    expect(ahead).toEqual(planned.map(({ day, step }) => [day, step.stepId]));
    const sent: PlanFacts['sent'][number][] = [];
    let heard = -1;
    for (const message of planned) {
      const fresh = { ...facts, day: message.day, minute: 600, sent: [...sent] };
      expect(revalidate(frozenOf(message), fresh)).toEqual({ kind: 'go' });
      expect(grade(message.step.tone)).toBeLessThanOrEqual(heard + 1);
      heard = Math.max(heard, grade(message.step.tone));
      sent.push(sentOf(message));
    }
    expect(heard).toBe(2);
  }
});
