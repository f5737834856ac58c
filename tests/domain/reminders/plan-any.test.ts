import { addDays, daysBetween, type Day } from '#domain/days.ts';
import { weekdayOf } from '#domain/reminders/hours.ts';
import { frozenOf, revalidate } from '#domain/reminders/plan-check.ts';
import type { Plan, PlanFacts, PlannedMessage } from '#domain/reminders/plan-facts.ts';
import { nextSteps, planDays, planReminders, sentOf } from '#domain/reminders/plan.ts';
import { OUTER_HOURS } from '#domain/reminders/policy.ts';
import type { MessageState } from '#domain/reminders/words.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyPlanFacts } from '../../builders/any-plan.ts';
import { at, D } from '../../builders/plan-facts.ts';

// What holds for any book, any rules and any history. The rules are said again here, in other words than the planner's.

const RUNS = { numRuns: 500, endOnFailure: true };
const mayHaveLeft = (state: MessageState): boolean =>
  ![
    'undelivered',
    'bounced',
    'rejected',
    'skipped',
    'declined',
    'cancelled',
    'not-sent',
    'user-cancelled',
  ].includes(state);
const customerOf = (facts: PlanFacts, message: PlannedMessage) =>
  facts.customers.find(({ customerId }) => customerId === message.customerId)!;
const cadenceOf = (facts: PlanFacts, message: PlannedMessage) =>
  facts.cadences.find(({ cadenceId }) => cadenceId === message.cadenceId)!;
const openOf = (facts: PlanFacts, customerId: number) =>
  facts.items.filter((item) => item.customerId === customerId && item.openPaise > 0);
const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0);
const withSent = (facts: PlanFacts, plan: Plan): PlanFacts => ({
  ...facts,
  sent: [...facts.sent, ...plan.messages.map(sentOf)],
});

function always(check: (facts: PlanFacts, plan: Plan) => void): void {
  let planned = 0;
  fc.assert(
    fc.property(anyPlanFacts, (facts) => {
      const plan = planReminders(facts);
      planned += plan.messages.length;
      check(facts, plan);
    }),
    RUNS,
  );
  // A property over plans without messages would say nothing.
  expect(planned).toBeGreaterThan(100);
}

describe('any plan', () => {
  it('is the same when it is made again', () => {
    always((facts, plan) => expect(planReminders(structuredClone(facts))).toEqual(plan));
  });

  it('writes to nobody who owes nothing, rests, waits for an answer or has just paid', () => {
    always((facts, { messages }) => {
      for (const message of messages) {
        const customer = customerOf(facts, message);
        const open = sum(openOf(facts, message.customerId).map((item) => item.openPaise));
        expect(open - customer.unallocatedPaise).toBeGreaterThan(0);
        expect(message.balancePaise).toBe(open - customer.unallocatedPaise);
        expect(message.balancePaise).toBeGreaterThanOrEqual(cadenceOf(facts, message).minimumPaise);
        expect([customer.doNotChaseReason, customer.hasOpenReply]).toEqual([null, false]);
        expect(customer.tiesOut).not.toBe(false);
        const isResting = ({ until }: { until: Day | null }) => until === null || until >= D;
        expect(customer.pauses.filter((one) => one.billId === null && isResting(one))).toEqual([]);
        if (facts.policy.onUnmatchedMoney === 'hold') expect(customer.unallocatedPaise).toBe(0);
        const quiet = facts.policy.quietDaysAfterReceipt;
        if (quiet > 0 && customer.lastMoneyDay !== null)
          expect(daysBetween(customer.lastMoneyDay, D)).toBeGreaterThan(quiet);
        for (const item of message.items) {
          expect(item.doNotChaseReason).toBeNull();
          expect(item.openPaise).toBeGreaterThan(0);
          expect(customer.pauses.filter((one) => one.billId === item.billId && isResting(one))).toEqual([]);
        }
      }
    });
  });

  it('names each open part once, of that customer, and the amounts are their sum', () => {
    always((facts, { messages }) => {
      for (const message of messages) {
        const { items, customerId } = message;
        expect(new Set(items).size).toBe(items.length);
        expect(items.every((item) => openOf(facts, customerId).includes(item))).toBe(true);
        expect(new Set(items.map((item) => item.dueDay < D)).size).toBe(1);
        const late = items.filter((item) => item.dueDay < D);
        expect(message.overduePaise).toBe(sum(late.map((item) => item.openPaise)));
      }
    });
  });

  it('leaves only on open days and within the owner’s hours and India’s', () => {
    always((facts, { messages }) => {
      for (const { channel, fromMinute, toMinute, day } of messages) {
        const own = facts.policy.hours[channel];
        expect(day).toBe(D);
        expect(own.weekdays[weekdayOf(day)]).toBe(true);
        expect(facts.policy.holidays.map((one) => one.day)).not.toContain(day);
        expect(fromMinute).toBeGreaterThanOrEqual(
          Math.max(own.fromMinute, OUTER_HOURS[channel].fromMinute, facts.minute),
        );
        expect(toMinute).toBeLessThanOrEqual(Math.min(own.toMinute, OUTER_HOURS[channel].toMinute));
        expect(fromMinute).toBeLessThan(toMinute);
      }
    });
  });

  it('stays within the caps of a day, a channel and a week', () => {
    always((facts, plan) => {
      const counted = withSent(facts, plan).sent.filter(
        ({ purpose, state }) =>
          purpose !== 'reply' &&
          purpose !== 'test' &&
          (mayHaveLeft(state) || ['undelivered', 'bounced'].includes(state)),
      );
      const { perChannelDayMost, perDayMost, perWeekMost } = facts.policy;
      for (const { customerId, channel } of plan.messages) {
        const own = counted.filter((one) => one.customerId === customerId && one.day <= D);
        const today = own.filter((one) => one.day === D);
        expect(today.length).toBeLessThanOrEqual(perDayMost);
        expect(today.filter((one) => one.channel === channel).length).toBeLessThanOrEqual(perChannelDayMost);
        expect(own.filter((one) => daysBetween(one.day, D) < 7).length).toBeLessThanOrEqual(perWeekMost);
      }
    });
  });

  it('keeps the gap of each bill it names, the grace, the most for a bill and its end', () => {
    always((facts, { messages }) => {
      for (const message of messages) {
        const lead = cadenceOf(facts, message);
        for (const item of message.items) {
          const contacts = facts.sent.filter(
            (one) =>
              one.customerId === message.customerId &&
              one.billIds.includes(item.billId) &&
              one.purpose === 'reminder' &&
              mayHaveLeft(one.state),
          );
          // What was never heard of may be tried on the next channel; a mail that did not bounce has arrived.
          const reminded = contacts.filter((one) => one.state !== 'no-report' || one.channel === 'email');
          for (const one of reminded)
            expect(daysBetween(one.day, D)).toBeGreaterThanOrEqual(Math.max(1, facts.policy.gapDaysLeast));
          if (message.items.length > 1) continue;
          for (const one of reminded) expect(daysBetween(one.day, D)).toBeGreaterThanOrEqual(lead.gapDays);
          const late = daysBetween(item.dueDay, D);
          if (late > 0) expect(late).toBeGreaterThan(lead.graceDays);
          if (lead.stopAfterDays !== null) expect(late).toBeLessThanOrEqual(lead.stopAfterDays);
          if (lead.mostPerBill !== null) expect(contacts.length).toBeLessThan(lead.mostPerBill);
        }
      }
    });
  });

  it('uses no address that is closed, and each address for one customer only', () => {
    always((facts, { messages }) => {
      const owners = new Map<string, number>();
      for (const message of messages) {
        const customer = customerOf(facts, message);
        const { channel, address } = message;
        expect(customer.addresses[channel]?.map((one) => one.address)).toContain(address);
        expect(customer.suppressed).not.toContain(address);
        expect(customer.optedOut).not.toContain(channel);
        if (facts.policy.needsConsent.includes(channel)) expect(customer.consented).toContain(channel);
        expect(owners.get(address) ?? message.customerId).toBe(message.customerId);
        owners.set(address, message.customerId);
      }
    });
  });

  it('has each key once, and tells of everybody who owes: in messages or with one reason', () => {
    always((facts, { messages, silences }) => {
      expect(new Set(messages.map((one) => one.dedupeKey)).size).toBe(messages.length);
      expect(new Set(silences.map((one) => one.customerId)).size).toBe(silences.length);
      for (const { customerId } of facts.customers) {
        const own = messages.filter((one) => one.customerId === customerId);
        const silence = silences.find((one) => one.customerId === customerId);
        const owes = openOf(facts, customerId).length > 0;
        expect(own.length > 0 || silence !== undefined).toBe(owes);
        expect(own.length).toBeLessThanOrEqual(2);
        // Both only where one of two messages, or a bill for a person, had to wait: then it tells of those bills alone.
        if (own.length > 0 && silence !== undefined) {
          if (silence.reason !== 'needs-approval') expect(own).toHaveLength(1);
          const named = own.flatMap((one) =>
            one.items.filter((item) => silence.billIds.includes(item.billId)),
          );
          expect(named).toEqual([]);
        }
      }
    });
  });

  it('adds nothing when it is made again after its messages were put into the outbox', () => {
    always((facts, plan) => {
      const again = planReminders(withSent(facts, plan));
      const done = new Set(plan.messages.flatMap(({ items }) => items.map((item) => item.billId)));
      const twice = again.messages.flatMap(({ items }) => items.filter((item) => done.has(item.billId)));
      expect(twice).toEqual([]);
      expect(
        again.messages.filter((one) => plan.messages.some((old) => old.dedupeKey === one.dedupeKey)),
      ).toEqual([]);
    });
  });

  it('passes the check at the last moment as long as nothing has changed', () => {
    always((facts, plan) => {
      for (const message of plan.messages) {
        const others = plan.messages.filter((one) => one !== message).map(sentOf);
        const fresh = { ...facts, minute: message.fromMinute, sent: [...facts.sent, ...others] };
        expect(revalidate(frozenOf(message), fresh)).toEqual({ kind: 'go' });
      }
    });
  });
});

describe('days played forward', () => {
  const few = { numRuns: 120, endOnFailure: true };

  it('show for each day what the real run of that day plans', () => {
    fc.assert(
      fc.property(anyPlanFacts, (facts) => {
        const shown = planDays(facts, D, at(12));
        expect(shown[0]).toEqual(planReminders(facts));
        let real = facts;
        for (const [ahead, plan] of shown.entries()) {
          const today = planReminders({ ...real, day: at(ahead), minute: ahead === 0 ? facts.minute : 0 });
          expect(today).toEqual(plan);
          real = withSent(real, today);
        }
        expect(planDays(facts, at(3), at(12))).toEqual(shown.slice(3));
      }),
      few,
    );
  });

  it('never send a step twice for the same part of a bill, but for its repeats', () => {
    let repeats = 0;
    fc.assert(
      fc.property(anyPlanFacts, (facts) => {
        const seen = new Map<string, PlannedMessage>();
        for (const { messages } of planDays(facts, D, addDays(D, 60))) {
          for (const message of messages) {
            if (message.why.code === 'repeat') {
              repeats += 1;
              continue;
            }
            const { billId, dueDay } = message.why.values;
            const key = `${message.cadenceId}|${message.step.stepId}|${billId}|${dueDay}`;
            expect(seen.get(key)?.day).toBeUndefined();
            seen.set(key, message);
          }
        }
      }),
      few,
    );
    expect(repeats).toBeGreaterThan(0);
  });

  it('tell one customer the same as the whole plan does', () => {
    fc.assert(
      fc.property(anyPlanFacts, (facts) => {
        const alone = { ...facts, customers: facts.customers.slice(0, 1) };
        const { steps } = nextSteps(alone, 1, 20);
        const whole = planDays({ ...alone, items: openOf(alone, 1) }, D, at(19)).flatMap(
          ({ messages }) => messages,
        );
        expect(steps.map((one) => [one.day, one.stepId])).toEqual(
          whole.map((one) => [one.day, one.step.stepId]),
        );
      }),
      few,
    );
  });
});
