import type { Day } from '../../days.ts';
import { formatMoney, minorDigits, sumOf, type Paise } from '../../money.ts';
import type { MessageLanguage } from '../languages.ts';
import type { Channel } from '../words.ts';
import { digitsSpoken, type SpokenLanguage } from './number-words.ts';
import { phrases } from './phrases.ts';
import { amountSpoken, daySpoken } from './spoken.ts';

/** Where a value is going to stand: that decides how it is written. */
export type Style = {
  readonly language: MessageLanguage;
  readonly channel: Channel;
  readonly baseCurrency: string;
};

/** An amount with the currency it is in; never added to one of another currency. */
export type Sum = { readonly currency: string; readonly minor: Paise };

/** "Rs.1,25,000.00" in an SMS (₹ would make it Unicode), "₹1,25,000.00" elsewhere, "USD 1,200.00", words in a call. */
export function amountText({ currency, minor }: Sum, style: Style): string {
  const spoken = spokenLanguage(style);
  if (spoken !== null && minorDigits(currency) === 2) return amountSpoken(minor, spoken, currency);
  const figures = formatMoney(minor, currency);
  if (currency !== 'INR') return `${currency} ${figures}`;
  return style.channel === 'sms' ? `Rs.${figures}` : `₹${figures}`;
}

/** Several currencies stand side by side: "₹500.00 and USD 20.00". */
export function sumsText(sums: readonly Sum[], style: Style): string {
  return joined(
    sums.map((sum) => amountText(sum, style)),
    phrases[style.language].and,
  );
}

/** '2026-11-05' → '05-11-2026', as Indian bills have it; in a call "5 November". */
export function dayText(day: Day, style: Style): string {
  const spoken = spokenLanguage(style);
  if (spoken !== null) return daySpoken(day, spoken);
  return `${day.slice(8, 10)}-${day.slice(5, 7)}-${day.slice(0, 4)}`;
}

export function numberText(number: string, style: Style): string {
  const spoken = spokenLanguage(style);
  return spoken === null ? number : digitsSpoken(number, spoken);
}

/** Only where a value is heard, and only in languages whose number words are known. */
function spokenLanguage({ channel, language }: Style): SpokenLanguage | null {
  return channel === 'voice' && (language === 'en' || language === 'hi') ? language : null;
}

function joined(parts: readonly string[], and: string): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} ${and} ${parts.at(-1)}`;
}

/** Adds what is of one currency, in the order in which the currencies appear. */
export function sumsByCurrency(items: readonly Sum[]): readonly Sum[] {
  const groups = Map.groupBy(items, (item) => item.currency);
  return [...groups].map(([currency, own]) => ({ currency, minor: sumOf(own, (one) => one.minor) }));
}
