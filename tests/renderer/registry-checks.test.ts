// What checks and disputes decide by themselves: how far a consent has come, months of a trend, deadlines, the form.
import type { RegistryConsent, RegistryDispute } from '#contract/engine/registry.ts';
import { day } from '#domain/days.ts';
import {
  askFaults,
  askWish,
  NOBODY,
  purposesOf,
  valuesOfCustomer,
} from '#features/registry-checks/ask-values.ts';
import { canDrop, canLook, consentSteps, rankOf, stepsOf } from '#features/registry-checks/consent-steps.ts';
import { monthWords, percentOf, tenthOf, trendMonths } from '#features/registry-checks/trend.ts';
import { clockOf, inOrder } from '#features/registry-disputes/dispute-order.ts';
import { describe, expect, it } from 'vitest';
import { checkResultShape, registryConsentShape } from '../../src-contract/engine/registry.ts';
import { dpdBands, moneyBands } from '../../src-domain/registry/report.ts';
import { assurances, purposeCodes } from '../../src-domain/registry/words.ts';
import words from '../../src-renderer/words/en/registry.json' with { type: 'json' };

const states = registryConsentShape.shape.state.options;
const consent = (change: Partial<RegistryConsent> = {}): RegistryConsent => ({
  consentId: 'c1',
  customerId: null,
  name: 'Gupta Stores',
  purpose: 'TC01',
  state: 'granted',
  assurance: 'A2',
  askedAt: 0,
  expiresDay: day('2026-12-06'),
  checkId: null,
  ...change,
});

describe('how far a consent has come', () => {
  it.each([
    ['queued', ['now', 'to-come', 'to-come', 'to-come']],
    ['sent', ['done', 'now', 'to-come', 'to-come']],
    ['held', ['done', 'now', 'to-come', 'to-come']],
    ['granted', ['done', 'done', 'now', 'to-come']],
    ['used', ['done', 'done', 'done', 'now']],
    ['denied', ['done', 'stopped', 'to-come', 'to-come']],
    ['revoked', ['done', 'stopped', 'to-come', 'to-come']],
    ['expired', ['done', 'stopped', 'to-come', 'to-come']],
  ] as const)('%s is %j', (state, places) => {
    expect(stepsOf(consent({ state })).map(({ at }) => at)).toEqual(places);
  });

  it('ends at the last step where it was looked at before its time was over', () => {
    expect(stepsOf(consent({ state: 'expired', checkId: 'k' })).at(-1)).toEqual({
      step: 'expires',
      at: 'stopped',
    });
  });

  it('has no look where it is a leave to report', () => {
    expect(stepsOf(consent({ purpose: 'TC02' })).map(({ step }) => step)).toEqual([
      'asked',
      'approved',
      'expires',
    ]);
  });

  it('may be looked at only where it was granted for a look, and dropped only while it is of use', () => {
    const usable = states.filter((state) => canLook(consent({ state })));
    expect(usable).toEqual(['granted']);
    expect(canLook(consent({ purpose: 'TC02' }))).toBe(false);
    expect(states.filter((state) => canDrop({ state })).toSorted()).toEqual([
      'granted',
      'held',
      'queued',
      'sent',
    ]);
  });

  it('knows a place for every state, what can be used first', () => {
    expect(states.every((state) => rankOf({ state }) >= 0)).toBe(true);
    expect(rankOf({ state: 'granted' })).toBe(0);
  });

  it('has words for every state, step, assurance and purpose', () => {
    expect(Object.keys(words.consentState).toSorted()).toEqual(states.toSorted());
    expect(Object.keys(words.consentNote)).toEqual(expect.arrayContaining([...states, 'reporting']));
    expect(Object.keys(words.steps)).toEqual(expect.arrayContaining([...consentSteps]));
    expect(Object.keys(words.assurance)).toEqual([...assurances]);
    expect(Object.keys(words.code)).toEqual([...purposeCodes]);
  });
});

describe('what was told', () => {
  it('dates the months back from the last one that is closed', () => {
    const months = trendMonths([...Array.from({ length: 22 }, () => '0'), '-', '5'], day('2026-11-22'));
    expect(months).toHaveLength(24);
    expect(months[0]).toEqual({ month: '2024-11', bucket: 0 });
    expect(months.slice(-2)).toEqual([
      { month: '2026-09', bucket: null },
      { month: '2026-10', bucket: 5 },
    ]);
  });

  it('goes over the end of a year, and takes no sign that it does not know for a month on time', () => {
    expect(trendMonths(['7', '1'], day('2027-01-01'))).toEqual([
      { month: '2026-11', bucket: null },
      { month: '2026-12', bucket: 1 },
    ]);
  });

  it('writes months as days are written, and shares as whole percents', () => {
    expect(monthWords('2026-03')).toBe('03-2026');
    expect(percentOf(0.86)).toBe(86);
    expect(percentOf(0.29)).toBe(29);
  });

  it('says of a share that was rounded down to a tenth what it lies between', () => {
    expect(tenthOf(0.2, false)).toEqual({ from: 20, to: 30 });
    // Something under a tenth is not nothing, and nothing is exact, as all is.
    expect(tenthOf(0, false)).toEqual({ from: 0, to: 10 });
    expect(tenthOf(0, true)).toBeNull();
    expect(tenthOf(1, false)).toBeNull();
  });

  it('has plain words for every band, and none that judges', () => {
    expect(Object.keys(words.band).toSorted()).toEqual(moneyBands.toSorted());
    expect(Object.keys(words.dpd).toSorted()).toEqual(dpdBands.toSorted());
    expect(Object.keys(words.dpdShort).toSorted()).toEqual(dpdBands.toSorted());
    expect(Object.keys(words.result.suppressed).toSorted()).toEqual(
      checkResultShape.shape.suppressed.element.options.toSorted(),
    );
    expect(words.result.none.text).toMatch(/^That is not a good record/);
    expect(JSON.stringify([words.band, words.dpd, words.result])).not.toMatch(
      /score|risk|reliable|defaulter/i,
    );
  });
});

describe('asking for consent', () => {
  const known = {
    customerId: 7,
    name: 'Gupta Stores',
    gstin: '27AAPFU0939F1ZV',
    pan: null,
    phone: '9811111111',
    email: null,
    language: 'hi',
  };

  it('fills in what the book knows of a customer', () => {
    const values = valuesOfCustomer(NOBODY, known);
    expect(askFaults(values)).toEqual({});
    expect(askWish(values)).toEqual({
      customerId: 7,
      name: 'Gupta Stores',
      gstin: '27AAPFU0939F1ZV',
      pan: null,
      contact: { mobile: '9811111111', email: null },
      purpose: 'TC01',
      withTrend: true,
      language: 'hi',
    });
  });

  it('keeps the language of the window where the customer has another one', () => {
    expect(valuesOfCustomer(NOBODY, { ...known, language: 'gu' }).language).toBe('en');
  });

  it('needs somebody, a number that tells who, and a way to ask him', () => {
    expect(askFaults(NOBODY)).toEqual({ customerId: 'required', gstin: 'identifier', mobile: 'contact' });
    expect(askFaults({ ...NOBODY, who: 'prospect', name: 'G' })).toMatchObject({ name: 'required' });
    const mobileOnly = { ...NOBODY, who: 'prospect', name: 'Gupta', mobile: '9811111111' } as const;
    expect(askFaults(mobileOnly)).toEqual({});
    expect(askFaults({ ...mobileOnly, pan: 'ABC' }).pan).toMatchObject({ code: 'pan-form' });
  });

  it('offers no purpose that the registry would refuse to what one joined for', () => {
    expect(purposesOf('both')).toEqual(['TC01', 'TC02']);
    expect(purposesOf('publish')).toEqual(['TC02']);
    expect(purposesOf('check')).toEqual(['TC01']);
  });

  it('tells of nobody new that he is a customer, and asks for no months with a leave to report', () => {
    const values = { ...valuesOfCustomer(NOBODY, known), who: 'prospect', purpose: 'TC02' } as const;
    expect(askWish(values)).toMatchObject({ customerId: null, withTrend: false, purpose: 'TC02' });
  });
});

describe('disputes', () => {
  const today = day('2026-11-22');
  const dispute = (disputeId: string, change: Partial<RegistryDispute> = {}): RegistryDispute => ({
    disputeId,
    billId: 1,
    number: 'INV-1',
    customerName: 'Gupta Stores',
    reason: 'already_paid',
    state: 'open',
    openedAt: 1,
    answerBy: day('2026-11-25'),
    ...change,
  });

  it('stand with the nearest deadline on top, and what is over below', () => {
    const list = [
      dispute('over', { state: 'resolved_paid', answerBy: null }),
      dispute('said', { state: 'contested', answerBy: null }),
      dispute('later', { answerBy: day('2026-11-29') }),
      dispute('sooner'),
    ];
    expect(inOrder(list).map(({ disputeId }) => disputeId)).toEqual(['sooner', 'later', 'said', 'over']);
  });

  it('tell how long there is to answer, also on the last day and after it', () => {
    expect(clockOf(dispute('d'), today)).toEqual({ say: 'left', days: 3 });
    expect(clockOf(dispute('d', { answerBy: today }), today)).toEqual({ say: 'today', days: 0 });
    expect(clockOf(dispute('d', { answerBy: day('2026-11-20') }), today)).toEqual({ say: 'over', days: 2 });
  });

  it('have no clock where nothing is asked of the owner', () => {
    expect(clockOf(dispute('d', { state: 'contested' }), today)).toBeNull();
    expect(clockOf(dispute('d', { answerBy: null }), today)).toBeNull();
  });
});
