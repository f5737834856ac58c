import type { Day } from '../../days.ts';
import { formatMoney, minorDigits, type Paise } from '../../money.ts';
import { numberWords, type SpokenLanguage } from './number-words.ts';

const MONTHS = {
  en: 'January February March April May June July August September October November December'.split(' '),
  hi: 'जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर'.split(' '),
} as const satisfies Record<SpokenLanguage, readonly string[]>;

const RUPEES = {
  en: { one: 'rupee', many: 'rupees', minorOne: 'paisa', minorMany: 'paise', and: 'and' },
  hi: { one: 'रुपया', many: 'रुपये', minorOne: 'पैसा', minorMany: 'पैसे', and: 'और' },
} as const satisfies Record<SpokenLanguage, Readonly<Record<string, string>>>;

/** 1250050 paise → "twelve thousand five hundred rupees and fifty paise". */
export function amountSpoken(minor: Paise, language: SpokenLanguage, currency = 'INR'): string {
  if (currency !== 'INR' || minor < 0) return `${currency} ${formatMoney(minor, currency)}`;
  const unit = 10 ** minorDigits(currency);
  const whole = Math.trunc(minor / unit);
  const rest = minor % unit;
  const words = RUPEES[language];
  const said: string[] = [];
  if (whole > 0 || rest === 0)
    said.push(`${numberWords(whole, language)} ${whole === 1 ? words.one : words.many}`);
  if (rest > 0) said.push(`${numberWords(rest, language)} ${rest === 1 ? words.minorOne : words.minorMany}`);
  return said.join(` ${words.and} `);
}

/** "five November"; the year is left out because a listener does not need it. */
export function daySpoken(day: Day, language: SpokenLanguage): string {
  const month = MONTHS[language][Number(day.slice(5, 7)) - 1] ?? '';
  return `${numberWords(Number(day.slice(8, 10)), language)} ${month}`;
}
