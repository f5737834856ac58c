import { paise, ZERO, type Paise } from '../money.ts';

/** What a text of Tally's was read as. Without a value and without a reason the text was blank: no value, not zero. */
export type Reading<T> = {
  readonly value: T | null;
  readonly reason: 'no-amount' | 'half-paise' | 'too-large' | 'no-day' | 'no-period' | null;
};

export const BLANK: Reading<never> = { value: null, reason: null };

const SIDE = /^(.*?)\s*(dr|cr)\.?$/i;
/** Digits in thousands or in lakhs and crores, or ungrouped. */
const GROUPED = /^(?:\d+|\d{1,3}(?:,\d{2,3})*,\d{3})$/;
const SIGN = String.raw`\(?[-−]\)?`;
const NUMBER = String.raw`([\d,]*)(?:\.(\d*))?`;
/** Base currencies as Indian books write them; '?' is what a lost rupee sign became. */
const BASE_SIGN = String.raw`(?:I?₹|Rs\.?|INR|\?)?`;
const ANY_SIGN = String.raw`[^\d\s.,+=-]{0,6}\.?`;
const PLAIN = new RegExp(String.raw`^(${SIGN})?\s*${BASE_SIGN}\s*(${SIGN})?\s*${NUMBER}$`, 'i');
const AFTER_EQUALS = new RegExp(
  String.raw`^(${SIGN})?\s*${ANY_SIGN}\s*(${SIGN})?\s*${NUMBER}\s*${ANY_SIGN}$`,
);

/**
 * An amount as Tally writes it (below zero = debit) as paise of ours (above zero = debit). 'Dr' or 'Cr' behind it wins
 * over a sign. Of foreign money the base amount counts, which stands behind the last '='.
 */
export function readAmount(text: string | null): Reading<Paise> {
  const whole = text === null ? '' : text.trim();
  if (whole === '') return BLANK;
  const quick = quickAmount(whole);
  if (quick !== null) return { value: quick, reason: null };
  const side = SIDE.exec(whole);
  const unsided = side?.[1] ?? whole;
  const equals = unsided.lastIndexOf('=');
  const base = unsided.slice(equals + 1).trim();
  const found = (equals < 0 ? PLAIN : AFTER_EQUALS).exec(base);
  if (found === null || (found[1] !== undefined && found[2] !== undefined)) return unread('no-amount');
  const magnitude = magnitudeOf(found[3] ?? '', found[4] ?? '');
  if (magnitude.value === null) return magnitude;
  const isDebit = side === null ? (found[1] ?? found[2]) !== undefined : side[2]?.toLowerCase() === 'dr';
  return { value: paise(isDebit ? magnitude.value : 0 - magnitude.value), reason: null };
}

/** What nearly every amount of a collection looks like: -12345.67. A regular expression costs ten times as much. */
function quickAmount(text: string): Paise | null {
  const length = text.length;
  const isDebit = text.charCodeAt(0) === 45;
  const first = isDebit ? 1 : 0;
  if (length - first < 4 || length > 15 || text.charCodeAt(length - 3) !== 46) return null;
  let amount = 0;
  for (let at = first; at < length; at += 1) {
    if (at === length - 3) continue;
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return null;
    amount = amount * 10 + digit;
  }
  return paise(isDebit ? amount : 0 - amount);
}

function magnitudeOf(digits: string, decimals: string): Reading<Paise> {
  const hasDigits = digits !== '' || decimals !== '';
  if (!hasDigits || (digits !== '' && !GROUPED.test(digits))) return unread('no-amount');
  if (/[1-9]/.test(decimals.slice(2))) return unread('half-paise');
  const amount = Number(digits.replaceAll(',', '') + decimals.slice(0, 2).padEnd(2, '0'));
  return Number.isSafeInteger(amount)
    ? { value: amount === 0 ? ZERO : paise(amount), reason: null }
    : unread('too-large');
}

function unread(reason: 'no-amount' | 'half-paise' | 'too-large'): Reading<never> {
  return { value: null, reason };
}
