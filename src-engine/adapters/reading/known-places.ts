/** A cell as a place in a text. */
type Place = { readonly text: string; readonly from: number; readonly to: number };

/** Texts of one column that were met before, found by their letters: most cells need no string of their own then. */
export type KnownPlaces = {
  /** The number of a text that was met before, or `next`, which it then bears. */
  readonly numberOf: (place: Place, next: number) => number;
};

const TRIED_CELLS = 4096;
/** A power of two; at most half of it is filled, so that looking something up stays short. */
const TABLE_PLACES = 1 << 16;

export function knownPlaces(): KnownPlaces {
  // Places in the lists below, from 1.
  let table = new Uint32Array(1 << 13);
  const hashes: number[] = [];
  const texts: string[] = [];
  const numbers: number[] = [];
  let met = 0;
  let isTold = true;
  const enlarge = (): void => {
    table = new Uint32Array(table.length * 2);
    for (const [at, hash] of hashes.entries()) {
      let place = hash & (table.length - 1);
      while (table[place] !== 0) place = (place + 1) & (table.length - 1);
      table[place] = at + 1;
    }
  };
  const forget = (): void => {
    isTold = false;
    texts.length = 0;
    hashes.length = 0;
    numbers.length = 0;
    table = new Uint32Array(0);
  };
  const numberOf = ({ text, from, to }: Place, next: number): number => {
    if (!isTold) return next;
    met += 1;
    const hash = hashOf(text, from, to);
    const mask = table.length - 1;
    let place = hash & mask;
    for (let at = table[place] ?? 0; at !== 0; at = table[place] ?? 0) {
      const known = texts[at - 1] ?? '';
      if (hashes[at - 1] === hash && known.length === to - from && text.startsWith(known, from))
        return numbers[at - 1] ?? next;
      place = (place + 1) & mask;
    }
    // Looking up a million texts that never come again costs more than sending them.
    if (met > TRIED_CELLS && texts.length > met / 2) forget();
    if (!isTold || texts.length >= TABLE_PLACES / 2) return next;
    texts.push(text.slice(from, to));
    hashes.push(hash);
    numbers.push(next);
    table[place] = texts.length;
    if (texts.length * 2 > table.length) enlarge();
    return next;
  };
  return { numberOf };
}

function hashOf(text: string, from: number, to: number): number {
  let hash = 0;
  for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash ^ (hash >>> 15);
}
