import { paise } from '#domain/money.ts';
import type { Cadence } from '#domain/reminders/cadence.ts';
import { messageLanguages, type MessageLanguage } from '#domain/reminders/languages.ts';
import type { PlanFacts } from '#domain/reminders/plan-facts.ts';
import { checkRunDay, nextSteps, planReminders, sentOf } from '#domain/reminders/plan.ts';
import { smsShape } from '#domain/reminders/texts/sms.ts';
import { describe, expect, it } from 'vitest';
import {
  aCadence,
  aCustomer,
  anItem,
  aSent,
  aStep,
  aTemplate,
  at,
  D,
  openPolicy,
  planFacts,
} from '../../builders/plan-facts.ts';

// The cases of peers that are a matter of planning. E12 and E22 are the outbox's: see its own tests.

const only = (facts: PlanFacts) => {
  const { messages, silences } = planReminders(facts);
  expect(messages).toHaveLength(1);
  expect(silences.filter(({ reason }) => reason !== 'needs-approval')).toEqual([]);
  return messages[0]!;
};
const silence = (facts: PlanFacts) => {
  const { messages, silences } = planReminders(facts);
  expect(messages).toEqual([]);
  expect(silences).toHaveLength(1);
  return silences[0]!;
};
const standard = { cadences: [aCadence([aStep({ days: -3 }), aStep({ days: 1 }), aStep({ days: 7 })])] };

describe('amounts of a message', () => {
  it('asks for 100.00 for a bill of 100.00, twenty days late (D1)', () => {
    const cadences = [aCadence([aStep({ days: 20 })])];
    const message = only(planFacts({ cadences, items: [anItem(1, 100, -20)] }));
    expect(message).toMatchObject({ overduePaise: 10_000, balancePaise: 10_000 });
    expect(message.text).toContain('Rs.100.00');
  });

  it('sends nothing once the bill is paid (D3, E5)', () => {
    expect(planReminders(planFacts({ items: [] }))).toEqual({ day: D, messages: [], silences: [] });
    expect(planReminders(planFacts({ items: [anItem(1, 0, -1)] })).silences).toEqual([]);
  });

  it('gathers two late bills in one message with two lines (D4, RM5)', () => {
    const items = [anItem(1, 100, -1), anItem(2, 300, -20)];
    const message = only(planFacts({ items }));
    expect(message.items.map(({ billId }) => billId)).toEqual([2, 1]);
    expect(message.overduePaise).toBe(40_000);
  });

  it('follows a credit note and its cancelling; one that stands alone is told and leaves the bill open (D6)', () => {
    expect(planReminders(planFacts({ items: [] })).messages).toEqual([]);
    expect(only(planFacts({ items: [anItem(1, 100, -1)] })).overduePaise).toBe(10_000);
    const alone = {
      items: [anItem(1, 100, -1)],
      customers: [aCustomer(1, { unallocatedPaise: paise(4000) })],
    };
    expect(silence(planFacts(alone)).reason).toBe('unmatched-money');
    const policy = openPolicy({ onUnmatchedMoney: 'warn' });
    const warned = only(planFacts({ ...alone, policy }));
    expect(warned).toMatchObject({ balancePaise: 6000, creditPaise: 4000, overduePaise: 10_000 });
    expect(warned.warnings).toEqual(['unmatched-money']);
    expect(warned.text).toContain('Your credit with us: Rs.40.00');
  });

  it('tells of credit in every language once, and lets a person look where a registered text cannot (RM13)', () => {
    const facts = (more: Parameters<typeof aTemplate>[1], language: MessageLanguage): PlanFacts =>
      planFacts({
        items: [anItem(1, 100, -1)],
        customers: [aCustomer(1, { language, unallocatedPaise: paise(4000) })],
        policy: openPolicy({ onUnmatchedMoney: 'warn' }),
        templates: [aTemplate('sms', { language, ...more })],
      });
    const counted = (text: string): number => text.split('40.00').length - 1;
    for (const language of messageLanguages) {
      const plain = only(facts({ body: '{{amount}}: {{business_name}}' }, language));
      expect([counted(plain.text), plain.needsPerson]).toEqual([1, false]);
      expect(plain.parts).toBe(smsShape(plain.text).parts);
      const own = only(facts({ body: '{{amount}}, {{credit_amount}}: {{business_name}}' }, language));
      expect([counted(own.text), own.needsPerson]).toEqual([1, false]);
    }
    const registered = { body: '{{amount}}: {{business_name}}', vendorTemplateId: '1' };
    expect(only(facts(registered, 'en'))).toMatchObject({ needsPerson: true });
    expect(counted(only(facts(registered, 'en')).text)).toBe(0);
  });

  it('says what is left after a part payment (E16)', () => {
    expect(only(planFacts({ items: [anItem(1, 6000, -1)] })).text).toContain('6,000.00');
  });

  it('reminds only of the instalment that is late (D5)', () => {
    const items = [anItem(1, 50, -1), anItem(1, 50, 4)];
    expect(only(planFacts({ items })).items.map(({ dueDay }) => dueDay)).toEqual([at(-1)]);
  });

  it('reminds of the second instalment on its own day although the step was done for the first', () => {
    const items = [anItem(1, 50, -31), anItem(1, 50, -1)];
    expect(only(planFacts({ items, sent: [aSent([1], -30)] })).why.code).toBe('step-due');
  });

  it('names no credits and no cancelled bills (E18)', () => {
    const items = [anItem(1, 100, -1), anItem(2, -40, -1)];
    expect(only(planFacts({ items })).items.map(({ billId }) => billId)).toEqual([1]);
  });

  it('counts the bill that is late and not the one that is not due (E19)', () => {
    const message = only(planFacts({ items: [anItem(1, 500, -1), anItem(2, 1000, 30)] }));
    expect(message).toMatchObject({ overduePaise: 50_000, balancePaise: 150_000 });
    expect(message.items).toHaveLength(1);
  });

  it('keeps foreign currencies apart from rupees (RM13)', () => {
    const foreign = anItem(2, 8000, -1, { currency: 'USD', foreignMinor: 10_000 });
    const message = only(planFacts({ items: [anItem(1, 500, -1), foreign] }));
    expect(message.text).toContain('Rs.500.00 and USD 100.00');
  });
});

describe('when a step is sent', () => {
  it('catches a missed day up once (E7)', () => {
    const facts = planFacts({ items: [anItem(1, 500, -2)] });
    const message = only(facts);
    expect(message.why.code).toBe('step-late');
    const after = { ...facts, day: at(1), sent: [sentOf(message)] };
    expect(planReminders(after).messages).toEqual([]);
  });

  it('adds nothing when it runs twice, whether or not the first has left (E8)', () => {
    const facts = planFacts({ items: [anItem(1, 500, -1)] });
    for (const state of ['awaiting-approval', 'scheduled', 'sending', 'unknown', 'sent'] as const) {
      const sent = [{ ...sentOf(only(facts)), state }];
      expect(silence({ ...facts, sent }).reason).toBe('duplicate');
    }
  });

  it('sends the latest of several missed steps and not a burst (RM7)', () => {
    expect(only(planFacts({ ...standard, items: [anItem(1, 500, -10)] })).step.stepId).toBe('due7');
  });

  it('does not send a text for the days before the due day once that has passed', () => {
    const cadences = [aCadence([aStep({ days: -3 }), aStep({ days: 5 })])];
    expect(silence(planFacts({ cadences, items: [anItem(1, 500, -1)] }))).toMatchObject({
      reason: 'not-yet',
      until: at(4),
    });
  });

  it('acts from the switch-on of the cadence and of its assignment, whichever is later', () => {
    const cadences = [aCadence([aStep({ days: 1 }), aStep({ days: 9 })], { activeFrom: D })];
    const items = [anItem(1, 500, -3)];
    expect(silence(planFacts({ cadences, items })).reason).toBe('not-yet');
    const assignments = [
      { assignmentId: 1, scope: 'company', scopeKey: '', cadenceId: 1, activeFrom: D } as const,
    ];
    expect(silence(planFacts({ ...standard, assignments, items })).reason).toBe('not-yet');
  });

  it('lets an old debt climb 1, 2, 3 over three runs (E9)', () => {
    const steps = [aStep({ days: 15 }), aStep({ days: 30 }), aStep({ days: 60, tone: 'final' })];
    const items = [anItem(1, 500, -365)];
    const cadences = [aCadence(steps, { activeFrom: at(-182) })];
    const runs = [-182, -62, 0];
    const found: number[] = [];
    let facts = planFacts({ cadences, items });
    for (const run of runs) {
      facts = { ...facts, day: at(run), policy: openPolicy() };
      const message = only(facts);
      found.push(message.stepNumber);
      facts = { ...facts, sent: [...facts.sent, sentOf(message)] };
    }
    expect(found).toEqual([1, 2, 3]);
  });

  it('refuses a run for a day before the last run (E11)', () => {
    expect(checkRunDay(at(-1), D)).toMatchObject({ ok: false, refusal: { code: 'run-day-past' } });
    expect([checkRunDay(D, D).ok, checkRunDay(at(1), D).ok, checkRunDay(D, null).ok]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('has no next step for a bill whose reminders are switched off (E5)', () => {
    const cadences = [aCadence([aStep({ days: 1 })], { isOn: false })];
    const next = nextSteps(planFacts({ cadences, items: [anItem(1, 500, 5)] }), 1, 60);
    expect(next).toMatchObject({ steps: [], silence: { reason: 'cadence-off' } });
  });

  it('plays the days of a cadence as the timeline has them (E1)', () => {
    const steps = [
      aStep({ anchor: 'bill', days: 5 }),
      aStep({ anchor: 'bill', days: 10 }),
      aStep({ anchor: 'bill', days: 15, repeatEveryDays: 14 }),
    ];
    const items = [anItem(1, 100, 14, { billDay: D })];
    const facts = planFacts({ cadences: [aCadence(steps)], items, policy: openPolicy() });
    expect(nextSteps(facts, 1, 50).steps.map((one) => one.day)).toEqual([5, 10, 15, 29, 43].map(at));
  });

  it('leaves everybody alone whose balance is under the least (E14, RM11)', () => {
    const cadences = [aCadence([aStep({ days: 1 })], { minimumPaise: paise(50_000) })];
    expect(silence(planFacts({ cadences, items: [anItem(1, 499.99, -1)] })).reason).toBe('below-minimum');
    expect(only(planFacts({ cadences, items: [anItem(1, 500, -1)] })).overduePaise).toBe(50_000);
  });

  it('waits for the least gap and says until when (E15)', () => {
    const cadences = [aCadence([aStep({ days: 1 }), aStep({ days: 5 })], { gapDays: 7 })];
    const facts = planFacts({ cadences, items: [anItem(1, 500, -5)], sent: [aSent([1], -3)] });
    expect(silence(facts)).toMatchObject({ reason: 'gap', until: at(4), values: { ago: 3, gapDays: 7 } });
    expect(only({ ...facts, day: at(4) }).step.stepId).toBe('due5');
  });

  it('sends at most two messages for three late and two coming bills (E17)', () => {
    const items = [-1, -2, -9].map((due, n) => anItem(n + 1, 100, due));
    const coming = [anItem(4, 100, 3), anItem(5, 100, 3), anItem(6, 100, 20)];
    const facts = planFacts({ ...standard, items: [...items, ...coming], policy: openPolicy() });
    const { messages, silences } = planReminders(facts);
    expect(messages.map((one) => one.items.map(({ billId }) => billId))).toEqual([
      [3, 2, 1],
      [4, 5],
    ]);
    expect(messages.map((one) => one.overduePaise)).toEqual([30_000, 0]);
    expect(silences).toEqual([]);
    const capped = planReminders({ ...facts, policy: openPolicy({ perChannelDayMost: 1 }) });
    expect(capped.messages).toHaveLength(1);
    expect(capped.silences).toMatchObject([{ reason: 'cap-day', billIds: [4, 5], until: at(1) }]);
  });

  it('still reminds of the second bill when the first had its message this week (E20)', () => {
    const items = [anItem(1, 100, -3), anItem(2, 300, -1)];
    const message = only(planFacts({ items, sent: [aSent([1], -2)] }));
    expect(message.items.map(({ billId }) => billId)).toEqual([2]);
  });

  it('names a bill with a cadence of its own only when its own step has come, and never by itself where it waits for approval (RM3, RM5)', () => {
    const own = (more: Partial<Cadence>): PlanFacts => {
      const ofBill = aCadence([aStep({ days: 20, stepId: 'own' })], { cadenceId: 2, ...more });
      const assigned = {
        assignmentId: 2,
        scope: 'bill',
        scopeKey: '2',
        cadenceId: 2,
        activeFrom: at(-99),
      } as const;
      const facts = planFacts({ items: [anItem(1, 100, -1), anItem(2, 300, -5), anItem(3, 50, -2)] });
      const cadences = [...facts.cadences, ofBill];
      return { ...facts, cadences, assignments: [...facts.assignments, assigned] };
    };
    const named = (facts: PlanFacts) => only(facts).items.map(({ billId }) => billId);
    expect(named(own({}))).toEqual([3, 1]);
    const due = [aStep({ days: 5, stepId: 'own' })];
    expect(named(own({ steps: due }))).toEqual([2, 3, 1]);
    expect(named(own({ steps: due, isAutomatic: false }))).toEqual([3, 1]);
  });
});
