import { Buffer } from 'node:buffer';

/** The formats read here: the old Excel's, the spreadsheet of XML, of OpenDocument in one file, and tables of a page. */
export type SheetKind = 'ole' | 'biff' | 'xml-2003' | 'flat-opendocument' | 'html';

const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] as const;
/** The first record of Excel 2 to 4: its number, then its length. */
const BIFF_VERSIONS: readonly number[] = [0x00, 0x02, 0x04];
const LETTERS_LOOKED_AT = 4000;

/** The format told by the first bytes alone, whatever the file is called; null for any other. */
export function kindOf(head: Uint8Array): SheetKind | null {
  if (OLE.slice(0, 4).every((byte, at) => head[at] === byte)) return 'ole';
  const isBiff = head[0] === 0x09 && BIFF_VERSIONS.includes(head[1] ?? -1) && head[3] === 0;
  if (isBiff && (head[2] === 4 || head[2] === 6)) return 'biff';
  const text = headText(head).trimStart();
  if (!text.startsWith('<')) return null;
  if (/urn:schemas-microsoft-com:office:spreadsheet/.test(text) && /<(?:\w+:)?Workbook[\s>]/.test(text)) {
    return 'xml-2003';
  }
  if (/<(?:\w+:)?document[\s>]/.test(text) && /opendocument:xmlns:office/.test(text))
    return 'flat-opendocument';
  return /<(?:html|table|tr|body)[\s>]|<!doctype html/i.test(text) ? 'html' : null;
}

/** The formats that are zips, told by the names in them. */
export function holdsSheets(names: readonly string[]): boolean {
  return names.some((name) => /(?:^|\/)workbook\.bin$/i.test(name)) || names.includes('content.xml');
}

/** Whether the first bytes are those of XML of some other kind, which is no list of text either. */
export function isMarkup(head: Uint8Array): boolean {
  return /^\s*<(?:\?xml\s|!DOCTYPE\s|ENVELOPE[\s>])/i.test(headText(head));
}

function headText(head: Uint8Array): string {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, LETTERS_LOOKED_AT));
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || bytes[1] === 0;
  return bytes.toString(isWide ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
}
