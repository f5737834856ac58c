import { paise } from '#domain/money.ts';
import { planNotices } from '#domain/reminders/notices.ts';
import { planReminders } from '#domain/reminders/plan.ts';
import { planThanks } from '#domain/reminders/thanks.ts';
import { describe, expect, it } from 'vitest';
import {
  aCustomer,
  anItem,
  aSent,
  aTemplate,
  at,
  D,
  openPolicy,
  planFacts,
} from '../../builders/plan-facts.ts';

const texts = [
  aTemplate('sms', {
    templateId: 50,
    purpose: 'thanks',
    key: 'thanks',
    body: 'Thank you for {{receipt_amount}}.',
  }),
  aTemplate('sms', {
    templateId: 51,
    purpose: 'notice',
    key: 'notice',
    body: '{{bill_list}}: {{amount}} is open.',
  }),
];
const receipt = { receiptId: 7, customerId: 1, amountPaise: paise(250_000), receiptDay: D };

describe('a thank-you (RM14)', () => {
  const facts = planFacts({ templates: texts, policy: openPolicy({ sendsThanks: true }) });

  it('names the receipt and is sent once for it, whatever the day and the channel', () => {
    const { messages, silences } = planThanks(facts, [receipt, receipt]);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ text: 'Thank you for Rs.2,500.00.', channel: 'sms', items: [] });
    expect(silences).toEqual([]);
    const tomorrow = planThanks({ ...facts, day: at(1) }, [receipt]);
    expect(tomorrow.messages[0]?.dedupeKey).toBe(messages[0]?.dedupeKey);
  });

  it('is not sent when the owner does not want it, before the day of a cheque, or above the caps', () => {
    expect(planThanks(planFacts({ templates: texts }), [receipt]).messages).toEqual([]);
    expect(planThanks(facts, [{ ...receipt, receiptDay: at(9) }]).silences).toMatchObject([{ until: at(9) }]);
    const second = { ...receipt, receiptId: 8 };
    const capped = planThanks({ ...facts, policy: openPolicy({ sendsThanks: true, perChannelDayMost: 1 }) }, [
      second,
      receipt,
    ]);
    expect(capped.messages.map(({ why }) => why.values['receiptId'])).toEqual([7]);
    expect(capped.silences).toMatchObject([{ reason: 'cap-day' }]);
  });

  it('respects an opt-out', () => {
    const customers = [aCustomer(1, { optedOut: ['sms'] })];
    expect(planThanks({ ...facts, customers }, [receipt]).messages).toEqual([]);
  });

  it('respects a “no” to thanks alone, and takes no “yes” to reminders for one to thanks (CU9)', () => {
    const { sms = [] } = aCustomer(1).addresses;
    const word = (isGranted: boolean) => ({ purpose: 'thanks', channel: 'sms', isGranted }) as const;
    const said = (otherWords: readonly ReturnType<typeof word>[], needsConsent: readonly 'sms'[]) =>
      planThanks(
        {
          ...facts,
          policy: openPolicy({ sendsThanks: true, needsConsent }),
          customers: [aCustomer(1, { addresses: { sms }, consented: ['sms'], otherWords })],
        },
        [receipt],
      );
    expect(said([word(false)], [])).toMatchObject({ messages: [], silences: [{ reason: 'opted-out' }] });
    expect(said([], ['sms'])).toMatchObject({ messages: [], silences: [{ reason: 'no-consent' }] });
    expect(said([word(true)], ['sms']).messages).toHaveLength(1);
  });
});

describe('a notice of dues (RM17)', () => {
  const facts = planFacts({
    templates: [...texts, aTemplate('sms')],
    policy: openPolicy({ sendsNotices: true }),
    items: [anItem(1, 500, -20), anItem(2, 900, -9)],
    sent: [aSent([1], -10)],
  });

  it('tells only of late bills that were reminded of, with what is open of them', () => {
    const { messages } = planNotices(facts);
    expect(messages).toMatchObject([{ text: 'INV-1: Rs.500.00 is open.', overduePaise: 50_000 }]);
  });

  it('is sent once for each due', () => {
    const told = aSent([1], -5, { purpose: 'notice', cadenceId: null });
    expect(planNotices({ ...facts, sent: [...facts.sent, told] }).messages).toEqual([]);
    const both = planNotices({ ...facts, sent: [...facts.sent, told, aSent([2], -4)] });
    expect(both.messages.map(({ items }) => items.map(({ billId }) => billId))).toEqual([[2]]);
  });

  it('waits for another day when a reminder goes out, and for a customer who is left alone', () => {
    expect(planNotices(facts, planReminders(facts).messages).messages).toEqual([]);
    const customers = [aCustomer(1, { doNotChaseReason: 'family' })];
    expect(planNotices({ ...facts, customers })).toMatchObject({
      messages: [],
      silences: [{ reason: 'do-not-chase' }],
    });
  });

  it('does not tell of a bill that is disputed', () => {
    const customers = [aCustomer(1, { pauses: [{ billId: 1, kind: 'dispute', until: null }] })];
    expect(planNotices({ ...facts, customers }).messages).toEqual([]);
  });
});
