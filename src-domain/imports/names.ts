import { cleanText } from './cells.ts';

/** Spellings of the same legal form or word, folded to one. Longer spellings stand first. */
const FOLDS: readonly (readonly [RegExp, string])[] = [
  [/^\s*(?:m\s*\/\s*s\b\.?|messrs\b\.?)\s*/u, ''],
  [/\(\s*p\s*\)/gu, ' pvt '],
  [/&/gu, ' and '],
  [/\bprivate\b/gu, 'pvt'],
  [/\bp\b\.?(?=\s*(?:ltd|limited)\b)/gu, 'pvt'],
  [/\blimited\b/gu, 'ltd'],
  [/\bcompany\b/gu, 'co'],
  [/\bcorporation\b/gu, 'corp'],
  [/\benterprises\b/gu, 'enterprise'],
  [/\bbros\b/gu, 'brothers'],
];

/** The name without case, spacing and punctuation, and with the usual spellings folded: two writings of one name meet. */
export function nameKeyOf(name: string): string {
  const plain = cleanText(name).normalize('NFKC').toLowerCase();
  let folded = plain;
  for (const [spelling, word] of FOLDS) folded = folded.replace(spelling, word);
  const key = folded.replace(/[^\p{L}\p{N}\p{M}]/gu, '');
  return key === '' ? plain : key;
}
