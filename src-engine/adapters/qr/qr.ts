import { create } from 'qrcode';

/** A QR code as a picture of vectors: a square of `size` units, `path` the black modules as one SVG path. */
export type QrPicture = { readonly size: number; readonly path: string };

/** White modules around it, without which many readers find nothing. */
const MARGIN = 4;

/**
 * Error correction M, and a margin of four modules (docs/gateways.md 6.1). Runs of modules in a row are one rectangle.
 */
export function qrOf(text: string): QrPicture {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size, data } = modules;
  const parts: string[] = [];
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const from = column;
      while (column < size && data[row * size + column] === 1) column += 1;
      if (column > from)
        parts.push(`M${from + MARGIN} ${row + MARGIN}h${column - from}v1h-${column - from}z`);
    }
  }
  return { size: size + 2 * MARGIN, path: parts.join('') };
}
