import { enterNode, leaveNode, takeAttributes, wantsText } from './gather.ts';
import { hashBetween, textBetween } from './interned.ts';
import { HostileReplyError } from './reply.ts';
import { DEPTH_MOST, type Scan } from './scan.ts';
import { keyOfUnits, type ChildTable, type Node } from './shapes.ts';
import { isSame, rawBetween } from './tags.ts';
import { plainTextOf } from './wire-text.ts';

/** The tag at hand opens an element, which is empty where the tag says so. */
export function enter(scan: Scan, isEmpty: boolean): void {
  if (scan.depth <= 1 && !isRootRight(scan, isEmpty)) return;
  enterAs(
    scan,
    scan.skipped > 0 ? null : childOf(scan.gather.node.children, scan.units, scan.name, scan.nameEnd),
    isEmpty,
  );
}

/** The same, where it is known which of the wanted elements it is; null for one that nobody wants. */
export function enterAs(scan: Scan, node: Node | null, isEmpty: boolean): void {
  if (!isEmpty) {
    if (scan.depth === DEPTH_MOST)
      throw new HostileReplyError(`More than ${DEPTH_MOST} elements in each other.`);
    scan.names[scan.depth] = hashBetween(scan.units, scan.name, scan.nameEnd);
    scan.depth += 1;
  }
  if (scan.skipped > 0) {
    if (!isEmpty) scan.skipped += 1;
    return;
  }
  if (node === null || !enterNode(scan.gather, node)) {
    if (isEmpty) return;
    scan.skipped = 1;
  } else {
    if (node.attributes.length > 0 && scan.tagEnd > scan.nameEnd) readAttributes(scan, node);
    if (isEmpty) leaveNode(scan.gather);
  }
  listen(scan);
}

/** A second root breaks a reply; an element within the root means that it is not bare. */
function isRootRight(scan: Scan, isEmpty: boolean): boolean {
  if (scan.depth === 1) scan.isBare = false;
  else if (scan.root !== null) scan.isBroken = true;
  else {
    scan.root = plainTextOf(rawBetween(scan, scan.name, scan.nameEnd), scan.isWide);
    scan.isClosed = isEmpty;
  }
  return !scan.isBroken;
}

export function leave(scan: Scan): void {
  if (scan.depth === 0 || scan.names[scan.depth - 1] !== hashBetween(scan.units, scan.name, scan.nameEnd)) {
    scan.isBroken = true;
    return;
  }
  scan.depth -= 1;
  if (scan.depth === 0) scan.isClosed = true;
  if (scan.skipped > 0) scan.skipped -= 1;
  else leaveNode(scan.gather);
  if (scan.skipped === 0) listen(scan);
}

/** Text beside the root must be blank, and whether the root holds any must be known; else only what a row wants. */
function listen(scan: Scan): void {
  scan.isHeard = scan.depth <= 1 || (scan.skipped === 0 && wantsText(scan.gather));
}

/** Most names end at an empty place of the table. */
export function childOf(table: ChildTable, units: Uint16Array, name: number, nameEnd: number): Node | null {
  const key = keyOfUnits(units, name, nameEnd);
  for (let at = key & table.mask; ; at = (at + 1) & table.mask) {
    const there = table.keys[at] ?? 0;
    if (there === 0) return null;
    if (there !== key) continue;
    const node = table.nodes[at] ?? null;
    if (node !== null && node.units.length === nameEnd - name && isSame(units, name, node.units)) return node;
  }
}

export function readAttributes(scan: Scan, node: Node): void {
  takeAttributes(scan.gather, node, {
    tag: textBetween(scan, scan.knownTags, scan.name, scan.tagEnd),
    isWide: scan.isWide,
  });
}
