/** Two spellings are near when one becomes the other by so few letters. Short names have no room for a slip. */
const TWO_SLIPS_FROM = 10;
const ONE_SLIP_FROM = 5;
const SLIPS_MOST = 2;
const SEGMENTS = SLIPS_MOST + 1;

function slipsAllowed(length: number): number {
  return length >= TWO_SLIPS_FROM ? 2 : length >= ONE_SLIP_FROM ? 1 : 0;
}

function isNear(a: string, b: string): boolean {
  const most = slipsAllowed(Math.min(a.length, b.length));
  return a === b || distanceWithin(a, b, most) <= most;
}

/** Letters changed, left out, put in or swapped with their neighbour; more than `most` is told as most + 1. */
function distanceWithin(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? most + 1;
}

/** Where the three segments of a text of some length begin. */
function segmentsOf(length: number): readonly { readonly from: number; readonly to: number }[] {
  const base = Math.floor(length / SEGMENTS);
  const ends = [base, 2 * base + (length % SEGMENTS > 1 ? 1 : 0), length];
  return ends.map((to, at) => ({ from: at === 0 ? 0 : (ends[at - 1] ?? 0), to }));
}

type Piece<T> = { readonly text: string; readonly letters: number; readonly item: T };

/** Names by their pieces: see addNear. */
export type NearIndex<T> = Map<string, Piece<T>[]>;

/**
 * Near spellings are found among tens of thousands without comparing each with each: of a text cut in three, two slips
 * leave one piece whole, and it stands at most two letters from its place.
 */
export function addNear<T>(index: NearIndex<T>, text: string, item: T): void {
  if (slipsAllowed(text.length) === 0) return;
  const piece = { text, letters: lettersOf(text), item };
  segmentsOf(text.length).forEach(({ from, to }, at) => {
    const key = `${text.length}|${at}|${text.slice(from, to)}`;
    const found = index.get(key);
    if (found) found.push(piece);
    else index.set(key, [piece]);
  });
}

/** The first near one that fits. */
export function findNear<T>(index: NearIndex<T>, text: string, fits: (item: T) => boolean): T | undefined {
  const letters = lettersOf(text);
  const isLike = (piece: Piece<T>): boolean =>
    bitsOf(letters ^ piece.letters) <= 2 * SLIPS_MOST && isNear(text, piece.text) && fits(piece.item);
  for (let length = text.length - SLIPS_MOST; length <= text.length + SLIPS_MOST; length += 1) {
    if (slipsAllowed(length) === 0) continue;
    for (const [at, { from, to }] of segmentsOf(length).entries()) {
      for (let start = Math.max(from - SLIPS_MOST, 0); start <= from + SLIPS_MOST; start += 1) {
        if (start + to - from > text.length) break;
        const pieces = index.get(`${length}|${at}|${text.slice(start, start + to - from)}`);
        const found = pieces?.find(isLike);
        if (found) return found.item;
      }
    }
  }
  return undefined;
}

const LETTER_BITS = 31;

/** Which letters a text has, roughly, as bits: one slip changes at most two of them. */
function lettersOf(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) letters |= 1 << (text.charCodeAt(at) % LETTER_BITS);
  return letters;
}

function bitsOf(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
