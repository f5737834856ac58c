import { day } from '#domain/days.ts';
import {
  isNeverMade,
  judgeLink,
  linkPurpose,
  nextLinkLookAt,
  paymentsOf,
} from '#domain/reminders/inbox-links.ts';
import { answerSubject, hintOf, mailIdIn, windowOf } from '#domain/reminders/inbox-rules.ts';
import { describe, expect, it } from 'vitest';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MINUTE = 60_000;

describe('the window of WhatsApp', () => {
  it('is open for 24 hours after the customer wrote, and nowhere else', () => {
    expect(windowOf('whatsapp', 0, 24 * HOUR - 1)).toBe(24 * HOUR);
    expect(windowOf('whatsapp', 0, 24 * HOUR)).toBeNull();
    expect(windowOf('whatsapp', null, 1)).toBeNull();
    expect(windowOf('sms', 0, 1)).toBeNull();
  });
});

describe('hints', () => {
  const on = day('2026-11-23');
  it('understand a reply and a key, and say nothing of what no person said', () => {
    expect(hintOf({ kind: 'reply', channel: 'sms', body: 'Paid, UTR 123456789012' }, on)).toEqual({
      mark: 'paid',
      day: null,
      reference: '123456789012',
    });
    expect(hintOf({ kind: 'key-press', channel: 'voice', body: '1' }, on)).toMatchObject({
      mark: 'promise',
      day: '2026-11-30',
    });
    expect(hintOf({ kind: 'auto-reply', channel: 'email', body: 'I will pay' }, on)).toBeNull();
    expect(hintOf({ kind: 'reply', channel: 'sms', body: 'Hmm' }, on)).toBeNull();
  });
});

it('answers “Re: Re: AW: Bills” with one Re:', () => {
  expect(answerSubject('Re: RE: AW: Bills')).toBe('Re: Bills');
  expect(answerSubject(null)).toBe('Re:');
});

it('takes only Message-IDs of mails for keys of a thread', () => {
  expect(mailIdIn('email', '<a@b>')).toBe('<a@b>');
  expect(mailIdIn('email', 'sha256:abc')).toBeNull();
  expect(mailIdIn('sms', '<a@b>')).toBeNull();
});

describe('payment links', () => {
  it.each([
    ['open', 0, 15 * MINUTE],
    ['part-paid', 3 * DAY - 1, 15 * MINUTE],
    ['open', 3 * DAY, HOUR],
    ['open', 14 * DAY - 1, HOUR],
    ['open', 14 * DAY, DAY],
    ['unknown', 20 * DAY, MINUTE],
    ['paid', 0, null],
    ['cancelled', 0, null],
    ['expired', 0, null],
  ] as const)('are looked at as the plan says: %s after %d ms', (status, age, wait) => {
    const now = 100 * DAY;
    const next = nextLinkLookAt({ status, since: now - age, now });
    expect(next).toBe(wait === null ? null : now + wait);
  });

  it('that were never answered are given up after ten minutes', () => {
    expect(isNeverMade(0, 10 * MINUTE - 1)).toBe(false);
    expect(isNeverMade(0, 10 * MINUTE)).toBe(true);
  });

  it('are right while they ask for what is open, counting parts that are in the book', () => {
    expect(judgeLink({ amountPaise: 1000, confirmedPaise: 0, openPaise: 1000 })).toBe('right');
    expect(judgeLink({ amountPaise: 1000, confirmedPaise: 400, openPaise: 600 })).toBe('right');
    expect(judgeLink({ amountPaise: 1000, confirmedPaise: 0, openPaise: 600 })).toBe('changed');
    expect(judgeLink({ amountPaise: 1000, confirmedPaise: 0, openPaise: 1200 })).toBe('changed');
    expect(judgeLink({ amountPaise: 1000, confirmedPaise: 1000, openPaise: 0 })).toBe('settled');
  });

  it('name their bills and the business, never longer than 120 characters', () => {
    expect(linkPurpose(['INV-1'], 'Asha Traders')).toBe('Bill INV-1 · Asha Traders');
    expect(linkPurpose(['INV-1', 'INV-2'], 'Asha Traders')).toBe('Bills INV-1, INV-2 · Asha Traders');
    expect(linkPurpose([], 'Asha Traders')).toBe('Asha Traders');
    const many = Array.from({ length: 100 }, (_, at) => `INV-${at}`);
    expect(linkPurpose(many, 'X'.repeat(200)).length).toBeLessThanOrEqual(120);
  });

  it('claim each payment once, and the whole where none is told apart', () => {
    const payment = { paymentId: 'p1', amountPaise: 400, bankReference: '5321' };
    const told = paymentsOf('bk-1', { status: 'part-paid', paidPaise: 400, payments: [payment] });
    expect(told).toEqual([{ sourceKey: 'link:bk-1:p1', amountPaise: 400, reference: '5321' }]);
    expect(paymentsOf('bk-1', { status: 'paid', paidPaise: 1000, payments: [] })).toEqual([
      { sourceKey: 'link:bk-1:whole', amountPaise: 1000, reference: null },
    ]);
    expect(paymentsOf('bk-1', { status: 'open', paidPaise: 0, payments: [] })).toEqual([]);
  });
});
