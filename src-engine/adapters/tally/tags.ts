import type { Buffer } from 'node:buffer';
import type { Scan } from './scan.ts';
import { sanitised } from './wire-text.ts';

// The loops that all units pass stand by themselves, so that they are compiled as tight as they are written.

export const LESS = 60;
export const GREATER = 62;
export const SLASH = 47;
export const QUESTION = 63;
const DOUBLE = 34;
const SINGLE = 39;
const SEMICOLON = 59;
const SPACE = 32;
const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;

/** Not all of it has come: it is looked at again from its `<` when more is there. */
export const INCOMPLETE = -1;

/** The next `<`, or `fill` where there is none. */
export function nextLess(units: Uint16Array, from: number, fill: number): number {
  let at = from;
  for (const last = fill - 3; at < last; at += 4) {
    if (units[at] === LESS) return at;
    if (units[at + 1] === LESS) return at + 1;
    if (units[at + 2] === LESS) return at + 2;
    if (units[at + 3] === LESS) return at + 3;
  }
  while (at < fill && units[at] !== LESS) at += 1;
  return at;
}

/** A name ends before what is no letter, digit, '.', '-', ':' or '_'; `fill` where its end has not come. */
export function endOfName(units: Uint16Array, from: number, fill: number): number {
  let at = from;
  for (; at < fill; at += 1) {
    const unit = units[at] ?? 0;
    // Letters are above all of these: one comparison for most.
    if (unit < QUESTION && (unit <= SINGLE || unit === SLASH || unit === GREATER)) break;
  }
  return at;
}

/** A > within quotation marks does not end a tag. */
export function endOfTag(units: Uint16Array, from: number, fill: number): number {
  let quote = 0;
  for (let at = from; at < fill; at += 1) {
    const unit = units[at] ?? 0;
    if (unit > GREATER) continue;
    if (quote !== 0) {
      if (unit === quote) quote = 0;
    } else if (unit === GREATER) return at;
    else if (unit === DOUBLE || unit === SINGLE) quote = unit;
  }
  return INCOMPLETE;
}

export function isBlankUnit(unit: number): boolean {
  return unit === SPACE || unit === RETURN || unit === LINE_FEED || unit === TAB;
}

/** Whether a slash stands before the > of the tag, or would without the noise behind it. */
export function isEmptyTag(scan: Scan, name: number, end: number): boolean {
  const last = scan.units[end - 1] ?? 0;
  if (last === SLASH) return true;
  if (last > SPACE && last !== SEMICOLON) return false;
  return sanitised(rawBetween(scan, name, end)).endsWith('/');
}

export function isBlankBetween(units: Uint16Array, from: number, to: number): boolean {
  let at = from;
  while (at < to && (units[at] ?? 0) <= SPACE) at += 1;
  return at === to;
}

/** Two names may share a key; only one that is equal is the one. */
export function isSame(units: Uint16Array, from: number, name: Uint16Array): boolean {
  for (let at = 0; at < name.length; at += 1) if (units[from + at] !== name[at]) return false;
  return true;
}

/** Units as they stand, noise and all. */
export function rawBetween({ bytes }: { readonly bytes: Buffer }, from: number, to: number): string {
  return bytes.toString('utf16le', from * 2, to * 2);
}
