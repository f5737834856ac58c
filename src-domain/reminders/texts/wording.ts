import type { MergeValues } from '../template-facts.ts';
import { fixedText } from './fields.ts';
import { problem, type Problem } from './problems.ts';
import { wordingKinds, type WordingKind } from './wording-kinds.ts';
import { wordLists } from './wording-words.ts';

type Rule = { readonly words: RegExp; readonly acts: RegExp | null };

const SAYS: Readonly<Record<WordingKind, string>> = {
  threat: 'is a threat',
  police: 'threatens with the police or prison',
  'caste-religion': 'is about caste or religion',
  family: 'brings family, neighbours or an employer into it',
  shaming: 'shames the customer before others',
  'false-legal': 'claims a legal step that has not happened',
  abuse: 'is abuse',
  'third-party': 'speaks as a collection agency, not as the one who sold the goods',
  offer: 'is advertising, which a reminder may not carry',
  legal: 'speaks of legal steps, so a person has to read it before it leaves',
};

/** A place is no threat: "opposite Police Station", "Jail Road". */
const PLACES =
  /\b(?:near|opp(?:osite|\.)?|behind|beside|next to|adjacent to)\s+(?:the\s+)?(?:\p{L}+\s+)?(?:police (?:station|chowki|lines|quarters|ground)|(?:district |central )?(?:jail|court))\b|\b(?:police|jail|court|prison|thana) (?:station )?(?:road|chowk|lane|street|nagar|compound|colony|bazar|bazaar|lines?)\b/giu;
const SENTENCE_ENDS = /[.!?;।\n]+/u;
/** Only in capitals: "fir" is also Hindi for "again". */
const FIR = /\bF\.?I\.?R\b(?! (?:SE|BHI)\b)/u;

/**
 * Reads a text that the owner wrote, in all eight languages at once. Kinds that 'block' may never leave; 'legal'
 * needs a person. One problem for each kind, with the words that gave it away.
 */
export function lintWording(text: string): readonly Problem[] {
  const plain = plainText(text.replace(PLACES, ' '));
  const found: Problem[] = [];
  for (const kind of wordingKinds) {
    const words = wordsOf(kind, plain) ?? (kind === 'police' ? (FIR.exec(text)?.[0] ?? null) : null);
    if (words === null) continue;
    const level = kind === 'legal' ? 'needs-person' : 'blocks';
    const sentence = `“${words}” ${SAYS[kind]}.`;
    found.push(problem(level, `wording-${kind}`, sentence, { words }));
  }
  return found;
}

/** A template: only its fixed text, never what stands for a field. "Police Stores" may be a customer. */
export function lintTemplateText(body: string, subject: string | null): readonly Problem[] {
  return lintWording(`${fixedText(subject ?? '')}\n${fixedText(body)}`);
}

/** A text changed by hand: the values that Baaki put in are taken out first, wherever they still stand as they were. */
export function lintOverride(text: string, values: MergeValues): readonly Problem[] {
  let own = text;
  const known = Object.values(values).toSorted((a, b) => b.length - a.length);
  for (const value of known) if (value.length > 2) own = own.replaceAll(value, ' ');
  return lintWording(own);
}

function wordsOf(kind: WordingKind, plain: string): string | null {
  for (const rule of rules().get(kind) ?? []) {
    if (rule.acts === null) {
      const match = rule.words.exec(plain);
      if (match !== null) return match[0].trim();
      continue;
    }
    for (const sentence of plain.split(SENTENCE_ENDS)) {
      const match = rule.words.exec(sentence);
      if (match !== null && rule.acts.test(sentence)) return match[0].trim();
    }
  }
  return null;
}

/** Lower case, one way to write each letter, and without the dot below, which people leave out. */
function plainText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u093C\u09BC\u0ABC\u0CBC\u200B-\u200D\uFEFF]/gu, '')
    .replace(/[\u2018\u2019]/gu, "'")
    .toLowerCase();
}

const EDGE = '[\\p{L}\\p{M}\\p{N}]';
type Rules = ReadonlyMap<WordingKind, readonly Rule[]>;
let made: Rules | null = null;

/** Compiled when first asked for: they are a tenth of a second that no start should wait for. */
function rules(): Rules {
  made ??= rulesOf();
  return made;
}

function rulesOf(): Rules {
  return new Map(
    wordingKinds.map((kind) => [
      kind,
      wordLists.map((list) => ({
        words: patternOf(list[kind]),
        acts: kind === 'family' ? patternOf(list.familyActs) : null,
      })),
    ]),
  );
}

/** The edges stand once around all words: repeated for each they take seconds to compile. */
function patternOf(words: string): RegExp {
  const whole: string[] = [];
  const starts: string[] = [];
  const loose: string[] = [];
  for (const word of words.split('|')) {
    const plain = plainText(word);
    const stem = stemOf(plain);
    const isLatin = /^[\p{ASCII}]*$/u.test(plain);
    if (stem.startsWith('%')) loose.push(stem);
    else if (plain.endsWith('$') || (isLatin && !plain.endsWith('*'))) whole.push(stem);
    else starts.push(stem);
  }
  const never = '(?!)';
  const edged = `(?<!${EDGE})(?:(?:${whole.join('|') || never})(?!${EDGE})|${starts.join('|') || never})`;
  return new RegExp([edged, ...loose].join('|'), 'u');
}

function stemOf(word: string): string {
  return word
    .replace(/[*$]$/u, '')
    .replace(/[\\^$.*+?()[\]{}]/gu, '\\$&')
    .replace(/[\s-]+/gu, '[\\s-]+');
}
