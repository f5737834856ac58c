import { createHash } from 'node:crypto';
import { isPlainSms } from '../../transport/news.ts';

export type Parts = {
  readonly coding: 'Default_No_Compression' | 'Unicode_No_Compression';
  readonly parts: readonly { readonly text: string; readonly udh: string | null }[];
};

const PARTS_MOST = 255;
const COST_TWO = /[\^{}\\[~\]|]/;

/**
 * Parts as 3GPP TS 23.040 wants them: 160 or 70 units alone, 153 or 67 behind a header that names message, count and
 * place. The message's number is made of its text, so that the same text is cut alike each time.
 */
export function partsOf(text: string): Parts {
  const isPlain = isPlainSms(text);
  const coding = isPlain ? 'Default_No_Compression' : 'Unicode_No_Compression';
  const unitsOf = (letter: string): number => (isPlain ? (COST_TWO.test(letter) ? 2 : 1) : letter.length);
  const whole = Array.from(text).reduce((sum, letter) => sum + unitsOf(letter), 0);
  if (whole <= (isPlain ? 160 : 70)) return { coding, parts: [{ text, udh: null }] };
  const texts = cut(text, isPlain ? 153 : 67, unitsOf).slice(0, PARTS_MOST);
  const reference = createHash('sha256').update(text).digest('hex').slice(0, 2);
  const hex = (number: number): string => number.toString(16).padStart(2, '0');
  return {
    coding,
    parts: texts.map((part, place) => ({
      text: part,
      udh: `050003${reference}${hex(texts.length)}${hex(place + 1)}`.toUpperCase(),
    })),
  };
}

/** Never inside a letter of two units. */
function cut(text: string, most: number, unitsOf: (letter: string) => number): readonly string[] {
  const parts = [''];
  let used = 0;
  for (const letter of text) {
    const units = unitsOf(letter);
    if (used + units > most) {
      parts.push('');
      used = 0;
    }
    parts[parts.length - 1] += letter;
    used += units;
  }
  return parts;
}
