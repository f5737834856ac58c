import type { Buffer } from 'node:buffer';
import { rawBetween } from './tags.ts';
import { textOf } from './wire-text.ts';

/** Longer ones hardly ever come again. */
const UNITS_MOST = 64;

/**
 * Texts by the units they were read from, so that a party's name that comes ten thousand times is decoded once and kept
 * once. Each hash has one place, which the last comer holds: memory is bounded, and a clash of hashes costs time only.
 */
export type Interned = {
  /** Kept as they stand, noise, references and all. */
  readonly isRaw: boolean;
  readonly hashes: Int32Array;
  /** The units of each place, and how many they are. */
  readonly raws: Uint16Array;
  readonly lengths: Int32Array;
  readonly texts: string[];
};

/** `places` is a power of two. */
export function interned(places: number, isRaw: boolean): Interned {
  return {
    isRaw,
    hashes: new Int32Array(places),
    raws: new Uint16Array(places * UNITS_MOST),
    lengths: new Int32Array(places),
    texts: Array<string>(places).fill(''),
  };
}

/** Where text stands: units, and the same memory as bytes. */
export type Units = { readonly units: Uint16Array; readonly bytes: Buffer; readonly isWide: boolean };

/** For what hardly ever comes twice, and would only push out what does. */
export function freshText(of: Units, from: number, to: number): string {
  const raw = rawBetween(of, from, to);
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
  const length = to - from;
  if (length > UNITS_MOST) return known.isRaw ? rawBetween(of, from, to) : freshText(of, from, to);
  const { units } = of;
  const hash = hashBetween(units, from, to);
  const place = (hash ^ (hash >>> 15)) & (known.texts.length - 1);
  if (known.hashes[place] === hash && known.lengths[place] === length) {
    // Two texts may share a hash; only one that is equal may be handed out.
    const shift = place * UNITS_MOST - from;
    let at = from;
    while (at < to && units[at] === known.raws[at + shift]) at += 1;
    if (at === to) return known.texts[place] ?? '';
  }
  const text = known.isRaw ? rawBetween(of, from, to) : freshText(of, from, to);
  known.hashes[place] = hash;
  known.lengths[place] = length;
  known.raws.set(units.subarray(from, to), place * UNITS_MOST);
  known.texts[place] = text;
  return text;
}

const HASH_SEED = 0x811c9dc5 | 0;
const HASH_FACTOR = 0x9e3779b1 | 0;

/** Two units a step: a multiplication waits for the one before it. */
export function hashBetween(units: Uint16Array, from: number, to: number): number {
  let hash = HASH_SEED ^ (to - from);
  let at = from;
  for (; at < to - 1; at += 2) {
    hash = Math.imul(hash ^ (units[at] ?? 0) ^ ((units[at + 1] ?? 0) << 16), HASH_FACTOR);
    hash ^= hash >>> 15;
  }
  return at < to ? Math.imul(hash ^ (units[at] ?? 0), HASH_FACTOR) : hash;
}
