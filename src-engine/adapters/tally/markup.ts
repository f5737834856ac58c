import { enterNode, leaveNode, takeAttributes, takeText, wantsText } from './gather.ts';
import { freshText, isSame, textBetween } from './interned.ts';
import { HostileReplyError } from './reply.ts';
import { DEPTH_MOST, type Scan } from './scan.ts';
import { hashOf, HASH_FACTOR, HASH_SEED, type ChildTable, type Node } from './shapes.ts';
import { plainTextOf, sanitised, textOf } from './wire-text.ts';

const LESS = 60;
const GREATER = 62;
const SLASH = 47;
const DOUBLE = 34;
const SINGLE = 39;
const SEMICOLON = 59;
const QUESTION = 63;
const SPACE = 32;
const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;

/** Not all of it has come: it is looked at again from its `<` when more is there. */
const INCOMPLETE = -1;

/** Passes all units that are there, up to the first piece of markup or wanted text whose end is still to come. */
export function scanUnits(scan: Scan): void {
  const { units } = scan;
  while (!scan.isBroken) {
    const { fill, at } = scan;
    const open = nextLess(units, at > scan.searched ? at : scan.searched, fill);
    if (open === fill) {
      scan.searched = fill;
      if (!scan.isHeard) scan.at = fill;
      return;
    }
    if (open > at && scan.isHeard) {
      takeTextBetween(scan, at, open);
      if (scan.isBroken) continue;
    }
    scan.at = open;
    scan.searched = open;
    const next = passMarkup(scan, open);
    if (next === INCOMPLETE) return;
    scan.at = next;
    scan.searched = next;
  }
  scan.at = scan.fill;
  scan.searched = scan.fill;
}

/** The two loops that all units pass stand by themselves, so that they are compiled as tight as they are written. */
function nextLess(units: Uint16Array, from: number, fill: number): number {
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

/** Passes a name and hashes it; it ends before what is no letter, digit, '.', '-', ':' or '_'. */
function endOfName(scan: Scan, from: number): number {
  const { units, fill } = scan;
  let hash = HASH_SEED;
  let at = from;
  for (; at < fill; at += 1) {
    const unit = units[at] ?? 0;
    // Letters are above all of these: one comparison for most.
    if (unit < QUESTION && (unit <= SINGLE || unit === SLASH || unit === GREATER)) break;
    hash = Math.imul(hash ^ unit, HASH_FACTOR);
  }
  scan.hash = hash;
  return at;
}

/** Whether what stands after the last markup is nothing but white space. */
export function isLeftBlank(scan: Scan): boolean {
  return scan.at === scan.fill || isBlankBetween(scan, scan.at, scan.fill);
}

/** Text beside the root must be blank, and whether the root holds any must be known; else only what a row wants. */
function listen(scan: Scan): void {
  scan.isHeard = scan.depth <= 1 || (scan.skipped === 0 && wantsText(scan.gather));
}

function takeTextBetween(scan: Scan, from: number, to: number): void {
  if (scan.depth <= 1 && !isBlankBetween(scan, from, to)) hearText(scan);
  if (scan.skipped > 0 || scan.depth === 0 || !wantsText(scan.gather)) return;
  takeText(
    scan.gather,
    scan.gather.node.isFresh ? freshText(scan, from, to) : textBetween(scan, scan.known, from, to),
  );
}

/** Text beside the root, or right within it. */
function hearText(scan: Scan): void {
  if (scan.depth === 0) scan.isBroken = true;
  else scan.isBare = false;
}

function isBlankBetween(scan: Scan, from: number, to: number): boolean {
  const { units } = scan;
  let at = from;
  while (at < to && (units[at] ?? 0) <= SPACE) at += 1;
  return at === to || textOf(rawBetween(scan, from, to), scan.isWide).trim() === '';
}

function rawBetween({ bytes }: Scan, from: number, to: number): string {
  return bytes.toString('utf16le', from * 2, to * 2);
}

/** The unit after the markup that starts at `open`, or INCOMPLETE. */
function passMarkup(scan: Scan, open: number): number {
  const { units, fill } = scan;
  const isClose = open + 1 < fill && units[open + 1] === SLASH;
  const name = isClose ? open + 2 : open + 1;
  const at = endOfName(scan, name);
  if (at === fill) return INCOMPLETE;
  const unit = units[at];
  if (at === name || units[name] === QUESTION) return passOddMarkup(scan, open);
  scan.name = name;
  scan.nameEnd = at;
  scan.tagEnd = at;
  if (unit === GREATER) {
    if (isClose) leave(scan);
    else enter(scan, false);
    return at + 1;
  }
  if (unit === SLASH || unit === SPACE || unit === RETURN || unit === LINE_FEED || unit === TAB) {
    return passLongTag(scan, isClose);
  }
  return passOddMarkup(scan, open);
}

/** A tag with attributes, with blanks after its name, or empty. */
function passLongTag(scan: Scan, isClose: boolean): number {
  const { name, nameEnd, units } = scan;
  const isShort = units[nameEnd] === SLASH && nameEnd + 1 < scan.fill && units[nameEnd + 1] === GREATER;
  const end = isShort ? nameEnd + 1 : endOfTag(scan, nameEnd);
  if (end === INCOMPLETE) return INCOMPLETE;
  scan.tagEnd = end;
  if (isClose) leave(scan);
  else enter(scan, isShort || isEmptyTag(scan, name, end));
  return end + 1;
}

/** A > within quotation marks does not end a tag. */
function endOfTag({ units, fill }: Scan, from: number): number {
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

/** Whether a slash stands before the >, or would without the noise behind it. */
function isEmptyTag(scan: Scan, name: number, end: number): boolean {
  const last = scan.units[end - 1] ?? 0;
  if (last === SLASH) return true;
  if (last > SPACE && last !== SEMICOLON) return false;
  return sanitised(rawBetween(scan, name, end)).endsWith('/');
}

/** The tag at hand opens an element, which is empty where the tag says so. */
function enter(scan: Scan, isEmpty: boolean): void {
  if (scan.depth <= 1 && !isRootRight(scan, isEmpty)) return;
  if (!isEmpty) {
    if (scan.depth === DEPTH_MOST)
      throw new HostileReplyError(`More than ${DEPTH_MOST} elements in each other.`);
    scan.names[scan.depth] = scan.hash;
    scan.depth += 1;
  }
  if (scan.skipped > 0) {
    if (!isEmpty) scan.skipped += 1;
    return;
  }
  const node = childOf(scan, scan.gather.node.children);
  if (node === null || !enterNode(scan.gather, node)) {
    if (isEmpty) return;
    scan.skipped = 1;
  } else {
    if (node.attributes.length > 0 && scan.tagEnd > scan.nameEnd) readAttributes(scan);
    if (isEmpty) leaveNode(scan.gather);
  }
  listen(scan);
}

function readAttributes(scan: Scan): void {
  takeAttributes(scan.gather, rawBetween(scan, scan.name, scan.tagEnd), scan.isWide);
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

function childOf(scan: Scan, table: ChildTable): Node | null {
  const { hash } = scan;
  let at = hash & table.mask;
  for (;;) {
    const node = table.nodes[at] ?? null;
    if (node === null) return null;
    if (table.hashes[at] === hash && isSame(scan.units, node.tag, scan.name, scan.nameEnd)) return node;
    at = (at + 1) & table.mask;
  }
}

function leave(scan: Scan): void {
  if (scan.depth === 0 || scan.names[scan.depth - 1] !== scan.hash) {
    scan.isBroken = true;
    return;
  }
  scan.depth -= 1;
  if (scan.depth === 0) scan.isClosed = true;
  if (scan.skipped > 0) scan.skipped -= 1;
  else leaveNode(scan.gather);
  if (scan.skipped === 0) listen(scan);
}

const COMMENT = '<!--';
const CDATA = '<![CDATA[';

/**
 * Markup that does not start like a tag, or bears noise within its name. It is rare: what is there is cleaned first, in
 * its place, so that nothing can hide behind a control character.
 */
function passOddMarkup(scan: Scan, open: number): number {
  const raw = cleanFrom(scan, open);
  if (raw.startsWith('<!')) return passDeclaration(scan, open, raw);
  if (raw.startsWith('<?')) {
    const end = raw.indexOf('?>', 2);
    return end < 0 ? INCOMPLETE : open + end + 2;
  }
  const end = endOfTag(scan, open + 1);
  if (end === INCOMPLETE) return INCOMPLETE;
  const isClose = raw[1] === '/';
  const start = isClose ? 2 : 1;
  const length = raw.slice(start, end - open).search(/[\t\n\r /]|$/);
  if (length === 0) {
    scan.isBroken = true;
    return end + 1;
  }
  scan.hash = hashOf(raw.slice(start, start + length));
  scan.name = open + start;
  scan.nameEnd = scan.name + length;
  scan.tagEnd = end;
  if (isClose) leave(scan);
  else enter(scan, raw[end - open - 1] === '/');
  return end + 1;
}

/** Replaces what is there from `open` on by its cleaned text. */
function cleanFrom(scan: Scan, open: number): string {
  const raw = rawBetween(scan, open, scan.fill);
  const clean = sanitised(raw);
  if (clean.length === raw.length) return raw;
  scan.bytes.write(clean, open * 2, 'utf16le');
  scan.fill = open + clean.length;
  return clean;
}

function passDeclaration(scan: Scan, open: number, raw: string): number {
  if (raw.startsWith(COMMENT)) {
    const end = raw.indexOf('-->', COMMENT.length);
    return end < 0 ? INCOMPLETE : open + end + 3;
  }
  if (raw.startsWith(CDATA)) return passCdata(scan, open, raw);
  // A reference to a control character may be cut by the end of what is there; it is no part of the name then.
  const start = scan.isLast ? raw : raw.replace(/&(?:#(?:[xX][0-9a-fA-F]*|\d*)?)?$/, '');
  if (COMMENT.startsWith(start) || CDATA.startsWith(start)) return INCOMPLETE;
  throw new HostileReplyError('A declaration of a document type or an entity stands in the reply.');
}

function passCdata(scan: Scan, open: number, raw: string): number {
  const end = raw.indexOf(']]>', CDATA.length);
  if (end < 0) return INCOMPLETE;
  const text = plainTextOf(raw.slice(CDATA.length, end), scan.isWide);
  if (scan.depth <= 1 && text.trim() !== '') hearText(scan);
  if (scan.skipped === 0 && scan.depth > 0 && wantsText(scan.gather)) takeText(scan.gather, text);
  return open + end + 3;
}
