import type { Buffer } from 'node:buffer';
import { TextDecoder } from 'node:util';
import type { SheetKind } from './kinds.ts';

type MarkupKind = Exclude<SheetKind, 'ole' | 'biff'>;

/** The text of a page or of an XML file in whatever it says that it is encoded; null where it says nonsense. */
export function markupText(bytes: Buffer): string | null {
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: encoding === 'utf-8' }).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    // What is not UTF-8 though it says so, or says nothing, comes from Windows.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = bytes.toString('latin1', 0, 2000);
  // Only where a file speaks of itself: a font's CharSet stands in an attribute too.
  const stated =
    /<(?:\?xml|meta)\s[^<>]*?(?:encoding|charset)\s*=\s*["']?([\w-]{1,40})/i.exec(head)?.[1] ?? 'utf-8';
  return /^(?:utf-?(?:8|16)|unicode)$/i.test(stated) ? 'utf-8' : stated.toLowerCase();
}

/** What was opened first is closed last: without that the end of the file is missing. */
export function isCutMarkup(text: string, kind: MarkupKind): boolean {
  const tail = text.slice(-20_000);
  switch (kind) {
    case 'xml-2003':
      return !/<\/(?:\w+:)?Workbook\s*>/.test(tail);
    case 'flat-opendocument':
      return !/<\/(?:\w+:)?document\s*>/.test(tail);
    case 'html':
      return text.search(/<table[\s>]/i) >= 0 && !/<\/table\s*>/i.test(tail);
    default:
      return kind satisfies never;
  }
}

/** No spreadsheet program writes a document type into XML; files that bear one try entity tricks. */
export function hasEntityTrick(text: string, kind: MarkupKind): boolean {
  return kind === 'html' ? /<!ENTITY/i.test(text) : /<!(?:DOCTYPE|ENTITY)/i.test(text);
}
