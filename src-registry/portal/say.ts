import { formatDay, isDay, type Day } from '#domain/days.ts';
import { formatMoney } from '#domain/money.ts';
import { indiaDayOf } from '../clock.ts';
import { en, type PortalKey } from './words-en.ts';
import { hi } from './words-hi.ts';

export type Lang = 'en' | 'hi';

export type Say = {
  readonly lang: Lang;
  readonly words: (key: PortalKey, values?: Readonly<Record<string, string | number>>) => string;
  readonly day: (day: string) => string;
  /** Of an instant as the wire writes it: India's day. */
  readonly dayOfInstant: (at: string) => string;
  /** '₹1,18,000.00'. */
  readonly money: (paise: number) => string;
};

const TABLES: Readonly<Record<Lang, Readonly<Record<PortalKey, string>>>> = { en, hi };
const HINDI_MONTHS = [
  'जनवरी',
  'फ़रवरी',
  'मार्च',
  'अप्रैल',
  'मई',
  'जून',
  'जुलाई',
  'अगस्त',
  'सितंबर',
  'अक्टूबर',
  'नवंबर',
  'दिसंबर',
] as const;

export function sayIn(lang: Lang): Say {
  const day = (text: string): string => (isDay(text) ? spelt(text, lang) : text);
  return {
    lang,
    words: (key, values = {}) =>
      TABLES[lang][key].replaceAll(/\{\{([a-z]+)\}\}/g, (_all, name: string) => String(values[name] ?? '')),
    day,
    dayOfInstant: (at) => spelt(indiaDayOf(Date.parse(at)), lang),
    money: (paise) => `₹${formatMoney(paise)}`,
  };
}

/** The language that the address names; otherwise the one that the browser would rather have. */
export function langOf(query: unknown, accepted: string | undefined): Lang {
  const asked = typeof query === 'object' && query !== null && 'lang' in query ? query.lang : null;
  if (asked === 'en' || asked === 'hi') return asked;
  return /^\s*hi\b/i.test(accepted ?? '') ? 'hi' : 'en';
}

/** A key that is put together; the words of codes that are not known here are those of `otherwise`. */
export function keyOr(key: string, otherwise: PortalKey): PortalKey {
  return isKey(key) ? key : otherwise;
}

function isKey(key: string): key is PortalKey {
  return Object.hasOwn(en, key);
}

function spelt(day: Day, lang: Lang): string {
  const [year = '', month = '', dayOfMonth = ''] = day.split('-');
  if (lang === 'en') return formatDay(day).replace(/^0/, '');
  return `${Number(dayOfMonth)} ${HINDI_MONTHS[Number(month) - 1] ?? month} ${year}`;
}
