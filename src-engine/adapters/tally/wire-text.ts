import { Buffer, isUtf8 } from 'node:buffer';

// The one home of what Tally's text may hold that XML forbids, and of how it is cleaned.

/** Control characters and references to them (`&#4;`) are noise of Tally's; tabs and ends of lines are text. */
// oxlint-disable-next-line no-control-regex -- Control characters are what this file is about.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;
const CONTROL_REFERENCE = /&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));/g;
// oxlint-disable-next-line no-control-regex -- See above.
const NEEDS_CARE = /[&\u0000-\u0008\u000b\u000c\u000e-\u001f]/;
// oxlint-disable-next-line no-control-regex -- See above.
const ASCII = /^[\u0000-\u007f]*$/;

/**
 * Without control characters, raw or by reference. What is taken away may bring another together (`&#&#4;4;`), so it is
 * done until there is none: only then can `<!DOCT&#4;YPE` not hide.
 */
export function sanitised(text: string): string {
  if (!NEEDS_CARE.test(text)) return text;
  let clean = text.replace(CONTROL, '');
  if (!clean.includes('&#')) return clean;
  for (let before = ''; before !== clean;) {
    before = clean;
    clean = clean.replace(CONTROL_REFERENCE, '');
  }
  return clean;
}

/**
 * The text between two pieces of markup. `raw` holds UTF-16 units, or bytes as units of their own (`isWide` false): then
 * it is UTF-8, and Latin-1 where its bytes are no UTF-8, each value for itself.
 */
export function textOf(raw: string, isWide: boolean): string {
  return withReferences(plainTextOf(raw, isWide));
}

/** The same for CDATA, where a reference is what it looks like. */
export function plainTextOf(raw: string, isWide: boolean): string {
  const clean = sanitised(raw);
  if (isWide || ASCII.test(clean)) return clean;
  const bytes = Buffer.from(clean, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : clean;
}

/** The longest is &#x10FFFF; */
const REFERENCE_LETTERS = 10;

/** A `&` that starts no reference stands for itself. Most texts have none, and those that do have few. */
function withReferences(text: string): string {
  let at = text.indexOf('&');
  if (at < 0) return text;
  let done = '';
  let from = 0;
  for (; at >= 0; at = text.indexOf('&', Math.max(at + 1, from))) {
    const end = text.indexOf(';', at);
    if (end < 0) break;
    const letter = end - at < REFERENCE_LETTERS ? letterOf(text.slice(at + 1, end)) : null;
    if (letter === null) continue;
    done += text.slice(from, at) + letter;
    from = end + 1;
  }
  return done + text.slice(from);
}

const KNOWN: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['#13', '\r'],
  ['#10', '\n'],
]);

function letterOf(name: string): string | null {
  const known = KNOWN.get(name);
  if (known !== undefined) return known;
  const isHex = /^#[xX][0-9a-fA-F]{1,6}$/.test(name);
  if (!isHex && !/^#\d{1,7}$/.test(name)) return null;
  const point = Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10);
  return point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? null : String.fromCodePoint(point);
}

const ATTRIBUTE = /([^\s=/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Attributes of a tag by name, from what stands between its < and >; of two with one name the first holds. */
export function attributesOf(tag: string, isWide: boolean): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  const clean = sanitised(tag);
  const after = clean.search(/[\s/]/);
  if (after < 0) return attributes;
  for (const [, name = '', double, single] of clean.slice(after).matchAll(ATTRIBUTE)) {
    if (!attributes.has(name)) attributes.set(name, textOf(double ?? single ?? '', isWide).trim());
  }
  return attributes;
}
