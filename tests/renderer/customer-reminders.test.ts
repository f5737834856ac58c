// What the reminders on a customer's page decide by themselves: consent, pause, texts, bills to pay, papers.
import type { Consent } from '#contract/engine/consents.ts';
import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { channels } from '#domain/reminders/words.ts';
import { consentStates } from '#features/customer-reminders/consent-states.ts';
import { payableBills } from '#features/customer-reminders/payable.ts';
import { readPause } from '#features/customer-reminders/pause-draft.ts';
import { sendChannels, sendTexts } from '#features/customer-reminders/send-texts.ts';
import { describe, expect, it } from 'vitest';

const today = day('2026-11-22');

describe('consent', () => {
  const word: Consent = {
    consentId: 1,
    customerId: 7,
    customerName: 'Sharma Traders',
    channel: 'sms',
    purpose: 'reminder',
    isGranted: true,
    how: 'on the order form',
    proof: null,
    day: day('2026-04-03'),
    recordedAt: 1,
    isCurrent: true,
  };

  it('is what he said last about reminders, on each channel for itself', () => {
    const words: readonly Consent[] = [
      { ...word, isCurrent: false },
      { ...word, consentId: 2, isGranted: false },
      { ...word, consentId: 3, channel: 'email' },
      { ...word, consentId: 4, channel: 'whatsapp', purpose: 'statement' },
    ];
    const states = consentStates(words).map(({ channel, state, word: last }) => [
      channel,
      state,
      last?.consentId,
    ]);
    expect(states).toEqual([
      ['sms', 'withdrawn', 2],
      ['whatsapp', 'unsaid', undefined],
      ['email', 'granted', 3],
      ['voice', 'unsaid', undefined],
    ]);
  });
});

describe('a pause', () => {
  it('needs a reason, and may stand without an end', () => {
    expect(readPause({ until: '', reason: ' ' }, today).faults).toEqual({ reason: 'pause.fault.reason' });
    expect(readPause({ until: '', reason: ' wedding ' }, today).wish).toEqual({
      until: null,
      reason: 'wedding',
    });
  });

  it('ends today at the earliest', () => {
    expect(readPause({ until: '21-11-2026', reason: 'x' }, today).faults).toEqual({
      until: 'pause.fault.past',
    });
    expect(readPause({ until: 'later', reason: 'x' }, today).faults).toEqual({ until: 'pause.fault.noDay' });
    expect(readPause({ until: 't', reason: 'x' }, today).wish?.until).toBe(today);
  });
});

describe('a message by hand', () => {
  const text = {
    templateId: 1,
    key: 'after-due-1',
    purpose: 'reminder',
    channel: 'sms',
    isPaused: false,
    language: 'en',
    tone: 'plain',
    name: 'After the due day',
    dlt: null,
  } as const;

  it('goes only on channels that have a text, and never as a test or an answer', () => {
    const texts = [
      text,
      { ...text, channel: 'email', isPaused: true } as const,
      { ...text, channel: 'voice', purpose: 'test' } as const,
      { ...text, channel: 'whatsapp', purpose: 'reply' } as const,
      { ...text, channel: 'letter', purpose: 'notice' } as const,
    ];
    expect(sendChannels(texts, channels)).toEqual(['sms', 'letter']);
  });

  it('begins with a reminder in his own language, or in English', () => {
    const texts = [
      { ...text, templateId: 1, purpose: 'thanks' } as const,
      { ...text, templateId: 2, language: 'hi' } as const,
      { ...text, templateId: 3 },
      { ...text, templateId: 4, channel: 'email' } as const,
    ];
    expect(
      sendTexts(texts, { channel: 'sms', language: null, daysLate: 3 }).map(({ templateId }) => templateId),
    ).toEqual([3, 1, 2]);
    expect(
      sendTexts(texts, { channel: 'sms', language: 'hi', daysLate: 3 }).map(({ templateId }) => templateId),
    ).toEqual([2, 3, 1]);
  });
});

it('begins a message by hand with the text that fits how late he is, and with one that the operator knows', () => {
  const text = {
    templateId: 1,
    purpose: 'reminder',
    channel: 'sms',
    isPaused: false,
    language: 'en',
    tone: 'plain',
    name: '',
    key: 'before-due',
    dlt: null,
  } as const;
  const dlt = {
    entityId: '',
    header: '',
    templateId: '',
    category: 'service-implicit' as const,
    variables: [],
  };
  const texts = [
    text,
    { ...text, templateId: 2, key: 'after-due-1' },
    { ...text, templateId: 3, key: 'after-due-1', dlt },
    { ...text, templateId: 4, key: 'on-due' },
  ];
  const first = (daysLate: number): number | undefined =>
    sendTexts(texts, { channel: 'sms', language: null, daysLate })[0]?.templateId;
  expect([first(28), first(0), first(-3)]).toEqual([3, 4, 1]);
});

describe('the bills of a payment link', () => {
  const bill = {
    billId: 1,
    openPaise: paise(100),
    daysLate: 5,
    dueDay: day('2026-11-17'),
    currency: null,
  };

  it('are the open ones in the book’s currency, the oldest first', () => {
    const bills = [
      { ...bill, billId: 1 },
      { ...bill, billId: 2, dueDay: day('2026-10-01') },
      { ...bill, billId: 3, openPaise: paise(0) },
      { ...bill, billId: 4, daysLate: 0 },
      { ...bill, billId: 5, currency: 'USD' },
    ];
    expect(payableBills(bills, 'overdue')).toEqual([2, 1]);
    expect(payableBills(bills, 'all')).toEqual([2, 1, 4]);
  });

  it('are two hundred at most', () => {
    const many = Array.from({ length: 201 }, (_, at) => ({ ...bill, billId: at + 1 }));
    expect(payableBills(many, 'all')).toHaveLength(200);
  });
});
