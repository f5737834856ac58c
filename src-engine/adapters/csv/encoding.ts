import { Buffer, isUtf8 as areUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Told from the first bytes; for 'utf-8' the whole file has still to prove it. */
export function encodingOfHead(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return wideWithoutMark(head) ?? 'utf-8';
}

/** A single letter of another encoding anywhere in the file means that it is not UTF-8 but Windows' own. */
export async function isUtf8(chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
  const pieces = wholeLetters();
  for await (const chunk of chunks) if (!areUtf8(pieces.next(chunk))) return false;
  return pieces.rest().length === 0;
}

/** Text of bytes that come in pieces. */
export type Decoder = { readonly decode: (bytes: Uint8Array) => string; readonly end: () => string };

export function decoderOf(encoding: Encoding): Decoder {
  if (encoding !== 'utf-8') {
    const decoder = new TextDecoder(encoding);
    return { decode: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
  }
  // The streaming decoder gives every letter two bytes and takes several times as long.
  const pieces = wholeLetters();
  return {
    decode: (bytes) => pieces.next(bytes).toString('utf8'),
    end: () => pieces.rest().toString('utf8'),
  };
}

/** Cuts pieces of UTF-8 so that no letter lies across two of them. */
function wholeLetters(): { readonly next: (bytes: Uint8Array) => Buffer; readonly rest: () => Buffer } {
  let rest: Buffer = Buffer.alloc(0);
  return {
    next: (bytes) => {
      const own = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      const all = rest.length === 0 ? own : Buffer.concat([rest, own]);
      const end = lettersEnd(all);
      // A copy: the bytes that were handed in may be written over by the next ones.
      rest = Buffer.from(all.subarray(end));
      return all.subarray(0, end);
    },
    rest: () => rest,
  };
}

const LETTER_BYTES_MOST = 4;

/** Where the last letter begins if its bytes are not all there, else the end. */
function lettersEnd(bytes: Buffer): number {
  for (let back = 1; back < LETTER_BYTES_MOST && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Text has no zero bytes, unless every other byte is one. */
export function isText(head: Uint8Array): boolean {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true;
  if (wideWithoutMark(head) !== null) return true;
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) return false;
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls += 1;
  }
  return controls <= head.length / 100;
}

function wideWithoutMark(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(head.length, 2000) & ~1;
  if (length < 4) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (head[at] === 0) even += 1;
    if (head[at + 1] === 0) odd += 1;
  }
  const most = length / 2;
  if (odd > most * 0.7 && even < most * 0.1) return 'utf-16le';
  return even > most * 0.7 && odd < most * 0.1 ? 'utf-16be' : null;
}
