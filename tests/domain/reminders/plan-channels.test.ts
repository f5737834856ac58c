import { paise } from '#domain/money.ts';
import { planAhead } from '#domain/reminders/plan-ahead.ts';
import type { PlanFacts } from '#domain/reminders/plan-facts.ts';
import { frozenOf, revalidate } from '#domain/reminders/plan-check.ts';
import { planDays, planReminders } from '#domain/reminders/plan.ts';
import { describe, expect, it } from 'vitest';
import {
  aCadence,
  aCustomer,
  anItem,
  aSent,
  aStep,
  aTemplate,
  at,
  openPolicy,
  planFacts,
} from '../../builders/plan-facts.ts';

// Whom a message reaches and how, who is left alone and why, and by which rules.

const only = (facts: PlanFacts) => {
  const { messages, silences } = planReminders(facts);
  expect(messages).toHaveLength(1);
  expect(silences).toEqual([]);
  return messages[0]!;
};
const silence = (facts: PlanFacts) => {
  const { messages, silences } = planReminders(facts);
  expect(messages).toEqual([]);
  expect(silences).toHaveLength(1);
  return silences[0]!;
};

describe('how a customer is reached', () => {
  const byEmail = [aCadence([aStep({ days: 1, channels: ['email'] })])];
  const items = [anItem(1, 500, -1)];

  it('writes a letter where an email step finds no email address, and says so (E13)', () => {
    const letter = [{ address: '12 MG Road, Pune', toName: 'Customer 1' }];
    const customers = [aCustomer(1, { addresses: { letter } })];
    const message = only(planFacts({ cadences: byEmail, items, customers }));
    expect(message).toMatchObject({ channel: 'letter', warnings: ['no-address'], subject: 'Bill INV-1' });
    const nobody = planFacts({ cadences: byEmail, items, customers: [aCustomer(1, { addresses: {} })] });
    expect(silence(nobody).reason).toBe('no-address');
  });

  it('keeps the totals when a contact changed before the message left (E21)', () => {
    const before = only(planFacts({ cadences: byEmail, items }));
    const email = [{ address: 'new@example.in', toName: 'Accounts' }];
    const after = only(
      planFacts({ cadences: byEmail, items, customers: [aCustomer(1, { addresses: { email } })] }),
    );
    expect(after.address).toBe('new@example.in');
    expect([after.balancePaise, after.overduePaise]).toEqual([before.balancePaise, before.overduePaise]);
  });

  const ladder = [aCadence([aStep({ days: 1, channels: ['whatsapp', 'sms', 'email'] })])];
  const failed = (days: number, more: Partial<ReturnType<typeof aSent>> = {}) =>
    aSent([1], days, { channel: 'whatsapp', state: 'undelivered', ...more });

  it('takes the next channel the day after one that failed, and never after an unknown end', () => {
    const facts = planFacts({ cadences: ladder, items: [anItem(1, 500, -2)], policy: openPolicy() });
    expect(only(facts).channel).toBe('whatsapp');
    expect(only({ ...facts, sent: [failed(-1)] })).toMatchObject({
      channel: 'sms',
      why: { code: 'next-channel' },
    });
    expect(silence({ ...facts, sent: [failed(0)] })).toMatchObject({ reason: 'cap-day', until: at(1) });
    for (const state of ['unknown', 'needs-person', 'accepted'] as const)
      expect(planReminders({ ...facts, sent: [failed(-1, { state })] }).messages).toEqual([]);
    const both = [failed(-1), aSent([1], -1, { state: 'bounced', channel: 'email' })];
    expect(only({ ...facts, sent: both }).channel).toBe('sms');
  });

  it('waits the owner’s hours before a missing report counts as a failure', () => {
    const facts = planFacts({ cadences: ladder, items: [anItem(1, 500, -3)] });
    const sent = [failed(-1, { state: 'no-report' })];
    expect(only({ ...facts, sent }).channel).toBe('sms');
    const policy = openPolicy({ nextChannelHours: 48 });
    expect(planReminders({ ...facts, sent, policy }).messages).toEqual([]);
    expect(only({ ...facts, sent: [failed(-2, { state: 'no-report' })], policy }).channel).toBe('sms');
  });

  it('takes a mail that did not bounce for one that arrived: no other channel, and its gap is kept', () => {
    const steps = [aStep({ days: 1, channels: ['email', 'sms'] }), aStep({ days: 5, channels: ['email'] })];
    const cadences = [aCadence(steps, { gapDays: 10 })];
    const sent = [aSent([1], -4, { state: 'no-report', channel: 'email', address: 'c1@example.in' })];
    const facts = planFacts({ cadences, sent, policy: openPolicy(), items: [anItem(1, 500, -5)] });
    expect(silence(facts)).toMatchObject({ reason: 'gap', until: at(6) });
    const early = {
      ...facts,
      items: [anItem(1, 500, -4)],
      sent: sent.map((one) => ({ ...one, day: at(-3) })),
    };
    expect(silence(early)).toMatchObject({ reason: 'not-yet', until: at(1) });
  });

  it('keeps the gap and the most for a bill where gateways never report, and still tries the next channel', () => {
    const steps = [aStep({ days: 1, channels: ['sms', 'whatsapp'] }), aStep({ days: 5 })];
    const sent = [aSent([1], -4, { state: 'no-report', stepId: 'due1' })];
    const of = (more: Parameters<typeof aCadence>[1], dueIn: number): PlanFacts =>
      planFacts({
        cadences: [aCadence(steps, more)],
        sent,
        policy: openPolicy(),
        items: [anItem(1, 500, dueIn)],
      });
    expect(silence(of({ gapDays: 10 }, -5))).toMatchObject({ reason: 'gap', until: at(6) });
    const early = { ...of({ gapDays: 10 }, -4), sent: sent.map((one) => ({ ...one, day: at(-3) })) };
    expect(only(early)).toMatchObject({ channel: 'whatsapp', why: { code: 'next-channel' } });
    expect(silence(of({ mostPerBill: 1 }, -30))).toMatchObject({
      reason: 'cadence-ended',
      values: { count: 1 },
    });
  });

  it('tries the next channel once when a gateway that can report was asked and is silent for a day (8.10)', () => {
    const cadences = [aCadence([aStep({ days: 1, channels: ['sms', 'email'] })])];
    const accepted = aSent([1], 1, { state: 'accepted', wasAsked: true });
    const on = (day: number, sent: PlanFacts['sent'], hours = 24): PlanFacts =>
      planFacts({
        day: at(day),
        cadences,
        policy: openPolicy({ nextChannelHours: hours }),
        items: [anItem(1, 100, 0)],
        sent,
      });
    expect(planReminders(on(1, [accepted])).messages).toEqual([]);
    expect(only(on(2, [accepted]))).toMatchObject({ channel: 'email', why: { code: 'next-channel' } });
    expect(planReminders(on(2, [accepted], 48)).messages).toEqual([]);
    expect(planReminders(on(2, [{ ...accepted, wasAsked: false }])).messages).toEqual([]);
    const both = [accepted, aSent([1], 2, { channel: 'email', state: 'accepted', wasAsked: true })];
    for (const day of [3, 4, 9, 20]) expect(planReminders(on(day, both)).messages).toEqual([]);
    const days = planDays(on(1, [accepted]), at(1), at(12)).flatMap(({ messages }) => messages);
    expect(days.map(({ day, channel }) => [day, channel])).toEqual([[at(2), 'email']]);
    const ahead = [...planAhead(on(1, [accepted]), at(12), ({ day }) => day)];
    expect(ahead.flatMap((one) => one?.messages ?? [])).toEqual([at(2)]);
  });

  it('leaves out of another bill’s message what may have arrived on the very channel that it takes', () => {
    const channels = ['sms', 'email'] as const;
    const first = aSent([1], 1, { state: 'accepted', wasAsked: true });
    const facts = planFacts({
      day: at(2),
      cadences: [
        aCadence([aStep({ days: 1, channels: [...channels] }), aStep({ days: 10, channels: [...channels] })]),
      ],
      policy: openPolicy({ nextChannelHours: 24 }),
      items: [anItem(1, 100, 0), anItem(2, 300, -8)],
      sent: [aSent([2], -7, { state: 'delivered' }), first],
    });
    expect(only(facts)).toMatchObject({ channel: 'sms', items: [{ billId: 2 }] });
    // What certainly did not arrive may be said with it.
    const bounced = { ...first, state: 'undelivered' } as const;
    expect(only({ ...facts, sent: [...facts.sent.slice(0, 1), bounced] }).items).toHaveLength(2);
  });

  it('goes on with the cadence when no channel of a step arrived', () => {
    const cadences = [aCadence([aStep({ days: 1 }), aStep({ days: 20 })])];
    const facts = planFacts({ cadences, items: [anItem(1, 500, -5)] });
    expect(silence({ ...facts, sent: [aSent([1], -4, { state: 'bounced' })] }).reason).toBe('no-address');
    const later = { ...facts, day: at(4), sent: [aSent([1], -4, { state: 'bounced' })] };
    expect(silence(later)).toMatchObject({ reason: 'not-yet', until: at(15) });
  });

  it('passes a channel over that the customer, the owner or the vendor has closed', () => {
    const facts = planFacts({ cadences: ladder, items });
    const of = (more: Partial<ReturnType<typeof aCustomer>>) =>
      only({ ...facts, customers: [aCustomer(1, more)] }).channel;
    expect(of({ optedOut: ['whatsapp'] })).toBe('sms');
    expect(of({ consented: [] })).toBe('sms');
    expect(of({ suppressed: ['+91 9800000001', '+919800000001'] })).toBe('email');
    expect(
      silence({ ...facts, customers: [aCustomer(1, { optedOut: ['whatsapp', 'sms', 'email'] })] }).reason,
    ).toBe('opted-out');
    const gateways = facts.gateways.filter(({ channel }) => channel === 'email');
    expect(only({ ...facts, gateways }).channel).toBe('email');
    const paused = facts.gateways.map((one) => ({ ...one, isPaused: true }));
    expect(silence({ ...facts, gateways: paused }).reason).toBe('gateway-paused');
    expect(silence({ ...facts, gateways: [] }).reason).toBe('no-gateway');
    expect(silence({ ...facts, templates: [] }).reason).toBe('no-template');
  });

  it('writes in the customer’s language, else in English', () => {
    const customers = [aCustomer(1, { language: 'hi' })];
    const hindi = aTemplate('sms', { templateId: 90, language: 'hi', body: 'नमस्ते {{amount}}' });
    const facts = planFacts({ items, customers });
    expect(only(facts).language).toBe('en');
    const both = { ...facts, templates: [...facts.templates, hindi] };
    expect(only(both)).toMatchObject({ language: 'hi', parts: 1, costMicros: 200_000 });
    const paused = { ...facts, templates: [...facts.templates, { ...hindi, isPaused: true }] };
    expect(only(paused).language).toBe('en');
  });

  it('speaks a call in a language that all of it can be said in, for a customer of another one', () => {
    const step = aStep({ days: 1, channels: ['voice'] });
    const customers = [
      aCustomer(1, { language: 'ta', addresses: { voice: [{ address: '+919800000001', toName: 'A' }] } }),
    ];
    const tamil = aTemplate('voice', { templateId: 91, language: 'ta', body: 'நிலுவை {{amount}}' });
    const facts = planFacts({ items, customers, cadences: [aCadence([step])] });
    expect(only({ ...facts, templates: [...facts.templates, tamil] }).language).toBe('en');
  });

  it('says what is missing when a text cannot be made', () => {
    const business = { name: 'Asha', phone: null, vpa: null, payeeName: null, payLinkChars: null };
    const pay = [aTemplate('sms', { body: 'Pay {{upi_link}}' })];
    expect(silence(planFacts({ items, business, templates: pay })).reason).toBe('no-payment-details');
    const call = [aTemplate('sms', { body: 'Call {{business_phone}}' })];
    expect(silence(planFacts({ items, business, templates: call })).reason).toBe('no-business-phone');
    const link = [aTemplate('sms', { body: 'Pay {{pay_link}}' })];
    expect(silence(planFacts({ items, business, templates: link })).reason).toBe('no-payment-details');
    const promise = [aTemplate('sms', { body: 'Promised {{promise_day}}' })];
    expect(silence(planFacts({ items, templates: promise })).reason).toBe('text-refused');
  });

  it('counts the parts of an SMS and what they cost', () => {
    const long = [aTemplate('sms', { body: `{{customer_name}} ${'x'.repeat(200)}` })];
    expect(only(planFacts({ items, templates: long }))).toMatchObject({ parts: 2, costMicros: 400_000 });
  });
});

describe('who is left alone', () => {
  const items = [anItem(1, 500, -1)];
  const of = (more: Partial<ReturnType<typeof aCustomer>>) =>
    silence(planFacts({ items, customers: [aCustomer(1, more)] }));
  const resting = (
    kind: 'promise' | 'dispute' | 'plan' | 'reply' | 'person',
    until: number | null,
    billId = null,
  ) => of({ pauses: [{ billId, kind, until: until === null ? null : at(until) }] });

  it('tells the reason that tells most', () => {
    expect(of({ unallocatedPaise: paise(60_000) }).reason).toBe('in-credit');
    expect(of({ unallocatedPaise: paise(50_000) }).reason).toBe('paid');
    expect(of({ tiesOut: false }).reason).toBe('not-tied-out');
    expect(of({ doNotChaseReason: 'family' })).toMatchObject({
      reason: 'do-not-chase',
      values: { why: 'family' },
    });
    expect(of({ hasOpenReply: true }).reason).toBe('open-reply');
    expect(of({ lastMoneyDay: at(-1) })).toMatchObject({ reason: 'recent-receipt', until: at(1) });
    expect(of({ unallocatedPaise: paise(100) }).reason).toBe('unmatched-money');
    expect(silence(planFacts({ items: [anItem(1, 500, 90)] })).reason).toBe('not-yet');
    expect(silence(planFacts({ items, assignments: [] })).reason).toBe('cadence-off');
  });

  it('rests with a promise, a dispute, a plan, a reply or a person’s word, and until the day named (RM15)', () => {
    expect(resting('promise', 4)).toMatchObject({ reason: 'promised', until: at(5) });
    expect(resting('dispute', null)).toMatchObject({ reason: 'disputed', until: null });
    expect([resting('plan', 0).reason, resting('reply', 0).reason, resting('person', 0).reason]).toEqual([
      'on-plan',
      'open-reply',
      'paused',
    ]);
    const over = aCustomer(1, { pauses: [{ billId: null, kind: 'promise', until: at(-1) }] });
    expect(only(planFacts({ items, customers: [over] })).items).toHaveLength(1);
  });

  it('leaves only the disputed bill out', () => {
    const customers = [aCustomer(1, { pauses: [{ billId: 2, kind: 'dispute', until: null }] })];
    const both = [...items, anItem(2, 90, -1), anItem(3, 90, -1, { doNotChaseReason: 'old' })];
    expect(only(planFacts({ items: both, customers })).items.map(({ billId }) => billId)).toEqual([1]);
  });

  it('waits out the days of grace and then says the latest step once', () => {
    const cadences = [aCadence([aStep({ days: 0 }), aStep({ days: 1 })], { graceDays: 3 })];
    const facts = planFacts({ cadences, items: [anItem(1, 500, 0)] });
    expect(only(facts).step.stepId).toBe('due0');
    expect(silence({ ...facts, day: at(1) })).toMatchObject({ reason: 'within-grace', until: at(4) });
    expect(only({ ...facts, day: at(4) }).step.stepId).toBe('due1');
  });

  it('ends after so many messages, and for bills that are too old', () => {
    const sent = [-20, -10].map((days) => aSent([1], days));
    const cadences = [aCadence([aStep({ days: 1 })], { mostPerBill: 2 })];
    expect(silence(planFacts({ cadences, items, sent })).reason).toBe('cadence-ended');
    const old = [aCadence([aStep({ days: 1 })], { stopAfterDays: 90 })];
    expect(silence(planFacts({ cadences: old, items: [anItem(1, 500, -91)] })).reason).toBe('cadence-ended');
  });

  it('keeps the caps over all channels and purposes', () => {
    const week = [-5, -4, -3].map((days) => aSent([9], days, { purpose: 'thanks', cadenceId: null }));
    expect(silence(planFacts({ items, sent: week }))).toMatchObject({ reason: 'cap-week', until: at(2) });
    const email = aSent([9], 0, { channel: 'email', purpose: 'statement' });
    expect(planReminders(planFacts({ items, sent: [email] })).messages).toHaveLength(1);
    const whatsapp = aSent([9], 0, { channel: 'whatsapp', purpose: 'notice' });
    expect(silence(planFacts({ items, sent: [email, whatsapp] })).reason).toBe('cap-day');
    const none = [
      aSent([9], 0, { purpose: 'reply' }),
      aSent([9], 0, { state: 'skipped', purpose: 'notice' }),
    ];
    expect(planReminders(planFacts({ items, sent: none })).messages).toHaveLength(1);
  });

  it('does not ask again on the day on which a person set the row aside', () => {
    const row = (state: 'declined' | 'skipped' | 'cancelled') =>
      planFacts({ items, sent: [aSent([1], 0, { state })] });
    expect(silence(row('declined'))).toMatchObject({ reason: 'by-person', until: at(1) });
    expect(silence(row('skipped')).reason).toBe('withdrawn');
    expect(silence(row('cancelled'))).toMatchObject({ reason: 'by-person', until: at(1) });
    expect(only({ ...row('declined'), day: at(1) }).why.code).toBe('step-late');
  });

  it('waits for the next open day and is then caught up once', () => {
    const facts = planFacts({ day: at(6), items: [anItem(1, 500, 5)] });
    expect(silence(facts)).toMatchObject({ reason: 'outside-hours', until: at(7) });
    expect(only({ ...facts, day: at(7) }).why.code).toBe('step-late');
    expect(silence(planFacts({ minute: 1140, items })).until).toBe(at(1));
    expect(only(planFacts({ minute: 700, items }))).toMatchObject({ fromMinute: 700, toMinute: 1140 });
  });

  it('writes once a day to an address that several customers share, about the largest sum', () => {
    const sms = [{ address: '+919800000077', toName: 'Ravi' }];
    const customers = [1, 2].map((id) => aCustomer(id, { addresses: { sms } }));
    const theirs = [anItem(1, 500, -1), anItem(2, 900, -1, { customerId: 2 })];
    const facts = planFacts({ customers, items: theirs });
    const plan = planReminders(facts);
    expect(plan.messages.map(({ customerId }) => customerId)).toEqual([2]);
    expect(plan.silences).toMatchObject([
      { customerId: 1, reason: 'same-address', values: { customer: 'Customer 2' } },
    ]);
    const next = planDays(facts, at(1), at(1));
    expect(next[0]?.messages.map(({ customerId }) => customerId)).toEqual([1]);
  });
});

describe('which cadence applies', () => {
  const cadences = [1, 2, 3, 4].map((cadenceId) =>
    aCadence([aStep({ days: 1 })], { cadenceId, name: String(cadenceId) }),
  );
  const rule = (
    assignmentId: number,
    scope: 'company' | 'tag' | 'customer' | 'bill',
    cadenceId: number | null,
  ) => {
    const keys = { company: '', tag: 'slow', customer: '1', bill: '1' };
    return { assignmentId, scope, scopeKey: keys[scope], cadenceId, activeFrom: at(-500) };
  };
  const base = { cadences, items: [anItem(1, 500, -1)], customers: [aCustomer(1, { tags: ['slow'] })] };

  it('takes the narrower one: bill, customer, tag, company (RM3)', () => {
    const all = [rule(4, 'company', 1), rule(3, 'tag', 2), rule(2, 'customer', 3), rule(1, 'bill', 4)];
    const found = [4, 3, 2, 1].map(
      (many) => only(planFacts({ ...base, assignments: all.slice(0, many) })).cadenceId,
    );
    expect(found).toEqual([4, 3, 2, 1]);
  });

  it('reminds nobody where the narrower one is none', () => {
    const assignments = [rule(1, 'company', 1), rule(2, 'customer', null)];
    expect(silence(planFacts({ ...base, assignments })).reason).toBe('cadence-off');
  });

  it('lets the wider one act until the day of the narrower has come', () => {
    const later = { ...rule(2, 'customer', 2), activeFrom: at(1) };
    expect(only(planFacts({ ...base, assignments: [rule(1, 'company', 1), later] })).cadenceId).toBe(1);
  });

  it('speaks in the firmest tone that is due and lets a person look at a final notice', () => {
    const steps = [aStep({ days: 1 }), aStep({ days: 30, tone: 'final' })];
    const items = [anItem(1, 500, -1), anItem(2, 900, -30)];
    const sent = [aSent([2], -29)];
    const cadences = [aCadence(steps, { isAutomatic: false })];
    const message = only(planFacts({ cadences, items, sent }));
    expect(message).toMatchObject({ stepNumber: 2, needsPerson: true });
    expect(message.items).toHaveLength(2);
  });

  it('does not let what leaves by itself wait for a final notice of another bill, and says that it is left out', () => {
    const steps = [aStep({ days: 1 }), aStep({ days: 30, tone: 'final' })];
    const items = [anItem(1, 500, -1), anItem(2, 900, -30)];
    const sent = [aSent([2], -29)];
    const facts = planFacts({ cadences: [aCadence(steps)], items, sent, policy: openPolicy() });
    const [today, tomorrow] = planDays(facts, facts.day, at(1));
    expect(today?.messages.map((one) => [one.items.map(({ billId }) => billId), one.needsPerson])).toEqual([
      [[1], false],
    ]);
    expect(today?.silences).toMatchObject([{ billIds: [2], reason: 'needs-approval', until: at(1) }]);
    expect(tomorrow?.messages).toMatchObject([{ stepNumber: 2, needsPerson: true }]);
    const named = today?.messages.map((message) => revalidate(frozenOf(message), { ...facts, minute: 600 }));
    expect(named).toEqual([{ kind: 'go' }]);
  });
});
