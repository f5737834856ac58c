import { ok, refuse, type Result } from '../result.ts';

/** The most a single document may come to, in minor units: ₹10,000 crore. Sums of a file stay exact below it. */
export const AMOUNT_MINOR_MOST = 10_000_000_000_000;

/** Twelve digits: what PLAIN takes. */
const PLAIN_MOST = 1_000_000_000_000;
const PLAIN = /^(\d{1,10})(?:\.(\d{0,2}))?$/;

/** A number as plain decimal digits, without an exponent: 1e-7 → "0.0000001". */
export function decimalOf(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', fraction = '', power = '0'] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(power);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return point >= digits.length
    ? sign + digits.padEnd(point, '0')
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/**
 * The same as decimalToMinor(decimalOf(value), 2) for a number of at most two decimals, without going through its text;
 * undefined for any other number. The nearest number to so many hundredths is that number and no other.
 */
export function hundredthsOf(value: number): number | undefined {
  const hundredths = Math.round(value * 100);
  return hundredths >= 0 && hundredths < PLAIN_MOST && hundredths / 100 === value ? hundredths : undefined;
}

/**
 * "323310.53000000003" with 2 digits → 32331053. What a spreadsheet's floating point left behind (less than a
 * hundredth of the minor unit) is rounded away; more than that was meant, and is refused.
 */
export function decimalToMinor(decimal: string, digits: number): Result<number> {
  const plain = digits === 2 ? PLAIN.exec(decimal) : null;
  // Nearly all amounts are short: they are exact without big numbers.
  if (plain !== null) return ok(Number(plain[1]) * 100 + Number((plain[2] ?? '').padEnd(2, '0')));
  const match = /^(\d*)(?:\.(\d*))?$/.exec(decimal);
  const whole = match?.[1] ?? '';
  const fraction = match?.[2] ?? '';
  if (match === null || whole + fraction === '') {
    return refuse('amount-unreadable', `“${decimal}” is not an amount.`, { values: { text: decimal } });
  }
  const kept = BigInt((whole === '' ? '0' : whole) + fraction.slice(0, digits).padEnd(digits, '0'));
  const up = roundingOf(fraction.slice(digits));
  if (up === undefined) {
    return refuse('too-many-decimals', `“${decimal}” has more than ${decimalsWord(digits)}.`, {
      values: { text: decimal, digits },
    });
  }
  const minor = kept + up;
  if (minor > BigInt(AMOUNT_MINOR_MOST)) {
    return refuse('amount-too-large', `“${decimal}” is larger than any bill this app can hold.`, {
      values: { text: decimal },
    });
  }
  return ok(Number(minor));
}

/** A decimal as a whole number of 1/10^digits, rounded half up; for rates, which are no money. */
export function decimalToScaled(decimal: string, digits: number): number | undefined {
  const match = /^(\d{1,7})(?:\.(\d{1,20}))?$/.exec(decimal);
  if (match === null) return undefined;
  const fraction = (match[2] ?? '').padEnd(digits + 1, '0');
  const scaled = BigInt((match[1] ?? '') + fraction.slice(0, digits));
  return Number(scaled + (fraction.charAt(digits) >= '5' ? 1n : 0n));
}

function roundingOf(rest: string): bigint | undefined {
  if (/^0*$/.test(rest) || rest.startsWith('00')) return 0n;
  return rest.startsWith('99') ? 1n : undefined;
}

function decimalsWord(digits: number): string {
  const words = ['no decimals', 'one decimal', 'two decimals', 'three decimals'];
  return words[digits] ?? `${digits} decimals`;
}
