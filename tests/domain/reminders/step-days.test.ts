import { day, type Day } from '#domain/days.ts';
import { stepDaysOf, stepsOn, type StepFacts } from '#domain/reminders/step-days.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aStep, at } from '../../builders/plan-facts.ts';

const days = (steps: StepFacts['steps'], bill: { billDay: Day; dueDay: Day }, count = 5): readonly string[] =>
  stepDaysOf({ steps }, bill, count).map((one) => one.day);

const billed = (billDay: string, dueDay: string) => ({ billDay: day(billDay), dueDay: day(dueDay) });
const terms = (dueIn: number) => ({ billDay: at(0), dueDay: at(dueIn) });

describe('the days on which steps fall', () => {
  it('counts from the bill and repeats every fourteen days (E1)', () => {
    const steps = [
      aStep({ anchor: 'bill', days: 5 }),
      aStep({ anchor: 'bill', days: 10 }),
      aStep({ anchor: 'bill', days: 15, repeatEveryDays: 14 }),
    ];
    expect(days(steps, billed('2024-03-01', '2024-03-15'))).toEqual([
      '2024-03-06',
      '2024-03-11',
      '2024-03-16',
      '2024-03-30',
      '2024-04-13',
    ]);
  });

  it('counts back from the due day (E2)', () => {
    const steps = [aStep({ days: -14 })];
    expect(days(steps, billed('2026-03-01', '2026-03-31'))).toEqual(['2026-03-17']);
  });

  it('mixes steps after the bill and before the due day (E3)', () => {
    const steps = [aStep({ anchor: 'bill', days: 7 }), aStep({ days: -2 })];
    expect(days(steps, terms(30))).toEqual([at(7), at(28)]);
  });

  it('takes the earlier day first, whatever the order of the steps (E4)', () => {
    const after = aStep({ anchor: 'bill', days: 50 });
    expect(days([after, aStep({ days: -29 })], terms(30), 1)).toEqual([at(1)]);
    expect(days([after, aStep({ days: 1 })], terms(30), 1)).toEqual([at(31)]);
  });

  it('falls sixty days after the due day and not before it (E23)', () => {
    expect(days([aStep({ days: 60 })], terms(30))).toEqual([at(90)]);
  });

  it.each([
    ['2026-02-10', '2026-02-28', 0, '2026-02-28'],
    ['2024-02-10', '2024-02-10', 1, '2024-03-01'],
    ['2026-12-05', '2026-12-31', 5, '2027-01-05'],
    ['2026-04-01', '2026-04-30', 0, '2026-04-30'],
  ])(
    'counts from the end of the month of the due day: billed %s, due %s, %i days',
    (b, d, plus, expected) => {
      expect(days([aStep({ anchor: 'month-end', days: plus })], billed(b, d))).toEqual([expected]);
    },
  );

  it('counts a step from the day on which the one before was really done', () => {
    const steps = [aStep({ days: 3 }), aStep({ anchor: 'previous', days: 7 })];
    const facts = { steps, ...terms(10), activeFrom: at(0) };
    expect(stepsOn({ ...facts, doneDays: [] }, at(14)).due?.day).toBe(at(13));
    expect(stepsOn({ ...facts, doneDays: [] }, at(30)).due?.step.stepId).toBe('due3');
    const late = stepsOn({ ...facts, doneDays: [at(30)] }, at(31));
    expect([late.due, late.next?.day]).toEqual([null, at(37)]);
  });

  it('repeats so many times in all and no more', () => {
    const steps = [aStep({ days: 1, repeatEveryDays: 7, repeatMost: 3 })];
    expect(days(steps, terms(0), 9)).toEqual([at(1), at(8), at(15)]);
  });

  it('lets a later step take the place of one that repeats', () => {
    const steps = [aStep({ days: 1, repeatEveryDays: 7 }), aStep({ days: 15 })];
    expect(days(steps, terms(0), 9)).toEqual([at(1), at(8), at(15)]);
  });

  it('has no day before the bill itself', () => {
    expect(days([aStep({ days: -14 }), aStep({ days: 1 })], terms(7))).toEqual([at(8)]);
  });

  it('does not repeat for ever what lay before a due day that has passed', () => {
    const steps = [aStep({ days: -5, repeatEveryDays: 2 })];
    const { due } = stepsOn({ steps, ...terms(30), activeFrom: at(0), doneDays: [] }, at(35));
    expect(due?.day).toBe(at(31));
  });
});

describe('rules act from the day they are switched on', () => {
  const steps = [aStep({ days: 3 }), aStep({ days: 10 }), aStep({ days: 30 })];
  const due = (dueIn: number, activeFrom: number, now: number, done: readonly number[] = []) =>
    stepsOn(
      {
        steps,
        billDay: at(dueIn - 30),
        dueDay: at(dueIn),
        activeFrom: at(activeFrom),
        doneDays: done.map(at),
      },
      at(now),
    );

  it('does not catch up the step that a bill had passed, and waits for its next one', () => {
    expect(due(-5, 0, 0)).toMatchObject({ due: null, next: { day: at(5) } });
  });

  it('starts an old debt at the first step on the day of the switch-on', () => {
    expect(due(-365, 0, 0).due).toMatchObject({ stepNumber: 1, day: at(0) });
  });

  it('lets an old debt climb one level a run: half a year ago, two months ago, today (E9)', () => {
    const [first, second, third] = [-180, -60, 0];
    expect(due(-365, first, first).due?.stepNumber).toBe(1);
    expect(due(-365, first, second, [first]).due?.stepNumber).toBe(2);
    expect(due(-365, first, third, [first, second]).due?.stepNumber).toBe(3);
  });

  it('keeps the days between the steps when an old debt climbs day by day', () => {
    expect(due(-365, 0, 6, [0])).toMatchObject({ due: null, next: { day: at(7), stepNumber: 2 } });
    expect(due(-365, 0, 26, [0, 7])).toMatchObject({ due: null, next: { day: at(27), stepNumber: 3 } });
    expect(due(-365, 0, 60, [0, 7, 27])).toEqual({ due: null, next: null });
  });

  it('sends only the latest of several steps that were missed (RM7)', () => {
    expect(due(-12, -60, 0).due).toMatchObject({ stepNumber: 2, day: at(-2) });
    expect(due(-12, -60, 0, [0]).due).toBeNull();
  });

  it('has at most one step due, none that is done, and the next one after today, whatever the history', () => {
    const anyStep = fc
      .record({
        anchor: fc.constantFrom('due' as const, 'bill' as const, 'month-end' as const, 'previous' as const),
        days: fc.integer({ min: 0, max: 60 }),
        repeatEveryDays: fc.option(fc.integer({ min: 1, max: 30 })),
        repeatMost: fc.option(fc.integer({ min: 1, max: 5 })),
      })
      .map((one) => aStep({ ...one, days: one.anchor === 'due' ? one.days - 20 : one.days }));
    fc.assert(
      fc.property(
        fc.array(anyStep, { maxLength: 5 }),
        fc.integer({ min: -90, max: 30 }),
        fc.integer({ min: -120, max: 0 }),
        fc.array(fc.integer({ min: -90, max: 0 }), { maxLength: 6 }),
        (some, dueIn, activeFrom, done) => {
          const doneDays = done.toSorted((a, b) => a - b).map(at);
          const facts = { billDay: at(dueIn - 15), dueDay: at(dueIn), activeFrom: at(activeFrom), doneDays };
          const numbered = some.map((one, place) => ({ ...one, stepId: String(place) }));
          const found = stepsOn({ steps: numbered, ...facts }, at(0));
          if (found.due !== null) {
            const from = found.due.day;
            expect(from <= at(0) && from >= facts.activeFrom && from >= facts.billDay).toBe(true);
            expect(doneDays.some((one) => one >= from)).toBe(false);
            const after = stepsOn({ steps: numbered, ...facts, doneDays: [...doneDays, at(0)] }, at(0));
            expect(after.due).toBeNull();
          }
          if (found.next !== null) expect(found.next.day > at(0)).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

it('does not catch up what was to be said on the due day or before it: of a late bill it would be untrue', () => {
  const steps = [
    aStep({ stepId: 'on', anchor: 'due', days: 0 }),
    aStep({ stepId: 'after', anchor: 'due', days: 5 }),
  ];
  const facts = {
    steps,
    billDay: day('2026-10-30'),
    dueDay: day('2026-11-29'),
    activeFrom: day('2026-11-01'),
    doneDays: [],
  };
  expect(stepsOn(facts, day('2026-11-29')).due?.step.stepId).toBe('on');
  expect(stepsOn(facts, day('2026-11-30'))).toMatchObject({
    due: null,
    next: { step: { stepId: 'after' }, day: '2026-12-04' },
  });
});
