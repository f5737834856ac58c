import { freePhone } from './free-phone.ts';

// Numbers that people write into an address and that no list, log or report may show.

const MASK = '••••';
const PAN = /(?<![A-Za-z0-9])[A-Z]{5}\s?\d{4}\s?[A-Z](?![A-Za-z0-9])/giu;
const IFSC = /(?<![A-Za-z0-9])[A-Z]{4}0[A-Z0-9]{6}(?![A-Za-z0-9])/giu;
const TWELVE = /(?<!\d)\d{4}([\s-]?)\d{4}\1\d{4}(?!\d)/gu;
/** A number that the words before it call an account's. */
const ACCOUNT =
  /((?<![a-z])(?:a\s?\/?\s?c|acct?|account|bank)(?![a-z])(?:(?!mob|ph|tel|cell)[^0-9\n]){0,20})(\d[\d\s-]{4,22}\d)/giu;
const AADHAAR = /((?<![a-z])(?:aadhaa?r|adhaa?r|uid(?:ai)?|आधार)[^0-9\n]{0,15}?)(\d[\d\s-]{6,16}\d)/giu;
/** Longer than any telephone number, and no GSTIN or date has so many digits in a row. */
const LONG = /(?<!\d)\d{14,22}(?!\d)/gu;

/** The lines with PAN, Aadhaar, bank account and IFSC masked. What is public, a PIN code or GSTIN, stays. */
export function withoutPrivateNumbers(lines: readonly string[]): readonly string[] {
  return lines.map((line) =>
    line
      .replace(AADHAAR, `$1${MASK}`)
      .replace(ACCOUNT, (text: string, words: string, digits: string) =>
        // “Bank Road, 98200 12345” is an address with a telephone number.
        /^bank/i.test(words) && freePhone(digits) !== null ? text : words + MASK,
      )
      .replace(PAN, MASK)
      .replace(IFSC, MASK)
      .replace(TWELVE, (text) => (isAadhaar(text.replace(/\D/g, '')) ? MASK : text))
      .replace(LONG, MASK),
  );
}

const TIMES = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
  [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
  [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
  [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
  [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
  [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
  [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
  [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
  [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
] as const;
const MOVED_ONCE = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4] as const;

/** Twelve digits, none of the leading ones 0 or 1, whose last is Verhoeff's check digit. */
export function isAadhaar(digits: string): boolean {
  if (!/^[2-9]\d{11}$/.test(digits)) return false;
  let check = 0;
  digits
    .split('')
    .toReversed()
    .forEach((digit, place) => {
      let moved = Number(digit);
      for (let times = place % 8; times > 0; times -= 1) moved = MOVED_ONCE[moved] ?? 0;
      check = TIMES[check]?.[moved] ?? 0;
    });
  return check === 0;
}
