import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import type { Refusal } from './result.ts';

/** What stands in one cell or field for telephone numbers. */
export type ReadPhones = {
  /** In a tidy form ('+91 98765 43210'), each once; a text that is no number stays as it was written. */
  readonly phones: readonly string[];
  /** The same as one text: what is kept. Null where nothing is left. */
  readonly text: string | null;
  /** One for each part that is no number ('phone-unreadable', kept) or was cut by a spreadsheet ('phone-lost', dropped). */
  readonly refusals: readonly Refusal[];
};

const NUMBERS_MOST = 10;
const LETTERS_MOST = 400;
const BETWEEN = ', ';
const SEPARATORS = /[,;|\n]|\s\/\s|\/(?=\s*\+?\(?\d[\d\s()-]{5,})|\s(?:or|and|&)\s/iu;
const LABEL =
  /^(?:ph(?:one)?|mob(?:ile)?|tel(?:ephone)?|cell|whats\s?app|wa|contact|office|off|res|fax|[mopr])\b\s*(?:no)?\s*[.:-]*\s*/iu;
/** Excel shows long numbers so, and then writes only these digits. */
const CUT = /^[+-]?\d(?:[.,]\d+)?e[+]?\d+$/iu;
const ONLY_A_NUMBER = /^[+\d(][\d\s().-]*$/;
const KNOWN_MOST = 20_000;

const known = new Map<string, string | null>();

/** Reads the numbers of a cell: several may stand in it, and those without a country code are India's. */
export function readPhones(text: string, country: CountryCode = 'IN'): ReadPhones {
  const phones = new Set<string>();
  const refusals: Refusal[] = [];
  for (const part of partsOf(text)) {
    if (CUT.test(part)) {
      refusals.push(phoneLost(part));
      continue;
    }
    const tidy = tidyPhone(part, country);
    if (tidy === null) refusals.push(unreadable(part));
    phones.add(tidy ?? part);
    if (phones.size === NUMBERS_MOST) break;
  }
  const all = [...phones];
  return { phones: all, text: all.length === 0 ? null : all.join(BETWEEN), refusals };
}

/** '+91 98765 43210'; null for what is no telephone number. */
export function tidyPhone(text: string, country: CountryCode = 'IN'): string | null {
  const key = `${country}${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const tidy = parsed(text, country);
  if (known.size < KNOWN_MOST) known.set(key, tidy);
  return tidy;
}

function parsed(text: string, country: CountryCode): string | null {
  const dialled = text.replace(LABEL, '').replace(/\.0+$/, '').trim();
  if (!ONLY_A_NUMBER.test(dialled)) return null;
  const number = parsePhoneNumberFromString(dialled, country);
  if (!number?.isValid()) return null;
  return number.formatInternational();
}

function partsOf(text: string): string[] {
  const whole = text.normalize('NFKC').trim().slice(0, LETTERS_MOST);
  return whole
    .split(SEPARATORS)
    .map((part) => part.replace(LABEL, '').trim())
    .filter((part) => part !== '');
}

function phoneLost(text: string): Refusal {
  const sentence = `“${text}” is a telephone number that a spreadsheet has cut. Format the column as text, type the number again and import it once more.`;
  return { code: 'phone-lost', sentence, field: 'phone', values: { text } };
}

function unreadable(part: string): Refusal {
  const text = part.length > 40 ? `${part.slice(0, 40)}…` : part;
  const sentence = `“${text}” is no telephone number of India or of the country it names.`;
  return { code: 'phone-unreadable', sentence, field: 'phone', values: { text } };
}
