import { Buffer } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { WorkbookFault } from './fault.ts';

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Only the five entities of XML and numbers: whatever a document declares itself is left as it is. */
function decodeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w{2,4});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES.get(name) ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/** Text of a cell: a letter that XML cannot hold is written _x000D_, and an underscore before such, _x005F_. */
export function cellText(text: string): string {
  const decoded = decodeXml(text);
  if (!decoded.includes('_x')) return decoded;
  return decoded.replace(/_x([0-9A-F]{4})_/gi, (_whole, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** The value of an attribute within the text of one tag. */
export function attribute(tag: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|\\s)(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return match === null ? undefined : decodeXml(match[1] ?? match[2] ?? '');
}

/** The tags of a name (with or without a namespace prefix), as text. */
export function tagsOf(xml: string, name: string): string[] {
  return xml.match(new RegExp(`<(?:\\w+:)?${name}(?:\\s[^<>]*)?>`, 'g')) ?? [];
}

/** A small part as text, whatever it is encoded in. */
export function partText(bytes: Buffer): string {
  const text = decoderOf(bytes).decode(bytes);
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text.slice(0, 2000))) throw new WorkbookFault('damaged');
  return text;
}

/** The pieces of a part in UTF-8: nearly all are, and pass through untouched. */
export async function* inUtf8(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | null | undefined;
  for await (const piece of pieces) {
    decoder ??= decoderOf(piece);
    if (decoder.encoding === 'utf-8') yield piece;
    else yield Buffer.from(decoder.decode(piece, { stream: true }));
  }
}

function decoderOf(head: Buffer): TextDecoder {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0x3c && head[1] === 0))
    return decoder('utf-16le');
  if ((head[0] === 0xfe && head[1] === 0xff) || (head[0] === 0 && head[1] === 0x3c))
    return decoder('utf-16be');
  const stated = /^[^<]{0,4}<\?xml[^>]{0,100}encoding\s*=\s*["']([\w-]{1,40})/i.exec(
    head.toString('latin1', 0, 200),
  )?.[1];
  return decoder(stated === undefined || /^utf-?16/i.test(stated) ? 'utf-8' : stated);
}

function decoder(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding);
  } catch {
    throw new WorkbookFault('odd');
  }
}
