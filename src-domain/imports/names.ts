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

// A file says the same few thousand names a hundred thousand times.
const known = new Map<string, string>();
const KNOWN_MOST = 50_000;

/** The name without case, spacing and punctuation, and with the usual spellings folded: two writings of one name meet. */
export function nameKeyOf(name: string): string {
  const before = known.get(name);
  if (before !== undefined) return before;
  const key = foldedName(name).replace(/[^\p{L}\p{N}\p{M}]/gu, '');
  const made = key === '' ? plainName(name) : key;
  if (known.size < KNOWN_MOST) known.set(name, made);
  return made;
}

/** The words of a name, folded like its key; legal forms and “and” are left out, for they tell nobody apart. */
export function nameWords(name: string): readonly string[] {
  const words = foldedName(name)
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !FORMS.has(word));
  return telling.length > 0 ? telling : words;
}

const FORMS: ReadonlySet<string> = new Set(['pvt', 'ltd', 'llp', 'co', 'corp', 'inc', 'and', 'the', 'of']);

function foldedName(name: string): string {
  let folded = plainName(name);
  for (const [spelling, word] of FOLDS) folded = folded.replace(spelling, word);
  return folded;
}

function plainName(name: string): string {
  return cleanText(name).normalize('NFKC').toLowerCase();
}
