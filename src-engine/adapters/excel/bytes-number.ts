import type { Buffer } from 'node:buffer';

const ZERO = 0x30;
const NINE = 0x39;
const POINT = 0x2e;
const MINUS = 0x2d;
/** A whole number of so many digits is exact in a float, and so is each of the powers of ten below. */
const DIGITS_MOST = 15;
const POWERS = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/**
 * A plain decimal number in bytes, to the very float that Number() gives: one division of two exact floats is rounded
 * once. NaN for anything longer or written otherwise, which goes the slow way.
 */
export function bytesNumber(bytes: Buffer, from: number, to: number): number {
  let at = from;
  const isNegative = bytes[at] === MINUS;
  if (isNegative) at += 1;
  let whole = 0;
  let digits = 0;
  let point = -1;
  for (; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= ZERO && byte <= NINE) {
      whole = whole * 10 + (byte - ZERO);
      digits += 1;
    } else if (byte === POINT && point < 0) point = digits;
    else return Number.NaN;
  }
  if (digits === 0 || digits > DIGITS_MOST) return Number.NaN;
  const value = point < 0 ? whole : whole / (POWERS[digits - point] ?? Number.NaN);
  return isNegative ? 0 - value : value;
}
