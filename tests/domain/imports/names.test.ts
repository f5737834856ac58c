import { nameKeyOf } from '#domain/imports/names.ts';
import { expect, it } from 'vitest';

it.each([
  ['Sharma Traders', 'SHARMA  TRADERS.'],
  ['M/s Sharma Traders', 'Sharma Traders'],
  ['M/S. Sharma Traders', 'sharma-traders'],
  ['Messrs. Sharma Traders', 'Sharma Traders'],
  ['Tirupati Plywood Pvt. Ltd.', 'Tirupati Plywood Private Limited'],
  ['Tirupati Plywood (P) Ltd', 'Tirupati Plywood Pvt Ltd'],
  ['Tirupati Plywood P. Ltd.', 'Tirupati Plywood Pvt Ltd'],
  ['Patel & Sons', 'Patel and Sons'],
  ['Mehta Bros', 'Mehta Brothers'],
  ['Bharat Enterprises', 'Bharat Enterprise'],
  ['श्री गणेश ट्रेडर्स', 'श्री  गणेश-ट्रेडर्स'],
])('takes %j and %j for one name', (a, b) => {
  expect(nameKeyOf(a)).toBe(nameKeyOf(b));
});

it.each([
  ['MS Traders', 'Traders'],
  ['Sharma Traders', 'Sharma Trading'],
  // The vowel signs are letters of the name.
  ['राम', 'रमा'],
  ['Unit 1', 'Unit 2'],
])('keeps %j and %j apart', (a, b) => {
  expect(nameKeyOf(a)).not.toBe(nameKeyOf(b));
});

it('never answers with an empty key, even for a name of punctuation', () => {
  expect(nameKeyOf('***')).toBe('***');
});
