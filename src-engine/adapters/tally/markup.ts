import { enter, leave } from './elements.ts';
import { takeText, wantsText } from './gather.ts';
import { freshText, textBetween } from './interned.ts';
import { AGAIN, passLeaves } from './leaves.ts';
import { HostileReplyError } from './reply.ts';
import type { Scan } from './scan.ts';
import {
  endOfName,
  endOfTag,
  GREATER,
  INCOMPLETE,
  isBlankBetween,
  isBlankUnit,
  isEmptyTag,
  nextLess,
  QUESTION,
  rawBetween,
  SLASH,
} from './tags.ts';
import { plainTextOf, sanitised, textOf } from './wire-text.ts';

/** Passes all units that are there, up to the first piece of markup or wanted text whose end is still to come. */
export function scanUnits(scan: Scan): void {
  const { units } = scan;
  while (!scan.isBroken) {
    const { fill, at } = scan;
    let open = nextLess(units, at > scan.searched ? at : scan.searched, fill);
    if (open > at && open < fill && scan.isHeard) {
      takeTextBetween(scan, at, open);
      if (scan.isBroken) break;
    }
    open = passLeaves(scan, open);
    if (open === AGAIN) {
      scan.searched = scan.at;
      continue;
    }
    scan.searched = open;
    if (open === fill) {
      if (!scan.isHeard) scan.at = fill;
      return;
    }
    scan.at = open;
    const next = passMarkup(scan, open);
    if (next === INCOMPLETE) return;
    scan.at = next;
    scan.searched = next;
  }
  scan.at = scan.fill;
  scan.searched = scan.fill;
}

/** Whether what stands after the last markup is nothing but white space. */
export function isLeftBlank(scan: Scan): boolean {
  return scan.at === scan.fill || isBlankText(scan, scan.at, scan.fill);
}

function takeTextBetween(scan: Scan, from: number, to: number): void {
  if (scan.depth <= 1 && !isBlankText(scan, from, to)) hearText(scan);
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

function isBlankText(scan: Scan, from: number, to: number): boolean {
  return (
    isBlankBetween(scan.units, from, to) || textOf(rawBetween(scan, from, to), scan.isWide).trim() === ''
  );
}

/** The unit after the markup that starts at `open`, or INCOMPLETE. */
function passMarkup(scan: Scan, open: number): number {
  const { units, fill } = scan;
  const isClose = open + 1 < fill && units[open + 1] === SLASH;
  const name = isClose ? open + 2 : open + 1;
  const at = endOfName(units, name, fill);
  if (at === fill) return INCOMPLETE;
  const unit = units[at] ?? 0;
  if (at === name || units[name] === QUESTION) return passOddMarkup(scan, open);
  scan.name = name;
  scan.nameEnd = at;
  scan.tagEnd = at;
  if (unit === GREATER) {
    if (isClose) leave(scan);
    else enter(scan, false);
    return at + 1;
  }
  if (unit === SLASH || isBlankUnit(unit)) {
    return passLongTag(scan, isClose);
  }
  return passOddMarkup(scan, open);
}

/** A tag with attributes, with blanks after its name, or empty. */
function passLongTag(scan: Scan, isClose: boolean): number {
  const { name, nameEnd, units } = scan;
  const isShort = units[nameEnd] === SLASH && nameEnd + 1 < scan.fill && units[nameEnd + 1] === GREATER;
  const end = isShort ? nameEnd + 1 : endOfTag(units, nameEnd, scan.fill);
  if (end === INCOMPLETE) return INCOMPLETE;
  scan.tagEnd = end;
  if (isClose) leave(scan);
  else enter(scan, isShort || isEmptyTag(scan, name, end));
  return end + 1;
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
  const end = endOfTag(scan.units, open + 1, scan.fill);
  if (end === INCOMPLETE) return INCOMPLETE;
  const isClose = raw[1] === '/';
  const start = isClose ? 2 : 1;
  const length = raw.slice(start, end - open).search(/[\t\n\r /]|$/);
  if (length === 0) {
    scan.isBroken = true;
    return end + 1;
  }
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
