import { paise } from '#domain/money.ts';
import { frozenOf, revalidate, type FrozenMessage } from '#domain/reminders/plan-check.ts';
import type { PlanFacts } from '#domain/reminders/plan-facts.ts';
import { planReminders } from '#domain/reminders/plan.ts';
import { describe, expect, it } from 'vitest';
import {
  aCadence,
  aCustomer,
  anItem,
  aSent,
  aStep,
  at,
  openPolicy,
  planFacts,
} from '../../builders/plan-facts.ts';

// The check at the last moment (docs/gateways.md 8.6).

const cadences = [aCadence([aStep({ days: 1 }), aStep({ days: 30, tone: 'final' })])];
const items = [anItem(1, 10_000, -1), anItem(2, 500, -2)];
const planned = planFacts({ cadences, items });
const message = frozenOf(planReminders(planned).messages[0]!);
const check = (more: Partial<PlanFacts>, of: Partial<FrozenMessage> = {}) =>
  revalidate({ ...message, ...of }, { ...planned, minute: 600, ...more });
const withCustomer = (more: Parameters<typeof aCustomer>[1]) => check({ customers: [aCustomer(1, more)] });

describe('the check at the last moment', () => {
  it('lets a message go when nothing has changed', () => {
    expect(check({})).toEqual({ kind: 'go' });
  });

  it('stops once every bill it names is paid, although others are open', () => {
    expect(check({ items: [] })).toMatchObject({ kind: 'stop', reason: 'paid' });
    expect(check({ items: [anItem(3, 90, -1)] })).toMatchObject({ kind: 'stop', reason: 'paid' });
  });

  it('says the new amounts, and names no bill that was paid meanwhile', () => {
    const verdict = check({ items: [anItem(1, 6000, -1)] });
    expect(verdict).toMatchObject({
      kind: 'changed',
      balancePaise: 600_000,
      overduePaise: 600_000,
      creditPaise: 0,
    });
    expect(verdict).toHaveProperty('written.text', 'Customer 1: INV-1, Rs.6,000.00. Asha Traders');
  });

  it('leaves a bill out that was disputed meanwhile', () => {
    const customers = [aCustomer(1, { pauses: [{ billId: 2, kind: 'dispute', until: null }] })];
    expect(check({ customers })).toMatchObject({ kind: 'changed', items: [{ billId: 1 }] });
  });

  it.each([
    [{ lastMoneyDay: at(0) }, 'recent-receipt'],
    [{ unallocatedPaise: paise(2000) }, 'unmatched-money'],
    [{ unallocatedPaise: paise(2_000_000) }, 'in-credit'],
    [{ hasOpenReply: true }, 'open-reply'],
    [{ doNotChaseReason: 'asked' }, 'do-not-chase'],
    [{ tiesOut: false }, 'not-tied-out'],
    [{ optedOut: ['sms' as const] }, 'opted-out'],
    [{ suppressed: ['+919800000001'] }, 'suppressed'],
    [{ addresses: { sms: [{ address: '+919800000099', toName: 'New' }] } }, 'contact-changed'],
    [{ pauses: [{ billId: null, kind: 'promise' as const, until: at(3) }] }, 'promised'],
  ])('stops for what came in between: %j', (more, reason) => {
    expect(withCustomer(more)).toMatchObject({ kind: 'stop', reason });
  });

  it('stops when another message reached the caps, the bill or the address first', () => {
    expect(check({ sent: [aSent([1, 2], 0, { channel: 'email' })] })).toMatchObject({ reason: 'duplicate' });
    expect(check({ sent: [aSent([9], 0, { purpose: 'notice' })] })).toMatchObject({ reason: 'cap-day' });
    const other = aSent([9], 0, { customerId: 2, state: 'scheduled' });
    expect(check({ sent: [other] })).toMatchObject({ reason: 'same-address' });
  });

  it('keeps to the day and the hours', () => {
    expect(check({ minute: 1140 })).toMatchObject({ reason: 'window-missed' });
    expect(check({ minute: 100 })).toMatchObject({
      reason: 'outside-hours',
      until: at(0),
      values: { fromMinute: 540 },
    });
    expect(check({ day: at(1) })).toMatchObject({ reason: 'stale' });
    const holidays = [{ day: at(0), name: 'Holi' }];
    expect(check({ policy: openPolicy({ holidays }) })).toMatchObject({ reason: 'outside-hours' });
  });

  it('stops when its channel or its text can no longer be used', () => {
    const paused = planned.gateways.map((one) => ({ ...one, isPaused: true }));
    expect(check({ gateways: paused })).toMatchObject({ reason: 'gateway-paused' });
    const templates = planned.templates.map((one) => ({ ...one, isPaused: true }));
    expect(check({ templates })).toMatchObject({ reason: 'template-paused' });
    expect(check({ cadences: [aCadence([], { isOn: false })] })).toMatchObject({ reason: 'cadence-off' });
  });

  it('does not send a final notice when the bill it was for is paid and only a young one is left', () => {
    const sent = [aSent([1], -29)];
    const approved = cadences.map((one) => ({ ...one, isAutomatic: false }));
    const firm = planFacts({ cadences: approved, items: [anItem(1, 900, -30), anItem(2, 500, -2)], sent });
    const final = frozenOf(planReminders(firm).messages[0]!);
    expect(final.stepId).toBe('due30');
    const left = { ...firm, minute: 600, items: [anItem(2, 500, -2)] };
    expect(revalidate(final, left)).toMatchObject({ kind: 'stop', reason: 'withdrawn' });
  });

  it('asks of what a person sends only what the customer and the law demand', () => {
    const byHand = { cadenceId: null, stepId: null };
    const sent = [aSent([1], 0), aSent([2], -1)];
    expect(check({ sent, cadences: [] }, byHand)).toEqual({ kind: 'go' });
    expect(check({ customers: [aCustomer(1, { optedOut: ['sms'] })] }, byHand)).toMatchObject({
      reason: 'opted-out',
    });
    expect(check({ minute: 1200 }, byHand)).toMatchObject({ reason: 'window-missed' });
    expect(check({ items: [] }, byHand)).toMatchObject({ reason: 'paid' });
    expect(check({ minute: 1200 }, { ...byHand, purpose: 'reply', items: [] })).toEqual({ kind: 'go' });
  });
});
