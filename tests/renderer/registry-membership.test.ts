// What the registry's own screen decides by itself: its lamp, its tabs, what is in the way, and the form of joining.
import type { Membership } from '#contract/engine/registry.ts';
import type { Business } from '#contract/engine/business.ts';
import { day } from '#domain/days.ts';
import {
  faultsOf,
  joinPurposes,
  joinSteps,
  joinWish,
  stepAfter,
  tidyAddress,
  valuesFrom,
  type JoinValues,
} from '#features/registry-membership/join-values.ts';
import { isSameWord } from '#features/registry-membership/same-word.ts';
import {
  canRejoin,
  isMember,
  lampOf,
  registryLamps,
  registryTabs,
  tabsFor,
  troubleKindOf,
  troubleKinds,
} from '#features/registry-membership/standing.ts';
import { describe, expect, it } from 'vitest';
import { membershipShape } from '../../src-contract/engine/registry.ts';
import english from '../../src-renderer/words/en/registry.json' with { type: 'json' };
import hindi from '../../src-renderer/words/hi/registry.json' with { type: 'json' };

const OFF: Membership = {
  status: 'off',
  address: null,
  registryName: null,
  legalName: null,
  purpose: null,
  memberId: null,
  deviceId: null,
  probationUntil: null,
  noticeDays: 21,
  joinedAt: null,
  queuedCount: 0,
  isSending: false,
  lastSyncAt: null,
  nextSyncAt: null,
  trouble: null,
  log: null,
  openDisputeCount: 0,
};
const MEMBER: Membership = { ...OFF, status: 'member', purpose: 'both', probationUntil: day('2027-01-20') };
const trouble = (code: string): Membership => ({ ...MEMBER, trouble: { code, sentence: '', at: 0 } });

const GSTIN = '27AAPFU0939F1ZV';

describe('how the book stands with its registry', () => {
  it('shows no lamp to who belongs to none, nor to who left', () => {
    expect(lampOf(OFF)).toBe('off');
    expect(lampOf({ ...OFF, status: 'left', queuedCount: 3 })).toBe('off');
  });

  it('is green only when nothing waits', () => {
    expect(lampOf(MEMBER)).toBe('green');
    expect(lampOf({ ...MEMBER, queuedCount: 1 })).toBe('amber');
    expect(lampOf({ ...MEMBER, openDisputeCount: 1 })).toBe('amber');
    expect(lampOf({ ...OFF, status: 'applied' })).toBe('amber');
  });

  it('is amber for what heals by itself, and red for what only the owner can heal', () => {
    expect(lampOf(trouble('ECONNREFUSED'))).toBe('amber');
    expect(lampOf(trouble('too_many'))).toBe('amber');
    for (const code of ['keys-gone', 'copied-book', 'revoked_key', 'log-fork', 'clock_skew'])
      expect(lampOf(trouble(code)), code).toBe('red');
    expect(lampOf({ ...MEMBER, status: 'suspended' })).toBe('red');
  });

  it.each([
    ['ECONNREFUSED', 'away'],
    ['TIMEOUT', 'away'],
    ['BAD-ANSWER', 'foreign'],
    ['BAD-SIGNATURE', 'foreign'],
    ['keys-gone', 'keys'],
    ['unknown_key', 'device'],
    ['suspended', 'suspended'],
    ['log-not-consistent', 'log'],
    ['away', 'away'],
    ['foreign', 'foreign'],
    ['member_pending', 'pending'],
    ['purpose', 'purpose'],
    ['internal', 'said-no'],
  ])('tells %s apart as %s', (code, kind) => {
    expect(troubleKindOf(code)).toBe(kind);
  });

  it('offers to join again where the keys or the device are gone, and nowhere else', () => {
    expect(canRejoin(trouble('keys-gone'))).toBe(true);
    expect(canRejoin(trouble('revoked_key'))).toBe(true);
    expect(canRejoin(trouble('ECONNREFUSED'))).toBe(false);
    expect(canRejoin(MEMBER)).toBe(false);
  });

  it('has the tabs of what one joined for, and always those of what was said', () => {
    expect(tabsFor({ purpose: 'both' })).toEqual(registryTabs);
    expect(tabsFor({ purpose: 'check' })).toEqual(['standing', 'published', 'disputes', 'checks']);
    // Persons are asked for their leave there, without which no due of theirs can be published.
    expect(tabsFor({ purpose: 'publish' })).toEqual(registryTabs);
  });

  it('works as a member also while suspended, and not before the password', () => {
    expect(membershipShape.shape.status.options.filter((status) => isMember({ status }))).toEqual([
      'pending',
      'member',
      'suspended',
    ]);
  });
});

describe('joining', () => {
  const business: Business = {
    name: 'Dukaan Traders',
    address: null,
    gstin: GSTIN,
    phone: '9800000000',
    email: 'shop@dukaan.in',
    vpa: null,
    payeeName: null,
    merchantCode: null,
    bankLines: null,
    signatory: null,
    ownerPhone: '9811111111',
    ownerEmail: null,
  };
  const values: JoinValues = valuesFrom(business, 'https://registry.example');

  it('fills in what the business has told, the owner before the shop', () => {
    expect(values).toMatchObject({
      legalName: 'Dukaan Traders',
      gstin: GSTIN,
      mobile: '9811111111',
      email: 'shop@dukaan.in',
      isAccepted: false,
    });
  });

  it.each([
    ['registry.example/', 'https://registry.example'],
    [' HTTPS://registry.example ', 'HTTPS://registry.example'],
    ['localhost:8740', 'http://localhost:8740'],
    ['127.0.0.1:8740/', 'http://127.0.0.1:8740'],
    ['localhost.example', 'https://localhost.example'],
  ])('reads the address %s as %s', (typed, address) => {
    expect(tidyAddress(typed)).toBe(address);
  });

  it('is left step by step only with what the step needs', () => {
    expect(faultsOf('address', { ...values, address: '' })).toEqual({ address: 'required' });
    expect(faultsOf('address', { ...values, address: 'https://' })).toEqual({ address: 'address' });
    expect(faultsOf('terms', values)).toEqual({});
    expect(faultsOf('who', values)).toEqual({});
    expect(faultsOf('who', { ...values, legalName: ' ', gstin: '', mobile: '', email: ' ' })).toEqual({
      legalName: 'required',
      gstin: 'required',
      mobile: 'contact',
    });
    expect(faultsOf('accept', values)).toEqual({ isAccepted: 'required' });
    expect(faultsOf('password', { ...values, password: '12345' })).toEqual({ password: 'required' });
    expect(faultsOf('password', { ...values, password: '123456' })).toEqual({});
  });

  it('says of a GSTIN with a slip what the rule says', () => {
    expect(faultsOf('who', { ...values, gstin: '27AAPFU0939F1ZX' }).gstin).toMatchObject({
      code: 'gstin-check',
    });
  });

  it('sends nothing that was left empty, and the language of the window', () => {
    expect(joinWish({ ...values, email: ' ' }, { termsVersion: 't1', language: 'hi' })).toEqual({
      address: 'https://registry.example',
      legalName: 'Dukaan Traders',
      gstin: GSTIN,
      contact: { mobile: '9811111111', email: null },
      purpose: 'both',
      termsVersion: 't1',
      language: 'hi',
    });
  });

  it('goes from the first step to the last and no further', () => {
    expect(joinSteps.map((step) => stepAfter(step, 1))).toEqual([
      'terms',
      'who',
      'accept',
      'password',
      'password',
    ]);
    expect(stepAfter('address', -1)).toBe('address');
  });
});

it('lets nobody leave by a wrong or an empty word, in either language', () => {
  for (const { leave } of [english, hindi]) {
    expect(isSameWord(` ${leave.word.toLocaleUpperCase()} `, leave.word)).toBe(true);
    expect(isSameWord('yes', leave.word)).toBe(false);
    expect(isSameWord('', leave.word)).toBe(false);
  }
  expect(isSameWord('', '')).toBe(false);
});

it('has words for every lamp, tab, step, purpose and kind of trouble', () => {
  expect(Object.keys(english.light)).toEqual(
    expect.arrayContaining(registryLamps.filter((one) => one !== 'off')),
  );
  expect(Object.keys(english.tabs)).toEqual(expect.arrayContaining([...registryTabs]));
  for (const part of [english.join.step, english.join.next, english.join.leaves])
    expect(Object.keys(part)).toEqual([...joinSteps]);
  expect(Object.keys(english.purpose)).toEqual([...joinPurposes]);
  expect(Object.keys(english.purposeNote)).toEqual([...joinPurposes]);
  expect(Object.keys(english.trouble.say).toSorted()).toEqual(troubleKinds.toSorted());
  expect(Object.keys(english.trouble.next).toSorted()).toEqual(troubleKinds.toSorted());
});
