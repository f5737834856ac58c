/** A glyph of a line, and the numbers that move it from where the one before it ended. */
export type ShownGlyph = { readonly moved: string; readonly code: number };

const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/**
 * The glyphs of what a PDF's Tj or TJ shows, codes of two bytes: strings in parentheses (which may hold pairs of them
 * unmarked), strings in hexadecimal, and numbers. Null for anything else.
 */
export function readShown(shows: string): readonly ShownGlyph[] | null {
  const glyphs: ShownGlyph[] = [];
  let moved = '';
  let at = 0;
  while (at < shows.length) {
    const rest = shows.slice(at);
    const passed = /^(?:[\s[\]]+|T[Jj]$)/u.exec(rest)?.[0];
    const number = /^-?\d*\.?\d+/u.exec(rest)?.[0];
    const hex = /^<([0-9A-Fa-f]*)>/u.exec(rest);
    const literal = rest.startsWith('(') ? readLiteral(rest) : null;
    if (number !== undefined) moved += `${number} `;
    const bytes = literal?.bytes ?? (hex === null ? [] : [...Buffer.from(hex[1] ?? '', 'hex')]);
    const length = passed?.length ?? number?.length ?? hex?.[0].length ?? literal?.length ?? 0;
    if (length === 0 || bytes.length % 2 !== 0) return null;
    for (let byte = 0; byte < bytes.length; byte += 2) {
      glyphs.push({ moved, code: (bytes[byte] ?? 0) * 256 + (bytes[byte + 1] ?? 0) });
      moved = '';
    }
    at += length;
  }
  return glyphs;
}

function readLiteral(text: string): { readonly bytes: readonly number[]; readonly length: number } | null {
  const bytes: number[] = [];
  let depth = 0;
  for (const match of text.matchAll(/\\([0-7]{1,3})|\\([^])|([^\\])/gu)) {
    const [, octal, escaped, plain = ''] = match;
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (escaped !== undefined) bytes.push(ESCAPES[escaped] ?? escaped.charCodeAt(0));
    else {
      if (plain === ')') depth -= 1;
      if (depth === 0 && plain === ')') return { bytes, length: match.index + 1 };
      if (depth > 0) bytes.push(plain.charCodeAt(0));
      if (plain === '(') depth += 1;
    }
  }
  return null;
}
