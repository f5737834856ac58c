// What the cadence editor decides by itself: where a step stands, how cards are stacked, and how it is all said.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { day, daysBetween } from '#domain/days.ts';
import { stepDaysOf } from '#domain/reminders/step-days.ts';
import { cadenceScopes, channels, stepAnchors, tones } from '#domain/reminders/words.ts';
import { cadenceWords, stepWords, type Say } from '#features/cadences/cadence-words.ts';
import {
  changeStep,
  clampDays,
  copyStep,
  moveChannel,
  newStep,
  orderSteps,
  placeSteps,
  withoutStep,
  withStepAt,
  type Step,
} from '#features/cadences/steps.ts';
import { lanesOf, rangeOf, scaleOf, ticksOf } from '#features/cadences/timeline-scale.ts';
import { textNames } from '#features/cadences/text-names.ts';
import fc from 'fast-check';
import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import { repository } from '../architecture/read-tree.ts';

function stepOf(given: Partial<Step>): Step {
  return {
    stepId: 'a',
    anchor: 'due',
    days: 0,
    channels: ['whatsapp', 'sms'],
    tone: 'friendly',
    templateKey: 'on-due',
    repeatEveryDays: null,
    repeatMost: null,
    needsPerson: false,
    attaches: null,
    ...given,
  };
}

const bill = { billDay: day('2026-11-10'), dueDay: day('2026-12-10') };
const ids = (steps: readonly Step[]): readonly string[] => steps.map((step) => step.stepId);

describe('where a step stands', () => {
  it('is counted from the due day, the bill, the end of the month or the step before', () => {
    const placed = placeSteps(
      [
        stepOf({ stepId: 'a', days: -3 }),
        stepOf({ stepId: 'b', anchor: 'bill', days: 5 }),
        stepOf({ stepId: 'c', anchor: 'month-end', days: 2 }),
        stepOf({ stepId: 'd', anchor: 'previous', days: 7 }),
      ],
      bill,
    );
    expect(placed.map(({ place }) => place)).toEqual([-3, -25, 23, 30]);
  });

  it('is the day that the rule of the reminders gives it, wherever it is sent at all', () => {
    const step = fc.record({
      anchor: fc.constantFrom(...stepAnchors),
      days: fc.integer({ min: 0, max: 200 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (made) => {
        const steps = made.map(({ anchor, days }, at) =>
          stepOf({ stepId: `s${at}`, anchor: at === 0 && anchor === 'previous' ? 'due' : anchor, days }),
        );
        const places = new Map(placeSteps(steps, bill).map((one) => [one.step.stepId, one.place]));
        for (const found of stepDaysOf({ steps }, bill, 30))
          expect(daysBetween(bill.dueDay, found.day)).toBe(places.get(found.step.stepId));
      }),
    );
  });

  it('lies before the anchor only where that is the due day', () => {
    expect([clampDays('due', -400), clampDays('bill', -4), clampDays('previous', 4000)]).toEqual([
      -180, 0, 1825,
    ]);
    expect(changeStep([stepOf({ days: -5 })], 'a', { anchor: 'month-end' })[0]?.days).toBe(0);
  });
});

describe('the order of the steps', () => {
  it('is that of their days, and one counted from another stays behind it', () => {
    const steps = [
      stepOf({ stepId: 'late', days: 30 }),
      stepOf({ stepId: 'after-late', anchor: 'previous', days: 1 }),
      stepOf({ stepId: 'early', days: -3 }),
    ];
    expect(ids(orderSteps(steps, bill))).toEqual(['early', 'late', 'after-late']);
  });

  it('loses no step and comes to rest', () => {
    const made = fc.array(
      fc.record({ anchor: fc.constantFrom(...stepAnchors), days: fc.integer({ min: 0, max: 60 }) }),
    );
    fc.assert(
      fc.property(made, (list) => {
        const steps = list.map((one, at) => stepOf({ ...one, stepId: `s${at}` }));
        const ordered = orderSteps(steps, bill);
        expect(ids(ordered).toSorted()).toEqual(ids(steps).toSorted());
        expect(orderSteps(ordered, bill)).toEqual(ordered);
      }),
    );
  });

  it('takes a removed step back to its place, and only once', () => {
    const steps = ['a', 'b', 'c'].map((stepId) => stepOf({ stepId }));
    const middle = stepOf({ stepId: 'b' });
    expect(ids(withStepAt(withoutStep(steps, 'b'), middle, 1))).toEqual(['a', 'b', 'c']);
    expect(ids(withStepAt(steps, middle, 1))).toEqual(['a', 'b', 'c']);
  });

  it('counts the first step from the due day when the one it was counted from is removed', () => {
    const steps = [stepOf({ stepId: 'a' }), stepOf({ stepId: 'b', anchor: 'previous', days: 7 })];
    expect(withoutStep(steps, 'a')).toEqual([stepOf({ stepId: 'b', anchor: 'due', days: 7 })]);
  });

  it('never gives two steps one name, so that what was sent is not taken for another step', () => {
    let steps: readonly Step[] = [];
    for (let count = 0; count < 5; count += 1) steps = [...steps, newStep(steps, bill)];
    steps = withoutStep(steps, 'step-2');
    const copied = copyStep(steps, newStep([], bill));
    steps = [...steps, copied, newStep([...steps, copied], bill)];
    expect(new Set(ids(steps)).size).toBe(steps.length);
    expect(
      placeSteps(steps, bill)
        .slice(0, 4)
        .map(({ place }) => place),
    ).toEqual([0, 14, 21, 28]);
  });
});

it('moves a channel up and down its ladder and stops at the ends', () => {
  expect(moveChannel(['whatsapp', 'sms', 'email'], 2, -1)).toEqual(['whatsapp', 'email', 'sms']);
  expect(moveChannel(['whatsapp', 'sms'], 0, -1)).toEqual(['whatsapp', 'sms']);
  expect(moveChannel(['whatsapp', 'sms'], 1, 1)).toEqual(['whatsapp', 'sms']);
});

describe('the line of days', () => {
  it('gives every day back that it was asked to draw', () => {
    const scale = scaleOf({ from: -30, to: 365 }, 1000);
    for (let place = -30; place <= 365; place += 1) expect(scale.dayAt(scale.x(place))).toBe(place);
    expect([scale.x(-30), Math.round(scale.x(365))]).toEqual([0, 1000]);
  });

  it('shows every step, and does not stretch at every day that a card is moved', () => {
    for (const place of [-180, -3, 0, 7, 60, 1825]) {
      const { from, to } = rangeOf([place]);
      expect(from < place && place < to).toBe(true);
    }
    expect(rangeOf([-2, 24])).toEqual(rangeOf([-3, 29]));
  });

  it('always writes the due day, and no two days over each other', () => {
    const scale = scaleOf({ from: -5, to: 68 }, 600);
    const ticks = ticksOf(scale, 34);
    expect(ticks).toContain(0);
    expect(ticks.length).toBeGreaterThan(4);
    for (const [at, tick] of ticks.entries()) {
      const next = ticks[at + 1];
      if (next !== undefined) expect(scale.x(next) - scale.x(tick)).toBeGreaterThanOrEqual(34);
    }
  });

  it('stacks cards so that none covers another or stands in the way of a pole', () => {
    const places = fc.array(fc.integer({ min: -30, max: 400 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(places, (list) => {
        const placed = placeSteps(
          list.map((days, at) => stepOf({ stepId: `s${at}`, days })),
          bill,
        );
        const scale = scaleOf(rangeOf(list), 700);
        const lanes = lanesOf(placed, scale, 130);
        const cards = placed.map((one) => ({
          x: scale.x(one.place),
          lane: lanes.get(one.step.stepId) ?? -1,
        }));
        for (const [at, card] of cards.entries()) {
          for (const other of cards.slice(at + 1)) {
            const isOver = Math.abs(card.x - other.x) < 130;
            if (!isOver) continue;
            expect(card.lane).not.toBe(other.lane);
            const [left, right] = card.x < other.x ? [card, other] : [other, card];
            if (left.x < right.x) expect(left.lane).toBeGreaterThan(right.lane);
          }
        }
      }),
    );
  });
});

describe('a cadence in a sentence', () => {
  const sayIn = (language: string): Say => {
    const read = (name: string): Record<string, unknown> =>
      JSON.parse(
        readFileSync(path.join(repository, 'src-renderer/words', language, `${name}.json`), 'utf8'),
      ) as Record<string, unknown>;
    const words = createInstance();
    void words.init({
      lng: language,
      defaultNS: 'cadences',
      initAsync: false,
      interpolation: { escapeValue: false },
      resources: { [language]: { cadences: read('cadences'), reminders: read('reminders') } },
    });
    return (key, values = {}) => words.t(key, values);
  };
  const steps = [
    stepOf({ days: -3 }),
    stepOf({ days: 0, channels: ['sms'] }),
    stepOf({
      days: 7,
      channels: ['email'],
      tone: 'firm',
      repeatEveryDays: 5,
      repeatMost: 3,
      attaches: 'statement',
      needsPerson: true,
    }),
  ];

  it('says when, on what and how, in English', () => {
    expect(cadenceWords(steps, sayIn('en'))).toBe(
      '3 days before the due day: WhatsApp, else SMS, friendly; on the due day: SMS, friendly; ' +
        '7 days after the due day: Mail, firm, then every 5 days, 3 times in all, ' +
        'with the statement of account, after you have looked at it.',
    );
  });

  it('says the same in Hindi', () => {
    expect(cadenceWords(steps, sayIn('hi'))).toBe(
      'देय तिथि से 3 दिन पहले: WhatsApp, नहीं तो SMS, मित्रवत; देय तिथि के दिन: SMS, मित्रवत; ' +
        'देय तिथि के 7 दिन बाद: मेल, दृढ़, फिर हर 5 दिन पर, कुल 3 बार, साथ में खाता विवरण, आपके देखने के बाद।',
    );
  });

  it.each(['en', 'hi'])('has words for every anchor, tone, channel and letter in %s', (language) => {
    const say = sayIn(language);
    for (const anchor of stepAnchors) {
      for (const days of [0, 1, 9]) {
        const said = stepWords(stepOf({ anchor, days, channels: [...channels] }), say);
        expect(said).not.toMatch(/when\.|reminders:|summary\.|\{\{/);
      }
    }
    for (const tone of tones) expect(stepWords(stepOf({ tone }), say)).not.toContain('tone.');
    for (const scope of cadenceScopes) expect(say(`assign.scope.${scope}`)).not.toContain('scope');
  });
});

it('calls a message as its first text in the language of the window, else as in English', () => {
  const texts = [
    { key: 'first', language: 'hi', name: 'पहला स्मरण' },
    { key: 'first', language: 'en', name: 'First reminder' },
    { key: 'first', language: 'en', name: 'First call' },
    { key: 'own', language: 'ta', name: 'Own' },
  ];
  expect([...textNames(texts, 'en').values()]).toEqual(['First reminder', 'Own']);
  expect([...textNames(texts, 'hi').values()]).toEqual(['पहला स्मरण', 'Own']);
  expect(textNames(texts.slice(1), 'hi').get('first')).toBe('First reminder');
});
