import { addDays, day } from '#domain/days.ts';
import { publishBars, publishBarsOf, type PublishBar, type PublishFacts } from '#domain/registry/publish.ts';
import { describe, expect, it } from 'vitest';

const TODAY = day('2026-11-22');
const fine: PublishFacts = {
  dueDay: addDays(TODAY, -45),
  amountPaise: 5_000_00,
  openPaise: 1_000_00,
  currency: null,
  entity: 'C',
  hasIdentifier: true,
  hasContact: true,
  evidence: 'doc',
  isDisputed: false,
  hasPublicationConsent: false,
  isDoNotPublish: false,
  unmatchedPaise: 0,
  isPublished: false,
};

const against: readonly (readonly [PublishBar, Partial<PublishFacts>])[] = [
  ['already-published', { isPublished: true }],
  ['nothing-open', { openPaise: 0 }],
  ['smaller-than-least', { openPaise: 999_99 }],
  ['not-overdue-long-enough', { dueDay: addDays(TODAY, -44) }],
  ['foreign-currency', { currency: 'USD' }],
  ['unmatched-money', { unmatchedPaise: 1 }],
  ['dispute-open', { isDisputed: true }],
  ['do-not-publish', { isDoNotPublish: true }],
  ['no-identifier', { hasIdentifier: false }],
  ['contact-missing', { hasContact: false }],
  ['no-proof', { evidence: 'claim' }],
  ['consent-missing', { entity: 'P' }],
];

describe('what speaks against publishing', () => {
  it('is nothing on the forty-fifth day, and each fact by itself', () => {
    expect(publishBarsOf(fine, TODAY)).toEqual([]);
    for (const [bar, facts] of against) expect(publishBarsOf({ ...fine, ...facts }, TODAY)).toEqual([bar]);
    expect(against.map(([bar]) => bar).toSorted()).toEqual(publishBars.toSorted());
  });

  it('is the missing consent of whoever may be a person, and of nobody else', () => {
    const barred = (entity: PublishFacts['entity'], hasPublicationConsent: boolean): readonly PublishBar[] =>
      publishBarsOf({ ...fine, entity, hasPublicationConsent }, TODAY);
    for (const entity of ['P', 'unknown'] as const)
      expect([barred(entity, false), barred(entity, true)]).toEqual([['consent-missing'], []]);
    for (const entity of ['C', 'F', 'H', 'T'] as const) expect(barred(entity, false)).toEqual([]);
  });
});
