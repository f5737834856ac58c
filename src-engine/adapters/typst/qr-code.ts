import qrcode from 'qrcode';

/** White modules around the code, as its standard asks for. */
const QUIET_MODULES = 4;
const PIXELS_A_MODULE = 4;

/** A QR code as grey pixels, a byte each, row by row; it is square. */
export type QrPixels = { readonly size: number; readonly pixels: Uint8Array };

/** Error correction M: a link of 149 letters is 49 modules wide, which a phone reads from 34 mm of paper. */
export function qrPixels(text: string): QrPixels {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
  const size = (modules.size + 2 * QUIET_MODULES) * PIXELS_A_MODULE;
  const pixels = new Uint8Array(size * size).fill(255);
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.data[row * modules.size + column] !== 1) continue;
      const left = (column + QUIET_MODULES) * PIXELS_A_MODULE;
      const top = (row + QUIET_MODULES) * PIXELS_A_MODULE;
      for (let down = 0; down < PIXELS_A_MODULE; down += 1) {
        const from = (top + down) * size + left;
        pixels.fill(0, from, from + PIXELS_A_MODULE);
      }
    }
  }
  return { size, pixels };
}
