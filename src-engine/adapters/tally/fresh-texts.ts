import { Buffer } from 'node:buffer';
import { unitsOf } from './shapes.ts';
import { isSame } from './tags.ts';

const LETTERS_MOST = 8192;
const TEXTS_MOST = 1024;

/**
 * Texts of a row of which hardly two are the same (numbers, names of bills, remarks). They are laid one behind the other
 * and made into strings together when the row is complete: a string costs more to make than to fill.
 */
export type FreshTexts = {
  readonly letters: Buffer;
  readonly ends: Int32Array;
  readonly slots: Int32Array;
  readonly texts: (string | null)[][];
  count: number;
  used: number;
};

export function freshTexts(): FreshTexts {
  return {
    letters: Buffer.allocUnsafe(LETTERS_MOST),
    ends: new Int32Array(TEXTS_MOST),
    slots: new Int32Array(TEXTS_MOST),
    texts: [],
    count: 0,
    used: 0,
  };
}

/** Stands for a text that is still to be made: neither absent nor blank. */
export const LATER = '…';

/** What `putLater` says of a text that has to be made at once: it is more than ASCII, noisy, or there is no room. */
export const NOT_PUT = -1;

/** Lays the letters of a text behind the others, its references resolved, and says how many they are. */
export function putLater(fresh: FreshTexts, units: Uint16Array, from: number, to: number): number {
  const { letters, used } = fresh;
  if (fresh.count === TEXTS_MOST || used + to - from > LETTERS_MOST) return NOT_PUT;
  let put = used;
  for (let at = from; at < to; at += 1, put += 1) {
    const unit = units[at] ?? 0;
    if (unit > LAST_OF_ASCII || unit < SPACE) return NOT_PUT;
    letters[put] = unit;
    if (unit !== AMPERSAND) continue;
    const place = REFERENCES.findIndex((name) => isSame(units, at + 1, name));
    const name = REFERENCES[place];
    if (name === undefined || at + name.length >= to) return NOT_PUT;
    letters[put] = LETTERS.charCodeAt(place);
    at += name.length;
  }
  // A reference may have been to a blank.
  while (put > used && (letters[put - 1] ?? 0) <= SPACE) put -= 1;
  return put > used && (letters[used] ?? 0) > SPACE ? put - used : NOT_PUT;
}

const SPACE = 32;
const LAST_OF_ASCII = 126;
const AMPERSAND = 38;
/** The references that Tally writes, and what they stand for, in the same order. */
const REFERENCES = ['amp;', 'quot;', '#13;', '#10;', 'apos;', 'lt;', 'gt;'].map(unitsOf);
const LETTERS = '&"\r\n\'<>';

/** Says whose text the letters are that were put just now. */
export function keepLater(fresh: FreshTexts, texts: (string | null)[], slot: number, length: number): void {
  const { count } = fresh;
  fresh.used += length;
  fresh.ends[count] = fresh.used;
  fresh.slots[count] = slot;
  if (count === fresh.texts.length) fresh.texts.push(texts);
  else fresh.texts[count] = texts;
  fresh.count = count + 1;
}

export function makeTexts(fresh: FreshTexts): void {
  const { count, ends, slots } = fresh;
  if (count === 0) return;
  const all = fresh.letters.toString('latin1', 0, fresh.used);
  let from = 0;
  for (let at = 0; at < count; at += 1) {
    const to = ends[at] ?? 0;
    const texts = fresh.texts[at];
    if (texts !== undefined) texts[slots[at] ?? 0] = all.slice(from, to);
    from = to;
  }
  forget(fresh);
}

export function forget(fresh: FreshTexts): void {
  fresh.count = 0;
  fresh.used = 0;
}
