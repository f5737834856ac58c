import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day } from '#domain/days.ts';
import { planAhead, type DayAhead, type MessageAhead } from '#domain/reminders/plan-ahead.ts';
import type { PlanCustomer, PlanFacts } from '#domain/reminders/plan-facts.ts';
import { planDays } from '#domain/reminders/plan.ts';
import { anyPlanFacts } from '#tests/builders/any-plan.ts';
import { aCadence, aCustomer, anItem, aStep, at, D, planFacts } from '#tests/builders/plan-facts.ts';

function days(facts: PlanFacts, to: Day): readonly DayAhead<MessageAhead>[] {
  return [...planAhead(facts, to, (message) => message)].filter((one) => one !== null);
}

/** What the calendar shows of a day, by whichever way it was made. */
function told(planned: readonly DayAhead<MessageAhead>[]): unknown {
  return planned.map(({ day, messages }) => ({
    day,
    messages: messages.map((one) => ({ ...one, subject: null, text: null, values: null })),
  }));
}

/** With addresses that nobody else has. */
function apart(customer: PlanCustomer): PlanCustomer {
  const addresses = Object.entries(customer.addresses).map(([channel, own]) => [
    channel,
    own.map((one) => ({ ...one, address: `${customer.customerId}.${one.address}` })),
  ]);
  return { ...customer, addresses: Object.fromEntries(addresses) };
}

describe('many days ahead', () => {
  it('bring the same messages as each day planned by itself, whatever the book, the rules and the history', () => {
    fc.assert(
      fc.property(anyPlanFacts, fc.integer({ min: 0, max: 45 }), (facts, ahead) => {
        const to = addDays(D, ahead);
        expect(told(days(facts, to))).toEqual(told(planDays(facts, D, to)));
      }),
      { numRuns: 400 },
    );
  });

  it('bring the same for customers of whom some have nothing in common with anybody', () => {
    let [alone, all] = [0, 0];
    fc.assert(
      fc.property(
        anyPlanFacts,
        fc.integer({ min: 0, max: 45 }),
        fc.integer({ min: 1, max: 5 }),
        (any, ahead, from) => {
          const facts = {
            ...any,
            customers: any.customers.map((one) => (one.customerId < from ? one : apart(one))),
          };
          const to = addDays(D, ahead);
          const shown = days(facts, to);
          expect(told(shown)).toEqual(told(planDays(facts, D, to)));
          const messages = shown.flatMap((one) => one.messages);
          all += messages.length;
          alone += messages.filter(({ customerId }) => customerId >= from).length;
        },
      ),
      { numRuns: 400 },
    );
    expect(alone).toBeGreaterThan(100);
    expect(all - alone).toBeGreaterThan(100);
  });

  it('cost the same as planned day by day where the days that a bill is late grow a digit', () => {
    const step = aStep({ days: 1, repeatEveryDays: 3 });
    // One letter more begins a second part.
    const body = `{{customer_name}} ${'x'.repeat(120)} {{days_late}} {{balance_lines}} {{business_name}}`;
    const base = planFacts({ cadences: [aCadence([step])], items: [anItem(1, 500, -1)] });
    const templates = base.templates.map((one) => ({ ...one, body }));
    const facts = { ...base, templates };
    const costs = planDays(facts, D, at(120)).flatMap(({ messages }) =>
      messages.map((one) => one.costMicros),
    );
    expect(costs.length).toBeGreaterThan(30);
    expect(told(days(facts, at(120)))).toEqual(told(planDays(facts, D, at(120))));
  });

  it('let others have their turn in between', () => {
    const customers = Array.from({ length: 450 }, (_, n) => aCustomer(n + 1));
    const items = customers.map(({ customerId }) => anItem(customerId, 100, -1, { customerId }));
    const turns = [...planAhead(planFacts({ customers, items }), D, ({ customerId }) => customerId)];
    expect(turns.filter((one) => one === null).length).toBeGreaterThanOrEqual(4);
    expect(turns.at(-1)).toMatchObject({ day: D });
  });
});
