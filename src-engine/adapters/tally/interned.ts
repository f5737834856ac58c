import { Buffer } from 'node:buffer';
import { HASH_FACTOR, HASH_SEED } from './shapes.ts';
import { textOf } from './wire-text.ts';

const PLACES = 1 << 13;
/** Longer ones hardly ever come again. */
const UNITS_MOST = 64;

/**
 * Texts by the units they were read from, so that a party's name that comes ten thousand times is decoded once and kept
 * once. Each hash has one place, which the last comer holds: memory is bounded, and a clash of hashes costs time only.
 */
export type Interned = {
  readonly hashes: Int32Array;
  readonly raws: (string | null)[];
  readonly texts: string[];
};

export function interned(): Interned {
  return {
    hashes: new Int32Array(PLACES),
    raws: Array<string | null>(PLACES).fill(null),
    texts: Array<string>(PLACES).fill(''),
  };
}

/** Where text stands: units, and the same memory as bytes. */
export type Units = { readonly units: Uint16Array; readonly bytes: Buffer; readonly isWide: boolean };

/** For what hardly ever comes twice, and would only push out what does. */
export function freshText(of: Units, from: number, to: number): string {
  const raw = of.bytes.toString('utf16le', from * 2, to * 2);
  return isPlain(of.units, from, to) ? raw : textOf(raw, of.isWide);
}

/** ASCII without noise and without references is text as it stands. */
function isPlain(units: Uint16Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const unit = units[at] ?? 0;
    if (unit > 126 || unit < 32 || unit === 38) return false;
  }
  return true;
}

export function textBetween(of: Units, known: Interned, from: number, to: number): string {
  if (to - from > UNITS_MOST) return freshText(of, from, to);
  const { units } = of;
  let hash = HASH_SEED;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (units[at] ?? 0), HASH_FACTOR);
  const place = (hash ^ (hash >>> 15)) & (PLACES - 1);
  const raw = known.raws[place] ?? null;
  if (raw !== null && known.hashes[place] === hash && isSame(units, raw, from, to)) {
    return known.texts[place] ?? '';
  }
  const fresh = of.bytes.toString('utf16le', from * 2, to * 2);
  const text = isPlain(units, from, to) ? fresh : textOf(fresh, of.isWide);
  known.hashes[place] = hash;
  known.raws[place] = fresh;
  known.texts[place] = text;
  return text;
}

/** Two texts may share a hash; only one that is equal may be handed out. */
export function isSame(units: Uint16Array, text: string, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let at = from; at < to; at += 1) if (units[at] !== text.charCodeAt(at - from)) return false;
  return true;
}
