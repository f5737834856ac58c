import { readJson, textAt, at, type Json } from '../../transport/read-json.ts';

// How an answer is read that nobody but the owner knows: a path into its JSON, or a pattern over its text.

/** A pattern of the owner's own may be slow; it is given only so much to look at. */
const PATTERN_CHARS_MOST = 20_000;

export type Rule =
  | { readonly kind: 'path'; readonly steps: readonly (string | number)[] }
  | { readonly kind: 'pattern'; readonly pattern: RegExp };

/** 'data[0].state', '$.data[0].state' or '/^id=(.+)$/'. Null: empty. 'bad': neither. */
export function ruleOf(written: string): Rule | null | 'bad' {
  const text = written.trim();
  if (text === '') return null;
  const pattern = /^\/(.+)\/(i?)$/s.exec(text);
  if (pattern) {
    try {
      return { kind: 'pattern', pattern: new RegExp(pattern[1] ?? '', `${pattern[2] ?? ''}mu`) };
    } catch {
      return 'bad';
    }
  }
  const path = text.replace(/^\$\.?/, '');
  if (!/^[^.[\]]+(\.[^.[\]]+|\[\d+\])*$|^\[\d+\](\.[^.[\]]+|\[\d+\])*$/.test(path)) return 'bad';
  const steps = [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map((match) =>
    match[1] === undefined ? (match[2] ?? '') : Number(match[1]),
  );
  return { kind: 'path', steps };
}

/** What a rule finds in an answer: the first group of a pattern, or all of it; null for nothing. */
export function found(rule: Rule | null, answer: string): string | null {
  if (rule === null) return null;
  if (rule.kind === 'pattern') {
    const match = rule.pattern.exec(answer.slice(0, PATTERN_CHARS_MOST));
    return match ? (match[1] ?? match[0]).trim() : null;
  }
  const json = readJson(answer);
  return truth(at(json, ...rule.steps)) ?? textAt(json, ...rule.steps);
}

function truth(json: Json | undefined): string | null {
  return typeof json === 'boolean' ? String(json) : null;
}

/** Words with commas, however they are written. */
export function wordsOf(written: string): readonly string[] {
  return written
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
}

/** '200-299, 202' → which statuses are good. */
export function isGoodStatus(written: string, status: number): boolean {
  return wordsOf(written).some((part) => {
    const [from = Number.NaN, to = from] = part.split('-').map(Number);
    return status >= from && status <= to;
  });
}
