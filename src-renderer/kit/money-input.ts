import { minorDigits, paise, type Paise } from '#domain/money.ts';

/** What people write behind a number instead of its noughts, as a power of ten. */
const WORDS: readonly (readonly [RegExp, number])[] = [
  [/(?:k|hazar|हज़ार|हजार)$/i, 3],
  [/(?:l|lac|lakh|लाख)$/i, 5],
  [/(?:cr|crore|करोड़)$/i, 7],
];

/**
 * A typed amount as minor units: '1,23,456.50', '₹ 500', '1.5L'. Null for an empty field, undefined for what is no
 * amount: a comma that groups nothing (1,50) is asked back, never guessed to be a point.
 */
export function readMoney(text: string, currency = 'INR'): Paise | null | undefined {
  let rest = text.trim().replace(/^(?:₹|rs\.?|inr|[A-Z]{3}\b|\$|€|£)\s*/i, '');
  if (rest === '') return text.trim() === '' ? null : undefined;
  let power = minorDigits(currency);
  for (const [word, noughts] of WORDS) {
    if (!word.test(rest)) continue;
    rest = rest.replace(word, '').trim();
    power += noughts;
    break;
  }
  const match = /^(\d+|\d{1,3}(?:,\d{2,3})*,\d{3})(?:\.(\d*))?$/.exec(rest);
  if (!match) return undefined;
  const whole = (match[1] ?? '').replaceAll(',', '');
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > power) return undefined;
  const minor = Number(whole + fraction.padEnd(power, '0'));
  return Number.isSafeInteger(minor) ? paise(minor) : undefined;
}
