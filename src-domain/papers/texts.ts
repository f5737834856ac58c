import { formatDay, type Day } from '../days.ts';
import { formatMoney } from '../money.ts';
import type { PaperWords } from './words/wording.ts';

/** Signs that print nothing, or turn the order of what follows: no name needs them. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/gu;

/** Text of a fact on one line. */
export function plain(text: string): string {
  return text.replaceAll(UNSEEN, ' ').replaceAll(/ {2,}/gu, ' ').trim();
}

/** Lines of a text that may have several, the empty ones left out. */
export function plainLines(text: string | null): readonly string[] {
  return (text ?? '')
    .split(/\r\n|\r|\n/u)
    .map(plain)
    .filter((line) => line !== '');
}

/** Paragraphs of a letter: parted by an empty line; within one, line breaks stay. */
export function paragraphsOf(text: string): readonly string[] {
  return text
    .replaceAll(/\r\n?/gu, '\n')
    .split(/\n[^\S\n]*\n+/u)
    .map((paragraph) => plainLines(paragraph).join('\n'))
    .filter((paragraph) => paragraph !== '');
}

/** A letter's text without the last lines that only say who writes: the paper is signed below them. */
export function withoutSender(text: string, sender: readonly (string | null)[]): string {
  const known = new Set(sender.map((one) => bare(one ?? '')).filter((one) => one !== ''));
  const lines = text.split(/\r\n|\r|\n/u);
  while (lines.length > 0) {
    const last = bare(lines.at(-1) ?? '');
    if (last !== '' && !known.has(last)) break;
    lines.pop();
  }
  return lines.join('\n');
}

/** What is read of a line: a phone number is the same with and without its gaps. */
function bare(line: string): string {
  return plain(line)
    .replaceAll(/[\s,.()-]/gu, '')
    .toLowerCase();
}

/** A text in lines of at most so many letters, broken at spaces and marks where there are any. Nothing is lost. */
export function inLines(text: string, most: number): readonly string[] {
  const lines: string[] = [];
  let left = lettersOf(plain(text));
  while (left.length > most) {
    const at = breakAt(left, most);
    lines.push(left.slice(0, at).join('').trimEnd());
    left = left.slice(at);
    while (left[0] === ' ') left = left.slice(1);
  }
  return [...lines, left.join('')];
}

/** Letters as a reader counts them: a sign of an Indian script stays with its letter. */
function lettersOf(text: string): readonly string[] {
  // Nearly every number and name is plain; the segmenter is slow.
  if (/^[\u0020-\u007E]*$/u.test(text)) return text.split('');
  return Array.from(
    new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text),
    (one) => one.segment,
  );
}

function breakAt(letters: readonly string[], most: number): number {
  for (let at = most; at > most / 2; at -= 1) {
    if (letters[at] === ' ' || /[-/ ,.]/u.test(letters[at - 1] ?? '')) return at;
  }
  return most;
}

export function filled(words: string, values: Readonly<Record<string, string | number>>): string {
  return words.replaceAll(/\{\{(\w+)\}\}/gu, (whole, name: string) => String(values[name] ?? whole));
}

export function dayText(day: Day, words: PaperWords): string {
  return formatDay(day, words.months);
}

/** '₹ 1,23,456.00', or with the code of any other currency. The space does not break. */
export function moneyWithSign(minor: number, currency: string): string {
  return `${currency === 'INR' ? '₹' : currency}\u00A0${formatMoney(minor, currency)}`;
}
