import { deflateSync, inflateSync } from 'node:zlib';

// As much of a PDF as it takes to rewrite the content of its pages: typst writes each object once, in order, with a
// table of their places at the end.

export type PdfObjects = {
  /** Of each page: its content's object, and the ToUnicode map of each of its fonts by name. */
  readonly pages: readonly { readonly content: number; readonly fonts: ReadonlyMap<string, GlyphTexts> }[];
  readonly contentOf: (object: number) => string;
  /** The same document with other contents in place of some. */
  readonly withContents: (contents: ReadonlyMap<number, string>) => Uint8Array<ArrayBuffer>;
};

/** A page is mostly fonts: packing its content best takes twice as long for a twentieth of the file. */
const DEFLATE_LEVEL = 3;

/** What each glyph of a font stands for, by its code. */
export type GlyphTexts = ReadonlyMap<number, string>;

type Place = { readonly object: number; readonly from: number; readonly to: number };

/** Null for a file that is not laid out as typst does it: it is left as it is then. */
export function openPdf(pdf: Uint8Array): PdfObjects | null {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const table = bytes.lastIndexOf('xref\n', bytes.lastIndexOf('startxref') - 1, 'latin1');
  const places = placesOf(bytes, table);
  if (places === null) return null;
  const textOf = (object: number): string => {
    const place = places.get(object);
    return place === undefined ? '' : bytes.toString('latin1', place.from, place.to);
  };
  const streamOf = (object: number): Buffer => {
    const place = places.get(object);
    const from = place === undefined ? -1 : bytes.indexOf('stream\n', place.from, 'latin1');
    if (place === undefined || from < 0 || from > place.to) return Buffer.alloc(0);
    const head = bytes.toString('latin1', place.from, from);
    const length = Number(/\/Length (\d+)/u.exec(head)?.[1] ?? 0);
    const raw = bytes.subarray(from + 7, from + 7 + length);
    return head.includes('/FlateDecode') ? inflateSync(raw) : raw;
  };
  const known = new Map<number, GlyphTexts>();
  const glyphTexts = (font: number): GlyphTexts => {
    const before = known.get(font);
    if (before !== undefined) return before;
    const map = Number(/\/ToUnicode (\d+) 0 R/u.exec(textOf(font))?.[1] ?? 0);
    const texts = readToUnicode(streamOf(map).toString('latin1'));
    known.set(font, texts);
    return texts;
  };
  const pages = [...places.keys()].flatMap((object) => {
    const text = textOf(object);
    const content = /\/Type \/Page\n[^]*\/Contents (\d+) 0 R/u.exec(text)?.[1];
    if (content === undefined) return [];
    const fonts = new Map<string, GlyphTexts>();
    for (const [, name = '', font] of text.matchAll(/\/(f\d+) (\d+) 0 R/gu))
      fonts.set(name, glyphTexts(Number(font)));
    return [{ content: Number(content), fonts }];
  });
  return {
    pages,
    contentOf: (object) => streamOf(object).toString('latin1'),
    withContents: (contents) => rewritten(bytes, { places, table }, contents),
  };
}

function placesOf(bytes: Buffer, table: number): ReadonlyMap<number, Place> | null {
  const head = /^xref\n0 (\d+)\n/u.exec(bytes.toString('latin1', table, table + 40));
  if (head === null) return null;
  const first = table + head[0].length;
  const starts: { readonly object: number; readonly from: number }[] = [];
  for (let object = 1; object < Number(head[1]); object += 1) {
    const line = bytes.toString('latin1', first + object * 20, first + object * 20 + 20);
    const match = /^(\d{10}) \d{5} n/u.exec(line);
    if (match !== null) starts.push({ object, from: Number(match[1]) });
  }
  starts.sort((a, b) => a.from - b.from);
  return new Map(
    starts.map(({ object, from }, at) => [object, { object, from, to: starts[at + 1]?.from ?? table }]),
  );
}

function readToUnicode(map: string): GlyphTexts {
  const texts = new Map<number, string>();
  for (const [, code = '', hex = ''] of map.matchAll(/^<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>$/gmu)) {
    texts.set(Number.parseInt(code, 16), fromHex(hex));
  }
  return texts;
}

/** Text of a PDF's hexadecimal UTF-16. */
export function fromHex(hex: string): string {
  return Buffer.from(hex.replace(/^FEFF/iu, ''), 'hex').swap16().toString('utf16le');
}

export function toHex(text: string): string {
  return `FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}`;
}

function rewritten(
  bytes: Buffer,
  { places, table }: { readonly places: ReadonlyMap<number, Place>; readonly table: number },
  contents: ReadonlyMap<number, string>,
): Uint8Array<ArrayBuffer> {
  const pieces: Buffer[] = [];
  const starts = new Map<number, number>();
  let length = 0;
  const push = (piece: Buffer): void => {
    pieces.push(piece);
    length += piece.length;
  };
  const ordered = [...places.values()];
  push(bytes.subarray(0, ordered[0]?.from ?? table));
  for (const { object, from, to } of ordered) {
    starts.set(object, length);
    const content = contents.get(object);
    if (content === undefined) {
      push(bytes.subarray(from, to));
      continue;
    }
    const stream = deflateSync(Buffer.from(content, 'latin1'), { level: DEFLATE_LEVEL });
    const head = `${object} 0 obj\n<<\n  /Length ${stream.length}\n  /Filter /FlateDecode\n>>\nstream\n`;
    push(Buffer.from(head, 'latin1'));
    push(stream);
    push(Buffer.from('\nendstream\nendobj\n\n', 'latin1'));
  }
  const tail = bytes
    .toString('latin1', table)
    .replace(/startxref\n\d+/u, `startxref\n${length}`)
    .split('\n');
  const lines = tail.map((line, at) => {
    const start = starts.get(at - 2);
    return start === undefined || !/^\d{10} \d{5} n/u.test(line)
      ? line
      : `${String(start).padStart(10, '0')}${line.slice(10)}`;
  });
  push(Buffer.from(lines.join('\n'), 'latin1'));
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
