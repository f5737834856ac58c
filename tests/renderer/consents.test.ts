// What the lists decide by themselves: what a search finds and which words count; and what the business sends.
import type { Consent, Pause, Suppression } from '#contract/engine/consents.ts';
import { day } from '#domain/days.ts';
import { businessGroups, lineChange } from '#features/business/business-lines.ts';
import { consentPurposes, consentsShown, isFound } from '#features/consents/consent-lists.ts';
import { expect, it } from 'vitest';
import { businessShape } from '../../src-contract/engine/business.ts';
import { channels, pauseKinds, purposes, suppressionReasons } from '../../src-domain/reminders/words.ts';
import words from '../../src-renderer/words/en/consents.json' with { type: 'json' };

const stop: Suppression = {
  suppressionId: 1,
  channel: 'sms',
  address: '+919876543210',
  customerName: 'Sharma Traders',
  reason: 'stop',
  detail: 'STOP',
  at: 0,
};

const consent = (consentId: number, isCurrent: boolean): Consent => ({
  consentId,
  customerId: 1,
  customerName: 'Sharma Traders',
  channel: 'whatsapp',
  purpose: 'reminder',
  isGranted: true,
  how: 'on the phone',
  proof: null,
  day: day('2026-04-03'),
  recordedAt: 0,
  isCurrent,
});

it('finds an address however its number is grouped, and a name by its parts in any order', () => {
  expect(isFound(stop, '98765-43210')).toBe(true);
  expect(isFound(stop, 'traders sharma')).toBe(true);
  expect(isFound(stop, 'sharma gupta')).toBe(false);
  expect(isFound(stop, '  ')).toBe(true);
});

it('finds pauses by their bill and reason, and consents by how they were given', () => {
  const pause: Pause = {
    pauseId: 1,
    customerId: 1,
    customerName: 'Sharma Traders',
    billId: 4,
    billNumber: 'INV/104',
    kind: 'person',
    until: null,
    reason: 'Wedding in the family',
    at: 0,
  };
  expect(isFound(pause, 'inv/104 wedding')).toBe(true);
  expect(isFound(consent(1, true), 'phone')).toBe(true);
});

it('leaves earlier words out unless they are asked for', () => {
  const rows = [consent(1, false), consent(2, true)];
  expect(consentsShown(rows, false).map(({ consentId }) => consentId)).toEqual([2]);
  expect(consentsShown(rows, true)).toHaveLength(2);
});

it('has words for every channel, purpose, reason and kind of pause', () => {
  expect(Object.keys(words.channel).toSorted()).toEqual(channels.toSorted());
  expect(Object.keys(words.purpose)).toEqual(expect.arrayContaining([...purposes, ...consentPurposes]));
  expect(Object.keys(words.suppressed).toSorted()).toEqual(suppressionReasons.toSorted());
  expect(Object.keys(words.takeOff.about).toSorted()).toEqual(suppressionReasons.toSorted());
  expect(Object.keys(words.pauseKind).toSorted()).toEqual(pauseKinds.toSorted());
});

it('draws every line of the business once, and takes no more letters than the door', () => {
  const lines = businessGroups.flatMap((group) => [...group.lines]);
  expect(lines.map(({ key }) => key).toSorted()).toEqual(Object.keys(businessShape.shape).toSorted());
  for (const { key, most } of lines) {
    expect(businessShape.partial().safeParse({ [key]: 'x'.repeat(most) }).success, key).toBe(true);
    expect(businessShape.partial().safeParse({ [key]: 'x'.repeat(most + 1) }).success, key).toBe(false);
  }
});

it('saves an emptied line as nothing, but for the name', () => {
  expect(lineChange('vpa', '  ')).toEqual({ vpa: null });
  expect(lineChange('vpa', ' shop@bank ')).toEqual({ vpa: 'shop@bank' });
  expect(lineChange('name', ' ')).toEqual({ name: '' });
});
