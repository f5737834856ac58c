import { Buffer } from 'node:buffer';
import { WorkbookFault } from './fault.ts';

// Walks the tags of an XML part in its bytes, piece by piece as they are unpacked. It knows tags, text, CDATA,
// comments and instructions, and nothing else: there are no document types here, hence no entities of a file's own.

/** 'raw' is a CDATA section, 'skipped' a comment or an instruction. */
export type TagKind = 'open' | 'close' | 'empty' | 'raw' | 'skipped';

/** Where the walk stands. One object for a whole part, changed at each step: there are millions of tags. */
export type Tags = {
  bytes: Buffer;
  end: number;
  at: number;
  /** The text before the tag; what stands within a 'raw' one is between rawFrom and rawTo. */
  textFrom: number;
  textTo: number;
  rawFrom: number;
  rawTo: number;
  /** The letters of a name of up to four, without its prefix, as one number; -1 for a longer name. */
  code: number;
  nameFrom: number;
  nameTo: number;
  attributesTo: number;
};

/** A single tag or text never needs more than this: a cell holds 32,767 letters at the most. */
const TOKEN_BYTES_MOST = 4_000_000;
const WINDOW_BYTES = 1 << 19;

const LESS = 0x3c;
const MORE = 0x3e;
const SLASH = 0x2f;
const COLON = 0x3a;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const BANG = 0x21;
const QUESTION = 0x3f;
const BLANK = 0x20;
const NAME_LETTERS_MOST = 4;

/** The number that a tag's name of up to four letters bears as its `code`. */
export function nameCode(name: string): number {
  let code = 0;
  for (let at = 0; at < name.length; at += 1) code = (code << 8) | name.charCodeAt(at);
  return code;
}

/** The name of the tag without its prefix, for those longer than four letters. */
export function tagName(tags: Tags): string {
  return tags.bytes.toString('latin1', tags.nameFrom, tags.nameTo);
}

/** The attributes of the tag as text. */
export function attributesText(tags: Tags): string {
  return tags.bytes.toString('utf8', tags.nameTo, tags.attributesTo);
}

/** Calls `onTag` for each tag of a part in UTF-8. Throws a WorkbookFault where the bytes are no XML. */
export async function eachTag(
  chunks: AsyncIterable<Buffer>,
  onTag: (tags: Tags, kind: TagKind) => void,
): Promise<void> {
  const place = { end: 0, at: 0, textFrom: 0, textTo: 0, rawFrom: 0, rawTo: 0 };
  const tags: Tags = {
    bytes: Buffer.allocUnsafe(WINDOW_BYTES),
    ...place,
    code: 0,
    nameFrom: 0,
    nameTo: 0,
    attributesTo: 0,
  };
  let isFirst = true;
  for await (const chunk of chunks) {
    append(tags, chunk);
    if (isFirst && tags.bytes[0] === 0xef && tags.bytes[1] === 0xbb) tags.at = 3;
    isFirst = false;
    for (let kind = nextTag(tags); kind !== null; kind = nextTag(tags)) onTag(tags, kind);
  }
  // A tag that was begun and never ended.
  for (let at = tags.at; at < tags.end; at += 1)
    if (tags.bytes[at] === LESS) throw new WorkbookFault('damaged');
}

/** What is not yet understood moves to the front of the window, and the new piece stands behind it. */
function append(tags: Tags, chunk: Buffer): void {
  const rest = tags.end - tags.at;
  if (rest > TOKEN_BYTES_MOST) throw new WorkbookFault('cell-too-long');
  const length = rest + chunk.length;
  const before = tags.bytes;
  if (length > before.length) tags.bytes = Buffer.allocUnsafe(length * 2);
  before.copy(tags.bytes, 0, tags.at, tags.end);
  chunk.copy(tags.bytes, rest);
  tags.at = 0;
  tags.end = length;
}

/** Moves to the next tag; null when it has not wholly arrived. */
function nextTag(tags: Tags): TagKind | null {
  const { bytes, end } = tags;
  let at = tags.at;
  while (at < end && bytes[at] !== LESS) at += 1;
  if (at + 1 >= end) return null;
  const mark = bytes[at + 1];
  if (mark === BANG || mark === QUESTION) return declaration(tags, at);
  const textTo = at;
  const isClose = mark === SLASH;
  if (isClose) at += 1;
  at = takeName(tags, at + 1);
  at = tagEnd(bytes, at, end);
  if (at < 0) return null;
  tags.textFrom = tags.at;
  tags.textTo = textTo;
  tags.at = at + 1;
  const isEmpty = bytes[at - 1] === SLASH;
  tags.attributesTo = isEmpty ? at - 1 : at;
  if (isClose) return 'close';
  return isEmpty ? 'empty' : 'open';
}

/** Reads the name that starts at `from` and gives the place after it. */
function takeName(tags: Tags, from: number): number {
  const { bytes, end } = tags;
  let start = from;
  let code = 0;
  let at = from;
  for (; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte <= BLANK || byte === SLASH || byte === MORE || byte === LESS) break;
    if (byte === COLON) {
      start = at + 1;
      code = 0;
    } else code = (code << 8) | byte;
  }
  tags.code = at - start > NAME_LETTERS_MOST ? -1 : code;
  tags.nameFrom = start;
  tags.nameTo = at;
  return at;
}

/** The place of the tag's own ">", quoted ones left aside; -1 when it has not arrived. */
function tagEnd(bytes: Buffer, from: number, end: number): number {
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at];
    if (byte === MORE) return at;
    if (byte === LESS) throw new WorkbookFault('damaged');
    if (byte === QUOTE || byte === APOSTROPHE) {
      at += 1;
      while (at < end && bytes[at] !== byte) at += 1;
    }
  }
  return -1;
}

function declaration(tags: Tags, from: number): TagKind | null {
  const { bytes, end, at: textFrom } = tags;
  if (from + 9 > end) return null;
  const head = bytes.toString('latin1', from, from + 9);
  const isRaw = head === '<![CDATA[';
  const isComment = head.startsWith('<!--');
  // No spreadsheet program writes a document type; files that bear one try entity tricks.
  if (!isRaw && !isComment && !head.startsWith('<?')) throw new WorkbookFault('damaged');
  const close = isRaw ? ']]>' : isComment ? '-->' : '?>';
  const start = isRaw ? from + 9 : from + 2;
  const found = bytes.subarray(start, end).indexOf(close);
  if (found < 0) return null;
  tags.textFrom = textFrom;
  tags.textTo = from;
  tags.rawFrom = start;
  tags.rawTo = start + found;
  tags.at = start + found + close.length;
  return isRaw ? 'raw' : 'skipped';
}
