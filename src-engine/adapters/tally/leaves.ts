import { childOf, enterAs, leave, readAttributes } from './elements.ts';
import { keepLater, LATER, NOT_PUT, putLater } from './fresh-texts.ts';
import { keep } from './gather.ts';
import { freshText, textBetween } from './interned.ts';
import {
  CLOSE,
  CLOSES,
  END,
  FOR_SLOWER_WAY,
  LEAF,
  LISTED,
  NAME_END,
  NO_MORE,
  OPEN,
  TAG_END,
  UNITS_FROM,
  type Kernel,
} from './leaves-kernel.ts';
import { DEPTH_MOST, type Scan } from './scan.ts';
import type { Node } from './shapes.ts';
import {
  endOfName,
  endOfTag,
  GREATER,
  INCOMPLETE,
  isBlankUnit,
  isEmptyTag,
  nextLess,
  QUESTION,
  SLASH,
} from './tags.ts';

/**
 * Most of a reply are elements that hold nothing but text: `<NAME>text</NAME>`, and most of these nobody wants. They are
 * passed here, one after another, without entering any. Whatever is odd about one (its end has not come, another element
 * within, noise in its name, blanks before a >) ends the run, and the slower way takes it from its `<`.
 *
 * Starts at a `<`, and returns the `<` where the run ended, or `fill` where there is none any more.
 */
export function passLeaves(scan: Scan, first: number): number {
  if (!isForLeaves(scan)) return first;
  return scan.kernel === null ? passPlainly(scan, first) : passByKernel(scan, scan.kernel, first);
}

/** It is to be looked again at what stands at `scan.at`: text is heard there. */
export const AGAIN = -2;

function isForLeaves(scan: Scan): boolean {
  return scan.depth >= 2 && scan.depth < DEPTH_MOST && !scan.isHeard && !scan.isBroken;
}

/** The kernel passes what nobody wants; what it stops at is taken, or entered, or left here. */
function passByKernel(scan: Scan, { pass, said }: Kernel, first: number): number {
  const fill = addressOf(scan.fill);
  let at = addressOf(first);
  while (isForLeaves(scan)) {
    const children = scan.skipped > 0 ? null : scan.gather.node.children;
    const found = pass(at, fill, children?.address ?? 0, children?.mask ?? 0);
    const open = placeOf(said[OPEN]);
    if (found === NO_MORE || found === FOR_SLOWER_WAY) return open;
    scan.nameEnd = placeOf(said[NAME_END]);
    scan.tagEnd = placeOf(said[TAG_END]);
    at = (said[TAG_END] ?? 0) + 2;
    if (found === CLOSES) {
      scan.name = open + 2;
      leave(scan);
      continue;
    }
    scan.name = open + 1;
    const listed = said[LISTED] ?? 0;
    const node = children === null || listed === 0 ? null : (children.nodes[listed - 1] ?? null);
    if (found === LEAF && node !== null && takeLeaf(scan, node, placeOf(said[CLOSE]))) at = said[END] ?? 0;
    else enterAs(scan, node, false);
  }
  scan.at = placeOf(at);
  return AGAIN;
}

function addressOf(place: number): number {
  return UNITS_FROM + place * 2;
}

function placeOf(address: number | undefined): number {
  return ((address ?? 0) - UNITS_FROM) >> 1;
}

/** The same in plain words: what the kernel is held to. */
function passPlainly(scan: Scan, first: number): number {
  const { units, fill } = scan;
  const children = scan.skipped > 0 ? null : scan.gather.node.children;
  let open = first;
  while (open < fill) {
    const name = open + 1;
    const nameEnd = endOfName(units, name, fill);
    if (nameEnd === fill || nameEnd === name || units[name] === QUESTION) return open;
    const tagEnd = units[nameEnd] === GREATER ? nameEnd : endOfLongTag(units, nameEnd, fill);
    if (tagEnd === INCOMPLETE) return open;
    const node = children === null ? null : childOf(children, units, name, nameEnd);
    let next = tagEnd + 1;
    if (tagEnd > nameEnd && isEmptyTag(scan, name, tagEnd)) {
      if (node !== null) return open;
    } else {
      const close = nextLess(units, next, fill);
      next = close + nameEnd - open + 2;
      if (next > fill || !isClosedBy(units, open, close, nameEnd - name)) return open;
      if (node !== null) {
        scan.name = name;
        scan.nameEnd = nameEnd;
        scan.tagEnd = tagEnd;
        if (!takeLeaf(scan, node, close)) return open;
      }
    }
    open = nextLess(units, next, fill);
  }
  return fill;
}

function endOfLongTag(units: Uint16Array, nameEnd: number, fill: number): number {
  const unit = units[nameEnd] ?? 0;
  if (unit !== SLASH && !isBlankUnit(unit)) return INCOMPLETE;
  // Most are `<NAME/>`.
  if (unit === SLASH && nameEnd + 1 < fill && units[nameEnd + 1] === GREATER) return nameEnd + 1;
  return endOfTag(units, nameEnd, fill);
}

/** Whether `</NAME>` stands there, with the very name that stands behind the `<` at `open`. */
function isClosedBy(units: Uint16Array, open: number, close: number, length: number): boolean {
  if (units[close + 1] !== SLASH || units[close + length + 2] !== GREATER) return false;
  const shift = close + 1 - open;
  for (let at = open + length; at > open; at -= 1) if (units[at] !== units[at + shift]) return false;
  return true;
}

/** False where the element is of a kind that has to be entered. */
function takeLeaf(scan: Scan, node: Node, close: number): boolean {
  // A list that holds only blanks is none.
  if (node.kind !== 'text') return node.kind === 'list' && node.ownSlot < 0 && node.attributes.length === 0;
  const { gather } = scan;
  const { texts } = gather.found;
  const { slot } = node;
  // Of two, the first holds.
  if (slot >= 0 && texts[slot] !== null) return true;
  if (node.attributes.length > 0 && scan.tagEnd > scan.nameEnd) readAttributes(scan, node);
  if (slot < 0) return true;
  takeTextOf(scan, node, close);
  return true;
}

const SPACE = 32;
const LAST_OF_ASCII = 126;

/** Blanks at the ends are left out before the text is made, and so is noise: both would go anyway. */
function takeTextOf(scan: Scan, node: Node, close: number): void {
  const { units, gather } = scan;
  const { texts } = gather.found;
  let from = scan.tagEnd + 1;
  let to = close;
  while (from < to && (units[from] ?? 0) <= SPACE) from += 1;
  while (from < to && (units[to - 1] ?? 0) <= SPACE) to -= 1;
  keep(gather, (to - from) * 2);
  if (from === to) texts[node.slot] = '';
  else {
    const length = node.isFresh ? putLater(gather.fresh, units, from, to) : NOT_PUT;
    if (length !== NOT_PUT) {
      keepLater(gather.fresh, texts, node.slot, length);
      texts[node.slot] = LATER;
      return;
    }
    const text = node.isFresh ? freshText(scan, from, to) : textBetween(scan, scan.known, from, to);
    texts[node.slot] = isTrimmed(text) ? text : text.trim();
  }
}

/** Blanks that were references, or are beyond ASCII, are in the text still. */
function isTrimmed(text: string): boolean {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  return first > SPACE && first <= LAST_OF_ASCII && last > SPACE && last <= LAST_OF_ASCII;
}
