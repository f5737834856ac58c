import qrcode from 'qrcode';

/** White modules around the code, as its standard asks for. */
const QUIET_MODULES = 4;

/**
 * A QR code as a drawing (SVG) of one path, sharp at any size: each run of dark modules is a rectangle. Error correction M:
 * a link of 149 letters is 49 modules wide, which a phone reads from 34 mm of paper.
 */
export function qrDrawing(text: string): string {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
  const { size, data } = modules;
  let path = '';
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const from = column;
      while (column < size && data[row * size + column] === 1) column += 1;
      const length = column - from;
      if (length > 0) path += `M${from + QUIET_MODULES} ${row + QUIET_MODULES}h${length}v1h-${length}z`;
    }
  }
  const width = size + 2 * QUIET_MODULES;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${width}"><path d="${path}"/></svg>`;
}
