import { isCurrency, minorDigits } from '../money.ts';
import { cleanText } from './cells.ts';

const WORDS: ReadonlyMap<string, string> = new Map([
  ['₹', 'INR'],
  ['rs', 'INR'],
  ['rs.', 'INR'],
  ['re', 'INR'],
  ['rupee', 'INR'],
  ['rupees', 'INR'],
  ['indian rupee', 'INR'],
  ['indian rupees', 'INR'],
  ['रु', 'INR'],
  ['रुपये', 'INR'],
  ['us dollar', 'USD'],
  ['us dollars', 'USD'],
  ['us$', 'USD'],
  ['€', 'EUR'],
  ['euro', 'EUR'],
  ['£', 'GBP'],
  ['dirham', 'AED'],
]);

// Asking Intl is slow and a file asks the same few codes a hundred thousand times.
const known = new Map<string, string | undefined>();
const digitsOf = new Map<string, number>();
const KNOWN_MOST = 1000;
const LETTERS_MOST = 40;

/** "Rs." → INR, "usd" → USD; undefined for what names no currency. */
export function currencyOfText(text: string): string | undefined {
  if (text.length > LETTERS_MOST) return undefined;
  if (known.has(text)) return known.get(text);
  const plain = cleanText(text).toLowerCase();
  const code = plain.toUpperCase();
  const currency = WORDS.get(plain) ?? (isCurrency(code) ? code : undefined);
  if (known.size < KNOWN_MOST) known.set(text, currency);
  return currency;
}

export function digitsOfCurrency(currency: string): number {
  let digits = digitsOf.get(currency);
  if (digits === undefined) {
    digits = minorDigits(currency);
    digitsOf.set(currency, digits);
  }
  return digits;
}
