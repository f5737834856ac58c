import type { Tags } from './tags.ts';

/** How the value of a cell is written. */
export const valueTypes = { number: 0, shared: 1, boolean: 2, text: 3 } as const;

/** What a cell's or a row's tag says; -1 where it says nothing. Rows and columns count from 0. */
export type CellPlace = {
  row: number;
  column: number;
  style: number;
  type: (typeof valueTypes)[keyof typeof valueTypes];
};

const BLANK = 0x20;
const EQUALS = 0x3d;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const ZERO = 0x30;
const NINE = 0x39;
const LETTER_A = 0x41;
const LETTER_R = 0x72;
const LETTER_S = 0x73;
const LETTER_T = 0x74;
const LETTER_N = 0x6e;
const LETTER_B = 0x62;
/** Beyond XFD and beyond any row; numbers stop growing there. */
const NUMBER_MOST = 100_000_000;

/** Reads the address, style and type of a cell from its tag into `place`, in one pass over the bytes. */
export function readCell(tags: Tags, place: CellPlace): void {
  const { bytes, attributesTo: to } = tags;
  place.row = -1;
  place.column = -1;
  place.style = 0;
  place.type = valueTypes.number;
  for (let at = tags.nameTo; at < to; at += 1) {
    while (at < to && (bytes[at] ?? 0) <= BLANK) at += 1;
    const name = bytes[at];
    const after = bytes[at + 1] ?? 0;
    while (at < to && bytes[at] !== EQUALS) at += 1;
    while (at < to && bytes[at] !== QUOTE && bytes[at] !== APOSTROPHE) at += 1;
    const quote = bytes[at];
    const from = at + 1;
    at = from;
    while (at < to && bytes[at] !== quote) at += 1;
    // Only names of one letter are of interest.
    if (after !== EQUALS && after > BLANK) continue;
    if (name === LETTER_R) takeAddress(place, tags, from);
    else if (name === LETTER_S) place.style = wholeNumber(tags, from);
    else if (name === LETTER_T) place.type = typeOf(tags, from, at);
  }
}

/** An address such as "AB12" alone: both its parts, or null. */
export function addressOf(text: string): { readonly row: number; readonly column: number } | null {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(text);
  if (match === null) return null;
  let column = 0;
  for (const letter of match[1] ?? '') column = column * 26 + letter.charCodeAt(0) - LETTER_A + 1;
  return { row: Number(match[2]) - 1, column: column - 1 };
}

function takeAddress(place: CellPlace, tags: Tags, from: number): void {
  let column = 0;
  let at = from;
  for (; ; at += 1) {
    // Small letters are as good as capitals.
    const letter = ((tags.bytes[at] ?? 0) & 0xdf) - LETTER_A;
    if (letter < 0 || letter > 25 || column > NUMBER_MOST) break;
    column = column * 26 + letter + 1;
  }
  place.column = column - 1;
  place.row = wholeNumber(tags, at) - 1;
}

function wholeNumber({ bytes }: Tags, from: number): number {
  let number = 0;
  for (let at = from; number < NUMBER_MOST; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < ZERO || byte > NINE) break;
    number = number * 10 + byte - ZERO;
  }
  return number;
}

function typeOf({ bytes }: Tags, from: number, to: number): CellPlace['type'] {
  if (to - from !== 1) return to === from ? valueTypes.number : valueTypes.text;
  const letter = bytes[from];
  if (letter === LETTER_S) return valueTypes.shared;
  if (letter === LETTER_B) return valueTypes.boolean;
  return letter === LETTER_N ? valueTypes.number : valueTypes.text;
}
